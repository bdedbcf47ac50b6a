import { addDays, daysInMonth, type LocalDate } from '@libs/calendar';
import { Problem } from '@libs/http';
import { trueUp, type Rating, type Tariff, type Usage } from '@libs/tariff';
import type { BillLine, CorrectedLine } from '../../billing';
import { IDLE_STATES } from '../tariffs/tariff.entity';
import { told, type RatingBook } from '../tariffs/rating-book';
import type { BillableReading, NotBillable } from '../readings/billable-readings';
import type { BilledSubscription, EarlierRating } from './billed-subscriptions';
import { difference, headsOf, linesOf } from './water-lines.rules';

const LITRES = 1000;
/** Nothing is open; a final bill begins where the last reading left off. */
const UNREAD: readonly NotBillable['reason'][] = ['water.no-reading', 'water.register-begins'];
/** Why nothing is billed where water is bought in advance. */
export const PREPAID = 'water.prepaid';
/** As by the final bill of who has left. */
const DAYS_BILLED = 'water.days-billed';
const TRUE_UP = 'تسوية قراءة مقدّرة';

/** An estimated cycle that turned out to be otherwise. */
export interface TrueUpOf {
  earlier: EarlierRating;
  rating: Rating;
}

/** How the water of a subscription is billed. */
export interface RatedWater {
  subscription: BilledSubscription;
  rating: Rating;
  readingIds: readonly number[];
  previous: number | null;
  current: number | null;
  estimated: boolean;
  /** Of a final bill: m³ beyond the last reading. */
  ahead: number;
  trueUps: readonly TrueUpOf[];
}

export interface RatedAccount {
  lines: BillLine[];
  water: RatedWater[];
  /** What estimated cycles were charged too much. */
  credits: CorrectedLine[];
}

export type Outcome<T> = T | { reason: string };

/** What a reading at the counter of a leaving party adds to those that stand. */
export interface FinalReading {
  on: LocalDate;
  value: number;
  /** The meter that was read, and where it began. */
  installationId: number;
  /** Null where it is not known. */
  initialReading: number | null;
  /** It gave water against tokens: paid before it flowed. */
  prepaid: boolean;
  /** m³ since the last reading before, which may have been an estimate; null for what the meter cannot have measured. */
  since: (previous: number, estimated: boolean) => number | null;
}

/** All that the rating of a batch needs to know. */
export interface Facts {
  period: string;
  book: RatingBook;
  readings: ReadonlyMap<number, BillableReading | NotBillable>;
  earlier: ReadonlyMap<number, readonly EarlierRating[]>;
  behind: ReadonlyMap<string, number | null>;
  ratings: ReadonlyMap<number, Rating>;
  tariffOf: (code: string) => Pick<Tariff, 'charges'>;
}

const monthsOf = (period: string): number => Number(period.slice(0, 4)) * 12 + Number(period.slice(5));
const lastDayOf = (period: string): LocalDate => `${period}-${daysInMonth(`${period}-01`)}`;

/** @returns null when nothing is to be billed */
export function rateOne(
  subscription: BilledSubscription,
  facts: Facts,
  final: FinalReading | undefined,
): Outcome<RatedWater> | null {
  try {
    const earlier = facts.earlier.get(subscription.id) ?? [];
    const found = facts.readings.get(subscription.id)!;
    if (final?.prepaid) return { reason: PREPAID };
    if (final) return rateFinal(subscription, facts, found, final);
    const { period } = facts;
    const last = earlier.findLast((rating) => rating.period <= period);
    const closed = subscription.state === 'CLOSED';
    const early = last && last.period < period && monthsOf(period) - monthsOf(last.period) < subscription.cycleMonths;
    if (early && !closed) return null;
    if (!('reason' in found)) {
      const rated = rateReading(subscription, facts, found);
      return closed && 'reason' in rated && rated.reason === DAYS_BILLED ? null : rated;
    }
    if (found.reason !== 'water.no-reading') return { reason: found.reason };
    if (last?.period === period || closed) return null;
    if (subscription.prepaid) return { reason: PREPAID };
    const idle = IDLE_STATES.some((state) => state === subscription.state);
    return idle ? rateIdle(subscription, facts, found) : { reason: found.reason };
  } catch (error) {
    return { reason: error instanceof Problem ? error.code : String((error as Error).message) };
  }
}

