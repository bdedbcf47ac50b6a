import { Debtors } from './debtors';
import { DunningRuns } from './dunning-runs';
import { DunningRunsController } from './dunning-runs.controller';
import { DunningWorker } from './dunning-worker';
import { Overdue } from './overdue';
import { WarningActs } from './warning-acts';
import { WarningIssue } from './warning-issue';
import { WarningNotices } from './warning-notices';
import { WarningPrintsController } from './warning-prints.controller';
import { WarningReview } from './warning-review';
import { WarningVerifier } from './warning-verifier';
import { Warnings } from './warnings';
import { WarningsController } from './warnings.controller';

export const DUNNING_CONTROLLERS = [DunningRunsController, WarningsController, WarningPrintsController];
export const DUNNING_PROVIDERS = [
  Debtors,
  DunningRuns,
  DunningWorker,
  Overdue,
  WarningActs,
  WarningIssue,
  WarningNotices,
  WarningReview,
  WarningVerifier,
  Warnings,
];
