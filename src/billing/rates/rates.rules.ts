import type { LocalDate } from '@libs/calendar';
import { foldDigits } from '@libs/arabic';
import { type Currency, DECIMALS, type MinorUnits, roundHalfUp } from '@libs/money';

/**
 * Millionths of one whole unit of a currency, as a safe integer above 0, that one whole unit of another costs: with
 * 1 JOD = 5.12 ILS it is 5_120_000, whatever decimals the two have. 1 JOD being 1000 fils and 1 ILS 100 agorot, a fils
 * then costs 0.512 agorot.
 */
export type RateMicros = number;

export const MICROS = 1_000_000;
const RATE_DECIMALS = 6;

/** A rate of a day, by somebody's word. One unit of `base` costs `micros` millionths of a unit of `quote`. */
export interface Rate {
  base: Currency;
  quote: Currency;
  micros: RateMicros;
  date: LocalDate;
  /** Who says so: `PMA`, the bank's board, a decision's number. */
  source: string;
}

/** A payment in one currency on a debt in another; all amounts above 0. */
export interface Settlement {
  /** What is still owed. */
  debtMinor: MinorUnits;
  debtCurrency: Currency;
  paidMinor: MinorUnits;
  paidCurrency: Currency;
  /** Between the two currencies, quoted either way. */
  rateToday: Rate;
  /** The rate that the debt stands in the books with; between the same two. */
  rateBooked: Rate;
}

/** `paidMinor` = `usedMinor` + `roundingMinor` + `surplusMinor`; `usedMinor` = `bookedMinor` + `gainMinor`. */
export interface Settled {
  /** Of the debt, in its currency: all of it, or what the payment buys, rounded down. */
  relievedMinor: MinorUnits;
  /** What that costs at today's rate, in the currency paid. */
  usedMinor: MinorUnits;
  /** Of a part payment, what does not buy another minor unit of the debt. */
  roundingMinor: MinorUnits;
  /** Paid beyond the debt: an advance, or change. */
  surplusMinor: MinorUnits;
  /** What the part relieved stands in the books with. The parts of a debt sum to the booked value of the whole. */
  bookedMinor: MinorUnits;
  /** Above 0 a gain against the booked rate, below 0 a loss. */
  gainMinor: MinorUnits;
}

export type ParsedRate = { ok: true; micros: RateMicros } | { ok: false; error: 'not-a-rate' | 'too-many-decimals' };

/** A rate as written: `5.12`, `٥٫١٢`; above 0, at most 6 decimals and 7 digits before them. Nothing is rounded. */
export function parseRate(text: string): ParsedRate {
  const decimal = foldDigits(text.trim()).replace('٫', '.');
  const [, whole, fraction = ''] = /^([0-9]{1,7})(?:\.([0-9]+))?$/.exec(decimal) ?? [];
  if (whole === undefined) return { ok: false, error: 'not-a-rate' };
  if (fraction.length > RATE_DECIMALS) return { ok: false, error: 'too-many-decimals' };
  const micros = Number(whole + fraction.padEnd(RATE_DECIMALS, '0'));
  return micros > 0 ? { ok: true, micros } : { ok: false, error: 'not-a-rate' };
}

/**
 * The amount in `to`, half-up to its minor unit, where one whole unit of `from` costs `rateMicros` millionths of one
 * of `to`: 1.000 JOD at 5_120_000 is 5.12 ILS.
 * @throws RangeError for no minor units, no rate, two times one currency, or a result beyond the safe integers
 */
export function convert(amountMinor: MinorUnits, from: Currency, to: Currency, rateMicros: RateMicros): MinorUnits {
  return times(amountMinor, priceOfOne(from, to, { base: from, quote: to, micros: rateMicros }));
}

/**
 * As {@link convert}, at a rate quoted either way: against its direction it divides, so that nothing is lost by turning
 * the rate round first.
 * @throws RangeError as there, or when the rate is not between the two
 */
