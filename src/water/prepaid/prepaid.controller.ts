import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Caller, Idempotent, PageQuery, Refuses, type Page, type Principal } from '@libs/http';
import { BOOKS, PAYMENTS } from '../../billing';
import { METERS } from '../meters/meters.problems';
import { SUBSCRIPTIONS } from '../subscriptions/subscriptions.problems';
import { TARIFFS } from '../tariffs/tariffs.problems';
import {
  CancelTopUp,
  prepaidMeterView,
  PrepaidMeterView,
  PrepaidParam,
  RegisterPrepaid,
  SellTopUp,
  TopUpAmount,
  topUpQuoteView,
  TopUpQuoteView,
  topUpView,
  TopUpView,
} from './prepaid.dto';
import { PrepaidMeters } from './prepaid-meters';
import { PREPAID } from './prepaid.problems';
import { TopUpActs } from './top-up-acts';
import { TopUpQuotes } from './top-up-quotes';
import { TopUps } from './top-ups';

const NOT_SOLD = [
  'http.invalid',
  'http.not-found',
  SUBSCRIPTIONS['water.subscription-state'],
  PREPAID['water.meter-not-prepaid'],
  PREPAID['water.top-up-too-small'],
  PREPAID['water.vendor-none'],
  TARIFFS['water.no-tariff'],
];

@ApiTags('water: prepaid meters')
@Controller('water')
export class PrepaidController {
  constructor(
    private readonly meters: PrepaidMeters,
    private readonly quotes: TopUpQuotes,
    private readonly topUps: TopUps,
    private readonly acts: TopUpActs,
  ) {}

  @Post('meters/:id/prepaid')
  @Allow('water.meter.receive')
  @ApiOperation({ summary: 'A meter in stock is a prepaid one from today on' })
  @ApiCreatedResponse({ type: PrepaidMeterView })
  @Refuses('http.invalid', 'http.not-found', METERS['water.meter-state'], PREPAID['water.decoder-known'])
  async register(
    @Param() { id }: PrepaidParam,
    @Body() { decoderNumber }: RegisterPrepaid,
    @Caller() by: Principal,
  ): Promise<PrepaidMeterView> {
    return prepaidMeterView(await this.meters.register(id, decoderNumber, by));
  }

  @Get('meters/:id/prepaid')
  @Allow('water.meter.read')
  @ApiOperation({ summary: 'The decoder of a meter that is a prepaid one' })
  @ApiOkResponse({ type: PrepaidMeterView })
  @Refuses('http.invalid', 'http.not-found')
  async meter(@Param() { id }: PrepaidParam): Promise<PrepaidMeterView> {
    return prepaidMeterView(await this.meters.get(id));
  }

  @Get('subscriptions/:id/top-up-quote')
  @Allow('water.top-up.read')
  @ApiOperation({ summary: 'What water an amount buys today, by the tariff in force and what was bought in the month' })
  @ApiOkResponse({ type: TopUpQuoteView })
  @Refuses(...NOT_SOLD)
  async quote(@Param() { id }: PrepaidParam, @Query() { amount }: TopUpAmount): Promise<TopUpQuoteView> {
    return topUpQuoteView(await this.quotes.of(id, amount));
  }

  @Post('subscriptions/:id/top-ups')
  @Allow('water.top-up.sell')
  @Idempotent()
  @ApiOperation({ summary: 'Sell water in advance in one’s open shift; then ask for its token' })
  @ApiCreatedResponse({ type: TopUpView })
  @Refuses(...NOT_SOLD, 'billing.no-open-shift', 'billing.shift-of-another-day', BOOKS['billing.account-closed'])
  @Refuses('http.stale', BOOKS['billing.currency-mismatch'], BOOKS['billing.period-closed'])
  async sell(@Param() { id }: PrepaidParam, @Body() body: SellTopUp, @Caller() by: Principal): Promise<TopUpView> {
    return topUpView(await this.topUps.sell(id, body, by));
  }

  @Get('subscriptions/:id/top-ups')
  @Allow('water.top-up.read')
  @ApiOperation({ summary: 'Top-ups of a subscription with their tokens, newest first' })
  @ApiPage(TopUpView)
  @Refuses('http.invalid')
  async list(@Param() { id }: PrepaidParam, @Query() query: PageQuery): Promise<Page<TopUpView>> {
    const page = await this.topUps.list(id, query);
    return { ...page, items: page.items.map(topUpView) };
  }

  @Post('top-ups/:id/token')
  @HttpCode(200)
  @Allow('water.top-up.sell')
  @ApiOperation({ summary: 'Give out the token of a top-up; asked again it is the same' })
  @ApiOkResponse({ type: TopUpView })
  @Refuses('http.invalid', 'http.not-found', PREPAID['water.top-up-state'], PREPAID['water.prepaid-meter-gone'])
  @Refuses(PREPAID['water.vendor-none'], PREPAID['water.vendor-failed'])
  async token(@Param() { id }: PrepaidParam): Promise<TopUpView> {
    return topUpView(await this.acts.vend(id));
  }

  @Post('top-ups/:id/cancel')
  @HttpCode(200)
  @Allow('water.top-up.cancel')
  @Idempotent()
  @ApiOperation({ summary: 'Take a top-up back with its payment and charges' })
  @ApiOkResponse({ type: TopUpView })
  @Refuses('http.invalid', 'http.not-found', PREPAID['water.top-up-state'], PREPAID['water.top-up-not-last'])
  @Refuses(PREPAID['water.token-given-out'], PAYMENTS['billing.void-too-late'], BOOKS['billing.above-limit'])
  @Refuses(PAYMENTS['billing.cash-insufficient'], PAYMENTS['billing.paying-shift-required'], 'billing.shift-not-open')
  @Refuses(BOOKS['billing.period-closed'], PAYMENTS['billing.not-divisible'])
  async cancel(@Param() { id }: PrepaidParam, @Body() body: CancelTopUp, @Caller() by: Principal): Promise<TopUpView> {
    return topUpView(await this.acts.cancel(id, body, by));
  }
}