/** By what stood on each day. */
export function usageOf({ waterClass, sizeMm, units, former }: BilledSubscription, from: LocalDate, to: LocalDate) {
  const own = { class: waterClass as string, size: sizeMm, units };
  const { class: classOf, size, units: flats } = former.find(({ until }) => until >= to) ?? own;
  const was = former.filter(({ until }) => until >= from && until < to);
  return { class: classOf, size, units: flats, from, to, ...(was.length > 0 && { was }) };
}

/** The first day that no standing rating covers. */
function firstOpen(from: LocalDate, to: LocalDate, earlier: readonly EarlierRating[] | undefined): LocalDate {
  const covered = (earlier ?? []).filter(({ fromOn }) => fromOn <= to).map(({ toOn }) => addDays(toOn, 1));
  return covered.reduce((latest, day) => (day > latest ? day : latest), from);
}

/** What final bills have charged of the water that this reading measures. */
const billedAhead = (from: LocalDate, earlier: readonly EarlierRating[] | undefined): number =>
  (earlier ?? []).reduce((sum, { ahead, toOn }) => sum + (toOn >= from ? ahead : 0), 0);

function estimatesOf(
  { accountId }: BilledSubscription,
  reading: BillableReading,
  earlier: readonly EarlierRating[] = [],
): EarlierRating[] {
  if (reading.estimated) return [];
  const estimates: EarlierRating[] = [];
  let next = firstOpen(reading.from, reading.to, earlier);
  for (const rating of [...earlier].reverse()) {
    if (rating.toOn >= next) continue;
    const follows = addDays(rating.toOn, 1) === next && rating.accountId === accountId && rating.estimated;
    if (!follows || !reading.estimatedPeriods.includes(rating.period)) break;
    estimates.unshift(rating);
    next = rating.fromOn;
  }
  return estimates;
}

function rateReading(subscription: BilledSubscription, facts: Facts, reading: BillableReading): Outcome<RatedWater> {
  const { book, behind, ratings } = facts;
  const earlier = facts.earlier.get(subscription.id);
  let used = reading.consumption - billedAhead(reading.from, earlier);
  for (const period of new Set(reading.periods)) {
    const others = behind.get(`${subscription.id} ${period}`);
    if (others === null) return { reason: 'water.sub-meter-unread' };
    used -= others ?? 0;
  }
  const { readingIds, to, previous, current, estimated } = reading;
  const from = firstOpen(reading.from, to, earlier);
  if (from > to) return { reason: DAYS_BILLED };
  const shared = { subscription, readingIds, previous, current, estimated, ahead: 0 };
  // Of a cycle that a prepaid meter has a part of, no day is charged twice.
  const cut = (reading.afterPrepaid && from === reading.from) || reading.beforePrepaid;
  const usage = { ...usageOf(subscription, from, to), ...(cut && { cycleMonths: subscription.cycleMonths }) };
  const estimates = estimatesOf(subscription, reading, earlier);
  const litres = used * LITRES + estimates.reduce((sum, rating) => sum + rating.litres, 0);
  if (litres < 0) return { reason: 'water.negative-consumption' };
  if (estimates.length === 0) return { ...shared, rating: book.rate({ ...usage, litres }, subscription), trueUps: [] };
  const billed = estimates.map(({ id }) => ratings.get(id)!);
  const { cycles } = told(() => trueUp(book.of(subscription), billed, litres, usage));
  const trueUps = estimates
    .map((rating, at) => ({ earlier: rating, rating: cycles[at]! }))
    .filter(({ earlier: { litres: guess }, rating }) => guess !== rating.litres);
  return { ...shared, rating: cycles.at(-1)!, trueUps };
}

