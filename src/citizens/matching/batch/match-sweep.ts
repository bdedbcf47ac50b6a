import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { MatchMember, MatchProposal, MEMBER_ROLES } from '../matching.entities';
import type { Clusters } from './arrange';

const PAGE = 2000;
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
      await nextTurn();
    }
  }

  /** Closes open proposals of clusters that are no more. */
  async proposals(living: ReadonlySet<number>): Promise<void> {
    for (let last = 0; ;) {
      const sql = 'SELECT "id", "open_cluster_id", "version" FROM "match_proposals" WHERE "open_cluster_id" > ?';
      const page = await this.store.sql<{ id: number | string; open_cluster_id: number | string; version: number }>(
        this.store.page(sql, '"open_cluster_id"', 0, PAGE),
        [last],
      );
      if (page.length === 0) return;
      const dead = page.filter(({ open_cluster_id }) => !living.has(Number(open_cluster_id)));
      for (let start = 0; start < dead.length; start += UNIT_ROWS)
        await this.close(dead.slice(start, start + UNIT_ROWS));
      last = Number(page[page.length - 1]!.open_cluster_id);
      await nextTurn();
    }
  }

  private close(proposals: { id: number | string; version: number }[]): Promise<void> {
    const closed = { state: 'OUTDATED' as const, openClusterId: null, decidedAt: this.clock.now() };
    return this.uow.run(async () => {
      for (const { id, version } of proposals) {
        const open = { id: Number(id), version, state: 'OPEN' as const };
        await this.store.update(MatchProposal, open, { ...closed, version: version + 1 });
      }
    });
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
