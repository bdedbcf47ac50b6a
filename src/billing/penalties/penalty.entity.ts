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
import { SERVICE_TYPES, type ServiceType } from '../accounts/account.entity';

export const PENALTY_METHODS = ['FLAT', 'MONTHLY', 'DAILY'] as const;
export type PenaltyMethod = (typeof PENALTY_METHODS)[number];

/**
 * What lateness costs for one head, or one service, in one currency, of charges that fall due from a day on until a
 * later rule begins. Never changed: a rule with the rate 0 ends the one before.
 */
@Entity('penalty_rules')
@Index(['head', 'currency', 'validFrom'], { unique: true, where: whereSet('head') })
@Index(['serviceType', 'currency', 'validFrom'], { unique: true, where: whereSet('service_type') })
export class PenaltyRule {
  @IdColumn() id: number;
  /** One of the two; the rule of a head goes before that of the service. */
  @KeyColumn(20, { nullable: true }) head: string | null;
  @EnumColumn(SERVICE_TYPES, { nullable: true }) serviceType: ServiceType | null;
  @KeyColumn(3) currency: string;
  @LocalDateColumn() validFrom: string;
  /** Days after the due day on which the penalty begins. */
  @IntColumn() startDays: number;
  @EnumColumn(PENALTY_METHODS) method: PenaltyMethod;
  /** Millionths of what is unpaid, a month or a day; null for FLAT. */
  @IntColumn({ nullable: true }) ratePpm: number | null;
  /** Once; null for the others. */
  @MinorUnitsColumn({ nullable: true }) flatAmount: number | null;
  /** Of all penalties on a charge: millionths of the charge. */
  @IntColumn({ nullable: true }) capPpm: number | null;
  @TextColumn(100) documentNumber: string;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
}

export const PENALTY_RUN_STATES = ['RUNNING', 'DONE', 'FAILED'] as const;

export interface PenaltyTotal {
  currency: string;
  /** Minor units as text. */
  charged: string;
  credited: string;
}

@Entity('penalty_runs')
export class PenaltyRun {
  @IdColumn() id: number;
  @EnumColumn(PENALTY_RUN_STATES) state: (typeof PENALTY_RUN_STATES)[number];
  @LocalDateColumn() asOf: string;
  /** Null for the nightly run. */
  @RefColumn('User', { nullable: true }) startedBy: number | null;
  @InstantColumn() startedAt: string;
  @InstantColumn({ nullable: true }) finishedAt: string | null;
  /** Late charges looked at. */
  @IntColumn() examined: number;
  /** Charges whose account is closed, or whose posting failed. */
  @IntColumn() leftOut: number;
  @JsonColumn({ nullable: true }) totals: PenaltyTotal[] | null;
  @TextColumn(1000, { nullable: true }) failure: string | null;
}

/** What runs have assessed for a late charge and month; the sum of its rows is the penalty as last computed. */
@Entity('penalty_assessments')
@Unique(['chargeId', 'period', 'number'])
@Index(['penaltyChargeId'])
export class PenaltyAssessment {
  @IdColumn() id: number;
  /** The late charge. */
  @RefColumn('Charge') chargeId: number;
  /** `YYYY-MM` of the lateness. */
  @KeyColumn(7) period: string;
  /** 1 for the first, one more with each correction. */
  @IntColumn() number: number;
  /** Negative when a correction lowers it. */
  @MinorUnitsColumn() amount: number;
  @RefColumn('PenaltyRule') ruleId: number;
  @RefColumn('PenaltyRun') runId: number;
  /** The charge that was made; null for a correction downwards. */
  @RefColumn('Charge', { nullable: true }) penaltyChargeId: number | null;
}

/** A discount for who pays early: charges of a head and some periods, paid whole between two days. */
@Entity('discount_windows')
@Unique(['head', 'periodFrom', 'opensOn'])
export class DiscountWindow {
  @IdColumn() id: number;
  @KeyColumn(20) head: string;
  /** `YYYY-MM`, inclusive, as are the days. */
  @KeyColumn(7) periodFrom: string;
  @KeyColumn(7) periodTo: string;
  @LocalDateColumn() opensOn: string;
  @LocalDateColumn() closesOn: string;
  /** Millionths of what is unpaid. */
  @IntColumn() ratePpm: number;
  @TextColumn(100) documentNumber: string;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
}
