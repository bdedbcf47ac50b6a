import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, monthAfter, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit, Staff } from '../../identity';
import { BOOKS } from '../billing.problems';
import { LedgerPeriod } from '../books/posting.entity';
import { isOver, monthsOf } from './period.rules';
import { PERIODS } from './periods.problems';

export interface Period {
  period: string;
  state: LedgerPeriod['state'];
  /** The month has ended, so that it can be closed. */
  over: boolean;
  changedAt: string | null;
  changedBy: string | null;
  reason: string | null;
}

/** The months of the books: what is closed takes no posting any more. Closed in order, opened again from the last. */
@Injectable()
export class Periods {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly staff: Staff,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async ofYear(year: number): Promise<Period[]> {
    const months = monthsOf(year);
    const rows = await this.store.reads(LedgerPeriod).findBy({ period: In(months) });
    const names = await this.staff.names(rows.map(({ changedBy }) => changedBy));
    const today = localDateOf(this.clock.now());
    return months.map((period) => {
      const row = rows.find((each) => each.period === period);
      return {
        period,
        state: row?.state ?? 'OPEN',
        over: isOver(period, today),
        changedAt: row?.changedAt ?? null,
        changedBy: row ? (names.get(row.changedBy) ?? null) : null,
        reason: row?.reason ?? null,
      };
    });
  }

  /** @throws {Problem} billing.period-not-over, period-closed, period-order while an earlier month with postings is open */
  close(period: string, caller: Principal): Promise<void> {
    if (!isOver(period, localDateOf(this.clock.now()))) throw new Problem(BOOKS['billing.period-not-over']);
    return this.once(BOOKS['billing.period-closed'], async () => {
      const known = await this.store.reads(LedgerPeriod).findOneBy({ period });
      if (known?.state === 'CLOSED') throw new Problem(BOOKS['billing.period-closed'], { extra: { period } });
      if (!(await this.mayClose(period))) throw new Problem(PERIODS['billing.period-order']);
      await this.set(known, { period, state: 'CLOSED', reason: null }, caller, BOOKS['billing.period-closed']);
      await this.audit.record({ action: 'billing.period-closed', detail: { period } });
    });
  }

  /** @throws {Problem} billing.period-open, period-order while a later month is closed */
  reopen(period: string, reason: string, caller: Principal): Promise<void> {
    return this.once(PERIODS['billing.period-open'], async () => {
      const known = await this.store.reads(LedgerPeriod).findOneBy({ period });
      if (known?.state !== 'CLOSED') throw new Problem(PERIODS['billing.period-open']);
      const [later] = await this.store.sql(
        `SELECT "id" FROM "ledger_periods" WHERE "period" > ? AND "state" = 'CLOSED'`,
        [period],
      );
      if (later) throw new Problem(PERIODS['billing.period-order']);
      await this.set(known, { period, state: 'OPEN', reason }, caller, PERIODS['billing.period-open']);
      await this.audit.record({ action: 'billing.period-reopened', detail: { period, reason } });
    });
  }

  /** The month before is closed, or nothing was posted or closed before this one. */
  private async mayClose(period: string): Promise<boolean> {
    const before = monthAfter(period, -1);
    if (await this.store.reads(LedgerPeriod).existsBy({ period: before, state: 'CLOSED' })) return true;
    const [first] = await this.store.sql<{ day: string | null }>(
      `SELECT MIN("day") AS "day" FROM (
         SELECT MIN("posted_on") AS "day" FROM "ledger_postings"
         UNION ALL SELECT MIN("period") FROM "ledger_periods" WHERE "state" = 'CLOSED'
       ) days`,
    );
    return !first?.day || first.day.slice(0, 7) >= period;
  }

  private async set(
    known: LedgerPeriod | null,
    changes: Pick<LedgerPeriod, 'period' | 'state' | 'reason'>,
    { userId }: Principal,
    taken: string,
  ): Promise<void> {
    const change = { ...changes, changedBy: userId, changedAt: this.clock.now() };
    if (!known) return this.store.insert(LedgerPeriod, { id: await this.ids.one(), ...change });
    const changed = await this.store.update(LedgerPeriod, { id: known.id, state: known.state }, change);
    if (changed !== 1) throw new Problem(taken);
  }

  /** Of two at once the second finds the month as the first left it. */
  private async once(taken: string, work: () => Promise<void>): Promise<void> {
    try {
      await this.uow.run(work);
    } catch (error) {
      throw isUniqueViolation(error) ? new Problem(taken) : error;
    }
  }
}
