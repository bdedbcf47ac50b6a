import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, Idempotent, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { BOOKS } from '../billing.problems';
import { TILL } from '../till/till.problems';
import { CHEQUES } from '../cheques/cheques.problems';
import { PaymentSearch } from './payment-search';
import type { PaymentWithReceipt } from './payment-recorder';
import { Payments } from './payments';
import {
  ListPayments,
  NewPayment,
  PaymentSummaryView,
  paymentView,
  PaymentView,
  ReceiptSerial,
  RecordOfPayments,
  ReversePart,
  ReversePayment,
  summaryPage,
  UndoPayment,
} from './payments.dto';
import { RATES } from '../rates/rates.problems';
import { PAYMENTS, RECEIPT_PROBLEMS } from './payments.problems';
import { Refunds } from './refunds';
import { Reversals } from './reversals';

@ApiTags('billing: payments')
@Controller()
export class PaymentsController {
  constructor(
    private readonly payments: Payments,
    private readonly reversals: Reversals,
    private readonly refunds: Refunds,
    private readonly search: PaymentSearch,
  ) {}

  @Post('payments')
  @Allow('billing.payment.take')
  @Idempotent()
  @ApiOperation({ summary: 'Take a payment in one’s open shift; the answer is the receipt' })
  @ApiCreatedResponse({ type: PaymentView })
  @Refuses('http.invalid', 'http.not-found', TILL['billing.no-open-shift'], TILL['billing.shift-of-another-day'])
  @Refuses(BOOKS['billing.account-unknown'], BOOKS['billing.account-closed'], BOOKS['billing.currency-mismatch'])
  @Refuses(PAYMENTS['billing.tenders-differ'], PAYMENTS['billing.exceeds-balance'], BOOKS['billing.period-closed'])
  @Refuses(BOOKS['billing.charge-settled'], BOOKS['billing.exceeds-charge'])
  @Refuses(PAYMENTS['billing.relief-differs'], RATES['billing.rate-missing'], RATES['billing.rate-differs'])
  @Refuses(CHEQUES['billing.cheque-taken'])
  async take(@Body() body: NewPayment, @Caller() caller: Principal): Promise<PaymentView> {
    return paymentView(await this.payments.take(body, caller));
  }

  @Get('payments')
  @Allow('billing.payment.read')
  @ApiOperation({ summary: 'Payments by shift, cashier, day and state, newest first' })
  @ApiPage(PaymentSummaryView)
  @Refuses('http.invalid')
  async list(@Query() query: ListPayments): Promise<Page<PaymentSummaryView>> {
    return summaryPage(await this.search.list(query));
  }

  @Get('one-records/:id/payments')
  @Allow('billing.payment.read')
  @ApiOperation({ summary: 'Payments that a record made and those on its accounts, newest first' })
  @ApiPage(PaymentSummaryView)
  @Refuses('http.invalid', 'http.not-found')
  async ofRecord(@Param() { id }: RecordOfPayments, @Query() query: PageQuery): Promise<Page<PaymentSummaryView>> {
    return summaryPage(await this.search.ofRecord(id, query));
  }

  @Get('payments/:serial')
  @Allow('billing.payment.read')
  @ApiOperation({ summary: 'A payment with its receipt as it was issued' })
  @ReceiptSerial()
  @ApiOkResponse({ type: PaymentView })
  @Refuses(...RECEIPT_PROBLEMS)
  async get(@Param('serial') serial: string): Promise<PaymentView> {
    return this.view(await this.payments.get(serial));
  }

  @Post('payments/:serial/void')
  @HttpCode(200)
  @Allow('billing.payment.void')
  @Idempotent()
  @ApiOperation({ summary: 'Void a payment while its shift is open and on its day' })
  @ReceiptSerial()
  @ApiOkResponse({ type: PaymentView })
  @Refuses('http.invalid', ...RECEIPT_PROBLEMS, BOOKS['billing.already-reversed'], TILL['billing.not-your-shift'])
  @Refuses(PAYMENTS['billing.void-too-late'], BOOKS['billing.above-limit'], PAYMENTS['billing.cash-insufficient'])
  @Refuses(CHEQUES['billing.cheque-at-bank'], CHEQUES['billing.cheque-state'], PAYMENTS['billing.not-divisible'])
  @Refuses(PAYMENTS['billing.payment-bound'])
  async void(
    @Param('serial') serial: string,
    @Body() body: UndoPayment,
    @Caller() caller: Principal,
  ): Promise<PaymentView> {
    return this.view(await this.reversals.void(serial, body, caller));
  }

  @Post('payments/:serial/reverse')
  @HttpCode(200)
  @Allow('billing.payment.reverse')
  @Idempotent()
  @ApiOperation({ summary: 'Reverse a payment at any later time; cash goes out of a drawer that is open now' })
  @ReceiptSerial()
  @ApiOkResponse({ type: PaymentView })
  @Refuses('http.invalid', 'http.not-found', ...RECEIPT_PROBLEMS, BOOKS['billing.already-reversed'])
  @Refuses(BOOKS['billing.above-limit'], PAYMENTS['billing.cash-insufficient'], TILL['billing.shift-not-open'])
  @Refuses(PAYMENTS['billing.paying-shift-required'], PAYMENTS['billing.refund-through-gateway'])
  @Refuses(BOOKS['billing.period-closed'], PAYMENTS['billing.not-divisible'])
  @Refuses(CHEQUES['billing.cheque-at-bank'], CHEQUES['billing.cheque-state'])
  @Refuses(PAYMENTS['billing.payment-bound'])
  async reverse(
    @Param('serial') serial: string,
    @Body() body: ReversePayment,
    @Caller() caller: Principal,
  ): Promise<PaymentView> {
    return this.view(await this.reversals.reverse(serial, body, caller));
  }

  @Post('payments/:serial/partial-reversal')
  @HttpCode(200)
  @Allow('billing.payment.reverse')
  @Idempotent()
  @ApiOperation({ summary: 'Take a part of a payment back; it stands until all is taken back' })
  @ReceiptSerial()
  @ApiOkResponse({ type: PaymentView })
  @Refuses('http.invalid', 'http.not-found', ...RECEIPT_PROBLEMS, BOOKS['billing.already-reversed'])
  @Refuses(BOOKS['billing.above-limit'], PAYMENTS['billing.cash-insufficient'], TILL['billing.shift-not-open'])
  @Refuses(PAYMENTS['billing.paying-shift-required'], BOOKS['billing.period-closed'])
  @Refuses(PAYMENTS['billing.exceeds-payment'], PAYMENTS['billing.not-divisible'])
  @Refuses(PAYMENTS['billing.refund-through-gateway'])
  @Refuses(PAYMENTS['billing.payment-bound'])
  async reversePart(
    @Param('serial') serial: string,
    @Body() body: ReversePart,
    @Caller() caller: Principal,
  ): Promise<PaymentView> {
    return this.view(await this.reversals.reversePart(serial, body, caller));
  }

  private async view(found: PaymentWithReceipt): Promise<PaymentView> {
    return paymentView(found, await this.refunds.of(found.payment.id));
  }
}
