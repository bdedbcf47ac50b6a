import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow, ApiPage, DateField, Flag, Id, Int, OneOf, PageQuery, pageOf, Part, Refuses } from '@libs/http';
import { skipped, Txt, type Page } from '@libs/http';
import { Store } from '@libs/persistence';
import type { Rating } from '@libs/tariff';
import { Subscriptions } from '../subscriptions/subscriptions';
import { cubicMetres, ratingView } from '../tariffs/rating.view';
import { SimulationView } from '../tariffs/tariffs.dto';
import { RATING_KINDS, WaterRating } from './rating.entity';

class RatingParam {
  @Id() id: number;
}

class RatingView {
  @Id() id: number;
  @Txt({ example: '2026-10' }) period: string;
  @OneOf(RATING_KINDS, { example: 'BILL' }) kind: string;
  @Flag({ about: 'it is what counts; another took its place, or it was taken back, otherwise' }) standing: boolean;
  @Id({ nullable: true, example: null, about: 'the one in whose place it stands' }) replacesId: number | null;
  @Id() accountId: number;
  @Id({ nullable: true, about: 'that made it' }) billId: number | null;
  @DateField({ example: '2026-10-01' }) from: string;
  @DateField({ example: '2026-10-31' }) to: string;
  @Txt({ example: '41.000', about: 'm³' }) consumption: string;
  @Flag() estimated: boolean;
  @Int({ nullable: true, example: 0 }) previousReading: number | null;
  @Int({ nullable: true, example: 41 }) currentReading: number | null;
  @Part(() => SimulationView) rating: SimulationView;
}

const ratingOf = (row: WaterRating): RatingView => ({
  id: row.id,
  period: row.period,
  kind: row.kind,
  standing: row.standingSubscriptionId !== null,
  replacesId: row.replacesId,
  accountId: row.accountId,
  billId: row.billId,
  from: row.fromOn,
  to: row.toOn,
  consumption: cubicMetres(row.litres),
  estimated: row.estimated,
  previousReading: row.previousReading,
  currentReading: row.currentReading,
  rating: ratingView(JSON.parse(row.rating) as Rating),
});

@ApiTags('water: ratings')
@Controller('water/subscriptions')
export class RatingsController {
  constructor(
    private readonly store: Store,
    private readonly subscriptions: Subscriptions,
  ) {}

  @Get(':id/ratings')
  @Allow('water.subscription.read')
  @ApiOperation({ summary: 'How the water of a subscription was rated, the latest first' })
  @ApiPage(RatingView)
  @Refuses('http.invalid', 'http.not-found')
  async list(@Param() { id }: RatingParam, @Query() query: PageQuery): Promise<Page<RatingView>> {
    await this.subscriptions.get(id);
    const page = { skip: skipped(query), take: query.pageSize };
    const order = { fromOn: 'DESC' as const, ratedAt: 'DESC' as const, id: 'DESC' as const };
    const [rows, total] = await this.store
      .reads(WaterRating)
      .findAndCount({ where: { subscriptionId: id }, order, ...page });
    return pageOf(query, rows.map(ratingOf), total);
  }
}
