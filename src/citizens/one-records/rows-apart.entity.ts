import { IdColumn, InstantColumn, RefColumn, TextColumn, whereSet } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

/** A clerk's finding that two legacy rows are two persons: remembered until lifted. */
@Entity('rows_apart')
@Index(['activeCitizenId', 'otherCitizenId'], { unique: true, where: whereSet('active_citizen_id') })
@Index(['legacyCitizenId', 'id'])
@Index(['otherCitizenId', 'id'])
export class RowsApart {
  @IdColumn() id: number;
  /** The lower id of the two. */
  @RefColumn('LegacyCitizen') legacyCitizenId: number;
  @RefColumn('LegacyCitizen') otherCitizenId: number;
  /** {@link legacyCitizenId} while the finding stands. */
  @RefColumn('LegacyCitizen', { nullable: true }) activeCitizenId: number | null;
  /** The proposal that was rejected. */
  @RefColumn('MatchProposal') proposalId: number;
  @TextColumn(1000) reason: string;
  @RefColumn('User') foundBy: number;
  @InstantColumn() foundAt: string;
  @RefColumn('User', { nullable: true }) liftedBy: number | null;
  @InstantColumn({ nullable: true }) liftedAt: string | null;
  @TextColumn(1000, { nullable: true }) liftReason: string | null;
}
