import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Refuses, type Page } from '@libs/http';
import { Subscriptions } from './subscriptions';
import {
  eventsView,
  ListSubscriptions,
  SubscriptionEventsView,
  SubscriptionParam,
  SubscriptionsView,
  subscriptionView,
  SubscriptionView,
} from './subscriptions.dto';

@ApiTags('water: subscriptions')
@Controller()
export class SubscriptionsController {
  constructor(private readonly subscriptions: Subscriptions) {}

  @Get('water/subscriptions')
  @Allow('water.subscription.read')
  @ApiOperation({ summary: 'Subscriptions by route (in the order of the walk), state, class or start of the number' })
  @ApiPage(SubscriptionView)
  @Refuses('http.invalid')
  async list(@Query() query: ListSubscriptions): Promise<Page<SubscriptionView>> {
    const page = await this.subscriptions.list(query);
    return { ...page, items: page.items.map(subscriptionView) };
  }

  @Get('water/subscriptions/:id')
  @Allow('water.subscription.read')
  @ApiOperation({ summary: 'A subscription with its place, walk and meter' })
  @ApiOkResponse({ type: SubscriptionView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: SubscriptionParam): Promise<SubscriptionView> {
    return subscriptionView(await this.subscriptions.get(id));
  }

  @Get('water/subscriptions/:id/events')
  @Allow('water.subscription.read')
  @ApiOperation({ summary: 'What happened to a subscription, oldest first' })
  @ApiOkResponse({ type: SubscriptionEventsView })
  @Refuses('http.invalid', 'http.not-found')
  async events(@Param() { id }: SubscriptionParam): Promise<SubscriptionEventsView> {
    return eventsView(await this.subscriptions.events(id));
  }

  @Get('one-records/:id/water-subscriptions')
  @Allow('water.subscription.read')
  @ApiOperation({ summary: 'The water subscriptions of a record, by number' })
  @ApiOkResponse({ type: SubscriptionsView })
  @Refuses('http.invalid', 'http.not-found')
  async ofRecord(@Param() { id }: SubscriptionParam): Promise<SubscriptionsView> {
    return { subscriptions: (await this.subscriptions.ofRecord(id)).map(subscriptionView) };
  }
}
