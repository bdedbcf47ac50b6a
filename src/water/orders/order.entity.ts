import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';
import { DISCONNECTIONS, type Disconnection } from '../subscriptions/subscription.entity';

export const ORDER_KINDS = ['DISCONNECT', 'RECONNECT'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

export const ORDER_STATES = ['ISSUED', 'EXECUTED', 'FAILED', 'CANCELLED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** What a crew is to do at a subscription (أمر فصل، أمر وصل); one at a time. */
@Entity('water_orders')
@Index(['subscriptionId'])
@Index(['state', 'kind'])
@Index(['fieldListId'])
@Index(['openSubscriptionId'], { unique: true, where: whereSet('open_subscription_id') })
export class WaterOrder {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @EnumColumn(ORDER_KINDS) kind: OrderKind;
  @EnumColumn(DISCONNECTIONS) cause: Disconnection;
  @EnumColumn(ORDER_STATES) state: OrderState;
  @RefColumn('Subscription') subscriptionId: number;
  /** While it is ISSUED. */
  @RefColumn('Subscription', { nullable: true }) openSubscriptionId: number | null;
  /** Of a cut for debt. */
  @RefColumn('CutNotice', { nullable: true }) noticeId: number | null;
  @RefColumn('FieldList', { nullable: true }) fieldListId: number | null;
  /** By when water is to be restored. */
  @InstantColumn({ nullable: true }) dueAt: string | null;
  /** Charges of billing: the fee of a reconnection. */
  @JsonColumn() feeChargeIds: number[];
  @TextColumn(500, { nullable: true }) reason: string | null;
  @RefColumn('User') issuedBy: number;
  @InstantColumn() issuedAt: string;
  @LocalDateColumn({ nullable: true }) executedOn: string | null;
  /** Of the register when it was carried out. */
  @IntColumn({ nullable: true }) reading: number | null;
  @KeyColumn(40, { nullable: true }) seal: string | null;
  /** Where the photo is kept. */
  @KeyColumn(200, { nullable: true }) photo: string | null;
  /** Null when a payment or plan cancelled it. */
  @RefColumn('User', { nullable: true }) endedBy: number | null;
  @InstantColumn({ nullable: true }) endedAt: string | null;
  /** Why it failed or was cancelled. */
  @TextColumn(500, { nullable: true }) endReason: string | null;
}

/** The orders that a crew takes along on one day. */
@Entity('water_field_lists')
@Index(['workOn'])
export class FieldList {
  @IdColumn() id: number;
  @EnumColumn(ORDER_KINDS) kind: OrderKind;
  @LocalDateColumn() workOn: string;
  @TextColumn(120) crew: string;
  @RefColumn('Route', { nullable: true }) routeId: number | null;
  @RefColumn('Zone', { nullable: true }) zoneId: number | null;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
}
