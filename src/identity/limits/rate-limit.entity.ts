import { CodeIdColumn, InstantColumn } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

/** How far a limit is used up; without a row it is not. */
@Entity('rate_limits')
@Index(['usedUntil'])
export class RateLimit {
  /** SHA-256 of the name of the limit and what it counts: no address or phone stands here. */
  @CodeIdColumn(64) id: string;
  @InstantColumn() usedUntil: string;
}
