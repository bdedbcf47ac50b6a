import { Inject, Injectable } from '@nestjs/common';
import { addDays, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import { Outbox } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { officeCode } from '@libs/serial';
import { Audit, Staff } from '../../identity';
import { typedAmount } from '../adjustments/typed-amount';
import {
  DunningDebtor,
  DunningRun,
  type DebtorState,
  type DunningCriteria,
  type DunningRunState,
} from './dunning.entity';
import type { CreateDunningRun, DebtorsQuery, DunningRunsQuery } from './dunning-runs.dto';
import { DUNNING_ASKED } from './dunning-worker';
import { DUNNING } from './dunning.problems';

export type RunCounts = Partial<Record<DebtorState, number>>;

/** What people do with dunning runs: DRAFT → LISTED → ISSUED, or CANCELLED. The work itself is a worker's. */
@Injectable()
export class DunningRuns {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly outbox: Outbox,
    private readonly staff: Staff,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Has a worker list the debtors. @throws {Problem} http.invalid for amounts, or fewer days than the law gives */
  create(input: CreateDunningRun, { userId }: Principal): Promise<DunningRun> {
    const { dunningOverdueDays: most } = this.config;
    const { daysOverdue = most } = input;
    if (daysOverdue < most) {
      throw invalidField('/daysOverdue', 'fewerThanByLaw');
    }
    const criteria: DunningCriteria = {
      serviceTypes: [...new Set(input.serviceTypes ?? [])],
      least: Object.fromEntries(
        (input.least ?? []).map(({ currency, amount }, at) => [
          currency,
          typedAmount(amount, currency, `/least/${at}/amount`),
        ]),
      ),
      daysOverdue,
      accountIds: input.accountIds ? [...new Set(input.accountIds)].sort((a, b) => a - b) : null,
    };
    return this.uow.run(async () => {
      const createdAt = this.clock.now();
      const run: DunningRun = {
        id: await this.ids.one(),
        ...{ state: 'DRAFT', task: 'LIST', criteria, dueBy: addDays(localDateOf(createdAt), -daysOverdue), cursor: 0 },
        ...{ totals: [], leftOut: null, failure: null, office: null, createdBy: userId, createdAt },
        ...{ issuedBy: null, issuedAt: null, cancelledBy: null, reason: null, version: 1 },
      };
      await this.store.insert(DunningRun, run);
      await this.outbox.add(DUNNING_ASKED, { runId: run.id });
      await this.audit.record({ action: 'billing.dunning-run.create', detail: { runId: run.id, criteria } });
      return run;
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<DunningRun> {
    const run = await this.store.reads(DunningRun).findOneBy({ id });
    if (!run) throw new Problem('http.not-found');
    return run;
  }

  /** Newest first. */
  async list({ state, ...query }: DunningRunsQuery): Promise<Page<DunningRun>> {
    const [rows, total] = await this.store.reads(DunningRun).findAndCount({
      where: state ? { state: state as DunningRunState } : {},
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** How many debtors of each run stand in which state. */
  async counts(runIds: readonly number[]): Promise<Map<number, RunCounts>> {
    const counts = new Map<number, RunCounts>(runIds.map((id) => [id, {}]));
    const rows = await this.store.selectIn<{ run_id: number | string; state: DebtorState; n: number | string }>(
      (list) =>
        `SELECT "run_id", "state", COUNT(*) AS "n" FROM "dunning_debtors" WHERE "run_id" IN (${list})
         GROUP BY "run_id", "state"`,
      runIds,
    );
    for (const { run_id, state, n } of rows) counts.get(Number(run_id))![state] = Number(n);
    return counts;
  }

  /** In the order of the list. @throws {Problem} http.not-found */
  async debtors(runId: number, { state, ...query }: DebtorsQuery): Promise<Page<DunningDebtor>> {
    await this.get(runId);
    const [rows, total] = await this.store.reads(DunningDebtor).findAndCount({
      where: { runId, ...(state && { state: state as DebtorState }) },
      order: { id: 'ASC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** Takes a debtor off the list. @throws {Problem} http.not-found; billing.dunning-run-state, dunning-run-busy, debtor-not-listed */
  exclude(runId: number, debtorId: number, reason: string): Promise<DunningDebtor> {
    return this.uow.run(async () => {
      const debtor = await this.store.reads(DunningDebtor).findOneBy({ id: debtorId, runId });
      if (!debtor) throw new Problem('http.not-found');
      await this.store.hold(DunningRun, [runId]);
      const run = await this.get(runId);
      check(run, ['LISTED']);
      // Who issues the warnings is to have read the list as it is now.
      await this.store.updateVersioned(DunningRun, run, {});
      const changes = { state: 'EXCLUDED' as const, reason };
      const excluded = await this.store.update(DunningDebtor, { id: debtorId, state: 'LISTED' }, changes);
      if (excluded !== 1) throw new Problem(DUNNING['billing.debtor-not-listed']);
      await this.audit.record({ action: 'billing.dunning-run.exclude', detail: { runId, debtorId, reason } });
      return { ...debtor, ...changes };
    });
  }

  /**
   * Four eyes: by somebody else than who made the list. The serials are those of the caller's office.
   * @throws {Problem} http.not-found, http.stale; billing.dunning-run-state, dunning-run-busy, dunning-run-empty, dunning-own-list
   */
  issue(id: number, version: number, by: Principal): Promise<DunningRun> {
    return this.change(id, version, ['LISTED'], 'issue', async ({ createdBy, office }) => {
      if (createdBy === by.userId) throw new Problem(DUNNING['billing.dunning-own-list']);
      if (!(await this.store.reads(DunningDebtor).existsBy({ runId: id, state: 'LISTED' }))) {
        throw new Problem(DUNNING['billing.dunning-run-empty']);
      }
      await this.outbox.add(DUNNING_ASKED, { runId: id });
      const own = officeCode(await this.staff.departmentCode(by.departmentId));
      return { task: 'ISSUE', failure: null, issuedBy: by.userId, office: office ?? own };
    });
  }

  /** @throws {Problem} http.not-found, http.stale; billing.dunning-run-state, also once warnings are issued; dunning-run-busy */
  cancel(id: number, version: number, reason: string, by: Principal): Promise<DunningRun> {
    return this.change(id, version, ['DRAFT', 'LISTED'], 'cancel', async (run) => {
      if (await this.store.reads(DunningDebtor).existsBy({ runId: id, state: 'WARNED' })) throw wrongState(run);
      return { state: 'CANCELLED', task: null, cancelledBy: by.userId, reason };
    });
  }

  private change(
    id: number,
    version: number,
    from: readonly DunningRunState[],
    verb: string,
    decide: (run: DunningRun) => Promise<Partial<DunningRun>>,
  ): Promise<DunningRun> {
    return this.uow.run(async () => {
      const run = await this.get(id);
      if (run.version !== version) throw new Problem('http.stale');
      check(run, from);
      const changes = await decide(run);
      const next = await this.store.updateVersioned(DunningRun, { id, version }, changes);
      await this.audit.record({ action: `billing.dunning-run.${verb}`, detail: { runId: id } });
      return { ...run, ...changes, version: next };
    });
  }
}

/** A run is left to its worker, but for a list that failed, which is given up by who may do so with a draft. */
function check(run: DunningRun, from: readonly DunningRunState[]): void {
  const failed = run.task === 'LIST' && run.failure !== null && from.includes('DRAFT');
  if (run.task !== null && !failed)
    throw new Problem(DUNNING['billing.dunning-run-busy'], { extra: { task: run.task } });
  if (!from.includes(run.state)) throw wrongState(run);
}

const wrongState = ({ state }: DunningRun): Problem =>
  new Problem(DUNNING['billing.dunning-run-state'], { extra: { state } });
