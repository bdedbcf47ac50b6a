import { Flag, Id, InstantField, Int, ListOf, OneOf, PageQuery, Txt } from '@libs/http';
import { Month } from '../local-times';
import { VOLUME_KINDS, type Volume, type VolumeKind, type ZoneLength } from './volume.entity';

export class VolumeField {
  @Txt({ max: 20, pattern: /^[\w-]+$/, example: 'Z-WEST', about: 'code of the zone' }) zone: string;
  @Month({ about: 'not to come' }) period: string;
  @OneOf(VOLUME_KINDS, { example: 'INPUT', about: 'of a bulk meter, or used with leave and not billed' })
  kind: VolumeKind;
  @Txt({ max: 60, example: 'BM-01', about: 'the bulk meter, or what the water was for' }) source: string;
  @Int({ example: 48_250, about: 'm³; 0 says that there was none' }) cubicMetres: number;
  @Txt({ optional: true, max: 300, example: 'قراءة العداد الرئيسي' }) note?: string;
}

export class NewVolumes {
  @ListOf(() => VolumeField, { min: 1, max: 1000 }) rows: VolumeField[];
}

export class EnteredVolumesView {
  @Int({ example: 10 }) entered: number;
  @Int({ example: 1, about: 'of which took the place of another value' }) replaced: number;
  @Int({ example: 0, about: 'were there with the same value' }) unchanged: number;
}

class RefusedLineView {
  @Int({ example: 14, about: 'the header is line 1' }) line: number;
  @Txt({ nullable: true, example: 'zone', about: 'null: the line itself' }) column: string | null;
  @Txt({ example: 'unknown' }) code: string;
}

export class TakenVolumesView extends EnteredVolumesView {
  @ListOf(() => RefusedLineView, { max: 1_000_000, about: 'the lines that were not taken, in their order' })
  refusals: RefusedLineView[];
}

export class VolumesQuery extends PageQuery {
  @Id({ optional: true }) zoneId?: number;
  @Month({ optional: true }) period?: string;
  @OneOf(VOLUME_KINDS, { optional: true, example: 'INPUT' }) kind?: VolumeKind;
}

export class VolumeView {
  @Id() id: number;
  @Id() zoneId: number;
  @Txt({ example: '2026-10' }) period: string;
  @OneOf(VOLUME_KINDS, { example: 'INPUT' }) kind: VolumeKind;
  @Txt({ example: 'BM-01' }) source: string;
  @Int({ example: 48_250, about: 'm³' }) cubicMetres: number;
  @Flag({ about: 'no other value has taken its place' }) standing: boolean;
  @Txt({ nullable: true, max: 300, example: 'قراءة العداد الرئيسي' }) note: string | null;
  @InstantField() recordedAt: string;
}

export class NewZoneLength {
  @Id() zoneId: number;
  @Month({ about: 'first month for which it holds' }) fromPeriod: string;
  @Int({ max: 10_000_000, example: 12_500, about: 'm of mains' }) metres: number;
}

export class ZoneLengthView extends NewZoneLength {
  @Id() id: number;
  @InstantField() recordedAt: string;
}

export class ZoneLengthsView {
  @ListOf(() => ZoneLengthView, { max: 10_000 }) lengths: ZoneLengthView[];
}

export const volumeView = ({ recordedBy: _, standingZoneId, ...volume }: Volume): VolumeView => ({
  ...volume,
  standing: standingZoneId !== null,
});

export const zoneLengthView = ({ recordedBy: _, ...length }: ZoneLength): ZoneLengthView => length;
