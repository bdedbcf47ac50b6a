import {
  EnumColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LocalDateColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

/** A pressure zone (منطقة تزويد): supplied, isolated and balanced as one. */
@Entity('water_zones')
@Unique(['code'])
export class Zone {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @KeyColumn(20) code: string;
  @TextColumn(120) nameAr: string;
  @TextColumn(120) nameEn: string;
  @FlagColumn() active: boolean;
}

/** A reader's walk (خط سير): its subscriptions are read in their sequence and billed together. */
@Entity('water_routes')
@Unique(['code'])
export class Route {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @KeyColumn(20) code: string;
  @TextColumn(120) name: string;
  @RefColumn('Zone', { nullable: true }) zoneId: number | null;
  /** 1 or 2: a bill a month, or one every second month. */
  @IntColumn() cycleMonths: number;
  @FlagColumn() active: boolean;
}

/** The place that is supplied. */
@Entity('water_premises')
@Index(['zoneId'])
export class Premise {
  @IdColumn() id: number;
  @TextColumn(300) address: string;
  @KeyColumn(40, { nullable: true }) basin: string | null;
  @KeyColumn(40, { nullable: true }) plot: string | null;
  @RefColumn('Zone', { nullable: true }) zoneId: number | null;
}

export const WATER_CLASSES = [
  'DOMESTIC',
  'COMMERCIAL',
  'INDUSTRIAL',
  'TOURISM',
  'INSTITUTIONAL',
  'CAMP',
  'CONSTRUCTION',
  'BULK',
] as const;
export type WaterClass = (typeof WATER_CLASSES)[number];

export const SUBSCRIPTION_STATES = [
  'APPLIED',
  'APPROVED',
  'ACTIVE',
  'HOLD',
  'DISCONNECTED',
  'TEMP_CLOSED',
  'CLOSED',
] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

export const DISCONNECTIONS = ['DEBT', 'REQUEST', 'TAMPER'] as const;
export type Disconnection = (typeof DISCONNECTIONS)[number];

/** Never disconnected for debt: a hospital or clinic, a home that a life depends on. */
export const PROTECTIONS = ['HOSPITAL', 'LIFE_SUPPORT'] as const;
export type Protection = (typeof PROTECTIONS)[number];

/** The right to water at a place (اشتراك), billed on one account. */
@Entity('water_subscriptions')
@Unique(['number'])
@Index(['accountId'])
@Index(['premiseId'])
@Index(['routeId', 'sequence'])
@Index(['masterId'])
@Index(['legacyServiceId'], { unique: true, where: whereSet('legacy_service_id') })
export class Subscription {
  @IdColumn() id: number;
  @IntColumn() version: number;
  /** As on bills; that of the old system for what was taken over. */
  @KeyColumn(100) number: string;
  @RefColumn('Premise') premiseId: number;
  /** Of billing, in ILS; a transfer on sale puts the buyer's in its place. */
  @RefColumn('Account') accountId: number;
  @EnumColumn(WATER_CLASSES) waterClass: WaterClass;
  /** Diameter of the connection. */
  @IntColumn() sizeMm: number;
  /** Flats or shops behind the meter: the blocks of the tariff are as many times as wide. */
  @IntColumn() units: number;
  @FlagColumn() sewer: boolean;
  @EnumColumn(SUBSCRIPTION_STATES) state: SubscriptionState;
  /** Why it is DISCONNECTED. */
  @EnumColumn(DISCONNECTIONS, { nullable: true }) disconnection: Disconnection | null;
  @EnumColumn(PROTECTIONS, { nullable: true }) protection: Protection | null;
  @RefColumn('Route', { nullable: true }) routeId: number | null;
  /** Place in the walk. */
  @IntColumn({ nullable: true }) sequence: number | null;
  /** The subscription whose meter measures this one's water too. */
  @RefColumn('Subscription', { nullable: true }) masterId: number | null;
  @LocalDateColumn() openedOn: string;
  @LocalDateColumn({ nullable: true }) closedOn: string | null;
  @RefColumn('LegacyService', { nullable: true }) legacyServiceId: number | null;
}

/**
 * Class, size and units that a subscription had until a day; those since are its own. Append-only: a cycle is rated by
 * what stood on each of its days.
 */
@Entity('water_former_terms')
@Unique(['subscriptionId', 'untilOn'])
export class FormerTerms {
  @IdColumn() id: number;
  @RefColumn('Subscription') subscriptionId: number;
  /** Their last day. */
  @LocalDateColumn() untilOn: string;
  @EnumColumn(WATER_CLASSES) waterClass: WaterClass;
  @IntColumn() sizeMm: number;
  @IntColumn() units: number;
}

/** A change of a subscription. Append-only. */
@Entity('water_subscription_events')
@Index(['subscriptionId'])
export class SubscriptionEvent {
  @IdColumn() id: number;
  @RefColumn('Subscription') subscriptionId: number;
  /** TAKEN_OVER, STATE, METER, CLASS … */
  @KeyColumn(30) kind: string;
  @KeyColumn(40, { nullable: true }) fromState: string | null;
  @KeyColumn(40, { nullable: true }) toState: string | null;
  @LocalDateColumn() happenedOn: string;
  @TextColumn(500, { nullable: true }) reason: string | null;
  /** What it was done by, such as `order` or `request`. */
  @KeyColumn(30, { nullable: true }) documentType: string | null;
  @KeyColumn(60, { nullable: true }) documentId: string | null;
  @RefColumn('User', { nullable: true }) recordedBy: number | null;
  @InstantColumn() recordedAt: string;
}

export const SUBSCRIPTION_ENTITIES = [Zone, Route, Premise, Subscription, FormerTerms, SubscriptionEvent];
