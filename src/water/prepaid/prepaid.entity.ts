import {
  BigIntColumn,
  EnumColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import type { PrepaidDays } from './top-up.rules';

/** A meter that gives water against tokens (عداد مسبق الدفع). What stood before its day was no prepaid meter. */
@Entity('water_prepaid_meters')
@Unique(['meterId'])
@Unique(['decoderNumber'])
export class PrepaidMeter {
  @IdColumn() id: number;
  @RefColumn('Meter') meterId: number;
  /** Of the token decoder, by which the vending system knows the meter (IEC 62055-41: DRN). */
  @KeyColumn(20) decoderNumber: string;
  @LocalDateColumn() prepaidOn: string;
  @RefColumn('User') registeredBy: number;
  @InstantColumn() registeredAt: string;
}

/** SOLD: paid for, no token was given out; VENDED: its token was; CANCELLED: payment and charges are taken back. */
export const TOP_UP_STATES = ['SOLD', 'VENDED', 'CANCELLED'] as const;
export type TopUpState = (typeof TOP_UP_STATES)[number];

/** Water bought in advance (شحن رصيد). What it cost and whether that is paid stands in billing alone. */
@Entity('water_top_ups')
@Unique(['paymentId'])
@Index(['subscriptionId', 'month'])
export class PrepaidTopUp {
  @IdColumn() id: number;
  @EnumColumn(TOP_UP_STATES) state: TopUpState;
  @RefColumn('Subscription') subscriptionId: number;
  @RefColumn('Account') accountId: number;
  @RefColumn('Meter') meterId: number;
  /** `YYYY-MM` in whose blocks it counts. */
  @KeyColumn(7) month: string;
  @BigIntColumn() litres: number;
  /** What was paid in, in agorot, and what of it the litres cost. */
  @MinorUnitsColumn() amount: number;
  @MinorUnitsColumn() price: number;
  /** Version that it was rated by. */
  @KeyColumn(40) tariff: string;
  /** Of billing. */
  @JsonColumn() chargeIds: number[];
  @RefColumn('Payment') paymentId: number;
  @KeyColumn(40) receiptSerial: string;
  @RefColumn('User') soldBy: number;
  @InstantColumn() soldAt: string;
  /** The 20 digits that are keyed into the meter. */
  @KeyColumn(20, { nullable: true }) token: string | null;
  @InstantColumn({ nullable: true }) vendedAt: string | null;
  @RefColumn('User', { nullable: true }) cancelledBy: number | null;
  @InstantColumn({ nullable: true }) cancelledAt: string | null;
  @TextColumn(500, { nullable: true }) cancelReason: string | null;
  /** Those it was rated for; null where that was not kept: all of the month. */
  @JsonColumn({ nullable: true }) days: PrepaidDays | null;
  /** The last of them, once the meter was taken off or the customer went: blocks and fees begin anew after it. */
  @LocalDateColumn({ nullable: true }) endedOn: string | null;
}

export const PREPAID_ENTITIES = [PrepaidMeter, PrepaidTopUp];

/** Joins `pp`, which is set where the meter of an installation was a prepaid one when it was put up. */
export const withPrepaid = (installation: string): string =>
  ` LEFT JOIN "water_prepaid_meters" pp ON pp."meter_id" = ${installation}."meter_id"
    AND pp."prepaid_on" <= ${installation}."installed_on"`;
