import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import { Outbox } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { officeCode } from '@libs/serial';
import { Audit, Staff } from '../../identity';
import { BOOKS } from '../billing.problems';
import { Bill, BillRun, type RunState, type RunTask } from './bill-run.entity';
import { CANCELLABLE, TASKS } from './bill-run.rules';
import { BILL_RUNS } from './bill-runs.problems';
import type { BillRunsQuery, CreateBillRun } from './bill-runs.dto';
import { BillFeeders } from './feeders';
import { RUN_ASKED } from './run-worker';

/** What people do with bill runs; the work itself is a worker's. */
@Injectable()
export class BillRuns {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly outbox: Outbox,
    private readonly feeders: BillFeeders,
    private readonly staff: Staff,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} billing.feeder-unknown; http.invalid when it is due before it is issued, or for its parameters */
  create(input: CreateBillRun, { userId }: Principal): Promise<BillRun> {
    const { feeder, period, issueOn, dueOn } = input;
    const parameters = Object.fromEntries((input.parameters ?? []).map(({ name, value }) => [name, value]));
    if (dueOn < issueOn) throw invalidField('/dueOn', 'notBeforeIssue');
    this.feeders.require(feeder).check?.(parameters);
    return this.uow.run(async () => {
      const run: BillRun = {
        id: await this.ids.one(),
        ...{ feeder, period, issueOn, dueOn, parameters },
        ...{ state: 'DRAFT', task: null, cursor: 0, bills: 0, skipped: 0, totals: [], failure: null },
        ...{ office: null, reason: null, createdBy: userId, createdAt: this.clock.now(), calculatedAt: null },
        ...{ reviewedBy: null, reviewedAt: null, postedBy: null, postedAt: null, issuedBy: null, issuedAt: null },
        ...{ endedBy: null, endedAt: null, version: 1 },
      };
      await this.store.insert(BillRun, run);
      await this.audit.record({ action: 'billing.bill-run.create', detail: { runId: run.id, feeder, period } });
      return run;
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<BillRun> {
    const run = await this.store.reads(BillRun).findOneBy({ id });
    if (!run) throw new Problem('http.not-found');
    return run;
  }

  /** Newest first. */
  async list(query: BillRunsQuery): Promise<Page<BillRun>> {
    const { feeder, period, state } = query;
    const [rows, total] = await this.store.reads(BillRun).findAndCount({
      where: { ...(feeder && { feeder }), ...(period && { period }), ...(state && { state: state as RunState }) },
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** Makes the drafts, or makes them again. @throws {Problem} as {@link ask} */
  calculate(id: number, version: number): Promise<BillRun> {
    return this.ask(id, version, 'CALCULATE', () => ({ bills: 0, skipped: 0, totals: [] }));
  }

  /**
   * Four eyes: by somebody else than who made the run.
   * @throws {Problem} http.not-found, http.stale; billing.run-state, run-busy, run-empty, run-own-work
   */
  review(id: number, version: number, { userId }: Principal): Promise<BillRun> {
    return this.change(id, version, ['CALCULATED'], 'review', (run) => {
      if (run.createdBy === userId) throw new Problem(BILL_RUNS['billing.run-own-work']);
      if (run.bills === 0) throw new Problem(BILL_RUNS['billing.run-empty']);
      return { state: 'REVIEWED', reviewedBy: userId, reviewedAt: this.clock.now() };
    });
  }

  /** @throws {Problem} as {@link ask}; billing.date-in-future before the day of issue */
  post(id: number, version: number, { userId }: Principal): Promise<BillRun> {
    return this.ask(id, version, 'POST', ({ issueOn }) => {
      if (issueOn > localDateOf(this.clock.now())) throw new Problem(BOOKS['billing.date-in-future']);
      return { postedBy: userId };
    });
  }

  /** The serials are those of the caller's office. @throws {Problem} as {@link ask} */
  issue(id: number, version: number, caller: Principal): Promise<BillRun> {
    return this.ask(id, version, 'ISSUE', async ({ office }) => ({
      issuedBy: caller.userId,
      office: office ?? officeCode(await this.staff.departmentCode(caller.departmentId)),
    }));
  }

  /** @throws {Problem} as {@link ask}; billing.run-state when nothing of it is posted */
  reverse(id: number, version: number, reason: string, { userId }: Principal): Promise<BillRun> {
    return this.ask(id, version, 'REVERSE', async (run) => {
      if (run.state === 'REVIEWED' && !(await this.isPosted(id))) throw wrongState(run);
      return { endedBy: userId, reason };
    });
  }

  /**
   * A reversal of drafts alone: until they are gone no other run has their accounts.
   * @throws {Problem} as {@link ask}; billing.run-state when a part is posted
   */
  cancel(id: number, version: number, reason: string, { userId }: Principal): Promise<BillRun> {
    return this.ask(
      id,
      version,
      'REVERSE',
      async (run) => {
        if (await this.isPosted(id)) throw wrongState(run);
        return { endedBy: userId, reason };
      },
      { from: CANCELLABLE, verb: 'cancel' },
    );
  }

  /**
   * Asks a worker for a task; one that stopped half way goes on with what is left.
   * @throws {Problem} http.not-found, http.stale; billing.run-state, run-busy
   */
  private ask(
    id: number,
    version: number,
    task: RunTask,
    prepare: (run: BillRun) => Partial<BillRun> | Promise<Partial<BillRun>>,
    { from = TASKS[task].from, verb = task.toLowerCase() }: { from?: readonly RunState[]; verb?: string } = {},
  ): Promise<BillRun> {
    return this.change(id, version, from, verb, async (run) => {
      const changes = await prepare(run);
      await this.outbox.add(RUN_ASKED, { runId: id });
      return { ...changes, task, cursor: 0, failure: null };
    });
  }

  private change(
    id: number,
    version: number,
    from: readonly RunState[],
    verb: string,
    decide: (run: BillRun) => Partial<BillRun> | Promise<Partial<BillRun>>,
  ): Promise<BillRun> {
    return this.uow.run(async () => {
      const run = await this.get(id);
      if (run.version !== version) throw new Problem('http.stale');
      if (run.task !== null) throw new Problem(BILL_RUNS['billing.run-busy'], { extra: { task: run.task } });
      if (!from.includes(run.state)) throw wrongState(run);
      const changes = await decide(run);
      const next = await this.store.updateVersioned(BillRun, { id, version }, changes);
      await this.audit.record({ action: `billing.bill-run.${verb}`, detail: { runId: id, state: run.state } });
      return { ...run, ...changes, version: next };
    });
  }

  private isPosted(runId: number): Promise<boolean> {
    return this.store.reads(Bill).exists({
      where: [
        { runId, state: 'POSTED' },
        { runId, state: 'ISSUED' },
      ],
    });
  }
}

const wrongState = ({ state }: BillRun): Problem => new Problem(BILL_RUNS['billing.run-state'], { extra: { state } });
