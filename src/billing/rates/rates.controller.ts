import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, Idempotent, Refuses, type Page, type Principal } from '@libs/http';
import { BOOKS } from '../billing.problems';
import { ExchangeRates } from './exchange-rates';
import { ListRates, NewRate, QuoteQuery, quoteView, QuoteView, rateView, RateView, typedQuote } from './rates.dto';
import { RATES } from './rates.problems';

@ApiTags('billing: exchange rates')
@Controller('exchange-rates')
export class RatesController {
  constructor(private readonly rates: ExchangeRates) {}

  @Get()
  @Allow('billing.rate.read')
  @ApiOperation({ summary: 'Rates by currencies, newest first' })
  @ApiPage(RateView)
  @Refuses('http.invalid')
  async list(@Query() query: ListRates): Promise<Page<RateView>> {
    const page = await this.rates.list(query);
    return { ...page, items: page.items.map(rateView) };
  }

  @Get('quote')
  @Allow('billing.rate.read')
  @ApiOperation({ summary: 'What a debt costs in another currency today, or what an amount relieves of it' })
  @ApiOkResponse({ type: QuoteView })
  @Refuses('http.invalid', RATES['billing.rate-missing'])
  async quote(@Query() query: QuoteQuery): Promise<QuoteView> {
    return quoteView(query, await this.rates.quote(typedQuote(query)));
  }

  @Post()
  @Allow('billing.rate.enter')
  @Idempotent()
  @ApiOperation({ summary: 'Enter the rate of a day; the last one entered for a day holds' })
  @ApiCreatedResponse({ type: RateView })
  @Refuses('http.invalid', BOOKS['billing.date-in-future'], RATES['billing.rate-implausible'])
  async enter(@Body() body: NewRate, @Caller() caller: Principal): Promise<RateView> {
    return rateView(await this.rates.enter(body, caller));
  }
}
