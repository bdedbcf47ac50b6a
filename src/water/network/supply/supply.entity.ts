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
import type { Slot } from './supply.rules';

export const SCHEDULE_STATES = ['DRAFT', 'PUBLISHED', 'DISCARDED'] as const;
export type ScheduleState = (typeof SCHEDULE_STATES)[number];

/**
 * The turns in which a zone gets water (جدول أدوار التزويد). Of the published ones the highest edition among those with
 * the latest first day that has come is in force; a published one never changes.
 */
@Entity('water_supply_schedules')
@Index(['zoneId', 'effectiveFrom'])
@Index(['state', 'id'])
@Index(['zoneId', 'edition'], { unique: true, where: whereSet('edition') })
export class SupplySchedule {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @RefColumn('Zone') zoneId: number;
  @EnumColumn(SCHEDULE_STATES) state: ScheduleState;
  /** 1, 2 … of the zone, given when it is published. */
  @IntColumn({ nullable: true }) edition: number | null;
  @LocalDateColumn() effectiveFrom: string;
  @JsonColumn() slots: Slot[];
  @TextColumn(300, { nullable: true }) noteAr: string | null;
  @TextColumn(300, { nullable: true }) noteEn: string | null;
  @RefColumn('User') draftedBy: number;
  @InstantColumn() draftedAt: string;
  @RefColumn('User', { nullable: true }) publishedBy: number | null;
  @InstantColumn({ nullable: true }) publishedAt: string | null;
}

export const EXCEPTION_KINDS = ['NO_SUPPLY', 'EXTRA'] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/** A day on which the schedule does not hold: its turns do not begin, or there is one more. */
@Entity('water_supply_exceptions')
@Index(['zoneId', 'onDate'])
export class SupplyException {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @RefColumn('Zone') zoneId: number;
  @LocalDateColumn() onDate: string;
  @EnumColumn(EXCEPTION_KINDS) kind: ExceptionKind;
  /** `HH:MM` of an EXTRA turn. */
  @KeyColumn(5, { nullable: true }) fromTime: string | null;
  @KeyColumn(5, { nullable: true }) toTime: string | null;
  @TextColumn(300) reasonAr: string;
  @TextColumn(300) reasonEn: string;
  @RefColumn('User') recordedBy: number;
  @InstantColumn() recordedAt: string;
  @InstantColumn({ nullable: true }) cancelledAt: string | null;
}
