import { Module } from '@nestjs/common';
import { BillingModule } from '../billing';
import { CitizensModule } from '../citizens';
import { DocumentsModule } from '../documents';
import { READING_CONTROLLERS, READING_PROVIDERS } from './readings';
import { SUBSCRIPTION_CONTROLLERS, SUBSCRIPTION_PROVIDERS } from './subscriptions';
import { WATER_TAKE_OVER_CONTROLLERS, WATER_TAKE_OVER_PROVIDERS } from './take-over';

@Module({
  imports: [BillingModule, CitizensModule, DocumentsModule],
  controllers: [...READING_CONTROLLERS, ...SUBSCRIPTION_CONTROLLERS, ...WATER_TAKE_OVER_CONTROLLERS],
  providers: [...READING_PROVIDERS, ...SUBSCRIPTION_PROVIDERS, ...WATER_TAKE_OVER_PROVIDERS],
})
export class WaterModule {}
