import { IdColumn, InstantColumn, IntColumn, KeyColumn, TextColumn } from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

/** What a short address in a message leads to, for a while. */
@Entity('short_links')
@Unique(['tokenId'])
@Index(['expiresAt'])
export class ShortLink {
  @IdColumn() id: number;
  /** The random part of the token; what signs it is not kept. */
  @KeyColumn(12) tokenId: string;
  /** A path of this system. */
  @TextColumn(500) target: string;
  @IntColumn() uses: number;
  @InstantColumn() createdAt: string;
  @InstantColumn() expiresAt: string;
}
