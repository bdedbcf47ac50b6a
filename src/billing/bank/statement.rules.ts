import type { BankEntry, BankStatement } from '@libs/bank-statements';
import { compare, type Instant, type LocalDate } from '@libs/calendar';
import { createHash } from 'node:crypto';

/**
 * What tells a movement from others: the bank's number, day and amount; where the bank gives no number, all that it
 * tells. The movements of a batch may be alike, and so may two payments of one day: {@link sortOut} counts them.
 */
export function fingerprintOf(entry: BankEntry): string {
  const { bankReference, bookedOn, amount, references, counterparty, counterpartyAccount, description } = entry;
  const told = bankReference ? [bankReference] : [references, counterparty, counterpartyAccount, description];
  return createHash('sha256')
    .update(JSON.stringify([bankReference !== null, bookedOn, amount, ...told]))
    .digest('hex');
}

/** A movement within a statement that the bank sends again. */
export const placeKey = ({ ref, bookedOn, amount }: Pick<BankEntry, 'ref' | 'bookedOn' | 'amount'>): string =>
  `${ref}|${bookedOn}|${amount}`;

export interface KnownLines {
  /** How many of each fingerprint the account has. */
  counts: ReadonlyMap<string, number>;
  /** {@link placeKey} of the lines of statements with the same identification. */
  places: ReadonlySet<string>;
}

export interface NewLine {
  entry: BankEntry;
  position: number;
  fingerprint: string;
  occurrence: number;
}

/**
 * Which entries are new. Of the nth alike in a statement an earlier file brought n or it did not; unless the statement
 * only begins where an earlier one ended, when all are new but those whose number the bank repeats.
 */
export function sortOut(entries: readonly BankEntry[], known: KnownLines, continues: boolean): NewLine[] {
  const seen = new Map<string, number>();
  return entries.flatMap((entry, position) => {
    const fingerprint = fingerprintOf(entry);
    const before = known.counts.get(fingerprint) ?? 0;
    const nth = (seen.get(fingerprint) ?? 0) + 1;
    seen.set(fingerprint, nth);
    if (known.places.has(placeKey(entry))) return [];
    if (continues && entry.bankReference === null) {
      return [{ entry, position, fingerprint, occurrence: before + nth }];
    }
    return nth <= before ? [] : [{ entry, position, fingerprint, occurrence: nth }];
  });
}

export interface Balances {
  id: number;
  fromOn: LocalDate | null;
  toOn: LocalDate | null;
  openingBalance: number | null;
  closingBalance: number | null;
  importedAt: Instant;
}

const asImported = (a: Balances, b: Balances): number => compare(a.importedAt, b.importedAt) || a.id - b.id;

const inOrder = (a: Balances, b: Balances): number =>
  compare(a.fromOn ?? '', b.fromOn ?? '') || compare(a.toOn ?? '', b.toOn ?? '') || asImported(a, b);

/** Whether a statement begins where one before it ended, and is not that one again. */
export function continuesOne(
  { from, to, openingBalance, closingBalance }: BankStatement,
  earlier: readonly Balances[],
): boolean {
  if (openingBalance === null || from === null) return false;
  const again = earlier.some(
    (each) =>
      each.fromOn === from &&
      each.toOn === to &&
      each.openingBalance === openingBalance &&
      each.closingBalance === closingBalance,
  );
  return (
    !again && earlier.some(({ toOn, closingBalance: end }) => toOn !== null && toOn <= from && end === openingBalance)
  );
}

export interface Continuity {
  /** Of the first statement that tells one: what was at the bank before anything was imported. */
  opening: number | null;
  /** By statement: its opening balance less that of the lines before it, as far as no earlier statement is off by it. */
  gaps: Map<number, number>;
  /** The last balance that a statement told. */
  closing: { on: LocalDate; amount: number } | null;
  /** What is missing of the lines up to then; the sum of the gaps, and what no later statement has shown yet. */
  missing: number;
}

/**
 * Whether the statements of an account follow one another. Told from all its lines by day, so that a statement that is
 * imported later fills the gap that it left.
 */
export function continuityOf(
  statements: readonly Balances[],
  days: readonly { day: LocalDate; amount: number }[],
): Continuity {
  const sorted = statements.filter(({ fromOn, toOn }) => fromOn !== null && toOn !== null).sort(inOrder);
  const first = sorted.find(({ openingBalance }) => openingBalance !== null);
  const last = sorted
    .filter(({ closingBalance }) => closingBalance !== null)
    .sort((a, b) => compare(a.toOn!, b.toOn!) || asImported(a, b))
    .at(-1);
  const opening = first?.openingBalance ?? null;
  const gaps = new Map<number, number>();
  const reached = (until: (day: LocalDate) => boolean) =>
    days.reduce((sum, { day, amount }) => (until(day) ? sum + amount : sum), opening ?? 0);
  let drift = 0;
  sorted.forEach(({ id, fromOn, openingBalance }, at) => {
    if (openingBalance === null) return;
    const joined = sorted
      .slice(0, at)
      .some(({ closingBalance, toOn }) => closingBalance === openingBalance && toOn! <= fromOn!);
    const now = joined ? drift : openingBalance - reached((day) => day < fromOn!);
    gaps.set(id, now - drift);
    drift = now;
  });
  const closing = last ? { on: last.toOn!, amount: last.closingBalance! } : null;
  const missing = closing && opening !== null ? closing.amount - reached((day) => day <= closing.on) : 0;
  return { opening, gaps, closing, missing };
}
