import { Injectable } from '@nestjs/common';
import { Problem, type Principal } from '@libs/http';
import { Store } from '@libs/persistence';
import canonicalize from 'canonicalize';
import { In } from 'typeorm';
import { CODES } from '../citizens.problems';
import { LinkTransaction } from '../transactions/transaction.entity';
import { IdentityService } from './identity.service';
import { Link, NotSamePerson } from './link.entity';
import { Links } from './links';
import { OneRecord } from './one-record.entity';
import { OneRecords, wrongState } from './one-records';
import { RecordChanges, type PairSnapshot, type Target } from './record-changes';
import { isActive } from './snapshot';
import { after, isActivated, isApproved } from './state.rules';
import { Supervision } from './supervision';

interface Pair {
  record: OneRecord;
  related: OneRecord;
}

/** Two records that are one person, and one record that is two. Only the view changes: no balance moves. */
@Injectable()
export class MergersService {
  constructor(
    private readonly store: Store,
    private readonly changes: RecordChanges,
    private readonly records: OneRecords,
    private readonly identity: IdentityService,
    private readonly links: Links,
    private readonly supervision: Supervision,
  ) {}

  /**
   * The survivor keeps its number, name and document; rows and findings of `other` come to it, its document is free.
   * @throws {Problem} citizens.four-eyes for whoever prepared any of either; .high-risk when either is activated; .different-person;
   * .merge-conflict when a row is linked to both in different ways; .wrong-state unless both are approved
   */
  merge(survivor: Target, other: Target, reason: string, by: Principal): Promise<Pair> {
    if (survivor.id === other.id) throw new Problem(CODES['citizens.merge-self']);
    const change = { action: 'MERGE' as const, by: by.userId, reason };
    return this.changes.runPair(survivor, other, change, async (into, from) => {
      const next = after('MERGE', from);
      if (into.state !== 'APPROVED' && into.state !== 'ACTIVATED') throw wrongState(into);
      if (!next) throw wrongState(from);
      for (const each of [into, from]) {
        await this.supervision.requireSecondPerson(each, by);
        this.requireSupervised(each, by);
      }
      this.links.refuseDifferentDocuments(into, from);
      await this.moveRows(into, from);
      await this.moveFindings(from.id, into.id);
      await this.links.checkOnePerson(into.id);
      return [{}, { ...next, mergedIntoId: into.id, claimedDocumentKey: null }];
    });
  }

  /**
   * Undoes a merge: `merged` is again exactly what it was.
   * @throws {Problem} citizens.unmerge-impossible when what the merge moved was changed since
   */
  async unmerge(merged: Target, reason: string, by: Principal): Promise<Pair> {
    const { state, mergedIntoId } = await this.records.get(merged.id);
    if (mergedIntoId === null) throw wrongState({ state });
    const merge = await this.store.reads(LinkTransaction).findOne({
      where: { relatedRecordId: merged.id, action: 'MERGE' },
      order: { year: 'DESC', number: 'DESC' },
    });
    const { related: was, record: survivorWas } = merge!.before as {
      [K in keyof PairSnapshot]: NonNullable<PairSnapshot[K]>;
    };
    const change = { action: 'UNMERGE' as const, by: by.userId, reason };
    const work = async (from: OneRecord, record: OneRecord): Promise<[Partial<OneRecord>, Partial<OneRecord>]> => {
      if (record.mergedIntoId !== from.id) throw wrongState(record);
      this.requireSupervised(from, by);
      this.requireSupervised(record, by);
      if (was.claimedDocumentKey) await this.identity.refuseHeldDocument(record.id, was.claimedDocumentKey);
      for (const { id, legacyCitizenId, relation, approved } of was.links) {
        const moved = { id, oneRecordId: from.id, activeCitizenId: legacyCitizenId, relation };
        const approvedOfId = approved ? record.id : null;
        await this.store.update(Link, moved, { oneRecordId: record.id, approvedOfId });
      }
      const findings = was.notSame.filter((legacyCitizenId) => !survivorWas.notSame.includes(legacyCitizenId));
      if (findings.length > 0) {
        const brought = { oneRecordId: from.id, activeCitizenId: In(findings) };
        await this.store.update(NotSamePerson, brought, { oneRecordId: record.id });
      }
      const { resumesAs, claimedDocumentKey } = was;
      return [{}, { state: was.state, resumesAs, claimedDocumentKey, mergedIntoId: null }];
    };
    const exact = ({ related }: PairSnapshot) => {
      if (canonicalize(related) !== canonicalize(was)) throw new Problem(CODES['citizens.unmerge-impossible']);
    };
    return this.changes.runPair({ id: mergedIntoId }, merged, change, work, exact);
  }

  /**
   * Some rows of a record are somebody else: they leave for a new draft, which goes its own way to approval.
   * @param approvedRow the one of them that is the new draft's approved row
   * @throws {Problem} citizens.approved-row-needed when the record would lose its own approved row; .approved-row
   */
  split(target: Target, legacyCitizenIds: readonly number[], approvedRow: number, reason: string, by: Principal) {
    const change = { action: 'SPLIT' as const, by: by.userId, reason };
    return this.records.get(target.id).then(({ partyType }) =>
      this.changes.runPair(target, { create: partyType, by: by.userId }, change, async (record, created) => {
        if (record.state !== 'DRAFT' && !isApproved(record)) throw wrongState(record);
        this.supervision.requireForRows(record, by);
        if (!legacyCitizenIds.includes(approvedRow)) throw new Problem(CODES['citizens.approved-row']);
        for (const legacyCitizenId of new Set(legacyCitizenIds)) {
          const link = await this.links.get(record.id, legacyCitizenId);
          if (link.approvedOfId !== null) throw new Problem(CODES['citizens.approved-row-needed']);
          await this.store.update(Link, { id: link.id }, { oneRecordId: created.id });
        }
        await this.links.approveRow(created.id, approvedRow);
        return [{}, {}];
      }),
    );
  }

  private requireSupervised(record: OneRecord, by: Principal): void {
    if (record.makerId === by.userId || record.submittedBy === by.userId)
      throw new Problem(CODES['citizens.four-eyes']);
    if (isActivated(record)) this.supervision.requireHighRisk(by);
  }

  /** A row linked to both in the same way stays where it is as well. */
  private async moveRows(into: OneRecord, from: OneRecord): Promise<void> {
    const own = new Map((await this.links.active(into.id)).map((link) => [link.legacyCitizenId, link]));
    for (const { id, legacyCitizenId, relation, shareHundredths } of await this.links.active(from.id)) {
      const double = own.get(legacyCitizenId);
      if (!double) await this.store.update(Link, { id }, { oneRecordId: into.id, approvedOfId: null });
      else if (double.relation !== relation || double.shareHundredths !== shareHundredths) {
        throw new Problem(CODES['citizens.merge-conflict'], { extra: { legacyCitizenId } });
      }
    }
  }

  private async moveFindings(from: number, into: number): Promise<void> {
    const known = await this.store.reads(NotSamePerson).findBy({ oneRecordId: into, ...isActive });
    for (const finding of await this.store.reads(NotSamePerson).findBy({ oneRecordId: from, ...isActive })) {
      if (known.some(({ legacyCitizenId }) => legacyCitizenId === finding.legacyCitizenId)) continue;
      await this.store.update(NotSamePerson, { id: finding.id }, { oneRecordId: into });
    }
  }
}
