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
import { ReadingClosing, ReadingVisit } from './reading-visit.entity';

export const READING_STATES = ['CAPTURED', 'VALID', 'SUSPECT', 'CONFIRMED', 'REJECTED', 'BILLED'] as const;
export type ReadingState = (typeof READING_STATES)[number];

export const READING_SOURCES = ['FIELD', 'PHOTO', 'CITIZEN', 'OFFICE', 'FILE', 'ESTIMATE'] as const;
export type ReadingSource = (typeof READING_SOURCES)[number];

/** What the register showed, or that nobody could see it, in one cycle. The value never changes: another reading takes its place. */
@Entity('water_readings')
@Index(['subscriptionId', 'period'])
@Index(['installationId', 'readOn'])
@Index(['period', 'state'])
@Index(['reader', 'readOn'])
@Index(['standingInstallationId', 'period'], { unique: true, where: whereSet('standing_installation_id') })
@Index(['clientKey'], { unique: true, where: whereSet('client_key') })
@Index(['legacyReadingId'], { unique: true, where: whereSet('legacy_reading_id') })
export class Reading {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @RefColumn('Subscription') subscriptionId: number;
  @RefColumn('Installation') installationId: number;
  /** The installation while it stands: it has a value and was not REJECTED. One reading of an installation in a period does. */
  @RefColumn('Installation', { nullable: true }) standingInstallationId: number | null;
  /** `YYYY-MM` of the cycle. */
  @KeyColumn(7) period: string;
  @LocalDateColumn() readOn: string;
  /** Of the register, whole units; null without access. */
  @IntColumn({ nullable: true }) value: number | null;
  /** m³ since the reading before, by the meter's multiplier; null while that cannot be said. */
  @IntColumn({ nullable: true }) consumption: number | null;
  @EnumColumn(READING_STATES) state: ReadingState;
  @EnumColumn(READING_SOURCES) source: ReadingSource;
  /** Why nobody could read it. */
  @KeyColumn(20, { nullable: true }) noAccess: string | null;
  /** Codes of what is odd about it. */
  @JsonColumn() anomalies: string[];
  /** Code of who read it. */
  @KeyColumn(40, { nullable: true }) reader: string | null;
  /** Given by the handheld: sent twice, it is one reading. */
  @KeyColumn(64, { nullable: true }) clientKey: string | null;
  @InstantColumn() capturedAt: string;
  @InstantColumn() receivedAt: string;
  @RefColumn('User', { nullable: true }) recordedBy: number | null;
  @RefColumn('User', { nullable: true }) decidedBy: number | null;
  @InstantColumn({ nullable: true }) decidedAt: string | null;
  /** Of the reader, or of who confirmed or rejected it. */
  @TextColumn(300, { nullable: true }) note: string | null;
  @RefColumn('LegacyReading', { nullable: true }) legacyReadingId: number | null;
}

export const READING_ENTITIES = [Reading, ReadingVisit, ReadingClosing];
