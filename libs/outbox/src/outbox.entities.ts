import {
  CodeIdColumn,
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  BigIntColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import { LANES, type Lane } from './lanes';

export const OUTBOX_STATES = ['PENDING', 'DONE', 'DEAD'] as const;

/** A promise made inside a unit of work: it commits with the unit and is kept afterwards, at least once. */
@Entity('outbox_messages')
@Index(['state', 'lane', 'availableAt'])
@Index(['createdAt'])
export class OutboxMessage {
  @IdColumn() id: number;
  @KeyColumn(100) type: string;
  @EnumColumn(LANES) lane: Lane;
  @EnumColumn(OUTBOX_STATES) state: (typeof OUTBOX_STATES)[number];
  @JsonColumn() payload: unknown;
  @InstantColumn() availableAt: string;
  @IntColumn() attempts: number;
  /** Of the attempts: those that do not bring it nearer to its end, see {@link Postponed}. */
  @IntColumn() postponed: number;
  @KeyColumn(60, { nullable: true }) lockedBy: string | null;
  @InstantColumn({ nullable: true }) lockedUntil: string | null;
  @InstantColumn({ nullable: true }) doneAt: string | null;
  @TextColumn(1000, { nullable: true }) lastError: string | null;
  @InstantColumn() createdAt: string;
}

/** A message that a handler has dealt with, written in the unit of work of its effect. */
@Entity('processed_messages')
@Unique(['messageId', 'handler'])
export class ProcessedMessage {
  @IdColumn() id: number;
  @BigIntColumn() messageId: number;
  @KeyColumn(100) handler: string;
  @InstantColumn() processedAt: string;
}

/** Who runs a scheduled job now, among all processes on this database. */
@Entity('leases')
export class Lease {
  @CodeIdColumn(60) id: string;
  @KeyColumn(60) owner: string;
  @InstantColumn() heldUntil: string;
}
