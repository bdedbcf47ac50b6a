import { Account, ChargeHead } from './accounts/account.entity';
import { Allocation, Charge, Credit } from './books/open-item.entity';
import { Clearance } from './clearances/clearance.entity';
import { LedgerEntry, LedgerPeriod, LedgerPosting } from './books/posting.entity';
import { LedgerProof } from './reports/proof.entity';
import { PAYMENT_ENTITIES } from './payments/payment.entity';
import { TakeOver } from './take-over/take-over.entity';
import { TILL_ENTITIES } from './till/till.entity';

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
  Clearance,
  LedgerProof,
  ...TILL_ENTITIES,
  ...PAYMENT_ENTITIES,
];
