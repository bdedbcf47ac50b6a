import { Module } from '@nestjs/common';
import { BillingModule } from '../billing';
import { CitizensModule } from '../citizens';
import { DocumentsModule } from '../documents';
import { METER_CONTROLLERS, METER_PROVIDERS } from './meters';
import { ORDER_CONTROLLERS, ORDER_PROVIDERS } from './orders';
import { REQUEST_CONTROLLERS, REQUEST_PROVIDERS } from './requests';
import { SUBSCRIPTION_CONTROLLERS, SUBSCRIPTION_PROVIDERS } from './subscriptions';
import { WATER_TAKE_OVER_CONTROLLERS, WATER_TAKE_OVER_PROVIDERS } from './take-over';

@Module({
  imports: [BillingModule, CitizensModule, DocumentsModule],
  controllers: [
    ...METER_CONTROLLERS,
    ...ORDER_CONTROLLERS,
    ...REQUEST_CONTROLLERS,
    ...SUBSCRIPTION_CONTROLLERS,
    ...WATER_TAKE_OVER_CONTROLLERS,
  ],
  providers: [
    ...METER_PROVIDERS,
    ...ORDER_PROVIDERS,
    ...REQUEST_PROVIDERS,
    ...SUBSCRIPTION_PROVIDERS,
    ...WATER_TAKE_OVER_PROVIDERS,
  ],
})
export class WaterModule {}
