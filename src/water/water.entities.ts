import { WaterRating } from './billing/rating.entity';
import { FinalBill } from './final-bills/final-bill.entity';
import { IllegalConnection } from './illegal/illegal-connection.entity';
import { LeakAllowance } from './leaks/leak-allowance.entity';
import { METER_ENTITIES } from './meters/meter.entity';
import { NETWORK_ENTITIES } from './network/network.entities';
import { ORDER_ENTITIES } from './orders/order.entities';
import { WaterPhoto } from './photos/photo.entity';
import { PREPAID_ENTITIES } from './prepaid/prepaid.entity';
import { READING_ENTITIES } from './readings/reading.entity';
import { RatingDifference, ReRating } from './re-rating/re-rating.entity';
import { REQUEST_ENTITIES } from './requests/request.entity';
import { SUBSCRIPTION_ENTITIES } from './subscriptions/subscription.entity';
import { WaterTariff } from './tariffs/tariff.entity';
import { WaterTakeOver } from './take-over/take-over.entity';

export const WATER_ENTITIES = [
  ...SUBSCRIPTION_ENTITIES,
  ...METER_ENTITIES,
  ...ORDER_ENTITIES,
  ...READING_ENTITIES,
  WaterPhoto,
  ...NETWORK_ENTITIES,
  ...REQUEST_ENTITIES,
  IllegalConnection,
  WaterTariff,
  WaterRating,
  FinalBill,
  LeakAllowance,
  ...PREPAID_ENTITIES,
  ReRating,
  RatingDifference,
  WaterTakeOver,
];
