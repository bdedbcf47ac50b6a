import { EnumColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, RefColumn, whereSet } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const CODE_STATES = ['OPEN', 'USED', 'REPLACED'] as const;

/** A code sent to a OneRecord's phone. The code itself is nowhere but in that message. */
@Entity('activation_codes')
@Index(['oneRecordId', 'id'])
@Index(['openRecordId'], { unique: true, where: whereSet('open_record_id') })
export class ActivationCode {
  @IdColumn() id: number;
  @RefColumn('OneRecord') oneRecordId: number;
  /** The record while the code is OPEN: one such code a record. */
  @RefColumn('OneRecord', { nullable: true }) openRecordId: number | null;
  @EnumColumn(CODE_STATES) state: (typeof CODE_STATES)[number];
  @KeyColumn(20) phoneE164: string;
  @KeyColumn(32) salt: string;
  /** HMAC-SHA256 of salt and code under a key of this installation. */
  @KeyColumn(64) codeHash: string;
  /** Answers judged so far, right or wrong. */
  @IntColumn() tries: number;
  @RefColumn('User') sentBy: number;
  @InstantColumn() sentAt: string;
  @InstantColumn() expiresAt: string;
  @InstantColumn({ nullable: true }) usedAt: string | null;
}
