import { EnumColumn, IdColumn, InstantColumn, KeyColumn, RefColumn, whereSet } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

/** A change of the phone of an activated record, and the time in which it settles. */
@Entity('phone_changes')
@Index(['oneRecordId', 'coolsUntil'])
@Index(['undoHash'], { unique: true, where: whereSet('undo_hash') })
export class PhoneChange {
  @IdColumn() id: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @EnumColumn(['DONE', 'UNDONE']) state: 'DONE' | 'UNDONE';
  @KeyColumn(20) oldPhone: string;
  @KeyColumn(20) newPhone: string;
  /** The employee who decided it at the counter; null where the citizen acted. */
  @RefColumn('User', { nullable: true }) changedBy: number | null;
  @InstantColumn() changedAt: string;
  /** Until then nothing sensitive is done, and a citizen's own change can be undone from the old phone. */
  @InstantColumn() coolsUntil: string;
  /** SHA-256 of the token in the message to the old phone; null for a change at the counter, which that phone cannot undo. */
  @KeyColumn(64, { nullable: true }) undoHash: string | null;
  @InstantColumn({ nullable: true }) undoneAt: string | null;
}
