import { BigIntColumn, CodeIdColumn, InstantColumn } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

/** How much of a limit is used up in its minute or day. A work table: cleared of what is over. */
@Entity('message_counters')
@Index(['endsAt'])
export class MessageCounter {
  /** `provider:sandbox:2026-11-24T08:00`. */
  @CodeIdColumn(100) id: string;
  @BigIntColumn() used: number;
  @InstantColumn() endsAt: string;
}
