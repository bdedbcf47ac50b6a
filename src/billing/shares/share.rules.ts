import { allocateByShares } from '@libs/money';

/** Basis points of the whole. */
export const WHOLE = 10_000;

export interface Rule {
  head: string;
  partnerId: number;
  /** `YYYY-MM-DD`. */
  fromDay: string;
  basisPoints: number;
}

/** The shares of a head from a day on, up to the next change of any of them. */
export interface Segment {
  from: string;
  /** By partner, ascending; above zero. */
  shares: ReadonlyMap<number, number>;
}

/** Of one head, oldest first. */
export function segmentsOf(rules: readonly Rule[]): Segment[] {
  const dated = [...rules].sort((a, b) => (a.fromDay < b.fromDay ? -1 : a.fromDay > b.fromDay ? 1 : 0));
  const now = new Map<number, number>();
  const segments = new Map<string, Segment>();
  for (const { fromDay, partnerId, basisPoints } of dated) {
    now.set(partnerId, basisPoints);
    const shares = [...now].filter(([, points]) => points > 0).sort(([a], [b]) => a - b);
    segments.set(fromDay, { from: fromDay, shares: new Map(shares) });
  }
  return [...segments.values()];
}

/** The first day on which the partners of a head would have more than the whole; null when there is none. */
export const exceedsWholeOn = (rules: readonly Rule[]): string | null =>
  segmentsOf(rules).find(({ shares }) => sum(shares.values()) > WHOLE)?.from ?? null;

/** Money on charges of a head on a day, net of what was taken back; minor units. */
export interface Collected {
  head: string;
  currency: string;
  day: string;
  amount: number;
}

export interface ShareLine {
  head: string;
  currency: string;
  /** `YYYY-MM` of the days. */
  period: string;
  rateFrom: string;
  basisPoints: number;
  collected: number;
  share: number;
}

/**
 * A partner's share of what was collected, a line a head, currency, month and set of shares. The sum of a line is split
 * among all partners and the municipality by largest remainder, so that the parts are the whole to the minor unit.
 * @param rules of all partners of the heads
 */
export function sharesOf(partnerId: number, rules: readonly Rule[], collected: readonly Collected[]): ShareLine[] {
  const segments = new Map<string, Segment[]>();
  for (const head of new Set(rules.map((rule) => rule.head))) {
    segments.set(head, segmentsOf(rules.filter((rule) => rule.head === head)).reverse());
  }
  const lines = new Map<string, ShareLine & { shares: Segment['shares'] }>();
  for (const { head, currency, day, amount } of collected) {
    const segment = segments.get(head)?.find(({ from }) => from <= day);
    const basisPoints = segment?.shares.get(partnerId);
    if (!segment || basisPoints === undefined) continue;
    const line = { head, currency, period: day.slice(0, 7), rateFrom: segment.from, basisPoints };
    const known = lines.get(keyOf(line)) ?? { ...line, collected: 0, share: 0, shares: segment.shares };
    known.collected += amount;
    lines.set(keyOf(line), known);
  }
  return [...lines.values()].map(({ shares, ...line }) => ({
    ...line,
    share: part(line.collected, shares, partnerId),
  }));
}

function part(collected: number, shares: Segment['shares'], partnerId: number): number {
  const weights = [...shares.values()];
  const parts = allocateByShares(collected, [...weights, WHOLE - sum(weights)]);
  return parts[[...shares.keys()].indexOf(partnerId)]!;
}

/** What is in `now` and not in `settled`, which has at most one line a key; nothing where they are equal. In order. */
export function unsettled(now: readonly ShareLine[], settled: readonly ShareLine[]): ShareLine[] {
  const lines = new Map(now.map((line) => [keyOf(line), line]));
  for (const line of settled) {
    const { collected, share } = lines.get(keyOf(line)) ?? { collected: 0, share: 0 };
    lines.set(keyOf(line), { ...line, collected: collected - line.collected, share: share - line.share });
  }
  return [...lines.values()]
    .filter(({ collected, share }) => collected !== 0 || share !== 0)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ period, head, currency, rateFrom }: Omit<ShareLine, 'collected' | 'share'>): string =>
  [period, head, currency, rateFrom].join(' ');

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((all, each) => all + each, 0);
