import { PrepaidController } from './prepaid.controller';
import { PrepaidMeters } from './prepaid-meters';
import { TokenVendors } from './token-vendor';
import { TopUpActs } from './top-up-acts';
import { TopUpQuotes } from './top-up-quotes';
import { TopUps } from './top-ups';

export const PREPAID_CONTROLLERS = [PrepaidController];
export const PREPAID_PROVIDERS = [PrepaidMeters, TokenVendors, TopUpActs, TopUpQuotes, TopUps];
