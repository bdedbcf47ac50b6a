import { WaterRating } from './billing/rating.entity';
import { FinalBill } from './final-bills/final-bill.entity';
import { LeakAllowance } from './leaks/leak-allowance.entity';
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
  FinalBill,
  LeakAllowance,
  ReRating,
  RatingDifference,
  WaterTakeOver,
];
