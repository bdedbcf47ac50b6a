import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, Idempotent, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { BOOKS } from '../billing.problems';
import { ShareRemittances } from './remittances';
import { ShareSettlements } from './settlements';
import {
  MonthQuery,
  NewRemittance,
  SharePreviewView,
  previewView,
  RemittanceView,
  remittanceView,
  ReverseShare,
  SettleMonth,
  SettlementsQuery,
  SettlementSummary,
  settlementSummary,
  SettlementView,
  settlementView,
  ShareOfRoute,
} from './shares.dto';
import { SHARES } from './shares.problems';

const CLOSED = BOOKS['billing.period-closed'];

@ApiTags('billing: third-party shares')
@Controller('billing/shares')
export class ShareSettlementsController {
  constructor(
    private readonly settlements: ShareSettlements,
    private readonly remittances: ShareRemittances,
  ) {}

  @Get('partners/:id/preview')
  @Allow('billing.share.read')
  @ApiOperation({ summary: 'What a settlement of the month would hold now; nothing is posted' })
  @ApiOkResponse({ type: SharePreviewView })
  @Refuses('http.invalid', 'http.not-found')
  async preview(@Param() { id }: ShareOfRoute, @Query() { period }: MonthQuery): Promise<SharePreviewView> {
    return previewView(id, period, await this.settlements.preview(id, period));
  }

  @Post('partners/:id/settlements')
  @Allow('billing.share-settlement.post')
  @Idempotent()
  @ApiOperation({
    summary: 'Settle a month: the share of what was collected by its end and is not settled; again it changes nothing',
  })
  @ApiCreatedResponse({ type: SettlementView })
  @Refuses('http.invalid', 'http.not-found', BOOKS['billing.period-not-over'], CLOSED)
  @Refuses(SHARES['billing.nothing-to-settle'], SHARES['billing.share-month-settled'])
  async settle(
    @Param() { id }: ShareOfRoute,
    @Body() { period }: SettleMonth,
    @Caller() caller: Principal,
  ): Promise<SettlementView> {
    return settlementView(await this.settlements.settle(id, period, caller));
  }

  @Get('settlements')
  @Allow('billing.share.read')
  @ApiOperation({ summary: 'Settlements, newest first' })
  @ApiPage(SettlementSummary)
  @Refuses('http.invalid')
  async list(@Query() query: SettlementsQuery): Promise<Page<SettlementSummary>> {
    const page = await this.settlements.list(query.partnerId, query);
    return { ...page, items: page.items.map(settlementSummary) };
  }

  @Get('settlements/:id')
  @Allow('billing.share.read')
  @ApiOperation({ summary: 'A settlement with what it is made of' })
  @ApiOkResponse({ type: SettlementView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: ShareOfRoute): Promise<SettlementView> {
    return settlementView(await this.settlements.get(id));
  }

  @Post('settlements/:id/reverse')
  @HttpCode(200)
  @Allow('billing.share-settlement.reverse')
  @Idempotent()
  @ApiOperation({ summary: 'Undo the last settlement of a partner, today: what it held is unsettled again' })
  @ApiOkResponse({ type: SettlementView })
  @Refuses('http.invalid', 'http.not-found', CLOSED)
  @Refuses(SHARES['billing.settlement-reversed'], SHARES['billing.settlement-not-last'])
  async reverse(
    @Param() { id }: ShareOfRoute,
    @Body() { reason }: ReverseShare,
    @Caller() caller: Principal,
  ): Promise<SettlementView> {
    return settlementView(await this.settlements.reverse(id, reason, caller));
  }

  @Post('partners/:id/remittances')
  @Allow('billing.share-remittance.pay')
  @Idempotent()
  @ApiOperation({ summary: 'Pay out what is due to a partner, from a bank account' })
  @ApiCreatedResponse({ type: RemittanceView })
  @Refuses('http.invalid', 'http.not-found', SHARES['billing.exceeds-due'])
  @Refuses(BOOKS['billing.date-in-future'], CLOSED)
  async pay(
    @Param() { id }: ShareOfRoute,
    @Body() body: NewRemittance,
    @Caller() caller: Principal,
  ): Promise<RemittanceView> {
    return remittanceView(await this.remittances.pay(id, body, caller));
  }

  @Get('partners/:id/remittances')
  @Allow('billing.share.read')
  @ApiOperation({ summary: 'What was paid to a partner, newest first' })
  @ApiPage(RemittanceView)
  @Refuses('http.invalid', 'http.not-found')
  async paid(@Param() { id }: ShareOfRoute, @Query() query: PageQuery): Promise<Page<RemittanceView>> {
    const page = await this.remittances.list(id, query);
    return { ...page, items: page.items.map(remittanceView) };
  }

  @Post('remittances/:id/reverse')
  @HttpCode(200)
  @Allow('billing.share-remittance.reverse')
  @Idempotent()
  @ApiOperation({ summary: 'The money came back: it is due again' })
  @ApiOkResponse({ type: RemittanceView })
  @Refuses('http.invalid', 'http.not-found', SHARES['billing.remittance-reversed'], CLOSED)
  async takeBack(
    @Param() { id }: ShareOfRoute,
    @Body() { reason }: ReverseShare,
    @Caller() caller: Principal,
  ): Promise<RemittanceView> {
    return remittanceView(await this.remittances.reverse(id, reason, caller));
  }
}
