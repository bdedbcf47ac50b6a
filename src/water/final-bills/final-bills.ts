import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { BillRuns } from '../../billing';
import { Audit } from '../../identity';
import { Meter } from '../meters/meter.entity';
import { Subscription } from '../subscriptions/subscription.entity';
import { FinalBill } from './final-bill.entity';
import { FINAL_BILLS } from './final-bills.problems';
import type { RequestFinalBill } from './final-bills.dto';
import { FinalReadings } from './final-readings';

/** Until then another final bill of the subscription would charge the same water. */
const PENDING = ['DRAFT', 'CALCULATED', 'REVIEWED'];

/** Final bills when a subscription is closed or goes to another party. */
@Injectable()
export class FinalBills {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly runs: BillRuns,
    private readonly finals: FinalReadings,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Opens a run with this one bill and has it calculated; others review, post and issue it as any other.
   * @throws {Problem} http.not-found, http.invalid; water.final-bill-pending, final-bill-impossible
   */
  request(subscriptionId: number, input: RequestFinalBill, by: Principal): Promise<FinalBill> {
    const { cause, readOn, reading, dueOn, reason } = input;
    const today = localDateOf(this.clock.now());
    if (readOn > today) throw invalidField('/readOn', 'notInFuture');
    return this.uow.run(async () => {
      await this.store.hold(Subscription, [subscriptionId]);
      const subscription = await this.store.reads(Subscription).findOneBy({ id: subscriptionId });
      if (!subscription) throw new Problem('http.not-found');
      await this.refusePending(subscriptionId);
      const meter = await this.meterAt(subscriptionId, readOn);
      if (reading >= 10 ** meter.digits) throw invalidField('/reading', 'notOnTheMeter');
      const { accountId } = subscription;
      const { digits, multiplier } = meter;
      const final = { subscriptionId, accountId, cause, readOn, reading, digits, multiplier, reason };
      await this.refuseImpossible(final);
      const id = await this.ids.one();
      const parameters = [{ name: 'finalBill', value: String(id) }];
      const period = readOn.slice(0, 7);
      const run = await this.runs.create({ feeder: 'water-final', period, issueOn: today, dueOn, parameters }, by);
      const bill = { ...final, id, runId: run.id, requestedBy: by.userId, requestedAt: this.clock.now() };
      await this.store.insert(FinalBill, bill);
      await this.runs.calculate(run.id, run.version);
      await this.audit.record({ action: 'water.final-bill-requested', detail: { finalBillId: id, subscriptionId } });
      return bill;
    });
  }

  /** Newest first. @throws {Problem} http.not-found */
  async of(subscriptionId: number): Promise<FinalBill[]> {
    if (!(await this.store.reads(Subscription).existsBy({ id: subscriptionId }))) throw new Problem('http.not-found');
    return this.store.reads(FinalBill).find({ where: { subscriptionId }, order: { requestedAt: 'DESC', id: 'DESC' } });
  }

  private async refusePending(subscriptionId: number): Promise<void> {
    for (const { runId } of await this.store.reads(FinalBill).findBy({ subscriptionId })) {
      const { state } = await this.runs.get(runId);
      if (PENDING.includes(state)) throw new Problem(FINAL_BILLS['water.final-bill-pending'], { extra: { runId } });
    }
  }

  private async meterAt(subscriptionId: number, readOn: string): Promise<Meter> {
    const last = await this.finals.installationAt({ subscriptionId, readOn });
    if (!last) throw new Problem(FINAL_BILLS['water.final-bill-impossible'], { extra: { reason: 'water.no-meter' } });
    return this.store.reads(Meter).findOneByOrFail({ id: last.meterId });
  }

  private async refuseImpossible(final: Parameters<FinalReadings['rate']>[0]): Promise<void> {
    const outcome = (await this.finals.rate(final)).accounts.get(final.accountId);
    if (outcome && !('reason' in outcome) && outcome.lines.length > 0) return;
    const reason = outcome && 'reason' in outcome ? outcome.reason : 'water.nothing-to-bill';
    throw new Problem(FINAL_BILLS['water.final-bill-impossible'], { extra: { reason } });
  }
}
