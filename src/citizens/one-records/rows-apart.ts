import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, skipped, type PageQuery } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { RowsApart } from './rows-apart.entity';

export type RowPair = readonly [number, number];

/** What clerks have found of two legacy rows: not the same person, until lifted. */
@Injectable()
export class ApartRows {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Inside a unit of work; pairs that are known to be apart stay as they are. */
  async keepApart(pairs: readonly RowPair[], proposalId: number, reason: string, by: number): Promise<void> {
    const rows = pairs.flat();
    const known = new Set((await this.among(rows)).map(({ legacyCitizenId: a, otherCitizenId: b }) => `${a} ${b}`));
    const fresh = new Map(
      pairs.map(([a, b]): [string, RowPair] => {
        const pair: RowPair = [Math.min(a, b), Math.max(a, b)];
        return [pair.join(' '), pair];
      }),
    );
    const findings: RowsApart[] = [];
    for (const [key, [legacyCitizenId, otherCitizenId]] of fresh) {
      if (known.has(key)) continue;
      findings.push({
        ...{ id: await this.ids.one(), legacyCitizenId, otherCitizenId, activeCitizenId: legacyCitizenId },
        ...{ proposalId, reason, foundBy: by, foundAt: this.clock.now() },
        ...{ liftedBy: null, liftedAt: null, liftReason: null },
      });
    }
    await this.store.insert(RowsApart, findings);
  }

  /** Findings that stand between two of these rows. */
  async among(
    citizenIds: readonly number[],
  ): Promise<Pick<RowsApart, 'legacyCitizenId' | 'otherCitizenId' | 'reason'>[]> {
    const all = new Set(citizenIds);
    const found = await this.store.selectIn<{ a: number | string; b: number | string; reason: string }>(
      (list) =>
        `SELECT "active_citizen_id" AS "a", "other_citizen_id" AS "b", "reason" FROM "rows_apart"
         WHERE "active_citizen_id" IN (${list})`,
      [...all],
    );
    return found
      .map(({ a, b, reason }) => ({ legacyCitizenId: Number(a), otherCitizenId: Number(b), reason }))
      .filter(({ otherCitizenId }) => all.has(otherCitizenId));
  }

  /** Newest first. */
  list(query: PageQuery & { legacyCitizenId?: number; proposalId?: number }): Promise<[RowsApart[], number]> {
    const { legacyCitizenId: row, proposalId } = query;
    const from = proposalId ? { proposalId } : {};
    const where = row
      ? [
          { ...from, legacyCitizenId: row },
          { ...from, otherCitizenId: row },
        ]
      : from;
    return this.store
      .reads(RowsApart)
      .findAndCount({ where, order: { foundAt: 'DESC', id: 'DESC' }, skip: skipped(query), take: query.pageSize });
  }

  /** Takes a finding back. @throws {Problem} http.not-found when none of that id stands */
  lift(id: number, liftReason: string, by: number): Promise<RowsApart> {
    return this.uow.run(async () => {
      const finding = await this.store.reads(RowsApart).findOneBy({ id });
      const where = { id, activeCitizenId: finding?.legacyCitizenId ?? 0 };
      const lifted = { activeCitizenId: null, liftedBy: by, liftedAt: this.clock.now(), liftReason };
      if (!finding || (await this.store.update(RowsApart, where, lifted)) === 0) throw new Problem('http.not-found');
      await this.audit.record({ action: 'citizens.rows-apart.lifted', detail: { id, reason: liftReason } });
      return { ...finding, ...lifted };
    });
  }
}
