import { IdempotencyKey } from '@libs/http';
import { Lease, OutboxMessage, ProcessedMessage } from '@libs/outbox';
import { IdBlock, type Schema } from '@libs/persistence';
import { migrations } from '../migrations';
import { BILLING_ENTITIES } from './billing/billing.entities';
import { CITIZEN_ENTITIES } from './citizens/citizens.entities';
import { IDENTITY_ENTITIES } from './identity/identity.entities';
import { LEGACY_ENTITIES } from './legacy/legacy.entities';
import { NOTIFICATION_ENTITIES } from './notifications/notification.entities';
import { PORTAL_ENTITIES } from './portal/portal.entities';
import { WATER_ENTITIES } from './water/water.entities';

/** Every table of the system and the steps that make them. */
export const SCHEMA = {
  entities: [
    IdBlock,
    IdempotencyKey,
    OutboxMessage,
    ProcessedMessage,
    Lease,
    ...IDENTITY_ENTITIES,
    ...LEGACY_ENTITIES,
    ...CITIZEN_ENTITIES,
    ...NOTIFICATION_ENTITIES,
    ...BILLING_ENTITIES,
    ...WATER_ENTITIES,
    ...PORTAL_ENTITIES,
  ],
  migrations,
} satisfies Schema;
