import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, Idempotent, Refuses, type Principal } from '@libs/http';
import { BOOKS } from '../../billing';
import { SUBSCRIPTIONS } from '../subscriptions/subscriptions.problems';
import {
  SubscriptionParam,
  SubscriptionsView,
  subscriptionView,
  SubscriptionView,
} from '../subscriptions/subscriptions.dto';
import { Installations } from './installations';
import { InstallMeter, RemoveMeter, ReplaceMeter, SwapMeters } from './installations.dto';
import { METERS } from './meters.problems';

const OFF = [METERS['water.other-meter'], METERS['water.day-not-possible'], METERS['water.not-on-the-register']];
/** Fees of a prepaid meter are given back for the days after it. */
const PAID = ['http.stale', BOOKS['billing.period-closed']];
const PUT = [SUBSCRIPTIONS['water.subscription-state'], METERS['water.meter-unknown'], METERS['water.meter-state']];

@ApiTags('water: meters')
@Controller('water')
export class InstallationsController {
  constructor(private readonly installations: Installations) {}

  @Post('subscriptions/:id/meter')
  @Allow('water.meter.install')
  @Idempotent()
  @ApiOperation({ summary: 'Put a meter of the stock up; an approved subscription becomes active by it' })
  @ApiCreatedResponse({ type: SubscriptionView })
  @Refuses('http.invalid', 'http.not-found', ...PUT, METERS['water.meter-present'], ...OFF.slice(1))
  async install(
    @Param() { id }: SubscriptionParam,
    @Body() body: InstallMeter,
    @Caller() caller: Principal,
  ): Promise<SubscriptionView> {
    return subscriptionView(await this.installations.install(id, body, caller));
  }

  @Post('subscriptions/:id/meter/replace')
  @HttpCode(200)
  @Allow('water.meter.install')
  @Idempotent()
  @ApiOperation({
    summary: 'Exchange the meter: the final reading of the old one and the first of the new one in one act',
  })
  @ApiOkResponse({ type: SubscriptionView })
  @Refuses('http.invalid', 'http.not-found', ...PUT, ...OFF, ...PAID)
  async replace(
    @Param() { id }: SubscriptionParam,
    @Body() body: ReplaceMeter,
    @Caller() caller: Principal,
  ): Promise<SubscriptionView> {
    return subscriptionView(await this.installations.replace(id, body, caller));
  }

  @Post('subscriptions/:id/meter/remove')
  @HttpCode(200)
  @Allow('water.meter.install')
  @Idempotent()
  @ApiOperation({ summary: 'Take the meter off with its final reading' })
  @ApiOkResponse({ type: SubscriptionView })
  @Refuses('http.invalid', 'http.not-found', ...OFF, ...PAID)
  async remove(
    @Param() { id }: SubscriptionParam,
    @Body() body: RemoveMeter,
    @Caller() caller: Principal,
  ): Promise<SubscriptionView> {
    return subscriptionView(await this.installations.remove(id, body, caller));
  }

  @Post('meter-swaps')
  @Allow('water.meter.install')
  @Idempotent()
  @ApiOperation({ summary: 'Put two meters right that were put down at each other’s subscriptions' })
  @ApiCreatedResponse({ type: SubscriptionsView })
  @Refuses('http.invalid', 'http.not-found', ...PUT, ...OFF, ...PAID)
  async swap(@Body() body: SwapMeters, @Caller() caller: Principal): Promise<SubscriptionsView> {
    return { subscriptions: (await this.installations.swap(body, caller)).map(subscriptionView) };
  }
}
