import { CollectedMoney } from './collected-money';
import { PartnerStatements } from './partner-statement';
import { SharePartners } from './partners';
import { SharePartnersController } from './partners.controller';
import { ShareRemittances } from './remittances';
import { ShareSettlements } from './settlements';
import { ShareSettlementsController } from './settlements.controller';
import { Unsettled } from './unsettled';

export const SHARE_CONTROLLERS = [SharePartnersController, ShareSettlementsController];
export const SHARE_PROVIDERS = [
  SharePartners,
  CollectedMoney,
  Unsettled,
  ShareSettlements,
  ShareRemittances,
  PartnerStatements,
];
