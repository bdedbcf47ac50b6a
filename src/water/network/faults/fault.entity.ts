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
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const FAULT_KINDS = ['LEAK', 'NO_WATER', 'QUALITY', 'BURST'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];
export const SEVERITIES = ['LOW', 'NORMAL', 'HIGH', 'CRITICAL'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const FAULT_SOURCES = ['STAFF', 'PHONE', 'CITIZEN'] as const;
export type FaultSource = (typeof FAULT_SOURCES)[number];
export const FAULT_STATES = ['OPEN', 'ORDERED', 'RESOLVED', 'DUPLICATE', 'DISMISSED'] as const;
export type FaultState = (typeof FAULT_STATES)[number];

/** What somebody saw of the network (بلاغ): a leak, a burst main, no water or bad water. Never deleted. */
@Entity('water_faults')
@Index(['zoneId', 'reportedAt'])
@Index(['state', 'id'])
@Index(['orderId'])
@Index(['oneRecordId'])
export class Fault {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @EnumColumn(FAULT_KINDS) kind: FaultKind;
  @EnumColumn(SEVERITIES) severity: Severity;
  @EnumColumn(FAULT_SOURCES) source: FaultSource;
  @EnumColumn(FAULT_STATES) state: FaultState;
  /** Where, in the words of who saw it. */
  @TextColumn(300) place: string;
  @RefColumn('Zone') zoneId: number;
  @RefColumn('Subscription', { nullable: true }) subscriptionId: number | null;
  /** The citizen who reported it in the portal. */
  @RefColumn('OneRecord', { nullable: true }) oneRecordId: number | null;
  @TextColumn(200, { nullable: true }) reporterName: string | null;
  /** E.164. */
  @KeyColumn(20, { nullable: true }) reporterPhone: string | null;
  @TextColumn(1000, { nullable: true }) note: string | null;
  @InstantColumn() reportedAt: string;
  @RefColumn('User') recordedBy: number;
  /** While ORDERED or RESOLVED. */
  @RefColumn('WorkOrder', { nullable: true }) orderId: number | null;
  /** The report that says the same; itself no duplicate. */
  @RefColumn('Fault', { nullable: true }) duplicateOfId: number | null;
  @InstantColumn({ nullable: true }) closedAt: string | null;
  @RefColumn('User', { nullable: true }) closedBy: number | null;
  /** Why it was dismissed. */
  @TextColumn(500, { nullable: true }) closingNote: string | null;
}

export const ORDER_STATES = ['PLANNED', 'STARTED', 'REPAIRED', 'CANCELLED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export interface Material {
  name: string;
  /** Whole units. */
  quantity: number;
  unit: string;
}

/** Work of a crew on the network (أمر عمل), for one report or several, or planned without any. */
@Entity('water_work_orders')
@Index(['state', 'id'])
@Index(['zoneId', 'id'])
@Index(['repairedAt'])
export class WorkOrder {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @RefColumn('Zone') zoneId: number;
  @TextColumn(300) place: string;
  @TextColumn(120) crew: string;
  @EnumColumn(ORDER_STATES) state: OrderState;
  @LocalDateColumn({ nullable: true }) plannedFor: string | null;
  @TextColumn(1000, { nullable: true }) instructions: string | null;
  /** When the first of its reports came in; without reports null, and it counts in no time to repair. */
  @InstantColumn({ nullable: true }) firstReportedAt: string | null;
  @InstantColumn({ nullable: true }) startedAt: string | null;
  @InstantColumn({ nullable: true }) repairedAt: string | null;
  @InstantColumn({ nullable: true }) cancelledAt: string | null;
  @JsonColumn() materials: Material[];
  /** What was found and done, or why it was cancelled. */
  @TextColumn(1000, { nullable: true }) outcome: string | null;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
}
