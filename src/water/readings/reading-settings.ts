import type { Config } from '@libs/config';
import type { Limits } from './judgement.rules';
import type { WalkLimits } from './walk.rules';

export const limitsOf = (config: Config): Limits => ({
  highPercent: config.waterHighPercent,
  lowPercent: config.waterLowPercent,
  mostAMonth: config.waterRolloverMost,
});

export const walkLimitsOf = (config: Config): WalkLimits => ({
  run: config.waterCopiedRun,
  seconds: config.waterWalkSeconds,
});
