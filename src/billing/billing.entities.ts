import { Account, ChargeHead } from './accounts/account.entity';
import { Bill, BillRun, BillRunException } from './bill-runs/bill-run.entity';
import { Allocation, Charge, Credit } from './books/open-item.entity';
import { LedgerEntry, LedgerPeriod, LedgerPosting } from './books/posting.entity';
import { RecurringCharge } from './recurring/recurring-charge.entity';
import { TakeOver } from './take-over/take-over.entity';

export const BILLING_ENTITIES = [
  Account,
  ChargeHead,
  LedgerPosting,
  LedgerEntry,
  LedgerPeriod,
  Charge,
  Credit,
  Allocation,
  TakeOver,
  RecurringCharge,
  BillRun,
  Bill,
  BillRunException,
];
