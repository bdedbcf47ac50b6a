import { addDays, type LocalDate } from '@libs/calendar';
import { allocateByShares, DECIMALS, type MinorUnits } from '@libs/money';
import type { TariffBook } from './book';
import { type Litres, LITRE_DECIMALS, PERCENT_DECIMALS, PRICE_DECIMALS, timesOver } from './decimal';
import { fail } from './faults';
import { commonly, cycleOf, daysOf, type Fraction, type Period, reduced, timesIn } from './period';
import type { RatedLine, Rating, Terms, Usage } from './rating';
import type { Amount, Charge, Component, Per, Tariff } from './tariff';

const PERCENT_OF = 10 ** (PERCENT_DECIMALS + 2);

/**
 * Rates a consumption by the versions of its days. Where the tariff or the terms change inside, the litres go to the parts by
 * days, as fractions, and each part is rated by itself. Every line is rounded half-up to the minor unit, nothing else is:
 * totals are sums of lines. The whole litres that a part shows sum to the consumption (largest remainder).
 * @throws {TariffError} `no-tariff`, `currency-changes`
 * @throws RangeError for a period that is none, litres or units that are no such whole numbers, amounts beyond 2^53
 */
export function rate(book: TariffBook, usage: Usage): Rating {
  const { class: classOf, size, units, from, to, litres, was, cycleMonths, feesTo } = usage;
  if (!Number.isSafeInteger(litres) || litres < 0) throw new RangeError(`no consumption: ${litres} litres`);
  const cycle = cycleOf(usage, cycleMonths);
  const { days } = cycle;
  const versions = spansOf(usage).flatMap((span) =>
    book.within(span.class, span.size, span).map((part) => {
      const { tariff, from: first, to: last } = part;
      return { tariff, from: first, to: last, units: span.units, days: daysOf(part) };
    }),
  );
  const { currency } = versions[0]!.tariff;
  if (versions.some(({ tariff }) => tariff.currency !== currency)) fail('currency-changes');
  const shares = byDays(litres, versions);
  const parts = versions.map((part, at) => {
    const { tariff, from: first, to: last } = part;
    const used = part.days === days ? { num: litres, den: 1 } : reduced(exact(litres, part.days), days);
    const asked = feesTo !== undefined && feesTo < last ? { from: first, to: feesTo } : part;
    const times = (per: Per) => timesIn(per, part, cycle);
    const feeTimes = (per: Per) => timesIn(per, asked, cycle);
    const share = { units: part.units, used, litres: shares[at]!, times, feeTimes };
    const lines = linesOf(tariff, share);
    const { code } = tariff;
    return { tariff: code, from: first, to: last, days: part.days, litres: share.litres, lines, total: sum(lines) };
  });
  const whole = { class: classOf, size, units, from, to, litres, ...(was && was.length > 0 && { was }) };
  const cut = { ...(cycleMonths !== undefined && { cycleMonths }), ...(feesTo !== undefined && { feesTo }) };
  return { ...whole, ...cut, currency, parts, total: sumOf(parts.map((p) => p.total)) };
}

/** The days of a cycle cut where the terms changed. @throws RangeError for terms that are none, or in no order */
function spansOf(usage: Usage): (Terms & Period)[] {
  const spans: (Terms & Period)[] = [];
  let { from } = usage;
  const add = ({ class: classOf, size, units }: Terms, to: LocalDate) => {
    if (!Number.isSafeInteger(units) || units < 1) throw new RangeError(`no number of units: ${units}`);
    if (to < from || to > usage.to) throw new RangeError(`terms until ${to} are not of a cycle to ${usage.to}`);
    spans.push({ class: classOf, size, units, from, to });
  };
  for (const terms of usage.was ?? []) {
    add(terms, terms.until);
    from = addDays(terms.until, 1);
  }
  add(usage, usage.to);
  return spans;
}

