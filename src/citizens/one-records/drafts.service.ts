import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { CODES } from '../citizens.problems';
import type { Action } from '../transactions/transaction.entity';
import { NotSamePerson } from './link.entity';
import { Links, type LinkInput } from './links';
import type { OneRecord, PartyType } from './one-record.entity';
import { wrongState } from './one-records';
import { RecordChanges, type Target } from './record-changes';
import { isApproved } from './state.rules';
import { Supervision } from './supervision';

/** Gathering the rows of a person or body under one record. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly changes: RecordChanges,
    private readonly links: Links,
    private readonly supervision: Supervision,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A DRAFT of the selected rows, of which exactly one is the approved row. */
  create(partyType: PartyType, rows: readonly LinkInput[], by: Principal): Promise<OneRecord> {
    const approved = rows.filter((row) => row.approved);
    if (approved.length !== 1 || approved[0]!.relation !== 'SAME_PERSON') {
      throw new Problem(CODES['citizens.approved-row']);
    }
    return this.changes.create(partyType, by.userId, {}, (record) => this.links.add(record, rows, by.userId));
  }

  /** DRAFT only: on an approved record rows are proposed and a second person decides. */
  link(target: Target, row: LinkInput, by: Principal): Promise<OneRecord> {
    return this.inDraft(target, 'LINK', by, (record) => this.links.add(record, [row], by.userId));
  }

  changeLink(target: Target, row: LinkInput, by: Principal): Promise<OneRecord> {
    return this.inDraft(target, 'CHANGE_LINK', by, async (record) =>
      this.links.change(await this.links.get(record.id, row.legacyCitizenId), row),
    );
  }

  /** @throws {Problem} citizens.wrong-state, .high-risk, .row-not-linked, .approved-row */
  chooseApprovedRow(target: Target, legacyCitizenId: number, by: Principal): Promise<OneRecord> {
    return this.changes.run(target, { action: 'CHOOSE_APPROVED_ROW', by: by.userId }, async (record) => {
      this.requireOpen(record, by);
      await this.links.approveRow(record.id, legacyCitizenId);
      return {};
    });
  }

  /**
   * Takes a row away: the record is again what it was without it. Balances do not move, they never left the row.
   * @throws {Problem} citizens.approved-row-needed once approved; .wrong-state, .high-risk, .row-not-linked
   */
  unlink(target: Target, legacyCitizenId: number, reason: string, by: Principal): Promise<OneRecord> {
    return this.changes.run(target, { action: 'UNLINK', by: by.userId, reason }, async (record) => {
      this.requireOpen(record, by);
      const link = await this.links.get(record.id, legacyCitizenId);
      if (isApproved(record) && link.approvedOfId !== null) throw new Problem(CODES['citizens.approved-row-needed']);
      await this.links.end([link], by.userId);
      return {};
    });
  }

  /** Remembers that the row is somebody else; refused while it is linked as the same person. */
  notSame(target: Target, legacyCitizenId: number, reason: string, by: Principal): Promise<OneRecord> {
    return this.changes.run(target, { action: 'NOT_SAME', by: by.userId, reason }, async (record, before) => {
      if (record.state === 'MERGED_INTO' || record.state === 'REVOKED') throw wrongState(record);
      await this.links.requireKnown(legacyCitizenId);
      if (before.notSame.includes(legacyCitizenId)) return {};
      await this.store.insert(NotSamePerson, {
        id: await this.ids.one(),
        oneRecordId: record.id,
        legacyCitizenId,
        activeCitizenId: legacyCitizenId,
        reason,
        foundBy: by.userId,
        foundAt: this.clock.now(),
        liftedBy: null,
        liftedAt: null,
      });
      await this.links.checkOnePerson(record.id);
      return {};
    });
  }

  /** @throws {Problem} http.not-found when nothing of the kind was recorded */
  liftNotSame(target: Target, legacyCitizenId: number, reason: string, by: Principal): Promise<OneRecord> {
    return this.changes.run(target, { action: 'LIFT_NOT_SAME', by: by.userId, reason }, async (record) => {
      const where = { oneRecordId: record.id, activeCitizenId: legacyCitizenId };
      const lifted = { activeCitizenId: null, liftedBy: by.userId, liftedAt: this.clock.now() };
      if ((await this.store.update(NotSamePerson, where, lifted)) === 0) throw new Problem('http.not-found');
      return {};
    });
  }

  private inDraft(
    target: Target,
    action: Action,
    by: Principal,
    work: (record: OneRecord) => Promise<void>,
  ): Promise<OneRecord> {
    return this.changes.run(target, { action, by: by.userId }, async (record) => {
      if (record.state !== 'DRAFT') throw wrongState(record);
      await work(record);
      return {};
    });
  }

  private requireOpen(record: OneRecord, by: Principal): void {
    if (record.state !== 'DRAFT' && !isApproved(record)) throw wrongState(record);
    this.supervision.requireForRows(record, by);
  }
}
