import { Body, Controller, Get, Header, Inject, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import { Allow, ApiPage, Caller, Idempotent, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { verifyUrlOf } from '../../documents';
import { CODES as RECORD_CODES } from '../citizens.problems';
import { StatementPrints } from './statement-prints';
import type { Statement } from './statement.entity';
import { Statements } from './statements';
import {
  IssueStatement,
  PrintQuery,
  RecordOfStatement,
  StatementSummaryView,
  statementView,
  StatementView,
  summaryPage,
} from './statements.dto';
import { CODES } from './statements.problems';

const SerialParam = () => ApiParam({ name: 'serial', example: 'ST-OSS-2026-000123-62', schema: { type: 'string' } });
const PDF = { schema: { type: 'string', format: 'binary' } };

@ApiTags('statements')
@Controller()
export class StatementsController {
  constructor(
    private readonly statements: Statements,
    private readonly prints: StatementPrints,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('one-records/:id/statements')
  @Allow('citizens.statement.issue')
  @Idempotent()
  @ApiOperation({ summary: 'Issue a statement of balances (كشف أرصدة) over all linked accounts' })
  @ApiCreatedResponse({ type: StatementView })
  @Refuses('http.invalid', 'http.not-found', RECORD_CODES['citizens.wrong-state'])
  async issue(
    @Param() { id }: RecordOfStatement,
    @Body() body: IssueStatement,
    @Caller() caller: Principal,
  ): Promise<StatementView> {
    return this.view(await this.statements.issue(id, body, caller));
  }

  @Get('one-records/:id/statements')
  @Allow('citizens.statement.read')
  @ApiOperation({ summary: 'The statements of a record, newest first' })
  @ApiPage(StatementSummaryView)
  @Refuses('http.invalid', 'http.not-found')
  async list(@Param() { id }: RecordOfStatement, @Query() query: PageQuery): Promise<Page<StatementSummaryView>> {
    return summaryPage(await this.statements.list(id, query));
  }

  @Get('statements/:serial')
  @Allow('citizens.statement.read')
  @ApiOperation({ summary: 'A statement as it was issued' })
  @SerialParam()
  @ApiOkResponse({ type: StatementView })
  @Refuses(...Object.values(CODES))
  async get(@Param('serial') serial: string): Promise<StatementView> {
    return this.view(await this.statements.get(serial));
  }

  @Get('statements/:serial/pdf')
  @Allow('citizens.statement.read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The sheet: the first is the original, the later ones are marked نسخة' })
  @SerialParam()
  @ApiProduces('application/pdf')
  @ApiOkResponse({ content: { 'application/pdf': PDF } })
  @Refuses('http.invalid', ...Object.values(CODES))
  async pdf(@Param('serial') typed: string, @Query() { lang = 'ar' }: PrintQuery): Promise<StreamableFile> {
    return this.prints.pdf(await this.statements.get(typed), lang);
  }

  private view(statement: Statement): StatementView {
    return statementView(statement, verifyUrlOf(this.config, statement.serial));
  }
}
