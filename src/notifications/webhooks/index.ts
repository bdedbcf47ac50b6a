import { Deliveries } from './deliveries';
import { DeliveryWorker } from './delivery-worker';
import { Endpoints } from './endpoints';
import { WebhooksController } from './webhooks.controller';
import { Webhooks } from './webhooks';

export { defineEvent } from './event-types';
export { Webhooks };

export const WEBHOOK_CONTROLLERS = [WebhooksController];
export const WEBHOOK_PROVIDERS = [Webhooks, Endpoints, Deliveries, DeliveryWorker];
