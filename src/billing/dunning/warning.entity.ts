import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import type { ServiceType } from '../accounts/account.entity';

export const WARNING_STATES = ['ISSUED', 'SERVED', 'OBJECTED', 'EXPIRED', 'REFERRED', 'PAID', 'WITHDRAWN'] as const;
export type WarningState = (typeof WARNING_STATES)[number];

/** How a warning may be served by law; a text message is none of them. */
export const SERVICE_MEANS = ['IN_PERSON', 'LAST_ADDRESS', 'REGISTERED_MAIL'] as const;
export type ServiceMeans = (typeof SERVICE_MEANS)[number];

export const SECURITIES = ['PAYMENT', 'SECURITY'] as const;
export const DECISIONS = ['UPHELD', 'DISMISSED'] as const;

/** A charge as the warning names it. */
export interface WarnedCharge {
  chargeId: number;
  accountNumber: string;
  serviceType: ServiceType;
  head: string;
  nameAr: string;
  nameEn: string;
  /** `YYYY-MM`. */
  period: string;
  dueOn: string;
  currency: string;
  /** Minor units that were unpaid. */
  amount: number;
}

export interface WarningContent {
  serial: string;
  issuedAt: string;
  issuedBy: string;
  /** Days to pay from the service on. */
  payDays: number;
  holder: { name: string; oneRecordNumber: string | null; address: string | null };
  debts: WarnedCharge[];
  totals: { currency: string; amount: number }[];
}

interface Recorded {
  recordedBy: number;
  recordedAt: string;
}

/** Record of service (محضر تبليغ). */
export interface Service extends Recorded {
  means: ServiceMeans;
  on: string;
  /** Who received it, and in what capacity; null by mail. */
  to: string | null;
  server: string;
  /** Who saw that it was refused, or left at the address. */
  witness: string | null;
  refused: boolean;
  mailNumber: string | null;
}

export interface Objection extends Recorded {
  on: string;
  court: string;
  caseNumber: string;
  /** The law takes an objection only with one of the two. */
  security: (typeof SECURITIES)[number];
  decision: ({ outcome: (typeof DECISIONS)[number]; on: string; number: string } & Recorded) | null;
}

export interface Referral extends Recorded {
  number: string;
}

/**
 * A written warning (إخطار) to pay overdue charges, by Law 1/1997 art. 27. What is still owed of it is read from the
 * charges. PAID: nothing of it is outstanding, however that came about.
 */
@Entity('warnings')
@Unique(['serial'])
@Unique(['office', 'year', 'number'])
@Index(['state', 'deadlineOn'])
@Index(['runId', 'id'])
@Index(['oneRecordId'])
@Index(['legacyCitizenId'])
export class Warning {
  @IdColumn() id: number;
  @KeyColumn(40) serial: string;
  @KeyColumn(8) office: string;
  @IntColumn() year: number;
  /** Without gaps in its office and year. */
  @IntColumn() number: number;
  @RefColumn('DunningRun') runId: number;
  @EnumColumn(WARNING_STATES) state: WarningState;
  @RefColumn('OneRecord', { nullable: true }) oneRecordId: number | null;
  @RefColumn('LegacyCitizen', { nullable: true }) legacyCitizenId: number | null;
  @InstantColumn() issuedAt: string;
  @RefColumn('User') issuedBy: number;
  @JsonColumn() content: WarningContent;
  /** SHA-256 of the canonical JSON (RFC 8785) of the content. */
  @KeyColumn(64) contentHash: string;
  /** Sheets given out: the first is the original, the others are copies. */
  @IntColumn() prints: number;
  @JsonColumn({ nullable: true }) service: Service | null;
  /** The last day to pay or object; null until it is served. */
  @LocalDateColumn({ nullable: true }) deadlineOn: string | null;
  @JsonColumn({ nullable: true }) objection: Objection | null;
  @JsonColumn({ nullable: true }) referral: Referral | null;
  @RefColumn('User', { nullable: true }) withdrawnBy: number | null;
  @InstantColumn({ nullable: true }) withdrawnAt: string | null;
  @TextColumn(500, { nullable: true }) withdrawnReason: string | null;
  @IntColumn() version: number;
}

@Entity('warning_charges')
@Unique(['warningId', 'chargeId'])
@Index(['chargeId'])
@Index(['liveChargeId'], { unique: true, where: whereSet('live_charge_id') })
export class WarningCharge {
  @IdColumn() id: number;
  @RefColumn('Warning') warningId: number;
  @RefColumn('Charge') chargeId: number;
  /** Outstanding when the warning was issued. */
  @MinorUnitsColumn() amount: number;
  /** The charge while the warning is open, so that no other names it; null afterwards. */
  @RefColumn('Charge', { nullable: true }) liveChargeId: number | null;
}