function rateIdle(
  subscription: BilledSubscription,
  { book, period, earlier }: Facts,
  { since: last, prepaidUntil }: NotBillable,
) {
  const since = prepaidUntil !== null && (last === null || last < prepaidUntil) ? prepaidUntil : last;
  const to = lastDayOf(period);
  const from = firstOpen(since === null ? `${period}-01` : addDays(since, 1), to, earlier.get(subscription.id));
  if (from > to) return null;
  const cut = prepaidUntil !== null && from === addDays(prepaidUntil, 1);
  const cycle = cut && { cycleMonths: subscription.cycleMonths };
  const usage: Usage = { ...usageOf(subscription, from, to), ...cycle, litres: 0 };
  if (!book.chargesIdle(subscription.state, usage.class, usage.size, to)) return null;
  const nothing = { readingIds: [], previous: null, current: null, estimated: false, ahead: 0, trueUps: [] };
  return { subscription, rating: book.rate(usage, subscription), ...nothing };
}

function rateFinal(
  subscription: BilledSubscription,
  facts: Facts,
  found: BillableReading | NotBillable,
  { on, value, installationId, initialReading, since }: FinalReading,
): Outcome<RatedWater> | null {
  const none = 'reason' in found;
  if (none && !UNREAD.includes(found.reason)) return { reason: found.reason };
  const begin = none ? found.since : addDays(found.from, -1);
  const last = none ? found.previous : found.current;
  if (begin === null || last === null)
    return { reason: found.installationId ? 'water.consumption-unknown' : 'water.no-meter' };
  if (!none && found.to > on) return { reason: 'water.read-later' };
  // Between its days and those of the meter that is read water was bought in advance.
  if (!none && found.beforePrepaid) return { reason: PREPAID };
  const { estimatedPeriods, afterPrepaid } = found;
  // A meter that was not read since it was put up: another's register says nothing about it.
  const fresh = found.installationId !== installationId;
  const estimated = none ? estimatedPeriods.length > 0 : found.estimated;
  if (fresh && initialReading === null) return { reason: 'water.consumption-unknown' };
  const ahead = fresh ? since(initialReading!, false) : since(last, estimated);
  if (ahead === null) return { reason: 'water.negative-consumption' };
  const read = none
    ? { readingIds: [], periods: [], from: addDays(begin, 1), previous: last, consumption: ahead, installationId }
    : { ...found, consumption: found.consumption + ahead };
  if (firstOpen(read.from, on, facts.earlier.get(subscription.id)) > on) return null;
  const rated = rateReading(subscription, facts, {
    ...read,
    ...{ estimatedPeriods, afterPrepaid, beforePrepaid: false },
    to: on,
    current: value,
    estimated: false,
  });
  return 'reason' in rated ? rated : { ...rated, ahead };
}

export function withWater({ lines, water, credits }: RatedAccount, rated: RatedWater, facts: Facts): RatedAccount {
  const { tariffOf, ratings } = facts;
  const { number } = rated.subscription;
  const detail = water.length > 0 ? number : null;
  const made = linesOf(headsOf(rated.rating, tariffOf), detail);
  const taken: CorrectedLine[] = [];
  for (const { earlier, rating } of rated.trueUps) {
    const change = difference(headsOf(ratings.get(earlier.id)!, tariffOf), headsOf(rating, tariffOf));
    made.push(...linesOf(change, TRUE_UP, earlier.period));
    for (const [head, amount] of change) if (amount < 0) taken.push({ head, period: earlier.period, amount });
  }
  return { lines: [...lines, ...made], water: [...water, rated], credits: [...credits, ...taken] };
}
