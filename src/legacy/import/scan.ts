import type { Totals } from '../extract/control';
import type { FileName } from '../extract/format';
import { MOVEMENT, type Kind, type Value } from './kinds';
import type { MirrorEntry } from './mirror-table';
import { IdSet, KeyFilter } from './sets';

/** A sum beyond this is moved into a bigint, before a double could round it. */
const EXACT = 2 ** 52;

/** What one unit of work did. */
export class Tally {
  unchanged = 0;
  changed = 0;
  refused = 0;
  added: MirrorEntry[] = [];
  /** Ids of the rows that were there and have come again. */
  readonly seen: number[] = [];
  readonly accepted: Value[][] = [];

  constructor(readonly lines: number) {}

  accept(values: Value[]): void {
    this.accepted.push(values);
  }
}

/** One pass over one file. */
export class Scan {
  readonly counts = { recordsRead: 0, accepted: 0, unchanged: 0, changed: 0, refused: 0, vanished: 0 };
  readonly seen: IdSet;
  /** Only while the table holds nothing but this pass: then a key that was not met cannot be there. */
  private readonly filter: KeyFilter | undefined;
  private readonly sums = new Map<string, { debit: ExactSum; credit: ExactSum }>();

  constructor(
    readonly runId: number,
    readonly fileName: FileName,
    readonly kind: Kind,
    highestId: number,
    records: number,
    /** Rejects up to this line were written before the run was cut off. */
    readonly rejectedTo: number,
  ) {
    this.seen = new IdSet(highestId);
    if (highestId === 0) this.filter = new KeyFilter(records);
  }

  tally(lines: number): Tally {
    return new Tally(lines);
  }

  mayExist(keys: string[]): string[] {
    const { filter } = this;
    return filter ? keys.filter((key) => filter.has(key)) : keys;
  }

  /** `added` and `changed` also when this very run did so before it was cut off. */
  compare(entry: MirrorEntry, values: Value[]): 'added' | 'changed' | 'differs' | 'same' {
    if (entry.firstRunId === this.runId) return 'added';
    if (entry.changedRunId === this.runId) return 'changed';
    const same = entry.vanishedRunId === null && values.every((value, at) => value === entry.values[at]);
    return same ? 'same' : 'differs';
  }

  merge(tally: Tally): void {
    const { counts } = this;
    counts.recordsRead += tally.lines;
    counts.accepted += tally.accepted.length;
    counts.unchanged += tally.unchanged;
    counts.changed += tally.changed;
    counts.refused += tally.refused;
    for (const id of tally.seen) this.seen.add(id);
    for (const { id, key } of tally.added) {
      this.seen.add(id);
      this.filter?.add(key);
    }
    if (this.fileName === 'movements') for (const values of tally.accepted) this.sum(values);
  }

  totals(): Totals {
    const text = [...this.sums].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      text.map(([currency, { debit, credit }]) => [currency, { debit: debit.toString(), credit: credit.toString() }]),
    );
  }

  private sum(values: Value[]): void {
    const currency = values[MOVEMENT.currency] as string;
    let sums = this.sums.get(currency);
    if (!sums) this.sums.set(currency, (sums = { debit: new ExactSum(), credit: new ExactSum() }));
    sums.debit.add(values[MOVEMENT.debit] as number);
    sums.credit.add(values[MOVEMENT.credit] as number);
  }
}

class ExactSum {
  private high = 0n;
  private low = 0;

  add(value: number): void {
    if (Math.abs(value) > EXACT / 2 || Math.abs(this.low) > EXACT / 2) {
      this.high += BigInt(this.low) + BigInt(value);
      this.low = 0;
    } else this.low += value;
  }

  toString(): string {
    return String(this.high + BigInt(this.low));
  }
}
