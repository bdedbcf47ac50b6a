import { EditsController } from '../edits/edits.controller';
import { EditsService } from '../edits/edits.service';
import { LinkageController } from '../reports/linkage.controller';
import { LinkageService } from '../reports/linkage.service';
import { LedgerService } from '../transactions/ledger.service';
import { Transactions } from '../transactions/transactions';
import { TransactionsController } from '../transactions/transactions.controller';
import { DecisionsController } from './decisions.controller';
import { DecisionsService } from './decisions.service';
import { DraftsService } from './drafts.service';
import { IdentityService } from './identity.service';
import { Links } from './links';
import { MergersService } from './mergers.service';
import { OneRecords } from './one-records';
import { OneRecordsController } from './one-records.controller';
import { ReadingService } from './reading.service';
import { RecordChanges } from './record-changes';
import { ApartRows } from './rows-apart';
import { Snapshots } from './snapshot';
import { Supervision } from './supervision';

/** In the order of the work; the documentation shows the routes so. */
export const ONE_RECORD_CONTROLLERS = [
  OneRecordsController,
  DecisionsController,
  TransactionsController,
  EditsController,
  LinkageController,
];

export const ONE_RECORD_PROVIDERS = [
  OneRecords,
  Snapshots,
  Transactions,
  RecordChanges,
  Supervision,
  ApartRows,
  Links,
  IdentityService,
  DraftsService,
  DecisionsService,
  MergersService,
  ReadingService,
  EditsService,
  LedgerService,
  LinkageService,
];
