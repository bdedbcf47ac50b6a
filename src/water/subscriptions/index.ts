import { AccountFollower } from './account-follower';
import { Places } from './places';
import { PlacesController } from './places.controller';
import { SubscriptionActs } from './subscription-acts';
import { SubscriptionActsController } from './subscription-acts.controller';
import { SubscriptionChanges } from './subscription-changes';
import { SubscriptionTerms } from './subscription-terms';
import { SubscriptionStates } from './subscription-states';
import { Subscriptions } from './subscriptions';
import { SubscriptionsController } from './subscriptions.controller';

export const SUBSCRIPTION_CONTROLLERS = [SubscriptionsController, SubscriptionActsController, PlacesController];
export const SUBSCRIPTION_PROVIDERS = [
  Subscriptions,
  SubscriptionActs,
  SubscriptionChanges,
  SubscriptionTerms,
  SubscriptionStates,
  Places,
  AccountFollower,
];
