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
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import { WATER_CLASSES, type WaterClass } from '../subscriptions/subscription.entity';

export const CUT_RUN_STATES = ['LISTED', 'NOTICED', 'CANCELLED'] as const;
export type CutRunState = (typeof CUT_RUN_STATES)[number];

/** Whom a run asks about. */
export interface CutCriteria {
  waterClasses: WaterClass[];
  routeId: number | null;
  zoneId: number | null;
  leastBills: number;
  /** Minor units of ILS. */
  leastOwed: number;
  daysOverdue: number;
}

/** A list of subscriptions whose debt would have their water cut. */
@Entity('water_cut_runs')
export class CutRun {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @EnumColumn(CUT_RUN_STATES) state: CutRunState;
  @JsonColumn() criteria: CutCriteria;
  /** What fell due by this day counts. */
  @LocalDateColumn() dueBy: string;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
  @RefColumn('User', { nullable: true }) endedBy: number | null;
  @InstantColumn({ nullable: true }) endedAt: string | null;
}

/** Why water is not cut although the debt is as large as asked for. */
export const EXEMPTIONS = [
  'HOSPITAL',
  'LIFE_SUPPORT',
  'PLAN',
  'OBJECTION',
  'MORATORIUM',
  'NOTICE_OPEN',
  'ORDER_OPEN',
] as const;
export type CutExemption = (typeof EXEMPTIONS)[number];

/** A subscription that meets the criteria of a run, exempt or not. */
@Entity('water_cut_candidates')
@Unique(['runId', 'subscriptionId'])
@Index(['subscriptionId'])
export class CutCandidate {
  @IdColumn() id: number;
  @RefColumn('CutRun') runId: number;
  @RefColumn('Subscription') subscriptionId: number;
  @RefColumn('Account') accountId: number;
  /** Why it is listed: months unpaid, and what of them is owed. */
  @IntColumn() bills: number;
  @MinorUnitsColumn() owed: number;
  @LocalDateColumn() oldestDueOn: string;
  @EnumColumn(EXEMPTIONS, { nullable: true }) exemption: CutExemption | null;
  /** Number of the decision, of a moratorium. */
  @TextColumn(200, { nullable: true }) exemptionDetail: string | null;
  @RefColumn('CutNotice', { nullable: true }) noticeId: number | null;
}

export const CUT_NOTICE_STATES = ['ISSUED', 'SERVED', 'OBJECTED', 'ORDERED', 'CANCELLED'] as const;
export type CutNoticeState = (typeof CUT_NOTICE_STATES)[number];

export interface CutNoticeContent {
  serial: string;
  issuedAt: string;
  issuedBy: string;
  subscription: string;
  address: string;
  meter: string | null;
  holder: { name: string; oneRecordNumber: string | null };
  bills: number;
  /** Minor units of ILS. */
  owed: number;
  oldestDueOn: string;
  noticeDays: number;
}

export interface CutService {
  means: string;
  on: string;
  to: string | null;
  server: string;
  recordedBy: number;
  recordedAt: string;
}

export interface CutObjection {
  on: string;
  documentNumber: string;
  reason: string;
  recordedBy: number;
  outcome: string | null;
  decisionNumber: string | null;
  decidedBy: number | null;
}

/** Notice of disconnection (إخطار بالفصل), served before water is cut for debt. */
@Entity('water_cut_notices')
@Unique(['serial'])
@Unique(['office', 'year', 'number'])
@Index(['subscriptionId'])
@Index(['state', 'deadlineOn'])
@Index(['issuedAt'])
@Index(['runId'])
@Index(['openSubscriptionId'], { unique: true, where: whereSet('open_subscription_id') })
export class CutNotice {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @KeyColumn(40) serial: string;
  @KeyColumn(8) office: string;
  @IntColumn() year: number;
  /** Without gaps in its office and year. */
  @IntColumn() number: number;
  @RefColumn('CutRun') runId: number;
  @RefColumn('Subscription') subscriptionId: number;
  /** Until it is carried out or cancelled. */
  @RefColumn('Subscription', { nullable: true }) openSubscriptionId: number | null;
  @RefColumn('Account') accountId: number;
  @EnumColumn(CUT_NOTICE_STATES) state: CutNoticeState;
  @RefColumn('User') issuedBy: number;
  @InstantColumn() issuedAt: string;
  @JsonColumn() content: CutNoticeContent;
  /** SHA-256 of the canonical JSON (RFC 8785) of the content. */
  @KeyColumn(64) contentHash: string;
  @IntColumn() prints: number;
  @JsonColumn({ nullable: true }) service: CutService | null;
  /** The last day to pay, of a notice that was served. */
  @LocalDateColumn({ nullable: true }) deadlineOn: string | null;
  @JsonColumn({ nullable: true }) objection: CutObjection | null;
  @InstantColumn({ nullable: true }) endedAt: string | null;
  @TextColumn(500, { nullable: true }) endReason: string | null;
}

/** A day on which nobody works, and before which no water is cut. Fridays and Saturdays need no row. */
@Entity('public_holidays')
@Unique(['day'])
export class Holiday {
  @IdColumn() id: number;
  @LocalDateColumn() day: string;
  @TextColumn(120) nameAr: string;
  @TextColumn(120) nameEn: string;
}

/** Days on which no water is cut for debt, by decision of the council; everywhere, or in a zone, or of a class. */
@Entity('water_moratoriums')
@Index(['fromOn'])
export class Moratorium {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @LocalDateColumn() fromOn: string;
  /** The last day; null until it is ended. */
  @LocalDateColumn({ nullable: true }) toOn: string | null;
  @RefColumn('Zone', { nullable: true }) zoneId: number | null;
  @EnumColumn(WATER_CLASSES, { nullable: true }) waterClass: WaterClass | null;
  @KeyColumn(100) decisionNumber: string;
  @TextColumn(500) reason: string;
  @RefColumn('User') recordedBy: number;
  @InstantColumn() recordedAt: string;
  @RefColumn('User', { nullable: true }) endedBy: number | null;
}
