import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { ApartRows } from '../../one-records/rows-apart';
import { MatchMember, MatchProposal, MEMBER_ROLES } from '../matching.entities';
import type { Clusters } from './arrange';
import { changesOf, type ClusterChange, type FoundCluster, type ProposalChange, type Stored } from './changes';
import { MatchSweep } from './match-sweep';

/** Rows that a unit of work looks at. */
const UNIT_ROWS = 1000;
const MEMBER = ['citizenId', 'role', 'clusterId', 'bits'] as const;
const PROPOSAL = ['id', 'state', 'clusterId', 'openClusterId', 'bits', 'rowCount', 'createdAt', 'version'] as const;

/**
 * Brings what is stored to what a match found, as a difference and in units of work. Each unit reads what stands and
 * numbers have no gaps, so a run that is cut off anywhere and begun again ends as one that was left alone.
 */
@Injectable()
export class ClusterWriter {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly apart: ApartRows,
    private readonly sweep: MatchSweep,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param citizenIds by row, ascending */
  async write(found: Clusters, citizenIds: number[], onProgress: (rows: number) => Promise<void>): Promise<void> {
    const living = new Set<number>();
    for (let next = 0; next + 1 < found.start.length;) {
      const clusters: FoundCluster[] = [];
      const begin = found.start[next]!;
      while (next + 1 < found.start.length && found.start[next]! - begin < UNIT_ROWS) {
        clusters.push(clusterOf(found, next++, citizenIds));
      }
      for (const id of await this.bring(clusters)) living.add(id);
      await onProgress(found.start[next]!);
      await nextTurn();
    }
    await this.sweep.members(found, citizenIds);
    await this.sweep.proposals(living);
  }

  /** @returns the numbers of the clusters, new ones among them */
  private async bring(clusters: FoundCluster[]): Promise<number[]> {
    const known = clusters.map(({ id }) => id).filter((id) => id !== 0);
    if ((await this.changes(clusters)).length === 0) return known;
    const fresh = await this.uow.run(async () => this.apply(await this.changes(clusters)));
    return [...known, ...fresh];
  }

  private async changes(clusters: FoundCluster[]): Promise<ClusterChange[]> {
    const citizenIds = [...new Set(clusters.flatMap(({ members }) => members.map(({ citizenId }) => citizenId)))];
    const numbers = clusters.map(({ id }) => id).filter((id) => id !== 0);
    const members = await this.store.selectIn<MatchMember>(
      (list) =>
        `SELECT "citizen_id" AS "citizenId", "role", "cluster_id" AS "clusterId", "bits" FROM "match_members"
         WHERE "citizen_id" IN (${list})`,
      citizenIds,
    );
    const open = await this.store.selectIn<Stored['open'][number]>(
      (list) =>
        `SELECT "id", "open_cluster_id" AS "openClusterId", "bits", "row_count" AS "rowCount", "version"
         FROM "match_proposals" WHERE "open_cluster_id" IN (${list})`,
      numbers,
    );
    const holders = await this.store.selectIn<{ citizen: number | string; record: number | string }>(
      (list) =>
        `SELECT "same_person_citizen_id" AS "citizen", "one_record_id" AS "record" FROM "one_record_links"
         WHERE "same_person_citizen_id" IN (${list})`,
      citizenIds,
    );
    // Numbers of 64 bits come as texts from SQL Server.
    return changesOf(clusters, {
      members: members.map((row) => ({ ...row, citizenId: Number(row.citizenId), clusterId: Number(row.clusterId) })),
      open: open.map((row) => ({ ...row, id: Number(row.id), openClusterId: Number(row.openClusterId) })),
      apart: (await this.apart.among(citizenIds)).map((pair) => [pair.legacyCitizenId, pair.otherCitizenId]),
      holders: new Map(holders.map(({ citizen, record }) => [Number(citizen), Number(record)])),
    });
  }

  private async apply(changes: ClusterChange[]): Promise<number[]> {
    const unnumbered = changes.filter(({ cluster }) => cluster.id === 0).length;
    let next = unnumbered > 0 ? await this.ids.reserve('match_clusters', unnumbered) : 0;
    const numbered = changes.map((change) => ({ ...change, clusterId: change.cluster.id || next++ }));
    for (const role of MEMBER_ROLES) {
      const replaced = changes.flatMap(({ replace }) => replace.filter((member) => member.role === role));
      if (replaced.length > 0) {
        await this.store.remove(MatchMember, { citizenId: In(replaced.map(({ citizenId }) => citizenId)), role });
      }
    }
    const rows = numbered.flatMap(({ write, clusterId }) =>
      write.map(({ citizenId, role, bits }) => [citizenId, role, clusterId, bits]),
    );
    await this.store.bulkInsert(MatchMember, MEMBER, rows);
    await this.propose(numbered);
    for (const { proposal } of changes) if (proposal && proposal.kind !== 'propose') await this.change(proposal);
    return numbered.filter(({ cluster }) => cluster.id === 0).map(({ clusterId }) => clusterId);
  }

  private async propose(changes: (ClusterChange & { clusterId: number })[]): Promise<void> {
    const proposed = changes.flatMap(({ clusterId, proposal }) =>
      proposal?.kind === 'propose' ? [{ ...proposal, clusterId }] : [],
    );
    if (proposed.length === 0) return;
    const first = await this.ids.reserve('match_proposals', proposed.length);
    const now = this.clock.now();
    const rows = proposed.map(({ clusterId, bits, rowCount }, at) => {
      return [first + at, 'OPEN', clusterId, clusterId, bits, rowCount, now, 1];
    });
    await this.store.bulkInsert(MatchProposal, PROPOSAL, rows);
  }

  /** A clerk who decided it meanwhile has the last word. */
  private async change(change: Exclude<ProposalChange, { kind: 'propose' }>): Promise<void> {
    const { id, version } = change.open;
    const changed =
      change.kind === 'update'
        ? { bits: change.bits, rowCount: change.rowCount }
        : {
            state: change.state,
            openClusterId: null,
            oneRecordId: change.oneRecordId,
            decidedRows: change.rows,
            decidedAt: this.clock.now(),
          };
    await this.store.update(MatchProposal, { id, version, state: 'OPEN' }, { ...changed, version: version + 1 });
  }
}

function clusterOf({ start, former, row, role, bits }: Clusters, k: number, citizenIds: number[]): FoundCluster {
  const members: FoundCluster['members'] = [];
  for (let i = start[k]!; i < start[k + 1]!; i++) {
    members.push({ citizenId: citizenIds[row[i]!]!, role: MEMBER_ROLES[role[i]!]!, bits: bits[i]! });
  }
  return { id: former[k]!, members };
}
