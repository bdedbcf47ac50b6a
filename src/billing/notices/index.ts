import { AccountAudience } from './account-audience';
import { BalanceInquiry } from './balance-inquiry';
import { DebtorAudience } from './debtor-audience';

export const BILLING_NOTICE_PROVIDERS = [AccountAudience, BalanceInquiry, DebtorAudience];
