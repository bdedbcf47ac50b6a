import { Body, Controller, Get, Inject, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '@libs/config';
import {
  AllowCitizen,
  ApiPage,
  Citizen,
  Idempotent,
  PageQuery,
  Refuses,
  Revalidated,
  type CitizenPrincipal,
  type Page,
} from '@libs/http';
import {
  CITIZENS,
  STATEMENTS,
  StatementPrints,
  Statements,
  statementSummaries,
  statementView,
  type Statement,
} from '../../citizens';
import { verifyUrlOf } from '../../documents';
import { PORTAL } from '../portal.problems';
import { DailyLimits } from '../scope/daily-limits';
import { orNotFound } from '../scope/not-found';
import { OwnRecords } from '../scope/own-records';
import { PortalDesk } from '../scope/portal-desk';
import { ownPlaces } from '../scope/sharing';
import { GivesSheet, PortalSheet } from '../scope/sheet';
import {
  PortalNewStatement,
  PortalSerialParam,
  PortalStatementSummaryView,
  PortalStatementView,
} from './documents.dto';

const UNKNOWN = [STATEMENTS['citizens.statement-unknown'], STATEMENTS['citizens.serial-mistyped']];
const ALTERED = STATEMENTS['citizens.statement-altered'];

@ApiTags('portal: documents')
@Controller('me/statements')
export class PortalStatementsController {
  constructor(
    private readonly statements: Statements,
    private readonly prints: StatementPrints,
    private readonly limits: DailyLimits,
    private readonly desk: PortalDesk,
    private readonly own: OwnRecords,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @AllowCitizen()
  @Idempotent()
  @ApiOperation({ summary: 'A statement of balances (كشف أرصدة) over all services, under a serial' })
  @ApiCreatedResponse({ type: PortalStatementView })
  @Refuses('http.invalid', PORTAL['portal.daily-limit'], CITIZENS['citizens.wrong-state'])
  async issue(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Body() body: PortalNewStatement,
  ): Promise<PortalStatementView> {
    await this.limits.use(oneRecordId, 'STATEMENT');
    return this.view(mineOf(await this.statements.issue(oneRecordId, body, await this.desk.principal())));
  }

  @Get()
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'The citizen’s statements of balances, newest first' })
  @ApiPage(PortalStatementSummaryView)
  @Refuses('http.invalid')
  async list(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Query() query: PageQuery,
  ): Promise<Page<PortalStatementSummaryView>> {
    return statementSummaries(await this.statements.list(oneRecordId, query));
  }

  @Get(':serial')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'One of them, as it was issued' })
  @ApiOkResponse({ type: PortalStatementView })
  @Refuses('http.invalid', 'http.not-found', ALTERED)
  async get(@Citizen() citizen: CitizenPrincipal, @Param() param: PortalSerialParam): Promise<PortalStatementView> {
    return this.view(await this.mine(citizen, param));
  }

  @Get(':serial/pdf')
  @AllowCitizen()
  @GivesSheet()
  @ApiOperation({ summary: 'The sheet: the first is the original, the later ones are marked نسخة' })
  @Refuses('http.invalid', 'http.not-found', ALTERED)
  async pdf(
    @Citizen() citizen: CitizenPrincipal,
    @Param() param: PortalSerialParam,
    @Query() { lang = 'ar' }: PortalSheet,
  ): Promise<StreamableFile> {
    return this.prints.pdf(await this.mine(citizen, param), lang);
  }

  /** @throws {Problem} http.not-found, for another's as for none */
  private async mine({ oneRecordId }: CitizenPrincipal, { serial }: PortalSerialParam): Promise<Statement> {
    const found = await orNotFound(this.statements.get(serial), UNKNOWN);
    await this.own.require(oneRecordId, found);
    return mineOf(found);
  }

  private view(statement: Statement): PortalStatementView {
    return statementView(statement, verifyUrlOf(this.config, statement.serial));
  }
}

const mineOf = (statement: Statement): Statement => ({ ...statement, content: ownPlaces(statement.content) });
