import { ReadingHistory } from './history';
import { WaterMirror } from './mirror-reader';
import { SubscriptionOpening } from './opening';
import { WaterTakeOverController } from './take-over.controller';
import { WaterTakeOverJobs } from './take-over.jobs';
import { WaterTakeOvers } from './take-overs';

export const WATER_TAKE_OVER_CONTROLLERS = [WaterTakeOverController];
export const WATER_TAKE_OVER_PROVIDERS = [
  WaterTakeOvers,
  WaterTakeOverJobs,
  WaterMirror,
  SubscriptionOpening,
  ReadingHistory,
];
