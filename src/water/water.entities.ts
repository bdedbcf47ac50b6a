import { METER_ENTITIES } from './meters/meter.entity';
import { NETWORK_ENTITIES } from './network/network.entities';
import { READING_ENTITIES } from './readings/reading.entity';
import { SUBSCRIPTION_ENTITIES } from './subscriptions/subscription.entity';
import { WaterTakeOver } from './take-over/take-over.entity';

export const WATER_ENTITIES = [
  ...SUBSCRIPTION_ENTITIES,
  ...METER_ENTITIES,
  ...READING_ENTITIES,
  ...NETWORK_ENTITIES,
  WaterTakeOver,
];
