import { Inject, Injectable, Logger } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { skipped, type PageQuery } from '@libs/http';
import { Leases } from '@libs/outbox';
import { IdAllocator, loggable, Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../accounts/account.entity';
import { Books } from '../books/books';
import type { PostingRequest } from '../books/posting';
import { correctionsOf, type Correction } from './correction.rules';
import { LateCharges, type Candidate } from './late-charges';
import { PenaltyAssessment, PenaltyRule, PenaltyRun, type PenaltyTotal } from './penalty.entity';
import { penaltiesByMonth, ruleOf } from './penalty.rules';

export const PENALTY_LEASE = 'billing-penalty-run';
const LEASE_SECONDS = 120;
const BATCH = 300;

interface Late {
  charge: Candidate;
  rule: PenaltyRule;
  corrections: Correction[];
}

/** What a batch did, for the totals of its run. */
interface Done {
  leftOut: number;
  amounts: { currency: string; charged: number; credited: number }[];
}

/**
 * Brings the penalties of all late charges to what they are by today: new months are charged, months that a
 * back-dated payment, a reversal or another rule changed are corrected. A month that is right is left alone, so a second
 * run does nothing.
 */
@Injectable()
export class PenaltyRuns {
  private readonly logger = new Logger(PenaltyRuns.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly leases: Leases,
    private readonly books: Books,
    private readonly late: LateCharges,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the run, DONE or FAILED; undefined while another process runs */
  async run(startedBy: number | null): Promise<PenaltyRun | undefined> {
    return (await this.leases.once(PENALTY_LEASE, LEASE_SECONDS, () => this.all(startedBy)))?.result;
  }

  /** Newest first. */
  list(query: PageQuery): Promise<[PenaltyRun[], number]> {
    const page = { skip: skipped(query), take: query.pageSize };
    return this.store.reads(PenaltyRun).findAndCount({ order: { startedAt: 'DESC', id: 'DESC' }, ...page });
  }

  private async all(startedBy: number | null): Promise<PenaltyRun> {
    const run = await this.open(startedBy);
    const totals = new Map<string, { charged: number; credited: number }>();
    try {
      const rules = await this.store.reads(PenaltyRule).find();
      const from = rules.map(({ validFrom }) => validFrom).sort()[0];
      for (let after = 0; from !== undefined;) {
        const batch = await this.late.after(after, { from, before: run.asOf }, BATCH);
        if (batch.length === 0) break;
        for (const { leftOut, amounts } of await this.batch(run, rules, batch)) {
          run.leftOut += leftOut;
          for (const { currency, charged, credited } of amounts) {
            const sum = totals.get(currency) ?? { charged: 0, credited: 0 };
            totals.set(currency, { charged: sum.charged + charged, credited: sum.credited + credited });
          }
        }
        run.examined += batch.length;
        after = batch.at(-1)!.id;
      }
      run.state = 'DONE';
    } catch (error) {
      this.logger.error(loggable(error));
      run.state = 'FAILED';
      run.failure = loggable(error).message.slice(0, 1000);
    }
    run.finishedAt = this.clock.now();
    run.totals = [...totals]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([currency, sum]): PenaltyTotal => ({
        currency,
        charged: String(sum.charged),
        credited: String(sum.credited),
      }));
    const { id, ...end } = run;
    await this.uow.run(() => this.store.update(PenaltyRun, { id }, end));
    return run;
  }

  /** A run that is open while this one has the lease was cut off. */
  private async open(startedBy: number | null): Promise<PenaltyRun> {
    const startedAt = this.clock.now();
    return this.uow.run(async () => {
      const cut = { state: 'FAILED' as const, failure: 'cut off', finishedAt: startedAt };
      await this.store.update(PenaltyRun, { state: 'RUNNING' }, cut);
      const run: PenaltyRun = {
        id: await this.ids.one(),
        state: 'RUNNING',
        asOf: localDateOf(startedAt),
        startedBy,
        startedAt,
        finishedAt: null,
        examined: 0,
        leftOut: 0,
        totals: null,
        failure: null,
      };
      await this.store.insert(PenaltyRun, run);
      return run;
    });
  }

  /** In one unit; when that fails account by account, so that one does not keep the others. */
  private async batch(
    run: PenaltyRun,
    rules: readonly PenaltyRule[],
    charges: readonly { id: number; accountId: number }[],
  ): Promise<Done[]> {
    const assess = (some: readonly { id: number; accountId: number }[]) =>
      this.uow.run(() => this.assess(run, rules, some));
    try {
      return [await assess(charges)];
    } catch (error) {
      this.logger.warn(loggable(error));
    }
    const done: Done[] = [];
    for (const accountId of new Set(charges.map((charge) => charge.accountId))) {
      const own = charges.filter((charge) => charge.accountId === accountId);
      done.push(
        await assess(own).catch((error: unknown): Done => {
          this.logger.error({ ...loggable(error), accountId });
          return { leftOut: own.length, amounts: [] };
        }),
      );
    }
    return done;
  }

  private async assess(
    run: PenaltyRun,
    rules: readonly PenaltyRule[],
    charges: readonly { id: number; accountId: number }[],
  ): Promise<Done> {
    // No payment comes between what is read and what is posted.
    await this.store.hold(Account, [...new Set(charges.map(({ accountId }) => accountId))]);
    const ids = charges.map(({ id }) => id);
    const [candidates, assessed] = [await this.late.load(ids), await this.late.assessed(ids)];
    const changed = candidates.flatMap((charge): Late[] => {
      const rule = ruleOf(rules, charge);
      if (!rule) return [];
      const corrections = correctionsOf(penaltiesByMonth(rule, charge, run.asOf), assessed.get(charge.id) ?? []);
      return corrections.length > 0 ? [{ charge, rule, corrections }] : [];
    });
    // Nothing is charged to a closed account; what was too much is taken back there too.
    const open = changed.filter(
      ({ charge, corrections }) => charge.accountOpen || corrections.every(({ amount }) => amount < 0),
    );
    await this.post(run, open);
    return {
      leftOut: changed.length - open.length,
      amounts: open.flatMap(({ charge: { currency }, corrections }) =>
        corrections.map(({ amount, takeBack }) => ({
          currency,
          charged: Math.max(amount, 0),
          credited: sum(takeBack),
        })),
      ),
    };
  }

  private async post(run: PenaltyRun, late: readonly Late[]): Promise<void> {
    if (late.length === 0) return;
    const assessments = new Map<number, { late: Late; correction: Correction }[]>();
    const requests: PostingRequest[] = [];
    const shared = {
      on: run.asOf,
      by: run.startedBy,
      document: { type: 'penalty-run', id: run.id },
    };
    for (const each of byAccount(late)) {
      const { accountId, currency } = each[0]!.charge;
      const all = each.flatMap((one) => one.corrections.map((correction) => ({ late: one, correction })));
      const up = all.filter(({ correction }) => correction.amount > 0);
      if (up.length > 0) {
        assessments.set(requests.length, up);
        const charges = up.map(({ late: { charge }, correction: { period, number, amount } }) => ({
          accountId,
          head: 'PENALTY',
          amount,
          period,
          source: `penalty:${charge.id}:${period}:${number}`,
        }));
        const amount = -sum(charges);
        const entries = [{ ledger: 'PENALTIES' as const, currency, amount, dimension: 'PENALTY' }];
        requests.push({ kind: 'PENALTY', description: 'غرامة تأخير', ...shared, entries, charges });
      }
      const chargesBack = all.flatMap(({ correction }) => correction.takeBack);
      if (chargesBack.length > 0) {
        const entries = [{ ledger: 'PENALTIES' as const, currency, amount: sum(chargesBack), dimension: 'PENALTY' }];
        requests.push({ kind: 'CREDIT_NOTE', description: 'تصحيح غرامة تأخير', ...shared, entries, chargesBack });
      }
    }
    const posted = await this.books.postMany(requests);
    const made = new Map<Correction, number>();
    for (const [at, up] of assessments) {
      up.forEach(({ correction }, index) => made.set(correction, posted[at]!.chargeIds[index]!));
    }
    const rows = late.flatMap(({ charge, rule, corrections }) =>
      corrections.map((correction) => ({ charge, rule, correction })),
    );
    const ids = await this.ids.many(rows.length);
    await this.store.insert(
      PenaltyAssessment,
      rows.map(({ charge, rule, correction }, at) => ({
        id: ids[at]!,
        chargeId: charge.id,
        period: correction.period,
        number: correction.number,
        amount: correction.amount,
        ruleId: rule.id,
        runId: run.id,
        penaltyChargeId: made.get(correction) ?? null,
      })),
    );
  }
}

const sum = (parts: readonly { amount: number }[]): number => parts.reduce((total, { amount }) => total + amount, 0);

function byAccount(late: readonly Late[]): Late[][] {
  const accounts = new Map<number, Late[]>();
  for (const each of late) {
    const list = accounts.get(each.charge.accountId);
    if (list) list.push(each);
    else accounts.set(each.charge.accountId, [each]);
  }
  return [...accounts.values()];
}
