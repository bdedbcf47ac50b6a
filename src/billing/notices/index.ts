import { AccountAudience } from './account-audience';
import { AccountTally } from './account-tally';
import { BalanceInquiry } from './balance-inquiry';
import { BillDigests } from './bill-digests';
import { DebtorAudience } from './debtor-audience';

export const BILLING_NOTICE_PROVIDERS = [AccountAudience, AccountTally, BalanceInquiry, BillDigests, DebtorAudience];