/** A consumption to days: the shares sum to it exactly, by largest remainder, the earlier of equals first. */
export function byDays(litres: Litres, parts: readonly { days: number }[]): Litres[] {
  const days = parts.map((part) => part.days);
  return days.length === 1 ? [litres] : allocateByShares(litres, days);
}

/** What one version rates. */
interface Share {
  units: number;
  /** Litres to the fraction: what is priced. */
  used: Fraction;
  /** The whole litres that are shown. */
  litres: Litres;
  /** How many times that for which something is stated; and the same of the days for which fees are asked. */
  times: (per: Per) => Fraction;
  feeTimes: (per: Per) => Fraction;
}

function linesOf(tariff: Tariff, share: Share): RatedLine[] {
  const lines = blockLines(tariff, share);
  for (const charge of tariff.charges) {
    const line = chargeLine(charge, lines, tariff, share);
    if (line.amount !== 0) lines.push({ component: charge.component, ...line });
  }
  return lines;
}

/**
 * Widths are not rounded: with so many units and so many times of what the width is stated for, bounds and
 * consumption are compared, and priced, in `den`ths of a litre.
 */
function blockLines(tariff: Tariff, share: Share): RatedLine[] {
  const [{ num }, { num: used }, den] = commonly(share.times(tariff.blocksPer), share.used);
  const lines: RatedLine[] = [];
  const bound = (edge: Litres) => exact(edge, share.units * num);
  const shown = (end: number) => (end === used ? share.litres : Math.min(timesOver(end, 1, den), share.litres));
  for (const { over, upTo, price } of tariff.blocks) {
    const [low, high] = [bound(over), upTo === null ? null : bound(upTo)];
    if (low >= used) break;
    const end = high === null || used < high ? used : high;
    const amount = timesOver(end - low, price, minorOfPrice(tariff) * den);
    const [from, upToHere] = [shown(low), shown(end)];
    const bounds = { over: timesOver(low, 1, den), upTo: high === null ? null : timesOver(high, 1, den) };
    lines.push({ component: 'WATER', amount, litres: upToHere - from, price, ...bounds });
  }
  return lines;
}

function chargeLine(charge: Charge, lines: readonly RatedLine[], tariff: Tariff, share: Share) {
  const { used, litres, units, times, feeTimes } = share;
  switch (charge.rule) {
    case 'AMOUNT':
      return { amount: amountOf(charge, units, feeTimes) };
    case 'PRICE':
      return {
        amount: timesOver(used.num, charge.price, minorOfPrice(tariff) * used.den),
        litres,
        price: charge.price,
      };
    case 'PERCENT': {
      const base = sum(lines, charge.of);
      return { amount: timesOver(base, charge.percent, PERCENT_OF), base, percent: charge.percent };
    }
    default: {
      const base = sum(lines, charge.of);
      const limit = amountOf(charge, units, charge.rule === 'AT_LEAST' ? feeTimes : times);
      const over = charge.rule === 'AT_LEAST' ? Math.max(limit - base, 0) : Math.min(limit - base, 0);
      return { amount: over, base };
    }
  }
}

function amountOf({ amount, per, each }: Amount, units: number, times: Share['times']): MinorUnits {
  const { num, den } = times(per);
  return timesOver(amount, each === 'UNIT' ? units * num : num, den);
}

/** Litres × price by this are minor units. */
const minorOfPrice = ({ currency }: Tariff) => 10 ** (LITRE_DECIMALS + PRICE_DECIMALS - DECIMALS[currency]);

const sum = (lines: readonly RatedLine[], of?: readonly Component[]) =>
  sumOf(lines.filter(({ component }) => of?.includes(component) ?? true).map(({ amount }) => amount));

function sumOf(amounts: readonly MinorUnits[]): MinorUnits {
  return exactly(amounts.reduce((total, amount) => total + amount, 0));
}

const exact = (a: number, b: number) => exactly(a * b);

function exactly(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`too large to be rated: ${value}`);
  return value;
}
