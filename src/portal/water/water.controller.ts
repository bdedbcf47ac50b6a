import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AllowCitizen,
  ApiPage,
  Citizen,
  Idempotent,
  PageQuery,
  Refuses,
  Revalidated,
  type CitizenPrincipal,
  type Page,
} from '@libs/http';
import { CitizenReadings, PublishedSupply, PublicSupplyView, publicSupplyView, REFUSED } from '../../water';
import { PORTAL } from '../portal.problems';
import { DailyLimits } from '../scope/daily-limits';
import { PortalDesk } from '../scope/portal-desk';
import { MyWater } from './my-water';
import {
  PortalOwnReading,
  PortalReadingView,
  PortalSubscriptionDetailView,
  PortalSubscriptionParam,
  PortalSubscriptionsView,
  readingView,
  subscriptionDetailView,
  subscriptionView,
} from './water.dto';

@ApiTags('portal: water')
@Controller('me/water')
export class PortalWaterController {
  constructor(
    private readonly water: MyWater,
    private readonly readings: CitizenReadings,
    private readonly supplied: PublishedSupply,
    private readonly limits: DailyLimits,
    private readonly desk: PortalDesk,
  ) {}

  @Get('subscriptions')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'The citizen’s water subscriptions with their meters' })
  @ApiOkResponse({ type: PortalSubscriptionsView })
  async all(@Citizen() { oneRecordId }: CitizenPrincipal): Promise<PortalSubscriptionsView> {
    return { subscriptions: (await this.water.all(oneRecordId)).map(subscriptionView) };
  }

  @Get('subscriptions/:id')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'One of them with what was used in its last twelve cycles' })
  @ApiOkResponse({ type: PortalSubscriptionDetailView })
  @Refuses('http.invalid', 'http.not-found')
  async one(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Param() { id }: PortalSubscriptionParam,
  ): Promise<PortalSubscriptionDetailView> {
    const mine = await this.water.one(oneRecordId, id);
    return subscriptionDetailView(mine, await this.water.used(mine));
  }

  @Get('subscriptions/:id/readings')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'Its readings since it is the citizen’s, the newest period first' })
  @ApiPage(PortalReadingView)
  @Refuses('http.invalid', 'http.not-found')
  async list(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Param() { id }: PortalSubscriptionParam,
    @Query() query: PageQuery,
  ): Promise<Page<PortalReadingView>> {
    const { since } = await this.water.one(oneRecordId, id);
    const page = await this.readings.of(id, since, query);
    return { ...page, items: page.items.map(readingView) };
  }

  @Post('subscriptions/:id/readings')
  @AllowCitizen()
  @Idempotent()
  @ApiOperation({ summary: 'What the citizen reads off the meter today; judged as every reading is' })
  @ApiCreatedResponse({ type: PortalReadingView })
  @Refuses('http.invalid', 'http.not-found', PORTAL['portal.daily-limit'], ...Object.values(REFUSED))
  async read(
    @Citizen() { oneRecordId }: CitizenPrincipal,
    @Param() { id }: PortalSubscriptionParam,
    @Body() { value }: PortalOwnReading,
  ): Promise<PortalReadingView> {
    await this.limits.use(oneRecordId, 'READING');
    const { detail } = await this.water.one(oneRecordId, id);
    const { userId } = await this.desk.principal();
    return readingView(await this.readings.take(detail.subscription.number, value, userId));
  }

  @Get('supply')
  @AllowCitizen()
  @Revalidated()
  @ApiOperation({ summary: 'When the zones of the citizen’s places have water, and interruptions of theirs' })
  @ApiOkResponse({ type: PublicSupplyView })
  async supply(@Citizen() { oneRecordId }: CitizenPrincipal): Promise<PublicSupplyView> {
    return publicSupplyView(await this.supplied.ofIds(await this.water.zoneIds(oneRecordId)));
  }
}
