import {
  BigIntColumn,
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import type { Currency } from '@libs/money';
import { Entity, Index } from 'typeorm';
import type { ServiceType } from '../accounts/account.entity';

export const DUNNING_RUN_STATES = ['DRAFT', 'LISTED', 'ISSUED', 'CANCELLED'] as const;
export type DunningRunState = (typeof DUNNING_RUN_STATES)[number];

export const DUNNING_TASKS = ['LIST', 'ISSUE'] as const;

/** Whom a run looks for. */
export interface DunningCriteria {
  /** Empty for all. */
  serviceTypes: ServiceType[];
  /** Minor units: debts of a party below the least of their currency are left out. */
  least: Partial<Record<Currency, number>>;
  daysOverdue: number;
  /** None but these; null for all. */
  accountIds: number[] | null;
}

/** Accounts, and parties below the least amount, that were left out of a list. */
export interface LeftOut {
  inPlan: number;
  objected: number;
  warned: number;
  withoutHolder: number;
  belowLeast: number;
}

/** Minor units. */
export interface DebtTotal {
  currency: string;
  amount: number;
  charges: number;
}

/** A list of debtors to be warned together: a worker lists them, people look at the list, a worker issues the warnings. */
@Entity('dunning_runs')
@Index(['state'])
export class DunningRun {
  @IdColumn() id: number;
  @EnumColumn(DUNNING_RUN_STATES) state: DunningRunState;
  /** What a worker has been asked for and has not finished. */
  @EnumColumn(DUNNING_TASKS, { nullable: true }) task: (typeof DUNNING_TASKS)[number] | null;
  @JsonColumn() criteria: DunningCriteria;
  /** Charges that fell due by this day are overdue. */
  @LocalDateColumn() dueBy: string;
  /** The last debtor that the issue has dealt with; 0 for none. */
  @BigIntColumn() cursor: number;
  @JsonColumn() totals: DebtTotal[];
  @JsonColumn({ nullable: true }) leftOut: LeftOut | null;
  @TextColumn(1000, { nullable: true }) failure: string | null;
  /** Of the serials. */
  @KeyColumn(8, { nullable: true }) office: string | null;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
  @RefColumn('User', { nullable: true }) issuedBy: number | null;
  @InstantColumn({ nullable: true }) issuedAt: string | null;
  @RefColumn('User', { nullable: true }) cancelledBy: number | null;
  @TextColumn(500, { nullable: true }) reason: string | null;
  /** Counted up by what people do; the progress of a task leaves it. */
  @IntColumn() version: number;
}

export const DEBTOR_STATES = ['LISTED', 'EXCLUDED', 'WARNED', 'SETTLED'] as const;
export type DebtorState = (typeof DEBTOR_STATES)[number];

/** A party on the list of a run: a OneRecord, or a row of an old system that no approved record holds. */
@Entity('dunning_debtors')
@Index(['runId', 'state', 'id'])
export class DunningDebtor {
  @IdColumn() id: number;
  @RefColumn('DunningRun') runId: number;
  /** SETTLED: nothing was left to warn of when the warnings were issued. */
  @EnumColumn(DEBTOR_STATES) state: DebtorState;
  @RefColumn('OneRecord', { nullable: true }) oneRecordId: number | null;
  @RefColumn('LegacyCitizen', { nullable: true }) legacyCitizenId: number | null;
  @TextColumn(500) name: string;
  @JsonColumn() accountIds: number[];
  @JsonColumn() debts: DebtTotal[];
  /** Why a person took it off the list. */
  @TextColumn(500, { nullable: true }) reason: string | null;
  @RefColumn('Warning', { nullable: true }) warningId: number | null;
}
