import { Inject, Injectable } from '@nestjs/common';
import { addDays, localDateOf, startOfLocalDay, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, skipped, type Page, type PageQuery } from '@libs/http';
import { IdAllocator, loggable, Store, UnitOfWork } from '@libs/persistence';
import { GatewayReconciliation, GatewayTransaction } from './gateway.entity';
import { Gateways } from './gateways';
import type { GatewayReport } from './payment-gateway';
import { compareLists, totalsOf, type Finding, type OursPaid, type Paid } from './reconciliation.rules';
import { Settlements } from './settlements';

/** Nights that were missed are made up for, as far back as this. */
const MOST_DAYS = 14;

/** The gateway's list of a day against ours: counts, sums, and every transaction that differs. */
@Injectable()
export class Reconciliations {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly gateways: Gateways,
    private readonly settlements: Settlements,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Every day up to yesterday since the last that was compared whole; yesterday alone when none was. It stops at a day that
   * cannot be compared, and begins with it the next time.
   */
  async nightly(): Promise<void> {
    const gateway = this.gateways.current?.name;
    if (gateway === undefined) return;
    const yesterday = addDays(localDateOf(this.clock.now()), -1);
    const [last] = await this.store.reads(GatewayReconciliation).find({
      where: [
        { gateway, state: 'AGREES' },
        { gateway, state: 'DIFFERS' },
      ],
      order: { day: 'DESC', startedAt: 'DESC', id: 'DESC' },
      take: 1,
    });
    const earliest = addDays(yesterday, 1 - MOST_DAYS);
    const whole = last !== undefined && last.startedAt >= startOfLocalDay(addDays(last.day, 1));
    const next = last ? addDays(last.day, whole ? 1 : 0) : yesterday;
    for (let day = next < earliest ? earliest : next; day <= yesterday; day = addDays(day, 1)) {
      if ((await this.run(day, null)).state === 'FAILED') return;
    }
  }

  /**
   * One day. Money that only the gateway knows of is taken over as if its callback had come; the finding stays.
   * @throws {Problem} billing.gateway-none
   */
  async run(day: LocalDate, startedBy: number | null): Promise<GatewayReconciliation> {
    const gateway = this.gateways.require().name;
    const startedAt = this.clock.now();
    const [from, before] = [startOfLocalDay(day), startOfLocalDay(addDays(day, 1))];
    const made = { gateway, day, startedBy, startedAt };
    const ours = await this.ours(gateway, from, before);
    try {
      const reports = await this.gateways.ask(gateway, (asked) => asked.paid(from, before));
      const theirs = reports.map((report): Paid => ({ ...report, refunded: report.status === 'REFUNDED' }));
      const findings = compareLists(ours, theirs, await this.elsewhere(gateway, reports, ours));
      for (const finding of findings) finding.corrected = await this.correct(gateway, finding, reports);
      return await this.keep({
        ...made,
        state: findings.length > 0 ? 'DIFFERS' : 'AGREES',
        ours: totalsOf(ours),
        theirs: totalsOf(theirs),
        findings,
        failure: null,
      });
    } catch (error) {
      const failure = loggable(error).message.slice(0, 1000);
      return this.keep({ ...made, state: 'FAILED', ours: totalsOf(ours), theirs: [], findings: [], failure });
    }
  }

  /** Newest first. */
  async list(query: PageQuery): Promise<Page<GatewayReconciliation>> {
    const page = { skip: skipped(query), take: query.pageSize };
    const [rows, total] = await this.store
      .reads(GatewayReconciliation)
      .findAndCount({ order: { startedAt: 'DESC', id: 'DESC' }, ...page });
    return pageOf(query, rows, total);
  }

  private async ours(gateway: string, from: string, before: string): Promise<OursPaid[]> {
    const rows = await this.store
      .query(GatewayTransaction, 't')
      .where('t.gateway = :gateway AND t.paidAt >= :from AND t.paidAt < :before', { gateway, from, before })
      .orderBy('t.id')
      .getMany();
    return rows.map(({ id, reference, currency, amount, state }) => ({
      transactionId: id,
      reference: reference!,
      currency,
      amount,
      refunded: state === 'REFUNDED',
    }));
  }

  /** GatewayTransactions of ours that the gateway has as paid on this day, and we have not. */
  private async elsewhere(
    gateway: string,
    reports: readonly GatewayReport[],
    ours: readonly OursPaid[],
  ): Promise<Map<string, number>> {
    const known = new Set(ours.map(({ reference }) => reference));
    const rows = await this.store.selectIn<{ id: number | string; reference: string }>(
      (list) => `SELECT "id", "reference" FROM "gateway_transactions" WHERE "reference" IN (${list}) AND "gateway" = ?`,
      reports.flatMap(({ reference }) => (known.has(reference) ? [] : reference)),
      [gateway],
    );
    return new Map(rows.map(({ id, reference }) => [reference, Number(id)]));
  }

  private async correct(gateway: string, { kind, reference }: Finding, reports: readonly GatewayReport[]) {
    if (kind !== 'NOT_SUCCESSFUL_HERE') return false;
    const report = reports.find((each) => each.reference === reference)!;
    const outcome = await this.settlements.apply(gateway, report, 'RECONCILIATION');
    return outcome === 'ACCEPTED' || outcome === 'ACCEPTED_LATE' || outcome === 'SUSPENSE';
  }

  private keep(made: Omit<GatewayReconciliation, 'id' | 'finishedAt'>): Promise<GatewayReconciliation> {
    return this.uow.run(async () => {
      const row = { id: await this.ids.one(), ...made, finishedAt: this.clock.now() };
      await this.store.insert(GatewayReconciliation, row);
      return row;
    });
  }
}
