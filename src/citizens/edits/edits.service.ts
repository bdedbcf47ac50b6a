import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, skipped, type PageQuery, type Principal } from '@libs/http';
import { IdAllocator, StaleVersionError, Store, UnitOfWork } from '@libs/persistence';
import { CODES } from '../citizens.problems';
import { identityColumns, needsOverride, type IdentityInput } from '../one-records/identity.rules';
import { IdentityService } from '../one-records/identity.service';
import { Links, type LinkInput } from '../one-records/links';
import type { OneRecord } from '../one-records/one-record.entity';
import { OneRecords, wrongState } from '../one-records/one-records';
import { RecordChanges, type Target } from '../one-records/record-changes';
import { isApproved } from '../one-records/state.rules';
import { Supervision } from '../one-records/supervision';
import { plain } from '../transactions/transactions';
import { EditProposal, type ProposalState } from './edit-proposal.entity';

/** Corrections of who the record is, and rows to add or to tie in another way. */
export interface EditInput extends IdentityInput {
  links?: LinkInput[];
}

/** What was approved changes only by two people: one proposes, another decides. */
@Injectable()
export class EditsService {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly records: OneRecords,
    private readonly changes: RecordChanges,
    private readonly identity: IdentityService,
    private readonly links: Links,
    private readonly supervision: Supervision,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} citizens.wrong-state unless approved; .proposal-empty; .evidence-needed for a name or document */
  propose(target: Required<Target>, input: EditInput, reason: string, evidenceId: number | null, by: Principal) {
    return this.uow.run(async () => {
      const record = await this.records.get(target.id);
      if (record.version !== target.version) throw new StaleVersionError('OneRecord', target.id);
      if (!isApproved(record)) throw wrongState(record);
      const changes = plain(input);
      if (Object.keys(changes).length === 0) throw new Problem(CODES['citizens.proposal-empty']);
      const provesIdentity = changes.name ?? changes.latinName ?? changes.document;
      if (provesIdentity && evidenceId === null) throw new Problem(CODES['citizens.evidence-needed']);
      await this.identity.evidenceHash(record.id, evidenceId);
      identityColumns(record, changes, localDateOf(this.clock.now()));
      const proposal: EditProposal = {
        id: await this.ids.one(),
        oneRecordId: record.id,
        baseVersion: record.version,
        changes,
        reason,
        evidenceId,
        state: 'PENDING',
        proposedBy: by.userId,
        proposedAt: this.clock.now(),
        decidedBy: null,
        decidedAt: null,
        decision: null,
        version: 1,
      };
      await this.store.insert(EditProposal, proposal);
      return proposal;
    });
  }

  async get(id: number): Promise<EditProposal> {
    const proposal = await this.store.reads(EditProposal).findOneBy({ id });
    if (!proposal) throw new Problem('http.not-found');
    return proposal;
  }

  /** Newest first. */
  list(query: PageQuery & { state?: ProposalState; oneRecordId?: number }): Promise<[EditProposal[], number]> {
    const where = {
      ...(query.state && { state: query.state }),
      ...(query.oneRecordId && { oneRecordId: query.oneRecordId }),
    };
    const page = { skip: skipped(query), take: query.pageSize };
    return this.store.reads(EditProposal).findAndCount({ where, order: { proposedAt: 'DESC', id: 'DESC' }, ...page });
  }

  /**
   * Makes the changes on the very version they were proposed on.
   * @param overrideReason lets an invalid national ID pass
   * @throws {Problem} citizens.four-eyes for the proposer; .high-risk for a document without that permission;
   * .proposal-outdated; .national-id-invalid; and what the changes themselves may meet
   */
  async apply(target: Required<Target>, overrideReason: string | undefined, by: Principal): Promise<EditProposal> {
    const { oneRecordId, evidenceId, reason, changes } = await this.get(target.id);
    const { links, ...input } = changes as EditInput;
    if (input.document) this.supervision.requireHighRisk(by);
    const evidence = await this.identity.evidenceHash(oneRecordId, evidenceId);
    const change = { action: 'EDIT' as const, by: by.userId, reason, evidence };
    await this.changes.run({ id: oneRecordId }, change, async (record) => {
      const proposal = await this.decide(target, 'APPLIED', null, by);
      if (proposal.baseVersion !== record.version) throw new Problem(CODES['citizens.proposal-outdated']);
      if (!isApproved(record)) throw wrongState(record);
      await this.tie(record, links ?? [], by);
      const columns = await this.identity.columns(record, input);
      if (!needsOverride({ ...record, ...columns })) return columns;
      if (!overrideReason) throw new Problem(CODES['citizens.national-id-invalid']);
      return { ...columns, idOverrideReason: overrideReason, idOverriddenBy: by.userId };
    });
    return this.get(target.id);
  }

  reject(target: Required<Target>, decision: string, by: Principal): Promise<EditProposal> {
    return this.uow.run(async () => {
      await this.decide(target, 'REJECTED', decision, by);
      return this.get(target.id);
    });
  }

  private async decide(target: Required<Target>, state: ProposalState, decision: string | null, by: Principal) {
    const proposal = await this.get(target.id);
    if (proposal.version !== target.version) throw new StaleVersionError('EditProposal', target.id);
    if (proposal.state !== 'PENDING') throw new Problem(CODES['citizens.proposal-decided']);
    if (proposal.proposedBy === by.userId) throw new Problem(CODES['citizens.four-eyes']);
    const decided = { state, decision, decidedBy: by.userId, decidedAt: this.clock.now() };
    await this.store.updateVersioned(EditProposal, target, decided);
    return proposal;
  }

  private async tie(record: OneRecord, links: readonly LinkInput[], by: Principal): Promise<void> {
    const active = new Map((await this.links.active(record.id)).map((link) => [link.legacyCitizenId, link]));
    for (const input of links) {
      const link = active.get(input.legacyCitizenId);
      await (link ? this.links.change(link, input) : this.links.add(record, [input], by.userId));
    }
  }
}
