import {
  EnumColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const RELATIONS = ['SAME_PERSON', 'CO_OWNER', 'PARTNER', 'HEIR', 'REPRESENTATIVE', 'TENANT'] as const;
export type Relation = (typeof RELATIONS)[number];

/** A legacy row under a OneRecord. Ended, never deleted; the nullable columns carry the rules while it is active. */
@Entity('one_record_links')
@Index(['oneRecordId', 'id'])
@Index(['legacyCitizenId', 'id'])
@Index(['oneRecordId', 'activeCitizenId'], { unique: true, where: whereSet('active_citizen_id') })
@Index(['samePersonCitizenId'], { unique: true, where: whereSet('same_person_citizen_id') })
@Index(['approvedOfId'], { unique: true, where: whereSet('approved_of_id') })
export class Link {
  @IdColumn() id: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @RefColumn('LegacyCitizen') legacyCitizenId: number;
  @EnumColumn(RELATIONS) relation: Relation;
  /** Hundredths of a percent: 2500 is 25 %. */
  @IntColumn({ nullable: true }) shareHundredths: number | null;
  /** The row names more than one party (وشركاه، ورثة). */
  @FlagColumn() joint: boolean;
  /** The legacy row while the link is active: one link a record. */
  @RefColumn('LegacyCitizen', { nullable: true }) activeCitizenId: number | null;
  /** The legacy row while the link is active and SAME_PERSON: one record in all. */
  @RefColumn('LegacyCitizen', { nullable: true }) samePersonCitizenId: number | null;
  /** The record whose approved row this is: one row a record. */
  @RefColumn('OneRecord', { nullable: true }) approvedOfId: number | null;
  @RefColumn('User') linkedBy: number;
  @InstantColumn() linkedAt: string;
  @RefColumn('User', { nullable: true }) endedBy: number | null;
  @InstantColumn({ nullable: true }) endedAt: string | null;
}

/** A clerk's finding that a legacy row is somebody else: remembered until lifted. */
@Entity('not_same_persons')
@Index(['oneRecordId', 'activeCitizenId'], { unique: true, where: whereSet('active_citizen_id') })
export class NotSamePerson {
  @IdColumn() id: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @RefColumn('LegacyCitizen') legacyCitizenId: number;
  @RefColumn('LegacyCitizen', { nullable: true }) activeCitizenId: number | null;
  @TextColumn(1000) reason: string;
  @RefColumn('User') foundBy: number;
  @InstantColumn() foundAt: string;
  @RefColumn('User', { nullable: true }) liftedBy: number | null;
  @InstantColumn({ nullable: true }) liftedAt: string | null;
}
