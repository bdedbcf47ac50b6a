import { EnumColumn, IdColumn, InstantColumn, IntColumn, JsonColumn, RefColumn, TextColumn } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const PROPOSAL_STATES = ['PENDING', 'APPLIED', 'REJECTED'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** A correction of an approved record that waits for a second person. */
@Entity('edit_proposals')
@Index(['oneRecordId', 'id'])
@Index(['state', 'id'])
export class EditProposal {
  @IdColumn() id: number;
  @RefColumn('OneRecord') oneRecordId: number;
  /** The record's version that the proposer saw. */
  @IntColumn() baseVersion: number;
  @JsonColumn() changes: unknown;
  @TextColumn(1000) reason: string;
  @RefColumn('Evidence', { nullable: true }) evidenceId: number | null;
  @EnumColumn(PROPOSAL_STATES) state: ProposalState;
  @RefColumn('User') proposedBy: number;
  @InstantColumn() proposedAt: string;
  @RefColumn('User', { nullable: true }) decidedBy: number | null;
  @InstantColumn({ nullable: true }) decidedAt: string | null;
  @TextColumn(1000, { nullable: true }) decision: string | null;
  @IntColumn() version: number;
}
