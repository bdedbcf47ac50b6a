import { BillDetails } from './bill-details';
import { BilledSubscriptions } from './billed-subscriptions';
import { RatingStore } from './rating-store';
import { RatingsController } from './ratings.controller';
import { WaterCharges } from './water-charges';
import { WaterFeeder } from './water.feeder';

export const WATER_BILLING_CONTROLLERS = [RatingsController];
export const WATER_BILLING_PROVIDERS = [BillDetails, BilledSubscriptions, RatingStore, WaterCharges, WaterFeeder];
