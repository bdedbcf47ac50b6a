/** Rows of the old systems as they came: raw text kept, a reading of it beside it. Never edited, never deleted. */
import {
  IdColumn,
  IntColumn,
  KeyColumn,
  LocalDateColumn,
  LongTextColumn,
  MinorUnitsColumn,
  RefColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

/** The import runs that brought, last changed and first missed a row. */
export abstract class MirrorRow {
  @IdColumn() id: number;
  @RefColumn('LegacyRun') firstRunId: number;
  @RefColumn('LegacyRun', { nullable: true }) changedRunId: number | null;
  /** Set while the row is missing from the newest extract. */
  @RefColumn('LegacyRun', { nullable: true }) vanishedRunId: number | null;
}

/** A payer label of an old system: not yet a person. */
@Entity('legacy_citizens')
@Unique(['citNo'])
@Index(['documentKey'])
@Index(['phoneE164'])
export class LegacyCitizen extends MirrorRow {
  @KeyColumn(100) citNo: string;
  @LongTextColumn() rawName: string;
  @LongTextColumn() rawDocType: string;
  @LongTextColumn() rawDocNo: string;
  @LongTextColumn() rawPhone: string;
  @LongTextColumn() rawAddress: string;
  @LongTextColumn() rawEntryDate: string;
  /** Canonical document (`documentKey` of national-id), null when worthless. */
  @KeyColumn(100, { nullable: true }) documentKey: string | null;
  @KeyColumn(20, { nullable: true }) phoneE164: string | null;
  @LocalDateColumn({ nullable: true }) enteredOn: string | null;
}

/** A subscription or account of a citizen in an old system. */
@Entity('legacy_services')
@Unique(['srvNo'])
@Index(['citizenId'])
export class LegacyService extends MirrorRow {
  @KeyColumn(100) srvNo: string;
  @RefColumn('LegacyCitizen') citizenId: number;
  @LongTextColumn() rawType: string;
  @LongTextColumn() rawAddress: string;
  @LongTextColumn() rawStatus: string;
  @LongTextColumn() rawStart: string;
  @LocalDateColumn() startedOn: string;
}

/** A row of a file without a number of its own: told apart by its columns, and by its turn among equal ones. */
export abstract class AttachedRow extends MirrorRow {
  /** The identifying columns joined by `|`; by `#` and SHA-256 when that is longer than 100. */
  @KeyColumn(100) sourceKey: string;
  /** 1 for the first line of the extract with this key. */
  @IntColumn() occurrence: number;
  @LongTextColumn() rawSrvNo: string;
  /** Null when the extract has no such service. */
  @RefColumn('LegacyService', { nullable: true }) serviceId: number | null;
}

@Entity('legacy_meters')
@Unique(['sourceKey', 'occurrence'])
@Index(['serviceId'])
export class LegacyMeter extends AttachedRow {
  @LongTextColumn() rawSerial: string;
  @LongTextColumn() rawDiameter: string;
  @LongTextColumn() rawClass: string;
  @LongTextColumn() rawRoute: string;
  @LongTextColumn() rawSeq: string;
  @LongTextColumn() rawInstalled: string;
  @IntColumn({ nullable: true }) diameterMm: number | null;
  @LocalDateColumn({ nullable: true }) installedOn: string | null;
}

@Entity('legacy_parcels')
@Unique(['sourceKey', 'occurrence'])
@Index(['serviceId'])
export class LegacyParcel extends AttachedRow {
  @LongTextColumn() rawBasin: string;
  @LongTextColumn() rawPlot: string;
  @LongTextColumn() rawArea: string;
  @LongTextColumn() rawRentalValue: string;
  @LongTextColumn() rawUse: string;
  @LongTextColumn() rawBuilt: string;
  /** Fils of JOD a year. */
  @MinorUnitsColumn({ nullable: true }) rentalValue: number | null;
}

@Entity('legacy_licences')
@Unique(['sourceKey', 'occurrence'])
@Index(['serviceId'])
export class LegacyLicence extends AttachedRow {
  @LongTextColumn() rawTrade: string;
  @LongTextColumn() rawGrade: string;
  @LongTextColumn() rawFee: string;
  @LongTextColumn() rawExpires: string;
  /** Fils of JOD. */
  @MinorUnitsColumn({ nullable: true }) fee: number | null;
  @LocalDateColumn({ nullable: true }) expiresOn: string | null;
}

/** A visit of a meter reader, or a reading the citizen told. */
@Entity('legacy_readings')
@Unique(['sourceKey', 'occurrence'])
@Index(['serviceId'])
export class LegacyReading extends AttachedRow {
  @LongTextColumn() rawSerial: string;
  @LongTextColumn() rawPeriod: string;
  @LongTextColumn() rawReading: string;
  @LongTextColumn() rawSource: string;
  @LongTextColumn() rawReader: string;
  /** `YYYY-MM`. */
  @KeyColumn(7) period: string;
  /** m³; null when nobody had access or the text is no whole number. */
  @IntColumn({ nullable: true }) reading: number | null;
}

/** A debit or credit on a service. */
@Entity('legacy_movements')
@Unique(['doc'])
@Index(['serviceId'])
export class LegacyMovement extends MirrorRow {
  @KeyColumn(100) doc: string;
  @RefColumn('LegacyService') serviceId: number;
  @LongTextColumn() rawDate: string;
  @LocalDateColumn({ nullable: true }) datedOn: string | null;
  @LongTextColumn() kind: string;
  @MinorUnitsColumn() debit: number;
  @MinorUnitsColumn() credit: number;
  @KeyColumn(100) currency: string;
}
