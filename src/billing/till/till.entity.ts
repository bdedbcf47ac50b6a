import {
  EnumColumn,
  FlagColumn,
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

/** A cash drawer (صندوق). Never deleted: receipts name it. */
@Entity('tills')
@Unique(['code'])
export class Till {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @KeyColumn(20) code: string;
  /** Office part of the serials of its receipts. */
  @KeyColumn(8) office: string;
  @TextColumn(120) name: string;
  /** One that is out of use takes no new shift. */
  @FlagColumn() active: boolean;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
}

export const SHIFT_STATES = ['OPEN', 'COUNTED', 'CLOSED'] as const;
export type ShiftState = (typeof SHIFT_STATES)[number];

/**
 * A cashier at a till (وردية). It takes payments while OPEN and on the day it was opened, is counted blind by the cashier
 * and closed by a supervisor.
 */
@Entity('cashier_shifts')
@Index(['openTillId'], { unique: true, where: whereSet('open_till_id') })
@Index(['openCashierId'], { unique: true, where: whereSet('open_cashier_id') })
@Index(['openedOn'])
@Index(['cashierId', 'openedOn'])
@Index(['depositId'])
export class CashierShift {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @RefColumn('Till') tillId: number;
  @RefColumn('User') cashierId: number;
  /** As printed on its receipts. */
  @TextColumn(120) cashierName: string;
  @EnumColumn(SHIFT_STATES) state: ShiftState;
  /** Till and cashier while the shift is OPEN: each has one such shift. */
  @RefColumn('Till', { nullable: true }) openTillId: number | null;
  @RefColumn('User', { nullable: true }) openCashierId: number | null;
  @LocalDateColumn() openedOn: string;
  @InstantColumn() openedAt: string;
  @InstantColumn({ nullable: true }) countedAt: string | null;
  @RefColumn('User', { nullable: true }) closedBy: number | null;
  @InstantColumn({ nullable: true }) closedAt: string | null;
  /** Of the supervisor who closed it. */
  @TextColumn(300, { nullable: true }) note: string | null;
  @RefColumn('Deposit', { nullable: true }) depositId: number | null;
}

/** One currency of a shift's drawer. The float goes out and comes back, so it stands in no ledger. */
@Entity('shift_cash')
@Unique(['shiftId', 'currency'])
export class ShiftCash {
  @IdColumn() id: number;
  @RefColumn('CashierShift') shiftId: number;
  @KeyColumn(3) currency: string;
  @MinorUnitsColumn() openingFloat: number;
  /** Float and takings; set with the count. */
  @MinorUnitsColumn({ nullable: true }) expected: number | null;
  @MinorUnitsColumn({ nullable: true }) counted: number | null;
}

/** Notes or coins of one kind in the count. */
@Entity('shift_counts')
@Unique(['shiftId', 'currency', 'denomination'])
export class ShiftCount {
  @IdColumn() id: number;
  @RefColumn('CashierShift') shiftId: number;
  @KeyColumn(3) currency: string;
  /** Value of one piece. */
  @MinorUnitsColumn() denomination: number;
  @IntColumn() pieces: number;
}

export const DEPOSIT_STATES = ['IN_TRANSIT', 'CONFIRMED'] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

export interface CurrencyAmount {
  currency: string;
  /** Minor units. */
  amount: number;
}

/** Cash of closed shifts on its way to the bank. */
@Entity('deposits')
@Index(['madeOn'])
export class Deposit {
  @IdColumn() id: number;
  @EnumColumn(DEPOSIT_STATES) state: DepositState;
  @LocalDateColumn() madeOn: string;
  @RefColumn('User') madeBy: number;
  @InstantColumn() madeAt: string;
  @JsonColumn() amounts: CurrencyAmount[];
  @RefColumn('LedgerPosting') postingId: number;
  @TextColumn(300, { nullable: true }) note: string | null;
  @KeyColumn(40, { nullable: true }) bankAccount: string | null;
  /** The bank's number of the slip. */
  @KeyColumn(60, { nullable: true }) bankReference: string | null;
  @RefColumn('User', { nullable: true }) confirmedBy: number | null;
  @InstantColumn({ nullable: true }) confirmedAt: string | null;
  @RefColumn('LedgerPosting', { nullable: true }) confirmationId: number | null;
}

export const TILL_ENTITIES = [Till, CashierShift, ShiftCash, ShiftCount, Deposit];
