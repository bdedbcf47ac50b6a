import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Refuses } from '@libs/http';
import { BOOKS } from '../billing.problems';
import { PaymentQuotes } from './payment-quotes';
import { AskPaymentQuote, paymentQuoteView, PaymentQuoteView } from './payment-quotes.dto';

@ApiTags('billing: payments')
@Controller('payments/quote')
export class PaymentQuotesController {
  constructor(private readonly quotes: PaymentQuotes) {}

  @Post()
  @HttpCode(200)
  @Allow('billing.payment.quote')
  @ApiOperation({ summary: 'What a payment today would be relieved of, and what closes each account exactly' })
  @ApiOkResponse({ type: PaymentQuoteView })
  @Refuses('http.invalid', 'http.not-found', BOOKS['billing.account-unknown'])
  async quote(@Body() body: AskPaymentQuote): Promise<PaymentQuoteView> {
    return paymentQuoteView(await this.quotes.quote(body));
  }
}
