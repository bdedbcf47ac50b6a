import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Allow, ApiPage, Caller, Idempotent, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { RecordOfAccounts } from '../accounts/accounts.dto';
import { CLEARANCE } from './clearance.problems';
import { ClearancePrints } from './clearance-prints';
import { ClearanceView, clearanceView, IssueClearance, PrintClearance, RevokeClearance } from './clearances.dto';
import { Clearances } from './clearances';

const SerialParam = () => ApiParam({ name: 'serial', example: 'CL-OSS-2026-000012-34', schema: { type: 'string' } });

@ApiTags('billing: clearances')
@Controller()
export class ClearancesController {
  constructor(
    private readonly clearances: Clearances,
    private readonly prints: ClearancePrints,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('one-records/:id/clearances')
  @Allow('billing.clearance.issue')
  @Idempotent()
  @ApiOperation({ summary: 'Issue a clearance certificate (براءة ذمة); refused while anything is overdue' })
  @ApiCreatedResponse({ type: ClearanceView })
  @Refuses(
    'http.invalid',
    'http.not-found',
    CLEARANCE['billing.record-not-approved'],
    CLEARANCE['billing.no-accounts'],
    CLEARANCE['billing.debts-overdue'],
  )
  async issue(
    @Param() { id }: RecordOfAccounts,
    @Body() body: IssueClearance,
    @Caller() caller: Principal,
  ): Promise<ClearanceView> {
    return clearanceView(await this.clearances.issue(id, body, caller), this.config);
  }

  @Get('one-records/:id/clearances')
  @Allow('billing.clearance.read')
  @ApiOperation({ summary: 'The clearances of a record, newest first' })
  @ApiPage(ClearanceView)
  @Refuses('http.not-found', 'http.invalid')
  async list(@Param() { id }: RecordOfAccounts, @Query() query: PageQuery): Promise<Page<ClearanceView>> {
    const page = await this.clearances.list(id, query);
    return { ...page, items: page.items.map((each) => clearanceView(each, this.config)) };
  }

  @Get('clearances/:serial')
  @Allow('billing.clearance.read')
  @ApiOperation({ summary: 'A clearance as it was issued' })
  @SerialParam()
  @ApiOkResponse({ type: ClearanceView })
  @Refuses('http.not-found', CLEARANCE['billing.clearance-altered'])
  async get(@Param('serial') serial: string): Promise<ClearanceView> {
    return clearanceView(await this.clearances.get(serial), this.config);
  }

  @Get('clearances/:serial/pdf')
  @Allow('billing.clearance.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The certificate: the first is the original, the later ones are marked نسخة' })
  @SerialParam()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', 'http.not-found', CLEARANCE['billing.clearance-altered'])
  async pdf(@Param('serial') serial: string, @Query() { lang = 'ar' }: PrintClearance): Promise<StreamableFile> {
    return this.prints.pdf(await this.clearances.get(serial), lang);
  }

  @Post('clearances/:serial/revoke')
  @HttpCode(200)
  @Allow('billing.clearance.revoke')
  @ApiOperation({ summary: 'Withdraw a clearance, as when a cheque that paid the debt came back' })
  @SerialParam()
  @ApiOkResponse({ type: ClearanceView })
  @Refuses(
    'http.invalid',
    'http.not-found',
    CLEARANCE['billing.clearance-revoked'],
    CLEARANCE['billing.clearance-altered'],
  )
  async revoke(
    @Param('serial') serial: string,
    @Body() { reason }: RevokeClearance,
    @Caller() { userId }: Principal,
  ): Promise<ClearanceView> {
    return clearanceView(await this.clearances.revoke(serial, reason, userId), this.config);
  }
}
