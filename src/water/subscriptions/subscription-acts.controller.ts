import { Body, Controller, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, Caller, ChangesVersion, IfMatch, OneOf, Refuses, Txt, type Principal } from '@libs/http';
import { PROTECTIONS, type Protection } from './subscription.entity';
import { BY_HAND, SubscriptionActs } from './subscription-acts';
import { SubscriptionChanges } from './subscription-changes';
import { ChangeSubscription, SubscriptionParam, subscriptionView, SubscriptionView } from './subscriptions.dto';
import { SUBSCRIPTIONS } from './subscriptions.problems';

class ChangeState {
  @OneOf(BY_HAND, { example: 'HOLD', about: 'ACTIVE ends a hold; disconnections are orders' })
  state: (typeof BY_HAND)[number];
  @Txt({ min: 3, max: 500, example: 'المبنى قيد الهدم' }) reason: string;
}

class Protect {
  @OneOf([...PROTECTIONS, 'NONE'], { example: 'LIFE_SUPPORT', about: 'never disconnected for debt' })
  protection: Protection | 'NONE';
  @Txt({ min: 3, max: 500, example: 'جهاز غسيل كلى منزلي، تقرير طبي 2026/88' }) reason: string;
}

@ApiTags('water: subscriptions')
@Controller('water/subscriptions/:id')
export class SubscriptionActsController {
  constructor(
    private readonly acts: SubscriptionActs,
    private readonly changes: SubscriptionChanges,
  ) {}

  @Patch()
  @Allow('water.subscription.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'Change the walk, the master meter, or from a day on the size and the units' })
  @ApiOkResponse({ type: SubscriptionView })
  @Refuses('http.invalid', 'http.not-found', SUBSCRIPTIONS['water.subscription-state'])
  async correct(
    @Param() { id }: SubscriptionParam,
    @IfMatch() version: number,
    @Body() body: ChangeSubscription,
    @Caller() caller: Principal,
  ): Promise<SubscriptionView> {
    return subscriptionView(await this.changes.change({ id, version }, body, caller));
  }

  @Post('state')
  @HttpCode(200)
  @Allow('water.subscription.change')
  @ChangesVersion()
  @ApiOperation({ summary: 'Hold a subscription, end the hold, or close it once its meter is removed' })
  @ApiOkResponse({ type: SubscriptionView })
  @Refuses('http.invalid', 'http.not-found', ...Object.values(SUBSCRIPTIONS))
  async change(
    @Param() { id }: SubscriptionParam,
    @IfMatch() version: number,
    @Body() { state, reason }: ChangeState,
    @Caller() caller: Principal,
  ): Promise<SubscriptionView> {
    return subscriptionView(await this.acts.change({ id, version }, state, reason, caller));
  }

  @Post('protection')
  @HttpCode(200)
  @Allow('water.subscription.protect')
  @ChangesVersion()
  @ApiOperation({ summary: 'Mark a hospital or a home that a life depends on, or take the mark off' })
  @ApiOkResponse({ type: SubscriptionView })
  @Refuses('http.invalid', 'http.not-found')
  async protect(
    @Param() { id }: SubscriptionParam,
    @IfMatch() version: number,
    @Body() { protection, reason }: Protect,
    @Caller() caller: Principal,
  ): Promise<SubscriptionView> {
    const mark = protection === 'NONE' ? null : protection;
    return subscriptionView(await this.acts.protect({ id, version }, mark, reason, caller));
  }
}
