import { Discounts } from './discounts.service';
import { EarlyPayment } from './early-payment';
import { LateCharges } from './late-charges';
import { PenaltiesController } from './penalties.controller';
import { PenaltyJobs } from './penalty-jobs';
import { PenaltyRules } from './penalty-rules.service';
import { PenaltyRuns } from './penalty-runs';

export const PENALTY_CONTROLLERS = [PenaltiesController];
export const PENALTY_PROVIDERS = [PenaltyRules, PenaltyRuns, PenaltyJobs, LateCharges, Discounts, EarlyPayment];
