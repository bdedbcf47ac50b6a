import { Injectable } from '@nestjs/common';
import { Problem, skipped } from '@libs/http';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { BAND_BITS } from '../bands';
import { MatchMember, MatchProposal } from '../matching.entities';
import type { MatchProposalsQuery } from './proposals.dto';

@Injectable()
export class ProposalsRepo {
  constructor(private readonly store: Store) {}

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<MatchProposal> {
    const proposal = await this.store.reads(MatchProposal).findOneBy({ id });
    if (!proposal) throw new Problem('http.not-found');
    return proposal;
  }

  /** The surest first. */
  page(query: MatchProposalsQuery): Promise<[MatchProposal[], number]> {
    const asked = this.store
      .query(MatchProposal, 'p')
      .where('p.state = :state', { state: query.state ?? 'OPEN' })
      .orderBy('p.bits', 'DESC')
      .addOrderBy('p.id', 'DESC')
      .skip(skipped(query))
      .take(query.pageSize);
    if (query.band) {
      const [from, to] = BAND_BITS[query.band];
      asked.andWhere('p.bits >= :from AND p.bits < :to', { from, to });
    }
    return asked.getManyAndCount();
  }

  /** Members of each open proposal's cluster, related joint rows among them, by citizen. */
  async members(proposals: readonly MatchProposal[]): Promise<Map<number, MatchMember[]>> {
    const clusterIds = proposals.flatMap(({ openClusterId }) => openClusterId ?? []);
    const rows = await this.store
      .reads(MatchMember)
      .find({ where: { clusterId: In(clusterIds) }, order: { citizenId: 'ASC', role: 'ASC' } });
    const members = new Map<number, MatchMember[]>(clusterIds.map((id) => [id, []]));
    for (const row of rows) members.get(row.clusterId)!.push(row);
    return members;
  }
}
