import { EnumColumn, IdColumn, InstantColumn, IntColumn, RefColumn, TextColumn } from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const INTERRUPTION_KINDS = ['PLANNED', 'EMERGENCY'] as const;
export type InterruptionKind = (typeof INTERRUPTION_KINDS)[number];
export const INTERRUPTION_STATES = ['ANNOUNCED', 'RESTORED', 'CANCELLED'] as const;
export type InterruptionState = (typeof INTERRUPTION_STATES)[number];

/** A zone is isolated and has no water (قطع المياه عن منطقة), from an instant to the one when it is restored. */
@Entity('water_interruptions')
@Index(['state', 'zoneId'])
@Index(['zoneId', 'fromAt'])
@Index(['orderId'])
export class Interruption {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @RefColumn('Zone') zoneId: number;
  @EnumColumn(INTERRUPTION_KINDS) kind: InterruptionKind;
  @EnumColumn(INTERRUPTION_STATES) state: InterruptionState;
  @RefColumn('WorkOrder', { nullable: true }) orderId: number | null;
  @InstantColumn() fromAt: string;
  /** When water is expected back. */
  @InstantColumn() untilAt: string;
  @InstantColumn({ nullable: true }) endedAt: string | null;
  @TextColumn(300) reasonAr: string;
  @TextColumn(300) reasonEn: string;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
}

export const NOTICE_KINDS = ['ANNOUNCEMENT', 'UPDATE', 'RESTORATION', 'CANCELLATION'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
export const NOTICE_STATES = ['QUEUED', 'RECORDED'] as const;

/** What the subscribers of the zone are told of an interruption, once for all of them. Append-only but for its audience. */
@Entity('water_interruption_notices')
@Unique(['interruptionId', 'sequence'])
@Index(['zoneId', 'id'])
export class InterruptionNotice {
  @IdColumn() id: number;
  @RefColumn('Interruption') interruptionId: number;
  /** 1 is the announcement. */
  @IntColumn() sequence: number;
  @RefColumn('Zone') zoneId: number;
  @EnumColumn(NOTICE_KINDS) kind: NoticeKind;
  @InstantColumn() fromAt: string;
  @InstantColumn() untilAt: string;
  @TextColumn(900) textAr: string;
  @TextColumn(900) textEn: string;
  @EnumColumn(NOTICE_STATES) state: (typeof NOTICE_STATES)[number];
  /** Subscriptions it concerns, once they were counted. */
  @IntColumn({ nullable: true }) audience: number | null;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
  @InstantColumn({ nullable: true }) recordedAt: string | null;
}
