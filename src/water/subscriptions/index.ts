import { AccountFollower } from './account-follower';
import { Places } from './places';
import { PlacesController } from './places.controller';
import { Subscriptions } from './subscriptions';
import { SubscriptionsController } from './subscriptions.controller';

export const SUBSCRIPTION_CONTROLLERS = [SubscriptionsController, PlacesController];
export const SUBSCRIPTION_PROVIDERS = [Subscriptions, Places, AccountFollower];
