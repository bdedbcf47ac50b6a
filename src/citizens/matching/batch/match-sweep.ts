import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store, UnitOfWork } from '@libs/persistence';
import { In, MoreThan } from 'typeorm';
import { MatchMember, MatchProposal, MEMBER_ROLES } from '../matching.entities';
import type { Clusters } from './arrange';

const PAGE = 5000;
const UNIT_ROWS = 1000;

/** Ends what the newest match no longer knows. */
@Injectable()
export class MatchSweep {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes away members that no cluster has: rows that stand alone now, that are gone, or are joint no more. */
  async members({ row, role, rows }: Clusters, citizenIds: number[]): Promise<void> {
    const roles = new Uint8Array(rows);
    row.forEach((each, i) => (roles[each]! |= 1 << role[i]!));
    let at = 0;
    for (let last = 0; ;) {
      const page = await this.page(last);
      if (page.length === 0) return;
      const gone = page.filter((member) => {
        while (at < rows && citizenIds[at]! < member.citizenId) at++;
        const found = citizenIds[at] === member.citizenId ? roles[at]! : 0;
        return (found & (1 << MEMBER_ROLES.indexOf(member.role))) === 0;
      });
      for (let start = 0; start < gone.length; start += UNIT_ROWS)
        await this.remove(gone.slice(start, start + UNIT_ROWS));
      last = page[page.length - 1]!.citizenId;
    }
  }

  /** Closes open proposals of clusters that are no more. */
  async proposals(living: ReadonlySet<number>): Promise<void> {
    for (let last = 0; ;) {
      const where = { state: 'OPEN' as const, id: MoreThan(last) };
      const page = await this.store.reads(MatchProposal).find({ where, order: { id: 'ASC' }, take: UNIT_ROWS });
      if (page.length === 0) return;
      const dead = page.filter(({ clusterId }) => !living.has(clusterId));
      if (dead.length > 0) {
        const decided = { state: 'OUTDATED' as const, openClusterId: null, decidedAt: this.clock.now() };
        await this.uow.run(async () => {
          for (const { id, version } of dead) {
            await this.store.update(
              MatchProposal,
              { id, version, state: 'OPEN' },
              { ...decided, version: version + 1 },
            );
          }
        });
      }
      last = page[page.length - 1]!.id;
    }
  }

  /** Whole citizens only, whatever roles they have. */
  private async page(after: number): Promise<Pick<MatchMember, 'citizenId' | 'role'>[]> {
    const sql = `SELECT "citizen_id", "role" FROM "match_members" WHERE "citizen_id" > ?`;
    const rows = await this.store.sql<{ citizen_id: number | string; role: MatchMember['role'] }>(
      this.store.page(sql, '"citizen_id", "role"', 0, PAGE),
      [after],
    );
    const page = rows.map(({ citizen_id, role }) => ({ citizenId: Number(citizen_id), role }));
    if (page.length < PAGE) return page;
    const last = page[page.length - 1]!.citizenId;
    return page.filter(({ citizenId }) => citizenId < last);
  }

  private remove(members: Pick<MatchMember, 'citizenId' | 'role'>[]): Promise<void> {
    return this.uow.run(async () => {
      for (const role of MEMBER_ROLES) {
        const citizenIds = members.filter((member) => member.role === role).map(({ citizenId }) => citizenId);
        if (citizenIds.length > 0) await this.store.remove(MatchMember, { citizenId: In(citizenIds), role });
      }
    });
  }
}
