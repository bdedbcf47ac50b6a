import { FlagColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, RefColumn } from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

/** A citizen's way into e-services. It has no state of its own: it opens while its record is ACTIVATED. */
@Entity('citizen_accounts')
@Unique(['oneRecordId'])
@Index(['homeRecordId'])
export class CitizenAccount {
  @IdColumn() id: number;
  @IntColumn() version: number;
  /** The record it opens: that of {@link homeRecordId}, or the one that was merged into. */
  @RefColumn('OneRecord') oneRecordId: number;
  /** The record it was opened for; an unmerge gives it back. */
  @RefColumn('OneRecord') homeRecordId: number;
  /** Argon2id in PHC form; null for a citizen who logs in by code each time. */
  @KeyColumn(200, { nullable: true }) passphraseHash: string | null;
  @InstantColumn({ nullable: true }) passphraseChangedAt: string | null;
  /** The citizen wants a code beside the passphrase. */
  @FlagColumn() secondStep: boolean;
  @InstantColumn({ nullable: true }) lastLoginAt: string | null;
  @InstantColumn() createdAt: string;
}
