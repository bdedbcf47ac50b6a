import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store, UnitOfWork } from '@libs/persistence';
import { Books } from '../books/books';
import { BillDigests } from '../notices/bill-digests';
import { Bill } from './bill-run.entity';
import { CANCELLABLE } from './bill-run.rules';
import { BillFeeders } from './feeders';
import { RunProgress, type ItemBill, type WorkedRun } from './run-progress';

/** All but those that were taken back: drafts, of which a run that stopped while it was posted has some, come last. */
const LEFT = ['CALCULATED', 'POSTED', 'ISSUED'] as const;

/**
 * Takes the bills of a run out of the books again, what paid them becomes an advance, and removes its drafts. One that has
 * nothing but drafts is so cancelled.
 */
@Injectable()
export class ReversingRun {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly books: Books,
    private readonly feeders: BillFeeders,
    private readonly progress: RunProgress,
    private readonly digests: BillDigests,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} as Books.reverse: nothing of these bills is reversed then */
  step(run: WorkedRun, limit: number): Promise<void> {
    return this.uow.run(async () => {
      const bills = await this.progress.next(run, LEFT, limit);
      if (!(await this.progress.claim(run, bills.at(-1)?.accountId ?? 0))) return;
      if (bills.length === 0) return this.finish(run);
      await this.progress.removeDrafts(bills.filter(({ state }) => state === 'CALCULATED'));
      const standing = bills.filter(({ state }) => state !== 'CALCULATED');
      if (standing.length > 0) await this.takeBack(run, standing);
    });
  }

  /** The bill stays as it is and is listed. */
  skip(run: WorkedRun, reason: string): Promise<void> {
    return this.uow.run(async () => {
      const [bill] = await this.progress.next(run, LEFT, 1);
      if (!bill || !(await this.progress.claim(run, bill.accountId))) return;
      await this.progress.except(run, [{ accountId: bill.accountId, reason }]);
    });
  }

  async refused({ id, state }: WorkedRun): Promise<void> {
    if (state === 'ISSUED') await this.digests.withdraw(id);
  }

  private async takeBack(run: WorkedRun, bills: ItemBill[]): Promise<void> {
    const feeder = this.feeders.require(run.feeder);
    await this.books.reverseMany(
      bills.map(({ id, postingId }) => ({
        postingId: postingId!,
        on: localDateOf(this.clock.now()),
        by: run.endedBy,
        description: `إلغاء فاتورة ${feeder.nameAr} ${run.period}`,
        document: { type: 'bill', id },
        reason: run.reason!,
      })),
    );
    await feeder.reversed?.(bills, { ...run, by: run.endedBy });
    await this.store.bulkUpdate(
      Bill,
      ['state'],
      bills.map(({ id }) => ({ id, values: ['REVERSED'] })),
    );
  }

  private async finish(run: WorkedRun): Promise<void> {
    if (run.state === 'ISSUED') await this.digests.withdraw(run.id);
    const neverPosted = CANCELLABLE.includes(run.state) && !(await this.store.reads(Bill).existsBy({ runId: run.id }));
    const state = neverPosted ? 'CANCELLED' : 'REVERSED';
    await this.progress.note(run, { task: null, state, endedAt: this.clock.now() });
  }
}
