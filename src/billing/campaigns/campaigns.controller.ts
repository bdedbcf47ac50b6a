import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import {
  Allow,
  ApiPage,
  Caller,
  ChangesVersion,
  Idempotent,
  IfMatch,
  pageOf,
  Refuses,
  type Page,
  type Principal,
} from '@libs/http';
import type { Campaign } from './campaign.entity';
import { CampaignReports } from './campaign-report';
import {
  CampaignParam,
  CampaignReason,
  CampaignReportView,
  campaignReportView,
  CampaignsQuery,
  CampaignView,
  campaignView,
  DraftCampaign,
} from './campaigns.dto';
import { CAMPAIGNS } from './campaigns.problems';
import { Campaigns } from './campaigns.service';

@ApiTags('billing: campaigns')
@Controller('billing/campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly reports: CampaignReports,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Allow('billing.campaign.read')
  @ApiOperation({ summary: 'Campaigns, newest first' })
  @ApiPage(CampaignView)
  @Refuses('http.invalid')
  async list(@Query() query: CampaignsQuery): Promise<Page<CampaignView>> {
    const [rows, total] = await this.campaigns.list(query);
    return pageOf(
      query,
      rows.map((campaign) => this.view(campaign)),
      total,
    );
  }

  @Get(':id')
  @Allow('billing.campaign.read')
  @ApiOperation({ summary: 'A campaign with what it has spent' })
  @ApiOkResponse({ type: CampaignView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: CampaignParam): Promise<CampaignView> {
    return this.view(await this.campaigns.get(id));
  }

  @Get(':id/report')
  @Allow('billing.report.read')
  @ApiOperation({ summary: 'What a campaign granted by day and service, what was collected beside it, what is left' })
  @ApiOkResponse({ type: CampaignReportView })
  @Refuses('http.invalid', 'http.not-found')
  async report(@Param() { id }: CampaignParam): Promise<CampaignReportView> {
    const report = await this.reports.of(id);
    return campaignReportView(report, this.view(report.campaign));
  }

  @Post()
  @Allow('billing.campaign.create')
  @Idempotent()
  @ApiOperation({ summary: 'Draft a campaign; another approves it' })
  @ApiCreatedResponse({ type: CampaignView })
  @Refuses('http.invalid', CAMPAIGNS['billing.campaign-code-taken'])
  async draft(@Body() body: DraftCampaign, @Caller() by: Principal): Promise<CampaignView> {
    return this.view(await this.campaigns.draft(body, by));
  }

  @Put(':id')
  @Allow('billing.campaign.update')
  @ChangesVersion()
  @ApiOperation({ summary: 'All terms of a draft anew' })
  @ApiOkResponse({ type: CampaignView })
  @Refuses('http.invalid', 'http.not-found')
  @Refuses(CAMPAIGNS['billing.campaign-not-draft'], CAMPAIGNS['billing.campaign-code-taken'])
  async revise(
    @Param() { id }: CampaignParam,
    @IfMatch() version: number,
    @Body() body: DraftCampaign,
    @Caller() by: Principal,
  ): Promise<CampaignView> {
    return this.view(await this.campaigns.revise({ id, version }, body, by));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Allow('billing.campaign.approve')
  @Idempotent()
  @ChangesVersion()
  @ApiOperation({ summary: 'Approve a draft, unless one made it; it is active on its days' })
  @ApiOkResponse({ type: CampaignView })
  @Refuses('http.invalid', 'http.not-found')
  @Refuses(CAMPAIGNS['billing.campaign-not-draft'], CAMPAIGNS['billing.campaign-four-eyes'])
  async approve(
    @Param() { id }: CampaignParam,
    @IfMatch() version: number,
    @Caller() by: Principal,
  ): Promise<CampaignView> {
    return this.view(await this.campaigns.approve({ id, version }, by));
  }

  @Post(':id/suspend')
  @HttpCode(200)
  @Allow('billing.campaign.suspend')
  @ChangesVersion()
  @ApiOperation({ summary: 'Nothing is granted until it is resumed' })
  @ApiOkResponse({ type: CampaignView })
  @Refuses('http.invalid', 'http.not-found', CAMPAIGNS['billing.campaign-state'])
  async suspend(
    @Param() { id }: CampaignParam,
    @IfMatch() version: number,
    @Body() { reason }: CampaignReason,
  ): Promise<CampaignView> {
    return this.view(await this.campaigns.suspend({ id, version }, reason));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Allow('billing.campaign.suspend')
  @ChangesVersion()
  @ApiOperation({ summary: 'A suspended campaign goes on' })
  @ApiOkResponse({ type: CampaignView })
  @Refuses('http.invalid', 'http.not-found', CAMPAIGNS['billing.campaign-state'])
  async resume(
    @Param() { id }: CampaignParam,
    @IfMatch() version: number,
    @Body() { reason }: CampaignReason,
  ): Promise<CampaignView> {
    return this.view(await this.campaigns.resume({ id, version }, reason));
  }

  @Post(':id/end')
  @HttpCode(200)
  @Allow('billing.campaign.suspend')
  @ChangesVersion()
  @ApiOperation({ summary: 'For good, before its last day; a draft is so withdrawn' })
  @ApiOkResponse({ type: CampaignView })
  @Refuses('http.invalid', 'http.not-found', CAMPAIGNS['billing.campaign-state'])
  async end(
    @Param() { id }: CampaignParam,
    @IfMatch() version: number,
    @Body() { reason }: CampaignReason,
  ): Promise<CampaignView> {
    return this.view(await this.campaigns.end({ id, version }, reason));
  }

  private view(campaign: Campaign): CampaignView {
    return campaignView(campaign, localDateOf(this.clock.now()));
  }
}
