import { Periods } from './periods';
import { PeriodsController } from './periods.controller';

export const PERIOD_CONTROLLERS = [PeriodsController];
export const PERIOD_PROVIDERS = [Periods];
