import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AllowCitizen,
  ApiPage,
  Citizen,
  Idempotent,
  Refuses,
  Revalidated,
  type CitizenPrincipal,
  type Page,
} from '@libs/http';
import {
  BOOKS,
  GATEWAY,
  GatewayPolls,
  GatewayTransactions,
  PAYMENTS,
  paymentQuoteView,
  type FoundTransaction,
} from '../../billing';
import { PORTAL } from '../portal.problems';
import { DailyLimits } from '../scope/daily-limits';
import { MyPayments } from './my-payments';
import {
  paymentView,
  PortalNewPayment,
  PortalPaymentParam,
  PortalPaymentsQuery,
  PortalPaymentView,
  PortalQuoteAsked,
  PortalQuoteView,
} from './payments.dto';

@ApiTags('portal: payments')
@Controller('me')
export class PortalPaymentsController {
  constructor(
    private readonly payments: MyPayments,
    private readonly transactions: GatewayTransactions,
    private readonly polls: GatewayPolls,
    private readonly limits: DailyLimits,
  ) {}

  @Post('payment-quotes')
  @HttpCode(200)
  @AllowCitizen()
  @ApiOperation({ summary: 'What a payment of today would come to, with every discount; nothing is kept' })
  @ApiOkResponse({ type: PortalQuoteView })
  @Refuses('http.invalid', 'http.not-found', PORTAL['portal.bill-token'])
  async quote(@Citizen() { oneRecordId }: CitizenPrincipal, @Body() body: PortalQuoteAsked): Promise<PortalQuoteView> {
    return paymentQuoteView(await this.payments.quote(oneRecordId, body));
  }

  @Post('payments')
  @AllowCitizen()
  @Idempotent()
  @ApiOperation({ summary: 'Begin a payment through the gateway: the answer says where to pay' })
  @ApiCreatedResponse({ type: PortalPaymentView })
  @Refuses('http.invalid', 'http.not-found', PORTAL['portal.bill-token'], PORTAL['portal.daily-limit'])
  @Refuses(GATEWAY['billing.gateway-none'], BOOKS['billing.account-closed'], BOOKS['billing.currency-mismatch'])
  @Refuses(BOOKS['billing.charge-settled'], BOOKS['billing.exceeds-charge'], PAYMENTS['billing.exceeds-balance'])
  async start(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Body() body: PortalNewPayment,
  ): Promise<PortalPaymentView> {
    return this.view({ transaction: await this.payments.start(oneRecordId, body), receiptSerial: null });
  }

  @Get('payments')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'What the citizen paid or began to pay online, newest first' })
  @ApiPage(PortalPaymentView)
  @Refuses('http.invalid')
  async list(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Query() query: PortalPaymentsQuery,
  ): Promise<Page<PortalPaymentView>> {
    const page = await this.payments.list(oneRecordId, query);
    return { ...page, items: page.items.map((each) => this.view(each)) };
  }

  @Get('payments/:id')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'One of them, as it stands' })
  @ApiOkResponse({ type: PortalPaymentView })
  @Refuses('http.invalid', 'http.not-found')
  async get(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Param() { id }: PortalPaymentParam,
  ): Promise<PortalPaymentView> {
    return this.view(await this.payments.get(oneRecordId, id));
  }

  @Post('payments/:id/refresh')
  @HttpCode(200)
  @AllowCitizen()
  @ApiOperation({ summary: 'Ask the gateway what became of it, when its notice has not come' })
  @ApiOkResponse({ type: PortalPaymentView })
  @Refuses('http.invalid', 'http.not-found', PORTAL['portal.daily-limit'])
  @Refuses(GATEWAY['billing.gateway-none'], GATEWAY['billing.gateway-failed'])
  async refresh(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Param() { id }: PortalPaymentParam,
  ): Promise<PortalPaymentView> {
    await this.payments.get(oneRecordId, id);
    await this.limits.use(oneRecordId, 'PAYMENT_REFRESH');
    await this.polls.one(id);
    return this.view(await this.payments.get(oneRecordId, id));
  }

  private view(found: FoundTransaction): PortalPaymentView {
    const { transaction } = found;
    return paymentView(found, this.transactions.linkOf(transaction), this.transactions.isPayable(transaction));
  }
}
