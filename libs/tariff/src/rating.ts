import type { LocalDate } from '@libs/calendar';
import type { Currency, MinorUnits } from '@libs/money';
import type { Litres } from './decimal';
import type { Period } from './period';
import type { Component } from './tariff';

/** By what a subscription is rated. */
export interface Terms {
  readonly class: string;
  /** Diameter of the meter, mm. */
  readonly size: number;
  /** Flats behind the meter; each has blocks of its own. */
  readonly units: number;
}

/** Terms that came to an end; `until` is their last day. */
export interface FormerTerms extends Terms {
  readonly until: LocalDate;
}

/** What is rated: a consumption over the days of a cycle, the first and the last included. */
export interface Usage extends Period, Terms {
  readonly litres: Litres;
  /** Terms that other terms took the place of inside the cycle, the earliest first. */
  readonly was?: readonly FormerTerms[];
  /**
   * Of a cycle that was cut short, because its other days are charged in another way: how many months it has. What is
   * stated for a CYCLE then has the share of these days, each one part of its month's days.
   */
  readonly cycleMonths?: number;
  /** Fees and the minimum are asked for the days up to this one alone; before the first day, for none. */
  readonly feesTo?: LocalDate;
}

/** One line of a bill. `price` is in millionths of the currency a m³, `percent` in millionths of `base`. */
export interface RatedLine {
  readonly component: Component;
  /** Negative for a cap alone. */
  readonly amount: MinorUnits;
  /** Of a block, and of a price for all water. */
  readonly litres?: Litres;
  readonly price?: number;
  /** Of a block: its bounds here, for all units and days; to the litre. */
  readonly over?: Litres;
  readonly upTo?: Litres | null;
  /** Of a percentage, a minimum, a cap: what the lines it is of come to. */
  readonly base?: MinorUnits;
  readonly percent?: number;
}

/** The days of a cycle that one version covers. */
export interface RatedPart extends Period {
  /** Code of the version. */
  readonly tariff: string;
  readonly days: number;
  readonly litres: Litres;
  readonly lines: readonly RatedLine[];
  readonly total: MinorUnits;
}

/** Plain JSON; keep it with the bill, `rerate` and `trueUp` begin from it. */
export interface Rating extends Usage {
  readonly currency: Currency;
  readonly parts: readonly RatedPart[];
  /** Of all lines of all parts. */
  readonly total: MinorUnits;
}
