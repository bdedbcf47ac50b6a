import { Module } from '@nestjs/common';
import { BillingModule } from '../billing';
import { CitizensModule } from '../citizens';
import { DocumentsModule } from '../documents';
import { METER_CONTROLLERS, METER_PROVIDERS } from './meters';
import { SUBSCRIPTION_CONTROLLERS, SUBSCRIPTION_PROVIDERS } from './subscriptions';
import { WATER_TAKE_OVER_CONTROLLERS, WATER_TAKE_OVER_PROVIDERS } from './take-over';

@Module({
  imports: [BillingModule, CitizensModule, DocumentsModule],
  controllers: [...METER_CONTROLLERS, ...SUBSCRIPTION_CONTROLLERS, ...WATER_TAKE_OVER_CONTROLLERS],
  providers: [...METER_PROVIDERS, ...SUBSCRIPTION_PROVIDERS, ...WATER_TAKE_OVER_PROVIDERS],
})
export class WaterModule {}
