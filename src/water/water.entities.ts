import { WaterRating } from './billing/rating.entity';
import { METER_ENTITIES } from './meters/meter.entity';
import { READING_ENTITIES } from './readings/reading.entity';
import { RatingDifference, ReRating } from './re-rating/re-rating.entity';
import { SUBSCRIPTION_ENTITIES } from './subscriptions/subscription.entity';
import { WaterTariff } from './tariffs/tariff.entity';
import { WaterTakeOver } from './take-over/take-over.entity';

export const WATER_ENTITIES = [
  ...SUBSCRIPTION_ENTITIES,
  ...METER_ENTITIES,
  ...READING_ENTITIES,
  WaterTariff,
  WaterRating,
  ReRating,
  RatingDifference,
  WaterTakeOver,
];
