import { Account, ChargeHead } from './accounts/account.entity';
import { Allocation, Charge, Credit } from './books/open-item.entity';
import { LedgerEntry, LedgerPeriod, LedgerPosting } from './books/posting.entity';
import { LedgerProof } from './reports/proof.entity';
import { IssuedAccountStatement } from './reports/statement/issued-statement.entity';
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
  LedgerProof,
  IssuedAccountStatement,
];
