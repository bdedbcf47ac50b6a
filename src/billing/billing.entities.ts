import { Account, ChargeHead } from './accounts/account.entity';
import { Allocation, Charge, Credit } from './books/open-item.entity';
import { LedgerEntry, LedgerPeriod, LedgerPosting } from './books/posting.entity';
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
  ...TILL_ENTITIES,
  ...PAYMENT_ENTITIES,
];
