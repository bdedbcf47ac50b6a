import { AdjustmentsController } from './adjustments.controller';
import { Adjustments } from './adjustments.service';
import { Corrections } from './corrections';

export const ADJUSTMENT_CONTROLLERS = [AdjustmentsController];
export const ADJUSTMENT_PROVIDERS = [Adjustments, Corrections];
