import type { Instant } from '@libs/calendar';
import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

/** SUSPENDED by a person, by 410, or after too many failures in a row; RETIRED for good. */
export const ENDPOINT_STATES = ['ACTIVE', 'SUSPENDED', 'RETIRED'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

export interface PreviousSecret {
  salt: string;
  until: Instant;
}

/** An address of another system that is told of events. */
@Entity('webhook_endpoints')
@Index(['state', 'id'])
export class WebhookEndpoint {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @TextColumn(200) description: string;
  @KeyColumn(500) url: string;
  /** Names of {@link defineEvent}. */
  @JsonColumn() eventTypes: string[];
  @EnumColumn(ENDPOINT_STATES) state: EndpointState;
  /** The signing secret is derived from it and kept nowhere. */
  @KeyColumn(32) salt: string;
  /** Of secrets before, the newest first: each signs too until its time is over. */
  @JsonColumn() previous: PreviousSecret[];
  /** Attempts that failed since one succeeded. */
  @IntColumn() failures: number;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
}

/** Something that happened, as the endpoints that want it are told: one row, whatever their number. */
@Entity('webhook_events')
@Index(['occurredAt'])
export class WebhookEvent {
  @IdColumn() id: number;
  @KeyColumn(100) type: string;
  /** What it is about: `one-record/1042`. */
  @KeyColumn(120) subject: string;
  @InstantColumn() occurredAt: string;
  @JsonColumn() data: Record<string, unknown>;
}

export const DELIVERY_STATES = ['PENDING', 'DELIVERED', 'DEAD'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** An event on its way to one endpoint. */
@Entity('webhook_deliveries')
@Unique(['eventId', 'endpointId'])
@Index(['endpointId', 'createdAt'])
@Index(['state', 'createdAt'])
@Index(['createdAt'])
export class WebhookDelivery {
  @IdColumn() id: number;
  @RefColumn('WebhookEvent') eventId: number;
  @RefColumn('WebhookEndpoint') endpointId: number;
  @EnumColumn(DELIVERY_STATES) state: DeliveryState;
  /** Tries since it was made or replayed: with it every change is fenced. */
  @IntColumn() attempts: number;
  @IntColumn() replays: number;
  /** HTTP status of the last answer; null when there was none. */
  @IntColumn({ nullable: true }) status: number | null;
  /** From the begin of the last attempt to the answer or the failure. */
  @IntColumn({ nullable: true }) latencyMs: number | null;
  /** Why the last attempt failed: a code, never words of the other side. */
  @KeyColumn(60, { nullable: true }) failure: string | null;
  @InstantColumn() createdAt: string;
  @InstantColumn({ nullable: true }) triedAt: string | null;
  @InstantColumn({ nullable: true }) settledAt: string | null;
}

export const WEBHOOK_ENTITIES = [WebhookEndpoint, WebhookEvent, WebhookDelivery];
