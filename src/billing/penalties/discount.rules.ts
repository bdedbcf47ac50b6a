import type { LocalDate } from '@libs/calendar';
import { roundHalfUp } from '@libs/money';
import type { DiscountWindow } from './penalty.entity';

export interface DiscountableCharge {
  id: number;
  head: string;
  period: string;
  dueOn: LocalDate;
  outstanding: number;
}

export interface DiscountLine {
  chargeId: number;
  outstanding: number;
  discount: number;
}

export interface DiscountQuote {
  /** What is overdue on the account beside the charges quoted; above 0 there is no discount. */
  arrears: number;
  /** The charges that a window is open for, and what each is lowered by when paid whole on that day. */
  lines: DiscountLine[];
}

type Window = Pick<DiscountWindow, 'head' | 'periodFrom' | 'periodTo' | 'opensOn' | 'closesOn' | 'ratePpm'>;

const isOpen = (window: Window, { head, period }: DiscountableCharge, on: LocalDate): boolean =>
  window.head === head &&
  window.periodFrom <= period &&
  period <= window.periodTo &&
  window.opensOn <= on &&
  on <= window.closesOn;

/** Windows that a charge could be in on one day are two answers to one question. */
export const overlaps = (a: Window, b: Window): boolean =>
  a.head === b.head &&
  a.periodFrom <= b.periodTo &&
  b.periodFrom <= a.periodTo &&
  a.opensOn <= b.closesOn &&
  b.opensOn <= a.closesOn;

/** Discounts of the open charges of one account for who pays on a day: only without arrears. */
export function discountQuote(
  charges: readonly DiscountableCharge[],
  windows: readonly Window[],
  on: LocalDate,
): DiscountQuote {
  let arrears = 0;
  const found: { charge: DiscountableCharge; window: Window }[] = [];
  for (const charge of charges) {
    const window = windows.find((each) => isOpen(each, charge, on));
    if (window) found.push({ charge, window });
    else if (charge.dueOn < on) arrears += charge.outstanding;
  }
  const lines = found.map(({ charge: { id, outstanding }, window: { ratePpm } }) => {
    const discount = arrears > 0 ? 0 : roundHalfUp(BigInt(outstanding) * BigInt(ratePpm), 1_000_000n);
    return { chargeId: id, outstanding, discount };
  });
  return { arrears, lines };
}
