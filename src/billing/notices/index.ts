import { BalanceInquiry } from './balance-inquiry';

export const BILLING_NOTICE_PROVIDERS = [BalanceInquiry];
