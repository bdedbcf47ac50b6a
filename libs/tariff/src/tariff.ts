import type { LocalDate } from '@libs/calendar';
import type { Currency, MinorUnits } from '@libs/money';
import type { Litres } from './decimal';

/** What a bill is made of. WATER are the blocks; a MINIMUM tops up, a CAP takes off. */
export const COMPONENTS = ['WATER', 'FIXED', 'MAINTENANCE', 'SEWER', 'MINIMUM', 'TAX', 'CAP'] as const;
export type Component = (typeof COMPONENTS)[number];

/**
 * For how long a block's width or an amount is stated:
 * - `CYCLE`: for one bill, however many days it covers; of a cycle in which the tariff changes, each part has its days' share;
 * - `MONTH`: for a calendar month; of a month that is not whole, each day is one part of that month's days;
 * - a number: for so many days.
 */
export type Per = 'CYCLE' | 'MONTH' | number;

/** Whom an amount is charged for: the meter once, or each unit (flat) behind it. */
export type Each = 'METER' | 'UNIT';

/** A tariff version as it is kept and sent: JSON, decimals as text so that no reader rounds them. */
export interface TariffData {
  /** Names the version on bills. */
  code: string;
  /** Of subscriptions: `DOMESTIC`, `COMMERCIAL` … */
  class: string;
  /** Diameters in mm; none told: all. */
  sizes?: number[];
  /** First day. A version lasts until the next one of its class and size begins. */
  from: LocalDate;
  /** Last day, where it ends without a successor. */
  until?: LocalDate | null;
  currency: Currency;
  /** Decision by which it was approved. */
  approval?: string | null;
  /** Cubic metres of one unit, up to 3 decimals: above `over` (excluded) up to `upTo` (included; null in the last). */
  blocks: { per?: Per; steps: { over: string; upTo: string | null; price: string }[] };
  fixed?: AmountData;
  maintenance?: ChargeData;
  sewer?: ChargeData;
  minimum?: LimitData;
  tax?: PercentData;
  cap?: LimitData;
}

/** An amount in the currency. Without `per` for a cycle, without `each` for the meter. */
export interface AmountData {
  amount: string;
  per?: Per;
  each?: Each;
}
/** Percent (up to 4 decimals) of the lines of the components named. */
export interface PercentData {
  percent: string;
  of: Component[];
}
/** A price per m³ of the whole consumption, up to 6 decimals. */
export interface PriceData {
  price: string;
}
export type ChargeData = AmountData | PercentData | PriceData;
/** What the lines of the components named come to at least, or at most. */
export interface LimitData extends AmountData {
  of: Component[];
}

/** A tariff version, validated and in integers; made by `parseTariff` alone. */
export interface Tariff {
  readonly code: string;
  readonly class: string;
  /** Null: all. */
  readonly sizes: readonly number[] | null;
  readonly from: LocalDate;
  readonly until: LocalDate | null;
  readonly currency: Currency;
  readonly approval: string | null;
  readonly blocksPer: Per;
  readonly blocks: readonly Block[];
  /** In the order of calculation: whatever a charge is of stands before it. */
  readonly charges: readonly Charge[];
}

export interface Block {
  readonly over: Litres;
  readonly upTo: Litres | null;
  /** Millionths of the currency a cubic metre. */
  readonly price: number;
}

export interface Amount {
  readonly amount: MinorUnits;
  readonly per: Per;
  readonly each: Each;
}

export type Charge = { readonly component: Component } & (
  | ({ readonly rule: 'AMOUNT' } & Amount)
  | { readonly rule: 'PRICE'; readonly price: number }
  /** Millionths. */
  | { readonly rule: 'PERCENT'; readonly percent: number; readonly of: readonly Component[] }
  | ({ readonly rule: 'AT_LEAST' | 'AT_MOST'; readonly of: readonly Component[] } & Amount)
);
