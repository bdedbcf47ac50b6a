import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  LocalDateColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const FINAL_CAUSES = ['CLOSING', 'TRANSFER'] as const;
export type FinalCause = (typeof FINAL_CAUSES)[number];

/** The bill of a party that leaves: to the reading of the day, in a run of its own. */
@Entity('water_final_bills')
@Index(['subscriptionId'])
export class FinalBill {
  @IdColumn() id: number;
  @RefColumn('Subscription') subscriptionId: number;
  /** Of who leaves. */
  @RefColumn('Account') accountId: number;
  @EnumColumn(FINAL_CAUSES) cause: FinalCause;
  @LocalDateColumn() readOn: string;
  /** Of the register. */
  @IntColumn() reading: number;
  /** Of the meter that was read. */
  @IntColumn() digits: number;
  @IntColumn() multiplier: number;
  @TextColumn(500) reason: string;
  @RefColumn('BillRun') runId: number;
  @RefColumn('User') requestedBy: number;
  @InstantColumn() requestedAt: string;
}
