import { bandOf } from '../bands';
import type { MatchMember, MatchProposal } from '../matching.entities';

/** A cluster as the match found it. */
export interface FoundCluster {
  /** 0 for one that was not there before. */
  id: number;
  members: Pick<MatchMember, 'citizenId' | 'role' | 'bits'>[];
}

/** What is stored of the rows and clusters at hand. */
export interface Stored {
  members: MatchMember[];
  /** Open proposals. */
  open: Pick<MatchProposal, 'id' | 'openClusterId' | 'bits' | 'rowCount' | 'version'>[];
  /** OneRecord that holds a citizen row as the same person. */
  holders: ReadonlyMap<number, number>;
  /** Pairs of citizen rows that were found to be two persons, also while the match was running. */
  apart: readonly (readonly [number, number])[];
}

type Open = Stored['open'][number];

export type ProposalChange =
  | { kind: 'propose'; bits: number; rowCount: number }
  | { kind: 'update'; open: Open; bits: number; rowCount: number }
  | { kind: 'close'; open: Open; state: 'ACCEPTED' | 'OUTDATED'; oneRecordId: number | null; rows: number[] };

export interface ClusterChange {
  cluster: FoundCluster;
  /** Members to be written, and those of them that stand somewhere already. */
  write: FoundCluster['members'];
  replace: FoundCluster['members'];
  proposal: ProposalChange | null;
}

/**
 * What has to be written so that what is stored says what was found; nothing where it does. Bits shift a little with
 * every row of the register, so a change of one bit within a band is none.
 */
export function changesOf(
  clusters: readonly FoundCluster[],
  { members, open, holders, apart }: Stored,
): ClusterChange[] {
  const before = new Map(members.map((member) => [keyOf(member), member]));
  const proposals = new Map(open.map((each) => [each.openClusterId!, each]));
  const changes: ClusterChange[] = [];
  for (const { id, members: found } of clusters) {
    const kept = found.map((member) => {
      const old = before.get(keyOf(member));
      return old && isNear(old.bits, member.bits) ? { ...member, bits: old.bits } : member;
    });
    const write = kept.filter((member) => {
      const old = before.get(keyOf(member));
      return !old || old.clusterId !== id || old.bits !== member.bits;
    });
    const replace = write.filter((member) => before.has(keyOf(member)));
    const owners = kept.filter(isOwner);
    const newcomers = write.some((member) => isOwner(member) && before.get(keyOf(member))?.clusterId !== id);
    const rows = new Set(owners.map(({ citizenId }) => citizenId));
    const refuted = apart.some(([a, b]) => rows.has(a) && rows.has(b));
    const proposal = refuted ? null : proposalOf(owners, proposals.get(id), newcomers, holders);
    if (write.length > 0 || proposal) changes.push({ cluster: { id, members: kept }, write, replace, proposal });
  }
  return changes;
}

function proposalOf(
  owners: FoundCluster['members'],
  open: Open | undefined,
  newcomers: boolean,
  holders: ReadonlyMap<number, number>,
): ProposalChange | null {
  const rows = owners.map(({ citizenId }) => citizenId);
  const records = new Set(rows.map((citizenId) => holders.get(citizenId) ?? null));
  if (!records.has(null)) {
    if (!open) return null;
    const [oneRecordId] = records.size === 1 ? records : [null];
    return {
      kind: 'close',
      open,
      state: oneRecordId ? 'ACCEPTED' : 'OUTDATED',
      oneRecordId: oneRecordId ?? null,
      rows,
    };
  }
  const bits = Math.min(...owners.map((owner) => owner.bits));
  const rowCount = rows.length;
  if (!open) return { kind: 'propose', bits, rowCount };
  const same = open.bits === bits && open.rowCount === rowCount && !newcomers;
  return same ? null : { kind: 'update', open, bits, rowCount };
}

const keyOf = ({ citizenId, role }: Pick<MatchMember, 'citizenId' | 'role'>): string => `${citizenId} ${role}`;
const isOwner = ({ role }: Pick<MatchMember, 'role'>): boolean => role === 'OWNER';
const isNear = (a: number, b: number): boolean => bandOf(a) === bandOf(b) && Math.abs(a - b) <= 1;
