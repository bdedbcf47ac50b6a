import { Module } from '@nestjs/common';
import { BillingModule } from '../billing';
import { CitizensModule } from '../citizens';
import { DocumentsModule } from '../documents';
import { NETWORK_CONTROLLERS, NETWORK_PROVIDERS } from './network';
import { SUBSCRIPTION_CONTROLLERS, SUBSCRIPTION_PROVIDERS } from './subscriptions';
import { WATER_TAKE_OVER_CONTROLLERS, WATER_TAKE_OVER_PROVIDERS } from './take-over';

@Module({
  imports: [BillingModule, CitizensModule, DocumentsModule],
  controllers: [...SUBSCRIPTION_CONTROLLERS, ...NETWORK_CONTROLLERS, ...WATER_TAKE_OVER_CONTROLLERS],
  providers: [...SUBSCRIPTION_PROVIDERS, ...NETWORK_PROVIDERS, ...WATER_TAKE_OVER_PROVIDERS],
})
export class WaterModule {}
