import { METER_ENTITIES } from './meters/meter.entity';
import { ORDER_ENTITIES } from './orders/order.entities';
import { READING_ENTITIES } from './readings/reading.entity';
import { REQUEST_ENTITIES } from './requests/request.entity';
import { SUBSCRIPTION_ENTITIES } from './subscriptions/subscription.entity';
import { WaterTakeOver } from './take-over/take-over.entity';

export const WATER_ENTITIES = [
  ...SUBSCRIPTION_ENTITIES,
  ...METER_ENTITIES,
  ...ORDER_ENTITIES,
  ...READING_ENTITIES,
  ...REQUEST_ENTITIES,
  WaterTakeOver,
];
