import { Body, Controller, Get, Header, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import {
  Allow,
  ApiPage,
  Caller,
  DateField,
  Idempotent,
  OneOf,
  PageQuery,
  Refuses,
  Txt,
  type Language,
  type Page,
  type Principal,
} from '@libs/http';
import { WORKBOOK_TYPE } from '@libs/spreadsheet';
import { CITIZENS } from '../../../citizens';
import { RecordOfAccounts } from '../../accounts/accounts.dto';
import { REPORTS } from '../reports.problems';
import { issuedSummaryView, IssuedSummaryView, issuedView, IssuedStatementView } from './issued-statements.dto';
import { IssuedStatements } from './issued-statements';
import { AccountStatementPrints } from './statement-prints';
import { statementWorkbook } from './statement-workbook';

const SERIAL = 'SA-OSS-2026-000017-24';
const SerialParam = () => ApiParam({ name: 'serial', example: SERIAL, schema: { type: 'string' } });

class IssueAccountStatement {
  @DateField({ optional: true, about: 'first day; default the first of the year of the last day' }) from?: string;
  @DateField({ optional: true, about: 'last day; default today' }) to?: string;
  @Txt({ optional: true, max: 200, example: 'معاملة ترخيص بناء', about: 'what the citizen needs it for' })
  purpose?: string;
}

class SheetQuery {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: Language;
}

@ApiTags('billing: statements of account')
@Controller()
export class IssuedStatementsController {
  constructor(
    private readonly statements: IssuedStatements,
    private readonly prints: AccountStatementPrints,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('one-records/:id/account-statements')
  @Allow('billing.account-statement.issue')
  @Idempotent()
  @ApiOperation({ summary: 'Issue a statement of account (كشف حساب) over all accounts of a record, under a serial' })
  @ApiCreatedResponse({ type: IssuedStatementView })
  @Refuses('http.invalid', 'http.not-found', REPORTS['billing.statement-too-long'], CITIZENS['citizens.wrong-state'])
  async issue(
    @Param() { id }: RecordOfAccounts,
    @Body() body: IssueAccountStatement,
    @Caller() caller: Principal,
  ): Promise<IssuedStatementView> {
    return issuedView(await this.statements.issue(id, body, caller), this.config);
  }

  @Get('one-records/:id/account-statements')
  @Allow('billing.account-statement.read')
  @ApiOperation({ summary: 'The issued statements of account of a record, newest first' })
  @ApiPage(IssuedSummaryView)
  @Refuses('http.invalid', 'http.not-found')
  async list(@Param() { id }: RecordOfAccounts, @Query() query: PageQuery): Promise<Page<IssuedSummaryView>> {
    const page = await this.statements.list(id, query);
    return { ...page, items: page.items.map(issuedSummaryView) };
  }

  @Get('account-statements/:serial')
  @Allow('billing.account-statement.read')
  @ApiOperation({ summary: 'A statement of account as it was issued' })
  @SerialParam()
  @ApiOkResponse({ type: IssuedStatementView })
  @Refuses(REPORTS['billing.statement-unknown'], REPORTS['billing.statement-altered'])
  async get(@Param('serial') serial: string): Promise<IssuedStatementView> {
    return issuedView(await this.statements.get(serial), this.config);
  }

  @Get('account-statements/:serial/pdf')
  @Allow('billing.account-statement.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The sheet: the first is the original, the later ones are marked نسخة' })
  @SerialParam()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', REPORTS['billing.statement-unknown'], REPORTS['billing.statement-altered'])
  async pdf(@Param('serial') typed: string, @Query() { lang = 'ar' }: SheetQuery): Promise<StreamableFile> {
    return this.prints.pdf(await this.statements.get(typed), lang);
  }

  @Get('account-statements/:serial/xlsx')
  @Allow('billing.account-statement.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Its entries as a workbook; no document, so it counts as no sheet' })
  @SerialParam()
  @ApiProduces(WORKBOOK_TYPE)
  @ApiOkResponse({ content: { [WORKBOOK_TYPE]: { schema: { type: 'string', format: 'binary' } } } })
  @Refuses('http.invalid', REPORTS['billing.statement-unknown'], REPORTS['billing.statement-altered'])
  async xlsx(@Param('serial') typed: string, @Query() { lang = 'ar' }: SheetQuery): Promise<StreamableFile> {
    const { serial, content } = await this.statements.get(typed);
    const workbook = await statementWorkbook(content, lang);
    const disposition = `attachment; filename="account-statement-${serial}.xlsx"`;
    return new StreamableFile(workbook, { type: WORKBOOK_TYPE, length: workbook.length, disposition });
  }
}
