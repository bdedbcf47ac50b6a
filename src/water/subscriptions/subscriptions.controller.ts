import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, Refuses, type Page } from '@libs/http';
import { Holders } from '../../billing';
import { type SubscriptionDetail, Subscriptions } from './subscriptions';
import {
  eventsView,
  FoundSubscriptionView,
  ListSubscriptions,
  SubscriptionEventsView,
  SubscriptionParam,
  SubscriptionsView,
  subscriptionView,
} from './subscriptions.dto';

@ApiTags('water: subscriptions')
@Controller()
export class SubscriptionsController {
  constructor(
    private readonly subscriptions: Subscriptions,
    private readonly holders: Holders,
  ) {}

  @Get('water/subscriptions')
  @Allow('water.subscription.read')
  @ApiOperation({
    summary:
      'Subscriptions by route (in the order of the walk), state, class, account, start of number or meter serial',
  })
  @ApiPage(FoundSubscriptionView)
  @Refuses('http.invalid')
  async list(@Query() query: ListSubscriptions): Promise<Page<FoundSubscriptionView>> {
    const page = await this.subscriptions.list(query);
    return { ...page, items: await this.withHolders(page.items) };
  }

  @Get('water/subscriptions/:id')
  @Allow('water.subscription.read')
  @ApiOperation({ summary: 'A subscription with its place, walk and meter' })
  @ApiOkResponse({ type: FoundSubscriptionView })
  @Refuses('http.invalid', 'http.not-found')
  async get(@Param() { id }: SubscriptionParam): Promise<FoundSubscriptionView> {
    const [view] = await this.withHolders([await this.subscriptions.get(id)]);
    return view!;
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

  private async withHolders(details: readonly SubscriptionDetail[]): Promise<FoundSubscriptionView[]> {
    const holders = await this.holders.of(details.map(({ subscription }) => subscription.accountId));
    return details.map((detail) => ({
      ...subscriptionView(detail),
      holder: holders.get(detail.subscription.accountId)!.name,
    }));
  }
}
