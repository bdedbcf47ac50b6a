import { Module } from '@nestjs/common';
import { BillingModule } from '../billing';
import { CitizensModule } from '../citizens';
import { DocumentsModule } from '../documents';
import { LegacyModule } from '../legacy';
import { NotificationsModule } from '../notifications';
import { WATER_BILLING_CONTROLLERS, WATER_BILLING_PROVIDERS } from './billing';
import { FINAL_BILL_CONTROLLERS, FINAL_BILL_PROVIDERS } from './final-bills';
import { ILLEGAL_CONTROLLERS, ILLEGAL_PROVIDERS } from './illegal';
import { LEAK_CONTROLLERS, LEAK_PROVIDERS } from './leaks';
import { NETWORK_CONTROLLERS, NETWORK_PROVIDERS } from './network';
import { WATER_NOTICE_PROVIDERS } from './notices';
import { RE_RATING_CONTROLLERS, RE_RATING_PROVIDERS } from './re-rating';
import { PREPAID_CONTROLLERS, PREPAID_PROVIDERS } from './prepaid';
import { READING_CONTROLLERS, READING_PROVIDERS } from './readings';
import { PHOTO_CONTROLLERS, PHOTO_PROVIDERS } from './photos';
import { METER_CONTROLLERS, METER_PROVIDERS } from './meters';
import { ORDER_CONTROLLERS, ORDER_PROVIDERS } from './orders';
import { REQUEST_CONTROLLERS, REQUEST_PROVIDERS } from './requests';
import { SUBSCRIPTION_CONTROLLERS, SUBSCRIPTION_PROVIDERS } from './subscriptions';
import { Faults } from './network/faults/faults';
import { NetworkZones } from './network/zones';
import { PublishedSupply } from './network/supply/published-supply';
import { CitizenReadings } from './readings/citizen-readings';
import { Consumption } from './readings/consumption';
import { RequestSteps } from './requests/request-steps';
import { RequestSubmission } from './requests/request-submission';
import { Requests } from './requests/requests';
import { Subscriptions } from './subscriptions/subscriptions';
import './water.reads';
import { TARIFF_CONTROLLERS, TARIFF_PROVIDERS } from './tariffs';
import { WATER_TAKE_OVER_CONTROLLERS, WATER_TAKE_OVER_PROVIDERS } from './take-over';

@Module({
  imports: [BillingModule, CitizensModule, DocumentsModule, LegacyModule, NotificationsModule],
  controllers: [
    ...SUBSCRIPTION_CONTROLLERS,
    ...READING_CONTROLLERS,
    ...PHOTO_CONTROLLERS,
    ...METER_CONTROLLERS,
    ...ORDER_CONTROLLERS,
    ...REQUEST_CONTROLLERS,
    ...ILLEGAL_CONTROLLERS,
    ...TARIFF_CONTROLLERS,
    ...WATER_BILLING_CONTROLLERS,
    ...RE_RATING_CONTROLLERS,
    ...FINAL_BILL_CONTROLLERS,
    ...LEAK_CONTROLLERS,
    ...PREPAID_CONTROLLERS,
    ...NETWORK_CONTROLLERS,
    ...WATER_TAKE_OVER_CONTROLLERS,
  ],
  providers: [
    ...SUBSCRIPTION_PROVIDERS,
    ...READING_PROVIDERS,
    ...PHOTO_PROVIDERS,
    ...METER_PROVIDERS,
    ...ORDER_PROVIDERS,
    ...REQUEST_PROVIDERS,
    ...ILLEGAL_PROVIDERS,
    ...TARIFF_PROVIDERS,
    ...WATER_BILLING_PROVIDERS,
    ...RE_RATING_PROVIDERS,
    ...FINAL_BILL_PROVIDERS,
    ...LEAK_PROVIDERS,
    ...PREPAID_PROVIDERS,
    ...NETWORK_PROVIDERS,
    ...WATER_NOTICE_PROVIDERS,
    ...WATER_TAKE_OVER_PROVIDERS,
  ],
  exports: [
    CitizenReadings,
    Consumption,
    Faults,
    NetworkZones,
    PublishedSupply,
    Requests,
    RequestSteps,
    RequestSubmission,
    Subscriptions,
  ],
})
export class WaterModule {}
