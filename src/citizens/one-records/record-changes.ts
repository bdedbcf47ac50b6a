import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, isUniqueViolation, StaleVersionError, Store, UnitOfWork } from '@libs/persistence';
import { AccountFollower } from '../accounts/account-follower';
import { NameIndex } from '../search/name-index';
import type { Action } from '../transactions/transaction.entity';
import { Transactions } from '../transactions/transactions';
import { OneRecord, type PartyType } from './one-record.entity';
import { renamedRows, Snapshots, type RecordSnapshot } from './snapshot';

export interface Change {
  action: Action;
  /** The employee; null where the citizen acted. */
  by: number | null;
  reason?: string | null;
  /** SHA-256 of the scan the change rests on. */
  evidence?: string | null;
}

/** A record as its caller read it; without a version it is taken as it is. */
export interface Target {
  id: number;
  version?: number;
}

/** Before and after a change of two records at once. */
export interface PairSnapshot {
  record: RecordSnapshot;
  related: RecordSnapshot | null;
}

/** The one way to change records: under their versions, with exactly one transaction in the same unit. */
@Injectable()
export class RecordChanges {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly snapshots: Snapshots,
    private readonly transactions: Transactions,
    private readonly accounts: AccountFollower,
    private readonly names: NameIndex,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param fill links the first rows */
  create(
    partyType: PartyType,
    by: number,
    change: Omit<Change, 'action' | 'by'>,
    fill: (record: OneRecord) => Promise<void>,
  ): Promise<OneRecord> {
    return this.unit(async () => {
      const record = await this.draft(partyType, by);
      await fill(record);
      const after = await this.snapshots.of(record);
      const entry = { ...change, oneRecordId: record.id, action: 'CREATE' as const, employeeId: by };
      await this.transactions.append({ ...entry, before: null, after });
      return record;
    });
  }

  /**
   * @param work checks, changes links, and returns the columns to change
   * @returns the record after the change
   * @throws {Problem} http.not-found @throws {StaleVersionError} someone else was faster
   */
  run(
    target: Target,
    change: Change,
    work: (record: OneRecord, before: RecordSnapshot) => Promise<Partial<OneRecord>>,
  ): Promise<OneRecord> {
    return this.unit(async () => {
      const record = await this.take(target);
      const before = await this.snapshots.of(record);
      await this.apply(record, await work(record, before));
      const changed = await this.get(record.id);
      const after = await this.snapshots.of(changed);
      await this.names.approvalsChanged(renamedRows([before], [after]));
      await this.append(record.id, null, change, before, after);
      await this.accounts.follow(record, changed, change.by);
      return changed;
    });
  }

  /**
   * A change of two records in one transaction that stands under both. `related` is an existing record, or the kind of a
   * new draft.
   * @param work returns the columns to change of each; it may refuse by what the snapshots will show in `check`
   */
  runPair(
    target: Target,
    related: Target | { create: PartyType; by: number },
    change: Change,
    work: (record: OneRecord, related: OneRecord) => Promise<[Partial<OneRecord>, Partial<OneRecord>]>,
    check: (after: PairSnapshot) => void = () => undefined,
  ): Promise<{ record: OneRecord; related: OneRecord }> {
    return this.unit(async () => {
      // In the order of the ids, so that two mergers of the same pair never wait for each other.
      const existing = 'id' in related ? [target, related].sort((a, b) => a.id - b.id) : [target];
      const taken = new Map<number, OneRecord>();
      for (const each of existing) taken.set(each.id, await this.take(each));
      const record = taken.get(target.id)!;
      const before = {
        record: await this.snapshots.of(record),
        related: 'id' in related ? await this.snapshots.of(taken.get(related.id)!) : null,
      };
      const other = 'id' in related ? taken.get(related.id)! : await this.draft(related.create, related.by);
      const [own, others] = await work(record, other);
      await this.apply(record, own);
      await this.apply(other, others);
      const changed = { record: await this.get(record.id), related: await this.get(other.id) };
      const after = {
        record: await this.snapshots.of(changed.record),
        related: await this.snapshots.of(changed.related),
      };
      check(after);
      await this.names.approvalsChanged(renamedRows(Object.values(before), Object.values(after)));
      await this.append(record.id, other.id, change, before, after);
      await this.accounts.follow(record, changed.record, change.by);
      await this.accounts.follow(other, changed.related, change.by);
      return changed;
    });
  }

  /** Two at once for one row or document: the loser of the unique index looks again and finds who holds it. Inside another unit that one has to look. */
  async unit<T>(work: () => Promise<T>): Promise<T> {
    return this.uow.run(work).catch((error: unknown) => {
      if (isUniqueViolation(error)) return this.uow.run(work);
      throw error;
    });
  }

  /** The record as it is now; nobody changes it before the active unit ends. @throws {Problem} http.not-found */
  async hold(id: number): Promise<OneRecord> {
    await this.store.update(OneRecord, { id }, { version: () => '"version"' } as never);
    return this.get(id);
  }

  /** Counts the version up first: the row stays locked, so a second clerk waits and is then told. */
  private async take({ id, version }: Target): Promise<OneRecord> {
    const record = await (version === undefined ? this.hold(id) : this.get(id));
    if (version !== undefined && record.version !== version) throw new StaleVersionError(OneRecord.name, id);
    await this.store.updateVersioned(OneRecord, record, {});
    return record;
  }

  private async get(id: number): Promise<OneRecord> {
    const record = await this.store.reads(OneRecord).findOneBy({ id });
    if (!record) throw new Problem('http.not-found');
    return record;
  }

  private async apply(record: OneRecord, changes: Partial<OneRecord>): Promise<void> {
    if (Object.keys(changes).length > 0) await this.store.update(OneRecord, { id: record.id }, changes);
  }

  private async append(id: number, related: number | null, change: Change, before: unknown, after: unknown) {
    const { by: employeeId, ...said } = change;
    await this.transactions.append({ oneRecordId: id, relatedRecordId: related, ...said, employeeId, before, after });
  }

  private async draft(partyType: PartyType, makerId: number): Promise<OneRecord> {
    const now = this.clock.now();
    const year = localDateOf(now).slice(0, 4);
    const count = await this.ids.reserve(`one-records-${year}`, 1);
    const record: OneRecord = {
      id: await this.ids.one(),
      number: `${year}-${String(count).padStart(6, '0')}`,
      partyType,
      state: 'DRAFT',
      ...NOTHING_KNOWN,
      makerId,
      createdAt: now,
      version: 1,
    };
    await this.store.insert(OneRecord, record);
    return record;
  }
}

const NOTHING_KNOWN = {
  resumesAs: null,
  nameParts: null,
  latinNameParts: null,
  approvedName: null,
  approvedLatinName: null,
  documentType: null,
  documentNumber: null,
  documentKey: null,
  claimedDocumentKey: null,
  idOverrideReason: null,
  idOverriddenBy: null,
  phoneE164: null,
  phoneVerifiedAt: null,
  email: null,
  bornOn: null,
  diedOn: null,
  mergedIntoId: null,
  submittedBy: null,
  submittedAt: null,
  approvedBy: null,
  approvedAt: null,
  activatedAt: null,
};
