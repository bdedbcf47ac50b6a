import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { StaleVersionError, Store } from '@libs/persistence';
import { Audit } from '../../../identity';
import { CODES } from '../../citizens.problems';
import { DraftsService } from '../../one-records/drafts.service';
import type { LinkInput } from '../../one-records/links';
import type { OneRecord, PartyType } from '../../one-records/one-record.entity';
import { OneRecords } from '../../one-records/one-records';
import { RecordChanges, type Target } from '../../one-records/record-changes';
import { ApartRows, type RowPair } from '../../one-records/rows-apart';
import { MatchProposal, type ProposalState } from '../matching.entities';
import { MATCHING } from '../matching.problems';
import { ProposalsRepo } from './proposals.repo';

/** What clerks decide about proposals, each under the version they read. */
@Injectable()
export class ProposalsService {
  constructor(
    private readonly store: Store,
    private readonly repo: ProposalsRepo,
    private readonly drafts: DraftsService,
    private readonly records: OneRecords,
    private readonly changes: RecordChanges,
    private readonly apart: ApartRows,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Opens a draft from the chosen rows in the same unit of work.
   * @throws {Problem} citizens.proposal-decided, .row-not-proposed, and what {@link DraftsService.create} may refuse
   */
  accept(
    target: Required<Target>,
    partyType: PartyType,
    rows: readonly LinkInput[],
    by: Principal,
  ): Promise<OneRecord> {
    return this.changes.unit(async () => {
      const proposed = await this.decide(target, 'ACCEPTED', null, by);
      for (const { legacyCitizenId, relation } of rows) {
        if (relation === 'SAME_PERSON') requireProposed(legacyCitizenId, proposed);
      }
      const record = await this.drafts.create(partyType, rows, by);
      await this.store.update(MatchProposal, { id: target.id }, { oneRecordId: record.id });
      return record;
    });
  }

  /**
   * Remembers which rows are two persons, so that no matching joins them again.
   * @param pairs every two rows when left out
   * @throws {Problem} citizens.proposal-decided, .row-not-proposed, .pair-of-one
   */
  reject(
    target: Required<Target>,
    reason: string,
    pairs: readonly RowPair[] | undefined,
    by: Principal,
  ): Promise<MatchProposal> {
    return this.changes.unit(async () => {
      const proposed = await this.decide(target, 'REJECTED', reason, by);
      const holders = await this.records.holderOf(proposed);
      const isOne = ([a, b]: RowPair) =>
        a === b || (holders.has(a) && holders.get(a)!.oneRecordId === holders.get(b)?.oneRecordId);
      for (const pair of pairs ?? []) {
        for (const row of pair) requireProposed(row, proposed);
        if (isOne(pair)) throw new Problem(MATCHING['citizens.pair-of-one']);
      }
      await this.apart.keepApart(
        pairs ?? everyTwo(proposed).filter((pair) => !isOne(pair)),
        target.id,
        reason,
        by.userId,
      );
      await this.audit.record({ action: 'citizens.proposal.rejected', detail: { id: target.id, reason } });
      return this.repo.get(target.id);
    });
  }

  /** Counts the version up first, so that of two clerks one waits and is then told. @returns the rows it had */
  private async decide(target: Required<Target>, state: ProposalState, reason: string | null, by: Principal) {
    const proposal = await this.repo.get(target.id);
    if (proposal.version !== target.version) throw new StaleVersionError(MatchProposal.name, target.id);
    if (proposal.state !== 'OPEN') throw new Problem(CODES['citizens.proposal-decided']);
    const members = (await this.repo.members([proposal])).get(proposal.clusterId)!;
    const rows = members.filter(({ role }) => role === 'OWNER').map(({ citizenId }) => citizenId);
    await this.store.updateVersioned(MatchProposal, proposal, {
      ...{ state, reason, openClusterId: null, decidedRows: rows },
      ...{ decidedBy: by.userId, decidedAt: this.clock.now() },
    });
    return rows;
  }
}

function requireProposed(legacyCitizenId: number, proposed: readonly number[]): void {
  if (!proposed.includes(legacyCitizenId)) {
    throw new Problem(MATCHING['citizens.row-not-proposed'], { extra: { legacyCitizenId } });
  }
}

const everyTwo = (rows: readonly number[]): RowPair[] =>
  rows.flatMap((a, at) => rows.slice(at + 1).map((b): RowPair => [a, b]));
