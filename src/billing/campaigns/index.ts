import { CampaignDebtors } from './campaign-debtors';
import { CampaignFacts } from './campaign-facts';
import { CampaignGrants } from './campaign-grants';
import { CampaignGrantsController } from './campaign-grants.controller';
import { CampaignReliefs } from './campaign-reliefs';
import { CampaignReports } from './campaign-report';
import { CampaignSettlements } from './campaign-settlements';
import { CampaignsController } from './campaigns.controller';
import { Campaigns } from './campaigns.service';

export const CAMPAIGN_CONTROLLERS = [CampaignsController, CampaignGrantsController];
export const CAMPAIGN_PROVIDERS = [
  Campaigns,
  CampaignDebtors,
  CampaignFacts,
  CampaignGrants,
  CampaignReliefs,
  CampaignReports,
  CampaignSettlements,
];
