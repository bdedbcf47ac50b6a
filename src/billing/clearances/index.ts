import { ClearancePrints } from './clearance-prints';
import { Clearances } from './clearances';
import { FallenClearances } from './fallen-clearances';
import { ClearancesController } from './clearances.controller';

export const CLEARANCE_CONTROLLERS = [ClearancesController];
export const CLEARANCE_PROVIDERS = [Clearances, ClearancePrints, FallenClearances];
