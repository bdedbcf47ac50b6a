import {
  BigIntColumn,
  CodeIdColumn,
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const MATCH_STATES = ['RUNNING', 'DONE', 'FAILED'] as const;
export const MATCH_TRIGGERS = ['CLI', 'REST', 'IMPORT'] as const;
export type MatchTrigger = (typeof MATCH_TRIGGERS)[number];
export const MATCH_STAGES = ['READ', 'LEARN', 'BLOCK', 'SCORE', 'CLUSTER', 'WRITE'] as const;
export type MatchStage = (typeof MATCH_STAGES)[number];

/** One matching of the whole register. */
@Entity('match_runs')
@Index(['state'])
export class MatchRun {
  @IdColumn() id: number;
  @EnumColumn(MATCH_STATES) state: (typeof MATCH_STATES)[number];
  @EnumColumn(MATCH_TRIGGERS) startedVia: MatchTrigger;
  @RefColumn('User', { nullable: true }) startedBy: number | null;
  @InstantColumn() startedAt: string;
  @InstantColumn({ nullable: true }) finishedAt: string | null;
  @EnumColumn(MATCH_STAGES) stage: MatchStage;
  /** How far it is in its stage; a total of 0 is not known yet. */
  @IntColumn() done: number;
  @IntColumn() total: number;
  @IntColumn() citizens: number;
  @IntColumn() clusters: number;
  @BigIntColumn() pairs: number;
  /** Open proposals when it ended, by band. */
  @IntColumn() sure: number;
  @IntColumn() likely: number;
  @IntColumn() look: number;
  @TextColumn(1000, { nullable: true }) failure: string | null;
}

/** OWNER: the row is this person's. A joint row belongs to none and is related by its first and its further party. */
export const MEMBER_ROLES = ['OWNER', 'FIRST_PARTY', 'FURTHER_PARTY'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** A row's place in a cluster of at least two rows, as the newest run left it; a row owned by two is impossible by key. */
@Entity('match_members')
@Index(['clusterId', 'role', 'citizenId'])
export class MatchMember {
  @RefColumn('LegacyCitizen', { primary: true }) citizenId: number;
  @CodeIdColumn(20) role: MemberRole;
  /** Given once, and kept as long as the cluster keeps most of its rows. */
  @BigIntColumn() clusterId: number;
  /** Whole bits: log2 of the odds that the row belongs there. */
  @IntColumn() bits: number;
}

export const PROPOSAL_STATES = ['OPEN', 'ACCEPTED', 'REJECTED', 'OUTDATED'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** A cluster that no single OneRecord holds whole: work for a clerk, until decided. Its band follows from its bits. */
@Entity('match_proposals')
@Index(['state', 'bits', 'id'])
@Index(['openClusterId'], { unique: true, where: whereSet('open_cluster_id') })
export class MatchProposal {
  @IdColumn() id: number;
  @EnumColumn(PROPOSAL_STATES) state: ProposalState;
  @BigIntColumn() clusterId: number;
  /** The cluster while the proposal is open: one a cluster. */
  @BigIntColumn({ nullable: true }) openClusterId: number | null;
  /** Those of the row that hangs on most weakly. */
  @IntColumn() bits: number;
  @IntColumn() rowCount: number;
  /** The rows it had when it was decided; those of an open one are its cluster's. */
  @JsonColumn({ nullable: true }) decidedRows: number[] | null;
  /** The record that came of it. */
  @RefColumn('OneRecord', { nullable: true }) oneRecordId: number | null;
  /** Null where a run found that it had been overtaken. */
  @RefColumn('User', { nullable: true }) decidedBy: number | null;
  @InstantColumn({ nullable: true }) decidedAt: string | null;
  @TextColumn(1000, { nullable: true }) reason: string | null;
  @InstantColumn() createdAt: string;
  @IntColumn() version: number;
}
