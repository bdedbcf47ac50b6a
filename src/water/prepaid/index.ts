import { PrepaidController } from './prepaid.controller';
import { PrepaidEnds } from './prepaid-ends';
import { PrepaidMeters } from './prepaid-meters';
import { PrepaidRates } from './prepaid-rates';
import { TopUpSlips } from './top-up-slips';
import { TopUpSlipsController } from './top-up-slips.controller';
import { TokenVendors } from './token-vendor';
import { TopUpActs } from './top-up-acts';
import { TopUpQuotes } from './top-up-quotes';
import { TopUps } from './top-ups';

export const PREPAID_CONTROLLERS = [PrepaidController, TopUpSlipsController];
export const PREPAID_PROVIDERS = [
  PrepaidEnds,
  PrepaidMeters,
  PrepaidRates,
  TokenVendors,
  TopUpActs,
  TopUpQuotes,
  TopUps,
  TopUpSlips,
];