export function exchange(amountMinor: MinorUnits, from: Currency, to: Currency, rate: Quote): MinorUnits {
  return times(amountMinor, priceOfOne(from, to, rate));
}

/** The same rate quoted the other way, half-up: for people to read. Amounts are converted by {@link exchange}. */
export function inverseMicros(micros: RateMicros): RateMicros {
  assertMicros(micros);
  return roundHalfUp(BigInt(MICROS) * BigInt(MICROS), micros);
}

/**
 * The smallest payment in `paidCurrency` that settles the whole debt: its price half-up, at least one minor unit.
 * @throws RangeError for no debt, or as {@link exchange}
 */
export function fullPayment(
  debtMinor: MinorUnits,
  debtCurrency: Currency,
  paidCurrency: Currency,
  rate: Quote,
): MinorUnits {
  assertPositive(debtMinor);
  return Math.max(exchange(debtMinor, debtCurrency, paidCurrency, rate), 1);
}

/**
 * How much of a debt a payment in another currency relieves at today's rate. {@link fullPayment} and more relieve all of
 * it; less relieves what it buys, never more than is paid for.
 * @throws RangeError for an amount not above 0, or as {@link exchange}
 */
export function settle(settlement: Settlement): Settled {
  const { debtMinor, debtCurrency, paidMinor, paidCurrency, rateToday, rateBooked } = settlement;
  assertPositive(paidMinor);
  const full = fullPayment(debtMinor, debtCurrency, paidCurrency, rateToday);
  const settled = paidMinor >= full;
  const relievedMinor = settled ? debtMinor : bought(paidMinor, priceOfOne(debtCurrency, paidCurrency, rateToday));
  const usedMinor = settled ? full : exchange(relievedMinor, debtCurrency, paidCurrency, rateToday);
  const booked = (minor: MinorUnits) => exchange(minor, debtCurrency, paidCurrency, rateBooked);
  // By what is left, not by what is relieved: else the parts of a debt would round to another sum than the whole.
  const bookedMinor = booked(debtMinor) - booked(debtMinor - relievedMinor);
  return {
    relievedMinor,
    usedMinor,
    roundingMinor: settled ? 0 : paidMinor - usedMinor,
    surplusMinor: settled ? paidMinor - full : 0,
    bookedMinor,
    gainMinor: usedMinor - bookedMinor,
  };
}

type Quote = Pick<Rate, 'base' | 'quote' | 'micros'>;

/** Minor units of `to` that one minor unit of `from` costs, as a fraction. */
interface Price {
  numerator: bigint;
  denominator: bigint;
}

function priceOfOne(from: Currency, to: Currency, { base, quote, micros }: Quote): Price {
  assertMicros(micros);
  const straight = base === from && quote === to;
  if (from === to || (!straight && (base !== to || quote !== from))) {
    throw new RangeError(`a rate of ${base} in ${quote} does not convert ${from} to ${to}`);
  }
  const [over, under] = straight ? [micros, MICROS] : [MICROS, micros];
  return {
    numerator: BigInt(over) * 10n ** BigInt(DECIMALS[to]),
    denominator: BigInt(under) * 10n ** BigInt(DECIMALS[from]),
  };
}

function times(minor: MinorUnits, { numerator, denominator }: Price): MinorUnits {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`not an amount in minor units: ${minor}`);
  return roundHalfUp(BigInt(minor) * numerator, denominator);
}

/** Most minor units whose exact price is not above `paid`. */
function bought(paid: MinorUnits, { numerator, denominator }: Price): MinorUnits {
  return Number((BigInt(paid) * denominator) / numerator);
}

function assertPositive(minor: MinorUnits): void {
  if (!Number.isSafeInteger(minor) || minor <= 0) throw new RangeError(`not an amount above 0: ${minor}`);
}

function assertMicros(micros: RateMicros): void {
  if (!Number.isSafeInteger(micros) || micros <= 0) throw new RangeError(`not a rate: ${micros}`);
}
