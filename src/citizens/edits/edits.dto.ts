import { Id, InstantField, Int, JsonField, OneOf, PageQuery, Part, Txt } from '@libs/http';
import { EditChangesInput, ReasonInput } from '../one-records/one-records.dto';
import { PROPOSAL_STATES, type EditProposal, type ProposalState } from './edit-proposal.entity';

export class EditProposalParam {
  @Id() id: number;
}

export class EditProposalsQuery extends PageQuery {
  @OneOf(PROPOSAL_STATES, { optional: true, example: 'PENDING' }) state?: ProposalState;
  @Id({ optional: true }) oneRecordId?: number;
}

export class ProposeEdit extends ReasonInput {
  @Part(() => EditChangesInput) changes: EditChangesInput;
  @Id({ optional: true, about: 'a scan of the record; needed for a name or a document' }) evidenceId?: number;
}

export class ApplyEdit {
  @Txt({ optional: true, min: 3, max: 1000, about: 'why a national ID that fails its check is let pass' })
  overrideReason?: string;
}

export class EditProposalView {
  @Id() id: number;
  @Id({ example: 1042 }) oneRecordId: number;
  @Int({ min: 1, example: 6, about: 'the version of the record it was made on' }) baseVersion: number;
  @JsonField({ example: { phone: '0599123456' } }) changes: unknown;
  @Txt({ max: 1000, example: 'غيّر رقم هاتفه' }) reason: string;
  @Id({ nullable: true, example: null }) evidenceId: number | null;
  @OneOf(PROPOSAL_STATES, { example: 'PENDING' }) state: string;
  @Id({ example: 7 }) proposedBy: number;
  @InstantField() proposedAt: string;
  @Id({ nullable: true, example: null }) decidedBy: number | null;
  @InstantField({ nullable: true, example: null }) decidedAt: string | null;
  @Txt({ nullable: true, max: 1000, example: null, about: 'why it was rejected' }) decision: string | null;
  @Int({ min: 1, example: 1 }) version: number;
}

export const editProposalView = (proposal: EditProposal): EditProposalView => ({
  id: proposal.id,
  oneRecordId: proposal.oneRecordId,
  baseVersion: proposal.baseVersion,
  changes: proposal.changes,
  reason: proposal.reason,
  evidenceId: proposal.evidenceId,
  state: proposal.state,
  proposedBy: proposal.proposedBy,
  proposedAt: proposal.proposedAt,
  decidedBy: proposal.decidedBy,
  decidedAt: proposal.decidedAt,
  decision: proposal.decision,
  version: proposal.version,
});
