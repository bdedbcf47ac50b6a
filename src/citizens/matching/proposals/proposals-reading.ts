import { Injectable } from '@nestjs/common';
import { pageOf, type Page } from '@libs/http';
import { explainRows, type RegisterRow } from '@libs/name-matching';
import { Audit } from '../../../identity';
import { LegacyMirror, type LegacyCitizen } from '../../../legacy';
import { CitizenRows } from '../../search/rows.service';
import { bandOf } from '../bands';
import type { MatchMember, MatchProposal } from '../matching.entities';
import type {
  ComparedRowsView,
  MatchProposalDetails,
  MatchProposalsQuery,
  MatchProposalView,
  ProposedRowView,
} from './proposals.dto';
import { ProposalsRepo } from './proposals.repo';

const MOST_PAIRED = 15;
const MOST_NEAR = 10;

/** Proposals as clerks see them. */
@Injectable()
export class ProposalsReading {
  constructor(
    private readonly repo: ProposalsRepo,
    private readonly rows: CitizenRows,
    private readonly mirror: LegacyMirror,
    private readonly audit: Audit,
  ) {}

  async list(query: MatchProposalsQuery): Promise<Page<MatchProposalView>> {
    const [proposals, total] = await this.repo.page(query);
    return pageOf(query, await this.views(proposals), total);
  }

  async view(proposal: MatchProposal): Promise<MatchProposalView> {
    return (await this.views([proposal]))[0]!;
  }

  /** With the reasons; the look is audited. @throws {Problem} http.not-found */
  async details(id: number): Promise<MatchProposalDetails> {
    const proposal = await this.repo.get(id);
    const view = await this.view(proposal);
    const citizenIds = view.rows.map(({ citizenId }) => citizenId);
    await this.audit.record({ action: 'citizens.proposal.viewed', detail: { id, citizenIds } });
    const members = (await this.repo.members([proposal])).get(proposal.openClusterId ?? 0) ?? [];
    const related = members.filter(({ role }) => role !== 'OWNER');
    const citizens = await this.mirror.citizens(citizenIds);
    return {
      ...view,
      pairs: pairsOf(citizens),
      related: await this.rows.found(related.map(({ citizenId, role, bits }) => ({ citizenId, party: role, bits }))),
      near: await this.near(citizens, new Set(members.map(({ citizenId }) => citizenId))),
    };
  }

  /** What the search holds to be near the row that tells most of its person. */
  private async near(citizens: LegacyCitizen[], settled: ReadonlySet<number>) {
    const lead = citizens.find(({ documentKey }) => documentKey !== null) ?? citizens[0];
    if (!lead || settled.size === 0) return [];
    const found = await this.rows.related(lead.id);
    return found.filter(({ citizenId }) => !settled.has(citizenId)).slice(0, MOST_NEAR);
  }

  private async views(proposals: readonly MatchProposal[]): Promise<MatchProposalView[]> {
    const members = await this.repo.members(proposals);
    const shown = proposals.map((proposal) => ownersOf(proposal, members.get(proposal.openClusterId ?? 0) ?? []));
    const found = await this.rows.found(shown.flat());
    let next = 0;
    return proposals.map((proposal, at) => {
      const rows: ProposedRowView[] = found.slice(next, (next += shown[at]!.length));
      const { id, state, bits, oneRecordId, decidedBy, decidedAt, reason, createdAt, version } = proposal;
      const band = bandOf(bits);
      return { id, state, band, bits, rows, oneRecordId, decidedBy, decidedAt, reason, createdAt, version };
    });
  }
}

function ownersOf({ decidedRows }: MatchProposal, members: MatchMember[]) {
  if (decidedRows) return decidedRows.map((citizenId) => ({ citizenId, bits: null }));
  return members.filter(({ role }) => role === 'OWNER').map(({ citizenId, bits }) => ({ citizenId, bits }));
}

function pairsOf(citizens: LegacyCitizen[]): ComparedRowsView[] {
  const firsts = citizens.length > MOST_PAIRED ? citizens.slice(0, 1) : citizens;
  return firsts.flatMap((a, at) =>
    citizens.slice(at + 1).map((b) => ({
      legacyCitizenId: a.id,
      otherCitizenId: b.id,
      reasons: explainRows(registerRow(a), registerRow(b)),
    })),
  );
}

const registerRow = ({ rawName, rawDocType, rawDocNo, rawPhone, rawAddress }: LegacyCitizen): RegisterRow => ({
  name: rawName,
  docType: rawDocType,
  docNo: rawDocNo,
  phone: rawPhone,
  address: rawAddress,
});
