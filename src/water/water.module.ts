import { Module } from '@nestjs/common';
import { BillingModule } from '../billing';
import { CitizensModule } from '../citizens';
import { DocumentsModule } from '../documents';
import { WATER_BILLING_CONTROLLERS, WATER_BILLING_PROVIDERS } from './billing';
import { FINAL_BILL_CONTROLLERS, FINAL_BILL_PROVIDERS } from './final-bills';
import { LEAK_CONTROLLERS, LEAK_PROVIDERS } from './leaks';
import { RE_RATING_CONTROLLERS, RE_RATING_PROVIDERS } from './re-rating';
import { SUBSCRIPTION_CONTROLLERS, SUBSCRIPTION_PROVIDERS } from './subscriptions';
import { TARIFF_CONTROLLERS, TARIFF_PROVIDERS } from './tariffs';
import { WATER_TAKE_OVER_CONTROLLERS, WATER_TAKE_OVER_PROVIDERS } from './take-over';

@Module({
  imports: [BillingModule, CitizensModule, DocumentsModule],
  controllers: [
    ...SUBSCRIPTION_CONTROLLERS,
    ...TARIFF_CONTROLLERS,
    ...WATER_BILLING_CONTROLLERS,
    ...RE_RATING_CONTROLLERS,
    ...FINAL_BILL_CONTROLLERS,
    ...LEAK_CONTROLLERS,
    ...WATER_TAKE_OVER_CONTROLLERS,
  ],
  providers: [
    ...SUBSCRIPTION_PROVIDERS,
    ...TARIFF_PROVIDERS,
    ...WATER_BILLING_PROVIDERS,
    ...RE_RATING_PROVIDERS,
    ...FINAL_BILL_PROVIDERS,
    ...LEAK_PROVIDERS,
    ...WATER_TAKE_OVER_PROVIDERS,
  ],
})
export class WaterModule {}
