import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LocalDateColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const PLAN_STATES = ['DRAFT', 'ACTIVE', 'COMPLETED', 'DEFAULTED', 'CANCELLED', 'RESTRUCTURED'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

export const END_CAUSES = [
  'PAID',
  'MISSED_INSTALMENTS',
  'CURRENT_BILLS',
  'DOWN_PAYMENT_UNPAID',
  'CANCELLED',
  'RESTRUCTURED',
] as const;
export type EndCause = (typeof END_CAUSES)[number];

/** An agreement to pay open charges of a record in instalments. It changes no debt: what is paid is seen at the charges. */
@Entity('instalment_plans')
@Index(['state'])
@Index(['oneRecordId'])
export class InstalmentPlan {
  @IdColumn() id: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @KeyColumn(3) currency: string;
  @EnumColumn(PLAN_STATES) state: PlanState;
  /** Of its charges when it was proposed: the down payment and all instalments. */
  @MinorUnitsColumn() total: number;
  @MinorUnitsColumn() downPayment: number;
  @LocalDateColumn() firstDueOn: string;
  @TextColumn(500, { nullable: true }) note: string | null;
  /** The plan whose rest this one takes over. */
  @RefColumn('InstalmentPlan', { nullable: true }) restructuresId: number | null;
  @RefColumn('User') proposedBy: number;
  @InstantColumn() proposedAt: string;
  @LocalDateColumn({ nullable: true }) activatedOn: string | null;
  @EnumColumn(END_CAUSES, { nullable: true }) endCause: EndCause | null;
  @TextColumn(500, { nullable: true }) endReason: string | null;
  /** Null when a schedule ended it. */
  @RefColumn('User', { nullable: true }) endedBy: number | null;
  @InstantColumn({ nullable: true }) endedAt: string | null;
  /** What of the total was settled when it ended; a live plan is read from its charges. */
  @MinorUnitsColumn({ nullable: true }) settledAtEnd: number | null;
  @IntColumn() version: number;
}

/** As agreed; number 1 follows the down payment. */
@Entity('plan_instalments')
@Unique(['planId', 'number'])
export class PlanInstalment {
  @IdColumn() id: number;
  @RefColumn('InstalmentPlan') planId: number;
  @IntColumn() number: number;
  @LocalDateColumn() dueOn: string;
  @MinorUnitsColumn() amount: number;
}

@Entity('plan_charges')
@Unique(['planId', 'chargeId'])
@Index(['chargeId'])
@Index(['liveChargeId'], { unique: true, where: whereSet('live_charge_id') })
export class PlanCharge {
  @IdColumn() id: number;
  @RefColumn('InstalmentPlan') planId: number;
  @RefColumn('Charge') chargeId: number;
  /** Outstanding when the plan was proposed. */
  @MinorUnitsColumn() amount: number;
  /** The charge while the plan is live, so that no other has it; null afterwards. */
  @RefColumn('Charge', { nullable: true }) liveChargeId: number | null;
}
