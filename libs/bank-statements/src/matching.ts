import { foldDigits } from '@libs/arabic';
import { compare, daysBetween, type LocalDate } from '@libs/calendar';
import type { Currency, MinorUnits } from '@libs/money';
import type { BankEntry } from './statement';

/** Money we know of and have not yet seen at the bank. */
export interface Expectation {
  /** Unique among the expectations. */
  id: string;
  /** What the payer was asked to quote; empty where nothing was. */
  reference: string;
  /** With the sign of the entry: positive what is to come in. */
  amount: MinorUnits;
  currency: Currency;
  /** When it was due, deposited or ordered. */
  date: LocalDate;
  /** For the caller: deposit, cheque, online payment ... The rules do not look at it. */
  kind: string;
}

export interface MatchOptions {
  /** Of the entries: amounts are compared in it alone. */
  currency: Currency;
  /** Most days between booking and `date` without a reference to go by; 3 unless told. */
  days?: number;
}

/**
 * - EXACT: reference and amount.
 * - LIKELY: amount, and date within the days; neither has another that would do.
 * - AMBIGUOUS: several would do, or one that would do for another entry as well. A person chooses among `candidates`.
 * - NONE: nothing of that amount. `sameReference` are expectations that the entry names, of another amount or already
 *   met by an entry before it: a part of a payment, or a second one.
 */
export type Proposal<E extends Expectation> =
  | { match: 'EXACT' | 'LIKELY'; expectation: E }
  | { match: 'AMBIGUOUS'; candidates: E[] }
  | { match: 'NONE'; sameReference: E[] };

const DEFAULT_DAYS = 3;
const LONGEST_RUN = 6;
const SHORTEST_IN_TEXT = 5;

/**
 * One proposal an entry, in the order of the entries. An expectation is proposed to one entry at most. The result
 * depends on the entries and expectations, not on the order of the latter; where two entries have equal claim by
 * reference and amount, the one booked earlier, else the one that stands earlier, is served.
 * References are compared without case, spaces and punctuation; one may also stand within the entry's description,
 * unless it is short or has no digit.
 * @throws RangeError when two expectations have one id
 */
export function proposeMatches<E extends Expectation>(
  entries: readonly BankEntry[],
  expectations: readonly E[],
  { currency, days = DEFAULT_DAYS }: MatchOptions,
): Proposal<E>[] {
  if (new Set(expectations.map(({ id }) => id)).size < expectations.length) {
    throw new RangeError('two expectations have one id');
  }
  const open = expectations.filter((expectation) => expectation.currency === currency).sort(byDate);
  const byReference = grouped(open, ({ reference }) => referenceKey(reference));
  const byAmount = grouped(open, ({ amount }) => amount);
  const claims = entries.map((entry, at) => ({ entry, at, named: namedBy(entry, byReference) }));
  const proposals = new Map<number, Proposal<E>>();
  const taken = new Set<E>();

  const exact = ({ entry, named }: Claim<E>) => named.filter((one) => one.amount === entry.amount && !taken.has(one));
  const inTurn = claims.filter(({ named }) => named.length > 0).sort(byBooking);
  // What one entry takes can leave another with a single choice.
  for (let before = -1; before < taken.size;) {
    before = taken.size;
    for (const claim of inTurn) {
      const [only, ...others] = proposals.has(claim.at) ? [] : exact(claim);
      if (!only || others.length > 0) continue;
      taken.add(only);
      proposals.set(claim.at, { match: 'EXACT', expectation: only });
    }
  }

  const candidates = claims.map((claim) => {
    if (proposals.has(claim.at)) return [];
    // An entry that names something speaks of that, whatever else has its amount.
    if (claim.named.length > 0) return exact(claim);
    const near = (byAmount.get(claim.entry.amount) ?? []).filter((one) => !taken.has(one));
    return near.filter(({ date }) => Math.abs(daysBetween(date, claim.entry.bookedOn)) <= days);
  });
  const wanted = new Map<E, number>();
  for (const one of candidates.flat()) wanted.set(one, (wanted.get(one) ?? 0) + 1);
  return claims.map(({ at, named }): Proposal<E> => {
    const own = candidates[at]!;
    const [only] = own;
    if (!only) return proposals.get(at) ?? { match: 'NONE', sameReference: named };
    if (own.length === 1 && wanted.get(only) === 1) return { match: 'LIKELY', expectation: only };
    return { match: 'AMBIGUOUS', candidates: own };
  });
}

interface Claim<E> {
  entry: BankEntry;
  at: number;
  /** Expectations whose reference the entry tells. */
  named: E[];
}

function namedBy<E extends Expectation>(entry: BankEntry, byReference: Map<string, E[]>): E[] {
  const keys = new Set([...entry.references, entry.reference ?? ''].map(referenceKey));
  for (const run of runsOf(entry.description ?? '')) keys.add(run);
  keys.delete('');
  return [...keys].flatMap((key) => byReference.get(key) ?? []).sort(byDate);
}

/** Every few words in a row, written together, that may be a reference. */
function* runsOf(text: string): Generator<string> {
  const words = comparable(text).split(/[^\p{L}\p{N}]+/u);
  for (let from = 0; from < words.length; from++) {
    for (let to = from + 1; to <= Math.min(from + LONGEST_RUN, words.length); to++) {
      const run = words.slice(from, to).join('');
      if (run.length >= SHORTEST_IN_TEXT && /[0-9]/.test(run)) yield run;
    }
  }
}

function referenceKey(reference: string): string {
  return comparable(reference).replace(/[^\p{L}\p{N}]/gu, '');
}

function comparable(text: string): string {
  return foldDigits(text.normalize('NFKC')).toUpperCase();
}

function grouped<E, Key>(all: readonly E[], keyOf: (one: E) => Key): Map<Key, E[]> {
  const groups = new Map<Key, E[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

function byDate(a: Expectation, b: Expectation): number {
  return compare(a.date, b.date) || compare(a.id, b.id);
}

/** Those of one day stay in their order. */
function byBooking(a: { entry: BankEntry }, b: { entry: BankEntry }): number {
  return compare(a.entry.bookedOn, b.entry.bookedOn);
}
