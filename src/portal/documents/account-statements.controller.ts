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
  AccountStatementPrints,
  IssuedStatements,
  issuedSummaryView,
  issuedView,
  REPORTS,
  type IssuedAccountStatement,
} from '../../billing';
import { CITIZENS } from '../../citizens';
import { PORTAL } from '../portal.problems';
import { DailyLimits } from '../scope/daily-limits';
import { orNotFound } from '../scope/not-found';
import { OwnRecords } from '../scope/own-records';
import { PortalDesk } from '../scope/portal-desk';
import { ownWords } from '../scope/sharing';
import { GivesSheet, PortalSheet } from '../scope/sheet';
import {
  PortalAccountStatementSummaryView,
  PortalAccountStatementView,
  PortalNewAccountStatement,
  PortalSerialParam,
} from './documents.dto';

const UNKNOWN = [REPORTS['billing.statement-unknown']];
const ALTERED = REPORTS['billing.statement-altered'];

@ApiTags('portal: documents')
@Controller('me/account-statements')
export class PortalAccountStatementsController {
  constructor(
    private readonly statements: IssuedStatements,
    private readonly prints: AccountStatementPrints,
    private readonly limits: DailyLimits,
    private readonly desk: PortalDesk,
    private readonly own: OwnRecords,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @AllowCitizen()
  @Idempotent()
  @ApiOperation({ summary: 'A statement of account (كشف حساب) over all accounts and any days, under a serial' })
  @ApiCreatedResponse({ type: PortalAccountStatementView })
  @Refuses('http.invalid', PORTAL['portal.daily-limit'])
  @Refuses(REPORTS['billing.statement-too-long'], CITIZENS['citizens.wrong-state'])
  async issue(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Body() body: PortalNewAccountStatement,
  ): Promise<PortalAccountStatementView> {
    await this.limits.use(oneRecordId, 'ACCOUNT_STATEMENT');
    const issued = await this.statements.issue(oneRecordId, body, await this.desk.principal());
    return issuedView(mineOf(issued), this.config);
  }

  @Get()
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'The citizen’s statements of account, newest first' })
  @ApiPage(PortalAccountStatementSummaryView)
  @Refuses('http.invalid')
  async list(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Query() query: PageQuery,
  ): Promise<Page<PortalAccountStatementSummaryView>> {
    const page = await this.statements.list(oneRecordId, query);
    return { ...page, items: page.items.map(issuedSummaryView) };
  }

  @Get(':serial')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'One of them, as it was issued' })
  @ApiOkResponse({ type: PortalAccountStatementView })
  @Refuses('http.invalid', 'http.not-found', ALTERED)
  async get(
    @Citizen() citizen: CitizenPrincipal,
    @Param() param: PortalSerialParam,
  ): Promise<PortalAccountStatementView> {
    return issuedView(await this.mine(citizen, param), this.config);
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
  private async mine(
    { oneRecordId }: CitizenPrincipal,
    { serial }: PortalSerialParam,
  ): Promise<IssuedAccountStatement> {
    const found = await orNotFound(this.statements.get(serial), UNKNOWN);
    await this.own.require(oneRecordId, found);
    return mineOf(found);
  }
}

const mineOf = (issued: IssuedAccountStatement): IssuedAccountStatement => ({
  ...issued,
  content: ownWords(issued.content),
});
