import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, Idempotent, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { ACCESS as CITIZEN_ACCESS } from '../../citizens';
import { BOOKS } from '../billing.problems';
import { PAYMENTS } from '../payments/payments.problems';
import { Assignments } from './assignments';
import { Clearing } from './clearing';
import {
  GatewayAssignTransaction,
  eventView,
  GatewayListTransactions,
  GatewayNewTransaction,
  OpenClearingView,
  openClearingView,
  GatewayRefundTransaction,
  GatewayTransactionDetailView,
  GatewayTransactionId,
  transactionView,
  GatewayTransactionView,
} from './gateway.dto';
import { GatewayEvents } from './gateway-events';
import { GATEWAY } from './gateway.problems';
import { Polls } from './polls';
import { Refunds } from './refunds';
import { GatewayTransactions } from './transactions';

@ApiTags('billing: online payments')
@Controller('gateway-transactions')
export class GatewayTransactionsController {
  constructor(
    private readonly transactions: GatewayTransactions,
    private readonly polls: Polls,
    private readonly refunds: Refunds,
    private readonly assignments: Assignments,
    private readonly clearing: Clearing,
    private readonly events: GatewayEvents,
  ) {}

  @Post()
  @Allow('billing.gateway-transaction.create')
  @Idempotent()
  @ApiOperation({ summary: 'A link with which debts of a record are paid online' })
  @ApiCreatedResponse({ type: GatewayTransactionView })
  @Refuses('http.invalid', 'http.not-found', GATEWAY['billing.gateway-none'], BOOKS['billing.account-unknown'])
  @Refuses(BOOKS['billing.account-closed'], BOOKS['billing.currency-mismatch'], BOOKS['billing.charge-settled'])
  @Refuses(BOOKS['billing.exceeds-charge'], PAYMENTS['billing.exceeds-balance'])
  async start(@Body() body: GatewayNewTransaction, @Caller() { userId }: Principal): Promise<GatewayTransactionView> {
    const transaction = await this.transactions.start({ ...body, by: userId });
    return transactionView({ transaction, receiptSerial: null }, this.transactions.linkOf(transaction));
  }

  @Get()
  @Allow('billing.gateway-transaction.read')
  @ApiOperation({ summary: 'Online payments by record, state and suspense, newest first' })
  @ApiPage(GatewayTransactionView)
  @Refuses('http.invalid')
  async list(@Query() query: GatewayListTransactions): Promise<Page<GatewayTransactionView>> {
    const page = await this.transactions.list(query);
    const view = (found: (typeof page.items)[number]) =>
      transactionView(found, this.transactions.linkOf(found.transaction));
    return { ...page, items: page.items.map(view) };
  }

  @Get('open-clearing')
  @Allow('billing.gateway-transaction.read')
  @ApiOperation({ summary: 'What the gateway has taken and not yet paid into the bank, by transaction' })
  @ApiPage(OpenClearingView)
  @Refuses('http.invalid')
  async openClearing(@Query() query: PageQuery): Promise<Page<OpenClearingView>> {
    const page = await this.clearing.open(query);
    return { ...page, items: page.items.map(openClearingView) };
  }

  @Get(':id')
  @Allow('billing.gateway-transaction.read')
  @ApiOperation({ summary: 'An online payment with all that the gateway said of it' })
  @ApiOkResponse({ type: GatewayTransactionDetailView })
  @Refuses('http.invalid', 'http.not-found')
  get(@Param() { id }: GatewayTransactionId): Promise<GatewayTransactionDetailView> {
    return this.detail(id);
  }

  @Post(':id/poll')
  @HttpCode(200)
  @Allow('billing.gateway-transaction.poll')
  @ApiOperation({ summary: 'Ask the gateway now what became of it' })
  @ApiOkResponse({ type: GatewayTransactionDetailView })
  @Refuses('http.invalid', 'http.not-found', GATEWAY['billing.gateway-none'], GATEWAY['billing.gateway-failed'])
  async poll(@Param() { id }: GatewayTransactionId): Promise<GatewayTransactionDetailView> {
    await this.polls.one(id);
    return this.detail(id);
  }

  @Post(':id/refund')
  @HttpCode(202)
  @Allow('billing.gateway-transaction.refund')
  @Idempotent()
  @ApiOperation({ summary: 'Give the whole of it back through the gateway; its debts are open again' })
  @ApiAcceptedResponse({ type: GatewayTransactionDetailView })
  @Refuses('http.invalid', 'http.not-found', GATEWAY['billing.not-refundable'], GATEWAY['billing.gateway-none'])
  @Refuses(BOOKS['billing.above-limit'], BOOKS['billing.already-reversed'], BOOKS['billing.period-closed'])
  @Refuses(PAYMENTS['billing.not-divisible'], CITIZEN_ACCESS['citizens.cooling'])
  async refund(
    @Param() { id }: GatewayTransactionId,
    @Body() { reason }: GatewayRefundTransaction,
    @Caller() caller: Principal,
  ): Promise<GatewayTransactionDetailView> {
    await this.refunds.request(id, reason, caller);
    return this.detail(id);
  }

  @Post(':id/assign')
  @HttpCode(200)
  @Allow('billing.gateway-transaction.assign')
  @Idempotent()
  @ApiOperation({ summary: 'Put money out of suspense on the accounts it is for; the receipt is of today' })
  @ApiOkResponse({ type: GatewayTransactionDetailView })
  @Refuses('http.invalid', 'http.not-found', GATEWAY['billing.not-in-suspense'], BOOKS['billing.account-unknown'])
  @Refuses(BOOKS['billing.account-closed'], BOOKS['billing.currency-mismatch'], PAYMENTS['billing.tenders-differ'])
  @Refuses(BOOKS['billing.period-closed'], BOOKS['billing.charge-settled'])
  async assign(
    @Param() { id }: GatewayTransactionId,
    @Body() { lines }: GatewayAssignTransaction,
    @Caller() caller: Principal,
  ): Promise<GatewayTransactionDetailView> {
    await this.assignments.assign(id, lines, caller);
    return this.detail(id);
  }

  private async detail(id: number): Promise<GatewayTransactionDetailView> {
    const found = await this.transactions.get(id);
    const events = await this.events.of(id);
    return { ...transactionView(found, this.transactions.linkOf(found.transaction)), events: events.map(eventView) };
  }
}
