import type { LocalDate } from '@libs/calendar';

/** What a subscription has used since it was last billed, as its meter says. */
export interface BillableReading {
  /** All that is billed by it, the last one being that of the period. */
  readingIds: number[];
  /** `YYYY-MM` of each. */
  periods: string[];
  /** Days of water, both included. */
  from: LocalDate;
  to: LocalDate;
  /** The register at both ends. */
  previous: number;
  current: number;
  /** m³; below zero only after estimates that were too high. */
  consumption: number;
  estimated: boolean;
  /** Cycles just before that were estimated and billed, oldest first. */
  estimatedPeriods: string[];
}

/** Nothing can be billed; the rest is of the last billed reading, or of the meter's installation. */
export interface NotBillable {
  reason: string;
  since: LocalDate | null;
  previous: number | null;
  estimatedPeriods: string[];
}

/** Readings as bills need them. */
export interface BillableReadings {
  /** By subscription: of the period, with all open readings before it. */
  forBilling(subscriptionIds: readonly number[], period: string): Promise<Map<number, BillableReading | NotBillable>>;
  /** In the active unit. @returns how many were open: fewer than given when one was rejected or billed meanwhile */
  markBilled(readingIds: readonly number[]): Promise<number>;
  /** In the active unit: they may be billed again. */
  unmark(readingIds: readonly number[]): Promise<void>;
}

export const BILLABLE_READINGS = Symbol('BillableReadings');
