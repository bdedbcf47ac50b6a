import { BigIntColumn, IdColumn, InstantColumn, JsonColumn, KeyColumn, LocalDateColumn } from '@libs/persistence';
import { MinorUnitsColumn, RefColumn, TextColumn } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export interface LeakComputation {
  /** Litres a day before the leak, and the days that this is the mean of. */
  usualLitres: number;
  usualDays: number;
  /** The setting by which it was computed. */
  relief: { percent: number } | { price: number };
  /** Minor units: what the cycle costs, what the usual water of as many days would, and what is given, by head. */
  heads: { head: string; billed: number; usual: number; relief: number }[];
}

/** What is given back of the water that a repaired leak has lost (سماح تسرب): credit notes that others approve. */
@Entity('water_leak_allowances')
@Index(['subscriptionId'])
export class LeakAllowance {
  @IdColumn() id: number;
  @RefColumn('Subscription') subscriptionId: number;
  /** Of the cycle of the leak. */
  @RefColumn('WaterRating') ratingId: number;
  @KeyColumn(7) period: string;
  @LocalDateColumn() repairedOn: string;
  @TextColumn(100) documentNumber: string;
  /** Litres of the cycle, and of what is usual in as many days. */
  @BigIntColumn() litres: number;
  @BigIntColumn() usualLitres: number;
  @MinorUnitsColumn() total: number;
  @JsonColumn() computation: LeakComputation;
  /** Credit notes. */
  @JsonColumn() adjustmentIds: number[];
  @RefColumn('User') proposedBy: number;
  @InstantColumn() proposedAt: string;
}
