import { BillPrintsController } from './bill-prints.controller';
import { BillRunsController } from './bill-runs.controller';
import { BillRuns } from './bill-runs.service';
import { BillsController } from './bills.controller';
import { BillVerifier } from './bill-verifier';
import { Bills } from './bills.service';
import { Calculating } from './calculating';
import { BillFeeders } from './feeders';
import { Holders } from './holders';
import { IssuedRuns } from './issued-runs';
import { IssuingRun } from './issuing-run';
import { PostingRun } from './posting-run';
import { ReversingRun } from './reversing-run';
import { RunProgress } from './run-progress';
import { RunReading } from './run-reading';
import { RunWorker } from './run-worker';

export const BILL_RUN_CONTROLLERS = [BillRunsController, BillsController, BillPrintsController];
export const BILL_RUN_PROVIDERS = [
  BillFeeders,
  BillRuns,
  BillVerifier,
  Bills,
  Calculating,
  Holders,
  IssuedRuns,
  IssuingRun,
  PostingRun,
  ReversingRun,
  RunProgress,
  RunReading,
  RunWorker,
];
