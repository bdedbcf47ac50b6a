import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import { genesis, hashOf } from './chain';
import { LinkTransaction, type Action } from './transaction.entity';

export interface NewTransaction {
  oneRecordId: number;
  relatedRecordId?: number | null;
  action: Action;
  /** Null where the citizen acted. */
  employeeId: number | null;
  reason?: string | null;
  /** Plain JSON; null before the first. */
  before: unknown;
  after: unknown;
  /** SHA-256 of the scan the change rests on. */
  evidence?: string | null;
}

export const sequenceOf = (year: number): string => `one-record-transactions-${year}`;

/** Writes the numbered, chained log of all changes of OneRecords. */
@Injectable()
export class Transactions {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Adds the next transaction of the year in the active unit. Taking the number locks the sequence until the unit ends,
   * so the hash read after it is the newest and the chain cannot fork. @returns the number within the year
   */
  async append(entry: NewTransaction): Promise<number> {
    const at = this.clock.now();
    const year = Number(localDateOf(at).slice(0, 4));
    const number = await this.ids.reserve(sequenceOf(year), 1);
    const previous =
      number > 1 ? await this.store.reads(LinkTransaction).findOneBy({ year, number: number - 1 }) : null;
    const row = {
      year,
      number,
      oneRecordId: entry.oneRecordId,
      relatedRecordId: entry.relatedRecordId ?? null,
      action: entry.action,
      employeeId: entry.employeeId,
      reason: entry.reason ?? null,
      before: plain(entry.before),
      after: plain(entry.after),
      evidence: entry.evidence ?? null,
      at,
      previousHash: previous?.hash ?? genesis(year),
    };
    await this.store.insert(LinkTransaction, { id: await this.ids.one(), ...row, hash: hashOf(row) });
    return number;
  }
}

/** As a JSON column gives it back: nothing undefined, no classes. A hash over it can be computed again. */
export const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value ?? null)) as T;
