import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Allow, ApiPage, Caller, Idempotent, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { RecordOfAccounts } from '../accounts/accounts.dto';
import { CLEARANCE } from './clearance.problems';
import { ClearanceView, clearanceView, IssueClearance, RevokeClearance } from './clearances.dto';
import { Clearances } from './clearances';

const SerialParam = () => ApiParam({ name: 'serial', example: 'CL-OSS-2026-000012-34', schema: { type: 'string' } });

@ApiTags('billing: clearances')
@Controller()
export class ClearancesController {
  constructor(
    private readonly clearances: Clearances,
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
  @Refuses('http.not-found')
  async get(@Param('serial') serial: string): Promise<ClearanceView> {
    return clearanceView(await this.clearances.get(serial), this.config);
  }

  @Post('clearances/:serial/revoke')
  @HttpCode(200)
  @Allow('billing.clearance.revoke')
  @ApiOperation({ summary: 'Withdraw a clearance, as when a cheque that paid the debt came back' })
  @SerialParam()
  @ApiOkResponse({ type: ClearanceView })
  @Refuses('http.invalid', 'http.not-found', CLEARANCE['billing.clearance-revoked'])
  async revoke(
    @Param('serial') serial: string,
    @Body() { reason }: RevokeClearance,
    @Caller() { userId }: Principal,
  ): Promise<ClearanceView> {
    return clearanceView(await this.clearances.revoke(serial, reason, userId), this.config);
  }
}
