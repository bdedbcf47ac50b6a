import { OmitType } from '@nestjs/swagger';
import { Flag, Id, InstantField, Int, ListOf, OneOf, PageQuery, Txt } from '@libs/http';
import { ReasonInput } from '../../one-records/one-records.dto';
import type { RowsApart } from '../../one-records/rows-apart.entity';
import { FoundRowView, ReasonView } from '../../search/rows.dto';
import { BANDS, type ProposalBand } from '../bands';
import { MEMBER_ROLES, PROPOSAL_STATES, type MemberRole, type ProposalState } from '../matching.entities';

const BITS = 'whole bits: 12 are odds of 4,096 to 1';

export class MatchProposalParam {
  @Id() id: number;
}

export class MatchProposalsQuery extends PageQuery {
  @OneOf(BANDS, { optional: true, example: 'sure' }) band?: ProposalBand;
  @OneOf(PROPOSAL_STATES, { optional: true, example: 'OPEN', about: 'default OPEN' }) state?: ProposalState;
}

class RowOfList extends OmitType(FoundRowView, ['score', 'why', 'otherGivenName'] as const) {}

export class ProposedRowView extends RowOfList {
  @Int({ nullable: true, min: -1000, example: 27, about: `${BITS}; null once decided` }) bits: number | null;
}

export class RelatedRowView extends RowOfList {
  @OneOf(MEMBER_ROLES, { example: 'FIRST_PARTY', about: 'which of its parties the person is' }) party: MemberRole;
  @Int({ min: -1000, example: 9, about: BITS }) bits: number;
}

export class MatchProposalView {
  @Id({ example: 311 }) id: number;
  @OneOf(PROPOSAL_STATES, { example: 'OPEN' }) state: ProposalState;
  @OneOf(BANDS, { example: 'sure' }) band: ProposalBand;
  @Int({ min: -1000, example: 27, about: `${BITS}, of the row that hangs on most weakly` }) bits: number;
  @ListOf(() => ProposedRowView) rows: ProposedRowView[];
  @Id({ nullable: true, example: null, about: 'the OneRecord that came of it' }) oneRecordId: number | null;
  @Id({ nullable: true, example: null, about: 'null also where a matching found it settled' }) decidedBy: number | null;
  @InstantField({ nullable: true, example: null }) decidedAt: string | null;
  @Txt({ nullable: true, max: 1000, example: null }) reason: string | null;
  @InstantField() createdAt: string;
  @Int({ min: 1, example: 1 }) version: number;
}

export class ComparedRowsView {
  @Id({ example: 5120 }) legacyCitizenId: number;
  @Id({ example: 5121 }) otherCitizenId: number;
  @ListOf(() => ReasonView, {
    example: [{ ar: 'الهوية: متطابقة', en: 'ID: same' }],
    about: 'token by token, then document, phone and address',
  })
  reasons: ReasonView[];
}

export class MatchProposalDetails extends MatchProposalView {
  @ListOf(() => ComparedRowsView, { about: 'pair by pair; of many rows each with the first' })
  pairs: ComparedRowsView[];
  @ListOf(() => RelatedRowView, { about: 'joint rows that name this person among others' }) related: RelatedRowView[];
  @ListOf(() => FoundRowView, { max: 10, about: 'rows that come near and are not proposed' }) near: FoundRowView[];
}

class RowPairInput {
  @Id({ example: 5120 }) legacyCitizenId: number;
  @Id({ example: 5121 }) otherCitizenId: number;
}

export class RejectProposal extends ReasonInput {
  @ListOf(() => RowPairInput, {
    optional: true,
    min: 1,
    about: 'which rows are two persons; left out: every two of them',
  })
  pairs?: RowPairInput[];
}

export class RowsApartQuery extends PageQuery {
  @Id({ optional: true, example: 5120, about: 'findings about this legacy row' }) legacyCitizenId?: number;
  @Id({ optional: true, example: 311, about: 'findings from this proposal' }) proposalId?: number;
}

export class RowsApartView extends RowPairInput {
  @Id() id: number;
  @Flag({ example: true, about: 'false once lifted' }) active: boolean;
  @Id({ example: 311 }) proposalId: number;
  @Txt({ max: 1000, example: 'أخوان باسم متقارب' }) reason: string;
  @Id({ example: 7 }) foundBy: number;
  @InstantField() foundAt: string;
  @Id({ nullable: true, example: null }) liftedBy: number | null;
  @InstantField({ nullable: true, example: null }) liftedAt: string | null;
  @Txt({ nullable: true, max: 1000, example: null }) liftReason: string | null;
}

export const rowsApartView = ({ activeCitizenId, ...finding }: RowsApart): RowsApartView => ({
  ...finding,
  active: activeCitizenId !== null,
});
