import { Inject, Injectable } from '@nestjs/common';
import { addDays, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery, type Principal } from '@libs/http';
import { IdAllocator, StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { IsNull } from 'typeorm';
import { Audit } from '../../identity';
import { Arrears } from '../../billing';
import { Subscription, WATER_CLASSES } from '../subscriptions/subscription.entity';
import { CutCandidate, CutRun, type CutCriteria } from './cut.entity';
import { meets } from './cut.rules';
import type { CandidatesQuery, CreateCutRun } from './cut-runs.dto';
import { CutSubjects } from './cut-subjects';
import { CutNoticeIssue } from './cut-notice-issue';
import { Exemptions } from './exemptions';
import { ORDERS } from './orders.problems';

/** Subscriptions a question. */
const BATCH = 1000;

export type CandidateRow = CutCandidate & { number: string };

/** Lists of whose water would be cut: LISTED → NOTICED | CANCELLED. */
@Injectable()
export class CutRuns {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly subjects: CutSubjects,
    private readonly exemptions: Exemptions,
    private readonly arrears: Arrears,
    private readonly issuing: CutNoticeIssue,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whoever meets the criteria is listed, exempt or not. Never below what the settings allow. */
  async create(input: CreateCutRun, by: Principal): Promise<CutRun> {
    const { waterClasses, routeId = null, zoneId = null, leastBills = 0, leastOwed = 0, daysOverdue = 0 } = input;
    const { waterCutLeastBills, waterCutLeastOwed } = this.config;
    const criteria: CutCriteria = {
      ...{ waterClasses: waterClasses?.length ? waterClasses : [...WATER_CLASSES], routeId, zoneId, daysOverdue },
      leastBills: Math.max(leastBills, waterCutLeastBills),
      leastOwed: Math.max(leastOwed, waterCutLeastOwed.ILS ?? 0),
    };
    const [createdAt, today] = [this.clock.now(), localDateOf(this.clock.now())];
    const dueBy = addDays(today, -daysOverdue);
    return this.uow.run(async () => {
      const ended = { endedBy: null, endedAt: null };
      const run: CutRun = { id: await this.ids.one(), version: 1, state: 'LISTED', criteria, dueBy, createdBy: by.userId, createdAt, ...ended }; // prettier-ignore
      await this.store.insert(CutRun, run);
      let listed = 0;
      for (let after = 0; ;) {
        const page = await this.subjects.after(after, criteria, BATCH);
        if (page.length === 0) break;
        after = page.at(-1)!.id;
        listed += await this.list(run, page, today);
      }
      await this.audit.record({ action: 'water.cut-run-created', detail: { runId: run.id, listed, ...criteria } });
      return run;
    });
  }

  private async list(run: CutRun, page: Awaited<ReturnType<CutSubjects['after']>>, today: string): Promise<number> {
    const owed = await this.exemptions.owed(page, run.dueBy);
    const found = page.filter(({ accountId }) => meets(owed.get(accountId), run.criteria));
    const exempt = await this.exemptions.of(found, today, true);
    const ids = await this.ids.many(found.length);
    await this.store.insert(
      CutCandidate,
      found.map(({ id, accountId }, at) => {
        const why = exempt.get(id);
        return {
          ...{ id: ids[at]!, runId: run.id, subscriptionId: id, accountId, ...owed.get(accountId)!, noticeId: null },
          ...{ exemption: why?.code ?? null, exemptionDetail: why?.detail ?? null },
        };
      }),
    );
    return found.length;
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<CutRun> {
    const run = await this.store.reads(CutRun).findOneBy({ id });
    if (!run) throw new Problem('http.not-found');
    return run;
  }

  /** Newest first. */
  async all(query: PageQuery): Promise<Page<CutRun>> {
    const page = { skip: skipped(query), take: query.pageSize };
    const [rows, total] = await this.store
      .reads(CutRun)
      .findAndCount({ order: { createdAt: 'DESC', id: 'DESC' }, ...page });
    return pageOf(query, rows, total);
  }

  /** By what is owed, the largest first. @throws {Problem} http.not-found */
  async candidates(runId: number, { exempt, ...query }: CandidatesQuery): Promise<Page<CandidateRow>> {
    await this.get(runId);
    const found = this.store.query(CutCandidate, 'c').where('c.runId = :runId', { runId });
    if (exempt !== undefined) found.andWhere(`c.exemption IS ${exempt ? 'NOT NULL' : 'NULL'}`);
    const page = found.orderBy('c.owed', 'DESC').addOrderBy('c.id').offset(skipped(query)).limit(query.pageSize);
    const [rows, total] = await page.getManyAndCount();
    const known = await this.subjects.byId(rows.map(({ subscriptionId }) => subscriptionId));
    const items = rows.map((row) => ({ ...row, number: known.get(row.subscriptionId)!.number }));
    return pageOf(query, items, total);
  }

  /**
   * Notices to those that are still to be cut, by somebody else than the maker of the list.
   * @throws {Problem} http.not-found; water.cut-run-state, cut-own-list @throws {StaleVersionError}
   */
  issue(target: Versioned, by: Principal): Promise<CutRun> {
    return this.uow.run(async () => {
      const run = await this.open(target);
      if (run.createdBy === by.userId) throw new Problem(ORDERS['water.cut-own-list']);
      await this.end(run, 'NOTICED', by);
      const candidates = await this.store.reads(CutCandidate).findBy({ runId: run.id, exemption: IsNull() });
      await this.arrears.hold(candidates.map(({ accountId }) => accountId));
      await this.store.hold(
        Subscription,
        candidates.map(({ subscriptionId }) => subscriptionId),
      );
      const subjects = await this.subjects.byId(candidates.map(({ subscriptionId }) => subscriptionId));
      const today = localDateOf(this.clock.now());
      const active = candidates.filter(({ subscriptionId }) => subjects.get(subscriptionId)!.state === 'ACTIVE');
      const owed = await this.exemptions.owed([...subjects.values()], run.dueBy);
      const exempt = await this.exemptions.of([...subjects.values()], today, true);
      const left = [];
      for (const candidate of active) {
        const subject = subjects.get(candidate.subscriptionId)!;
        const [why, arrear] = [exempt.get(subject.id), owed.get(subject.accountId)];
        if (why) {
          const changes = { exemption: why.code, exemptionDetail: why.detail };
          await this.store.update(CutCandidate, { id: candidate.id }, changes);
        } else if (meets(arrear, run.criteria)) left.push({ candidate, subject, arrear });
      }
      const issued = await this.issuing.issue(run, left, by);
      await this.audit.record({ action: 'water.cut-notices-issued', detail: { runId: run.id, issued } });
      return this.get(run.id);
    });
  }

  /** @throws as {@link issue} */
  cancel(target: Versioned, by: Principal): Promise<CutRun> {
    return this.uow.run(async () => {
      const run = await this.open(target);
      await this.end(run, 'CANCELLED', by);
      await this.audit.record({ action: 'water.cut-run-cancelled', detail: { runId: run.id } });
      return this.get(run.id);
    });
  }

  private async open(target: Versioned): Promise<CutRun> {
    const run = await this.get(target.id);
    if (run.version !== target.version) throw new StaleVersionError(CutRun.name, target.id);
    if (run.state !== 'LISTED') throw new Problem(ORDERS['water.cut-run-state'], { extra: { state: run.state } });
    return run;
  }

  private async end(run: CutRun, state: 'NOTICED' | 'CANCELLED', { userId }: Principal): Promise<void> {
    await this.store.updateVersioned(CutRun, run, { state, endedBy: userId, endedAt: this.clock.now() });
  }
}
