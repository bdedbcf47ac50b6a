import {
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';

/** A fixed amount every so many months, such as a solid waste fee or a rent. */
@Entity('recurring_charges')
@Index(['accountId'])
export class RecurringCharge {
  @IdColumn() id: number;
  @RefColumn('Account') accountId: number;
  /** Code of the charge head. */
  @KeyColumn(20) head: string;
  /** Minor units of the account's currency, above zero. */
  @MinorUnitsColumn() amount: number;
  @IntColumn() everyMonths: number;
  /** First month that it is due, `YYYY-MM`; the others are counted from there. */
  @KeyColumn(7) fromPeriod: string;
  /** Last month that it may be due; null without end. */
  @KeyColumn(7, { nullable: true }) toPeriod: string | null;
  @TextColumn(200, { nullable: true }) detail: string | null;
  /** False once withdrawn. */
  @FlagColumn() active: boolean;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
  @IntColumn() version: number;
}
