import { normalizeText } from '@libs/arabic';
import { compare, type Instant } from '@libs/calendar';
import type { Fault, FaultKind } from './fault.entity';

export const LIKENESSES = ['SAME_SUBSCRIPTION', 'SAME_REPORTER', 'SAME_PLACE', 'SAME_KIND'] as const;
export type Likeness = (typeof LIKENESSES)[number];

export interface Similar {
  fault: Fault;
  /** Why, the strongest first; empty: only the zone and the time are the same. */
  reasons: Likeness[];
  score: number;
}

type Compared = Pick<Fault, 'kind' | 'place' | 'subscriptionId' | 'reporterPhone'>;

const WEIGHTS: Record<Likeness, number> = { SAME_SUBSCRIPTION: 8, SAME_REPORTER: 4, SAME_PLACE: 4, SAME_KIND: 1 };
/** A burst is first seen as a leak, or as taps that run dry. */
const WATER_LOST: readonly FaultKind[] = ['LEAK', 'BURST'];
/** Of the rarer text's words those that must be in the other. */
const SHARED_WORDS = 0.6;
/** Words of every address tell nothing. */
const COMMON = new Set([
  'شارع',
  'حي',
  'قرب',
  'جانب',
  'مقابل',
  'خلف',
  'امام',
  'بجانب',
  'عند',
  'في',
  'من',
  'near',
  'street',
]);

/** The words of a place by which it is known again, however it was spelled. */
function placeWords(place: string): Set<string> {
  const words = normalizeText(place).split(/[^\p{L}\p{N}]+/u);
  return new Set(
    words
      .filter((word) => word.length > 1 && !COMMON.has(word))
      .map((word) => (word.length > 4 && word.startsWith('ال') ? word.slice(2) : word)),
  );
}

function samePlace(a: string, b: string): boolean {
  const [few, many] = [placeWords(a), placeWords(b)].sort((one, other) => one.size - other.size) as [
    Set<string>,
    Set<string>,
  ];
  const shared = [...few].filter((word) => many.has(word)).length;
  return few.size > 0 && shared / few.size >= SHARED_WORDS;
}

/** What two reports have in common. A zone and some hours are taken to be the same already. */
function likenesses(a: Compared, b: Compared): Likeness[] {
  const found: Likeness[] = [];
  if (a.subscriptionId !== null && a.subscriptionId === b.subscriptionId) found.push('SAME_SUBSCRIPTION');
  if (a.reporterPhone !== null && a.reporterPhone === b.reporterPhone) found.push('SAME_REPORTER');
  if (samePlace(a.place, b.place)) found.push('SAME_PLACE');
  if (a.kind === b.kind || (WATER_LOST.includes(a.kind) && WATER_LOST.includes(b.kind))) found.push('SAME_KIND');
  return found;
}

/** Other reports that may say the same as `fault`, the likeliest first, then the newest. */
export function rankSimilar(fault: Compared, others: readonly Fault[]): Similar[] {
  return others
    .map((other) => {
      const reasons = likenesses(fault, other);
      return { fault: other, reasons, score: reasons.reduce((sum, reason) => sum + WEIGHTS[reason], 0) };
    })
    .sort((a, b) => b.score - a.score || compare(b.fault.reportedAt, a.fault.reportedAt) || b.fault.id - a.fault.id);
}

/**
 * Time to repair of each order, in whole minutes.
 * @returns the median (mean of the middle two, half up) and the 90th percentile (nearest rank); null of none
 */
export function repairTimes(spans: readonly { reportedAt: Instant; repairedAt: Instant }[]): {
  count: number;
  medianMinutes: number | null;
  p90Minutes: number | null;
} {
  const minutes = spans
    .map(({ reportedAt, repairedAt }) => Math.round((Date.parse(repairedAt) - Date.parse(reportedAt)) / 60_000))
    .sort((a, b) => a - b);
  const count = minutes.length;
  if (count === 0) return { count, medianMinutes: null, p90Minutes: null };
  const [low, high] = [minutes[Math.floor((count - 1) / 2)]!, minutes[Math.floor(count / 2)]!];
  return { count, medianMinutes: Math.round((low + high) / 2), p90Minutes: minutes[Math.ceil(count * 0.9) - 1]! };
}
