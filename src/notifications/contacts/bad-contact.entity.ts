import { EnumColumn, IdColumn, InstantColumn, KeyColumn, RefColumn, TextColumn, whereSet } from '@libs/persistence';
import { Entity, Index } from 'typeorm';
import { CHANNELS, type Channel } from '../templates/template.entity';

/** A number or address that a provider says does not exist; nothing is sent there until somebody lifts it. */
@Entity('bad_contacts')
@Index(['channel', 'standingContact'], { unique: true, where: whereSet('standing_contact') })
@Index(['contact'])
export class BadContact {
  @IdColumn() id: number;
  @EnumColumn(CHANNELS) channel: Channel;
  @KeyColumn(254) contact: string;
  /** {@link contact} while it is bad. */
  @KeyColumn(254, { nullable: true }) standingContact: string | null;
  @KeyColumn(60) code: string;
  @InstantColumn() markedAt: string;
  @RefColumn('User', { nullable: true }) liftedBy: number | null;
  @InstantColumn({ nullable: true }) liftedAt: string | null;
  @TextColumn(300, { nullable: true }) liftedReason: string | null;
}
