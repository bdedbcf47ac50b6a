import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, Idempotent, pageOf, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { BOOKS } from '../billing.problems';
import { CampaignDebtors } from './campaign-debtors';
import { CampaignSettlements } from './campaign-settlements';
import {
  ApproveDebtors,
  CampaignParam,
  CampaignReason,
  CampaignDebtorView,
  debtorView,
  GrantParam,
  GrantView,
  grantView,
  ListDebtors,
  SettleDebtor,
} from './campaigns.dto';
import { CAMPAIGNS } from './campaigns.problems';
import { Campaigns } from './campaigns.service';

const LIST = ['http.invalid', 'http.not-found', CAMPAIGNS['billing.campaign-not-donor'], CAMPAIGNS['billing.campaign-state']] as const; // prettier-ignore

/** The list of a donor campaign, and what any campaign granted. */
@ApiTags('billing: campaigns')
@Controller('billing/campaigns/:id')
export class CampaignGrantsController {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly debtors: CampaignDebtors,
    private readonly settlements: CampaignSettlements,
  ) {}

  @Get('debtors')
  @Allow('billing.campaign.read')
  @ApiOperation({ summary: 'The list of a donor campaign, in the order of proposal' })
  @ApiPage(CampaignDebtorView)
  @Refuses('http.invalid', 'http.not-found')
  async list(@Param() { id }: CampaignParam, @Query() query: PageQuery): Promise<Page<CampaignDebtorView>> {
    const [rows, total] = await this.debtors.list(id, query);
    return pageOf(query, rows.map(debtorView), total);
  }

  @Post('debtors')
  @Allow('billing.campaign.update')
  @Idempotent()
  @ApiOperation({ summary: 'Propose accounts for the list; another approves them' })
  @ApiCreatedResponse({ type: [CampaignDebtorView] })
  @Refuses(...LIST, BOOKS['billing.account-unknown'], CAMPAIGNS['billing.debtor-listed'])
  async add(
    @Param() { id }: CampaignParam,
    @Body() body: ListDebtors,
    @Caller() by: Principal,
  ): Promise<CampaignDebtorView[]> {
    return (await this.debtors.add(id, body, by)).map(debtorView);
  }

  @Post('debtors/approve')
  @HttpCode(200)
  @Allow('billing.campaign.approve')
  @Idempotent()
  @ApiOperation({ summary: 'Approve those of the accounts that wait for it, unless one proposed them' })
  @ApiOkResponse({ type: [CampaignDebtorView] })
  @Refuses(...LIST, CAMPAIGNS['billing.campaign-four-eyes'])
  async approve(
    @Param() { id }: CampaignParam,
    @Body() { accountIds }: ApproveDebtors,
    @Caller() by: Principal,
  ): Promise<CampaignDebtorView[]> {
    return (await this.debtors.approve(id, accountIds, by)).map(debtorView);
  }

  @Get('grants')
  @Allow('billing.campaign.read')
  @ApiOperation({ summary: 'What was granted and given back, in that order' })
  @ApiPage(GrantView)
  @Refuses('http.invalid', 'http.not-found')
  async grants(@Param() { id }: CampaignParam, @Query() query: PageQuery): Promise<Page<GrantView>> {
    const [rows, total, { currency }] = await this.settlements.list(id, query);
    return pageOf(
      query,
      rows.map((grant) => grantView(grant, currency)),
      total,
    );
  }

  @Post('settlements')
  @Allow('billing.campaign.settle')
  @Idempotent()
  @ApiOperation({ summary: 'Settle the arrears of a listed account: the donor owes his part, the rest is waived' })
  @ApiCreatedResponse({ type: GrantView })
  @Refuses('http.invalid', 'http.not-found', BOOKS['billing.account-unknown'], BOOKS['billing.account-closed'])
  @Refuses(CAMPAIGNS['billing.campaign-not-donor'], CAMPAIGNS['billing.debtor-pays-part'])
  @Refuses(CAMPAIGNS['billing.campaign-inactive'], CAMPAIGNS['billing.debtor-not-approved'])
  @Refuses(CAMPAIGNS['billing.no-arrears'], CAMPAIGNS['billing.campaign-budget-spent'])
  @Refuses(BOOKS['billing.period-closed'])
  async settle(
    @Param() { id }: CampaignParam,
    @Body() { accountId }: SettleDebtor,
    @Caller() by: Principal,
  ): Promise<GrantView> {
    const grant = await this.settlements.settle(id, accountId, by);
    return grantView(grant, (await this.campaigns.get(id)).currency);
  }

  @Post('grants/:grantId/reverse')
  @HttpCode(200)
  @Allow('billing.campaign.reverse')
  @Idempotent()
  @ApiOperation({ summary: 'Undo a settlement: the debt is owed again, the budget gets its amount back' })
  @ApiOkResponse({ type: GrantView })
  @Refuses('http.invalid', 'http.not-found', CAMPAIGNS['billing.grant-of-payment'])
  @Refuses(BOOKS['billing.already-reversed'], BOOKS['billing.period-closed'])
  async reverse(
    @Param() { id, grantId }: GrantParam,
    @Body() { reason }: CampaignReason,
    @Caller() by: Principal,
  ): Promise<GrantView> {
    const grant = await this.settlements.reverse(id, grantId, reason, by);
    return grantView(grant, (await this.campaigns.get(id)).currency);
  }
}
