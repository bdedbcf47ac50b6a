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
import { CLEARANCE, ClearancePrints, Clearances, clearanceView, type Clearance } from '../../billing';
import { PORTAL } from '../portal.problems';
import { DailyLimits } from '../scope/daily-limits';
import { OwnRecords } from '../scope/own-records';
import { PortalDesk } from '../scope/portal-desk';
import { GivesSheet, PortalSheet } from '../scope/sheet';
import { PortalClearanceView, PortalNewClearance, PortalSerialParam } from './documents.dto';

const ALTERED = CLEARANCE['billing.clearance-altered'];

@ApiTags('portal: documents')
@Controller('me/clearances')
export class PortalClearancesController {
  constructor(
    private readonly clearances: Clearances,
    private readonly prints: ClearancePrints,
    private readonly limits: DailyLimits,
    private readonly desk: PortalDesk,
    private readonly own: OwnRecords,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @AllowCitizen()
  @Idempotent()
  @ApiOperation({ summary: 'A clearance certificate (براءة ذمة); refused while anything of one’s own is overdue' })
  @ApiCreatedResponse({ type: PortalClearanceView })
  @Refuses('http.invalid', PORTAL['portal.daily-limit'], CLEARANCE['billing.no-accounts'])
  @Refuses(CLEARANCE['billing.debts-overdue'], CLEARANCE['billing.record-not-approved'])
  async issue(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Body() body: PortalNewClearance,
  ): Promise<PortalClearanceView> {
    await this.limits.use(oneRecordId, 'CLEARANCE');
    const issued = await this.clearances.issue(oneRecordId, body, await this.desk.principal());
    return clearanceView(issued, this.config);
  }

  @Get()
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'The citizen’s clearances, newest first' })
  @ApiPage(PortalClearanceView)
  @Refuses('http.invalid')
  async list(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Query() query: PageQuery,
  ): Promise<Page<PortalClearanceView>> {
    const page = await this.clearances.list(oneRecordId, query);
    return { ...page, items: page.items.map((each) => clearanceView(each, this.config)) };
  }

  @Get(':serial')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'One of them, as it was issued and as it stands' })
  @ApiOkResponse({ type: PortalClearanceView })
  @Refuses('http.invalid', 'http.not-found', ALTERED)
  async get(@Citizen() citizen: CitizenPrincipal, @Param() param: PortalSerialParam): Promise<PortalClearanceView> {
    return clearanceView(await this.mine(citizen, param), this.config);
  }

  @Get(':serial/pdf')
  @AllowCitizen()
  @GivesSheet()
  @ApiOperation({ summary: 'The certificate: the first is the original, the later ones are marked نسخة' })
  @Refuses('http.invalid', 'http.not-found', ALTERED)
  async pdf(
    @Citizen() citizen: CitizenPrincipal,
    @Param() param: PortalSerialParam,
    @Query() { lang = 'ar' }: PortalSheet,
  ): Promise<StreamableFile> {
    return this.prints.pdf(await this.mine(citizen, param), lang);
  }

  /** @throws {Problem} http.not-found, for another's as for none */
  private async mine({ oneRecordId }: CitizenPrincipal, { serial }: PortalSerialParam): Promise<Clearance> {
    const found = await this.clearances.get(serial);
    await this.own.require(oneRecordId, found);
    return found;
  }
}
