import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const ILLEGAL_STATES = ['PROPOSED', 'POSTED', 'REJECTED', 'REVERSED'] as const;
export type IllegalState = (typeof ILLEGAL_STATES)[number];

export const ILLEGAL_KINDS = ['BYPASS', 'TAMPERED_METER', 'UNREGISTERED', 'ILLEGAL_RECONNECTION', 'RESALE'] as const;
export type IllegalKind = (typeof ILLEGAL_KINDS)[number];

/** What was taken in a month, as rated. */
export interface RatedMonth {
  from: string;
  to: string;
  litres: number;
  billedLitres: number | null;
  tariffs: string[];
  /** Minor units of ILS. */
  amount: number;
}

/** Water that was taken past the meter (اعتداء على الشبكة): its evidence, the back-charge for it, the fine. */
@Entity('water_illegal_connections')
@Unique(['reportNumber'])
@Index(['state'])
@Index(['accountId'])
@Index(['subscriptionId'])
export class IllegalConnection {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @EnumColumn(ILLEGAL_STATES) state: IllegalState;
  @EnumColumn(ILLEGAL_KINDS) kind: IllegalKind;
  /** Null where nobody had subscribed. */
  @RefColumn('Subscription', { nullable: true }) subscriptionId: number | null;
  @RefColumn('Account') accountId: number;
  @LocalDateColumn() foundOn: string;
  /** Of the report of those who found it: one case for it. */
  @KeyColumn(60) reportNumber: string;
  /** Where photos and papers are kept. */
  @JsonColumn() evidence: string[];
  /** Days of water, both included. */
  @LocalDateColumn() fromOn: string;
  @LocalDateColumn() toOn: string;
  /** Estimated for all these days. */
  @IntColumn() cubicMetres: number;
  /** Of it, what was billed by the meter; null: these days were never billed. */
  @IntColumn({ nullable: true }) billedCubicMetres: number | null;
  /** How it was estimated. */
  @TextColumn(500) basis: string;
  @JsonColumn() months: RatedMonth[];
  /** By charge head, without the fine. */
  @JsonColumn() lines: { head: string; amount: number }[];
  @MinorUnitsColumn() backCharge: number;
  @MinorUnitsColumn() fine: number;
  @RefColumn('User') proposedBy: number;
  @InstantColumn() proposedAt: string;
  @KeyColumn(100, { nullable: true }) decisionNumber: string | null;
  @RefColumn('User', { nullable: true }) decidedBy: number | null;
  @InstantColumn({ nullable: true }) decidedAt: string | null;
  /** Of billing. */
  @JsonColumn() chargeIds: number[];
  /** Why it was rejected or reversed. */
  @TextColumn(500, { nullable: true }) endReason: string | null;
  @RefColumn('User', { nullable: true }) reversedBy: number | null;
  @InstantColumn({ nullable: true }) reversedAt: string | null;
}
