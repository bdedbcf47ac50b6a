import { Foundation1764000000001 } from './1764000000001-foundation';
import { Identity1764000000002 } from './1764000000002-identity';
import { Legacy1764000000003 } from './1764000000003-legacy';
import { OneRecords1764000000004 } from './1764000000004-one-records';
import { Search1764000000005 } from './1764000000005-search';
import { Notifications1764000000006 } from './1764000000006-notifications';
import { Activation1764000000007 } from './1764000000007-activation';
import { Statements1764000000008 } from './1764000000008-statements';
import { Matching1764000000009 } from './1764000000009-matching';
import { Billing1764000000010 } from './1764000000010-billing';
import { Till1764000000011 } from './1764000000011-till';
import { BillRuns1764000000012 } from './1764000000012-bill-runs';
import { BillingReports1764000000013 } from './1764000000013-billing-reports';
import { Adjustments1764000000014 } from './1764000000014-adjustments';
import { Clearances1764000000015 } from './1764000000015-clearances';
import { PaymentChannels1764000000016 } from './1764000000016-payment-channels';
import { DunningAndTransfers1764000000020 } from './1764000000020-dunning';
import { ThirdPartyShares1764000000021 } from './1764000000021-third-party-shares';
import { Gateway1764000000022 } from './1764000000022-gateway';
import { Bank1764000000023 } from './1764000000023-bank';
import { Cheques1764000000024 } from './1764000000024-cheques';
import { Campaigns1764000000025 } from './1764000000025-campaigns';
import { Water1764000000030 } from './1764000000030-water';
import { WaterReadings1764000000031 } from './1764000000031-water-readings';
import { WaterBilling1764000000032 } from './1764000000032-water-billing';
import { WaterWorks1764000000033 } from './1764000000033-water-works';
import { WaterNetwork1764000000034 } from './1764000000034-water-network';
import { Messages1764000000042 } from './1764000000042-messages';
import { MessageChannels1764000000043 } from './1764000000043-message-channels';
import { Webhooks1764000000045 } from './1764000000045-webhooks';
import { Preferences1764000000046 } from './1764000000046-preferences';
import { PublicNotices1764000000047 } from './1764000000047-public-notices';
import { CitizenAccounts1764000000048 } from './1764000000048-citizen-accounts';
import { OneTimeCodes1764000000049 } from './1764000000049-one-time-codes';
import { RecordAccesses1764000000050 } from './1764000000050-record-accesses';
import { Portal1764000000051 } from './1764000000051-portal';
import { WaterTerms1764000000053 } from './1764000000053-water-terms';
import { MergedRecords1764000000060 } from './1764000000060-merged-records';
import { SubscriptionDeposits1764000000061 } from './1764000000061-subscription-deposits';
import { WaterPhotos1764000000064 } from './1764000000064-water-photos';
import { PrepaidWater1764000000065 } from './1764000000065-prepaid-water';
import { PostponedTries1764000000067 } from './1764000000067-postponed-tries';
import { TopUpDays1764000000070 } from './1764000000070-top-up-days';
import { ByAge1764000000072 } from './1764000000072-by-age';
import { WebhookSecrets1764000000073 } from './1764000000073-webhook-secrets';
import { JoinsAndLists1764000000074 } from './1764000000074-joins-and-lists';

/** In the order they run; the class name ends with the millisecond that orders it. */
export const migrations = [
  Foundation1764000000001,
  Identity1764000000002,
  Legacy1764000000003,
  OneRecords1764000000004,
  Search1764000000005,
  Notifications1764000000006,
  Activation1764000000007,
  Statements1764000000008,
  Matching1764000000009,
  Billing1764000000010,
  Till1764000000011,
  BillRuns1764000000012,
  BillingReports1764000000013,
  Adjustments1764000000014,
  Clearances1764000000015,
  PaymentChannels1764000000016,
  DunningAndTransfers1764000000020,
  ThirdPartyShares1764000000021,
  Gateway1764000000022,
  Bank1764000000023,
  Cheques1764000000024,
  Campaigns1764000000025,
  Water1764000000030,
  WaterReadings1764000000031,
  WaterBilling1764000000032,
  WaterWorks1764000000033,
  WaterNetwork1764000000034,
  Messages1764000000042,
  MessageChannels1764000000043,
  Webhooks1764000000045,
  Preferences1764000000046,
  PublicNotices1764000000047,
  CitizenAccounts1764000000048,
  OneTimeCodes1764000000049,
  RecordAccesses1764000000050,
  Portal1764000000051,
  WaterTerms1764000000053,
  MergedRecords1764000000060,
  SubscriptionDeposits1764000000061,
  WaterPhotos1764000000064,
  PrepaidWater1764000000065,
  PostponedTries1764000000067,
  TopUpDays1764000000070,
  ByAge1764000000072,
  WebhookSecrets1764000000073,
  JoinsAndLists1764000000074,
];
