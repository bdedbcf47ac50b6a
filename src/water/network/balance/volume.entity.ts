import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const VOLUME_KINDS = ['INPUT', 'UNBILLED_AUTHORISED'] as const;
export type VolumeKind = (typeof VOLUME_KINDS)[number];

/** Water of a zone in a month that no subscriber's meter measured. Values never change: another row takes the place. */
@Entity('water_volumes')
@Index(['period', 'zoneId'])
@Index(['standingZoneId', 'period', 'kind', 'source'], { unique: true, where: whereSet('standing_zone_id') })
export class Volume {
  @IdColumn() id: number;
  @RefColumn('Zone') zoneId: number;
  /** The zone until another row takes its place. */
  @RefColumn('Zone', { nullable: true }) standingZoneId: number | null;
  /** `YYYY-MM`. */
  @KeyColumn(7) period: string;
  @EnumColumn(VOLUME_KINDS) kind: VolumeKind;
  /** The bulk meter, or what the water was for, such as `FIRE`. */
  @KeyColumn(60) source: string;
  @IntColumn() cubicMetres: number;
  @TextColumn(300, { nullable: true }) note: string | null;
  @RefColumn('User') recordedBy: number;
  @InstantColumn() recordedAt: string;
}

/** Mains of a zone from a month on. Append-only: of the rows with the latest month that has come the last one holds. */
@Entity('water_zone_lengths')
@Index(['zoneId', 'fromPeriod'])
export class ZoneLength {
  @IdColumn() id: number;
  @RefColumn('Zone') zoneId: number;
  @KeyColumn(7) fromPeriod: string;
  @IntColumn() metres: number;
  @RefColumn('User') recordedBy: number;
  @InstantColumn() recordedAt: string;
}
