import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store, UnitOfWork } from '@libs/persistence';
import { Accounts } from '../accounts/accounts';
import { Account, type ChargeHead } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import { Books } from '../books/books';
import type { EntryLine, PostingRequest } from '../books/posting';
import { Bill } from './bill-run.entity';
import { addTotals, sourceOf } from './bill-run.rules';
import { BillFeeders } from './feeders';
import { RunProgress, type ItemBill, type WorkedRun } from './run-progress';

/** Puts the drafts of a run into the books: one posting a bill. */
@Injectable()
export class PostingRun {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly books: Books,
    private readonly accounts: Accounts,
    private readonly heads: ChargeHeads,
    private readonly feeders: BillFeeders,
    private readonly progress: RunProgress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} as Books.postMany: nothing of these bills is posted then */
  step(run: WorkedRun, limit: number): Promise<void> {
    return this.uow.run(async () => {
      const bills = await this.progress.next(run, ['CALCULATED'], limit);
      if (!(await this.progress.claim(run, bills.at(-1)?.accountId ?? 0))) return;
      if (bills.length === 0) {
        return this.progress.note(run, { task: null, state: 'POSTED', postedAt: this.clock.now() });
      }
      const feeder = this.feeders.require(run.feeder);
      if (feeder.posting) {
        // What the feeder posts for some of the accounts does not come before the others are held.
        await this.store.hold(
          Account,
          bills.map(({ accountId }) => accountId),
        );
        await feeder.posting(bills, { ...run, by: run.postedBy });
      }
      const heads = await this.heads.require(new Set(bills.flatMap(({ lines }) => lines.map(({ head }) => head))));
      const posted = await this.books.postMany(bills.map((bill) => postingOf(run, bill, heads, feeder.nameAr)));
      // The books hold the accounts now: nothing comes between the posting and what is read here.
      const balances = await this.accounts.balances(bills.map(({ accountId }) => accountId));
      await this.store.bulkUpdate(
        Bill,
        ['state', 'previousBalance', 'advanceApplied', 'postingId'],
        bills.map(({ id, accountId, amount }, at) => {
          const { postingId, outstanding } = posted[at]!;
          const open = outstanding.reduce((sum, each) => sum + each, 0);
          return { id, values: ['POSTED', balances.get(accountId)! - amount, amount - open, postingId] };
        }),
      );
    });
  }

  /** Leaves out the one bill that cannot be posted. */
  skip(run: WorkedRun, reason: string): Promise<void> {
    return this.uow.run(async () => {
      const [bill] = await this.progress.next(run, ['CALCULATED'], 1);
      if (!bill || !(await this.progress.claim(run, bill.accountId))) return;
      await this.store.remove(Bill, { id: bill.id, state: 'CALCULATED' });
      await this.progress.except(run, [{ accountId: bill.accountId, reason }]);
      await this.progress.note(run, { bills: run.bills - 1, totals: addTotals(run.totals, [bill], -1) });
    });
  }
}

function postingOf(
  run: WorkedRun,
  { id, accountId, edition, currency, lines }: ItemBill,
  heads: ReadonlyMap<string, ChargeHead>,
  feederName: string,
): PostingRequest {
  const income = new Map<string, number>();
  for (const { head, amount } of lines) income.set(head, (income.get(head) ?? 0) + amount);
  const { feeder, period, issueOn: on, dueOn, postedBy } = run;
  return {
    kind: 'CHARGE',
    on,
    description: `فاتورة ${feederName} ${period}`,
    document: { type: 'bill', id },
    by: postedBy,
    charges: lines.map((line, at) => ({
      accountId,
      head: line.head,
      amount: line.amount,
      period: line.period ?? period,
      dueOn,
      detail: line.detail,
      source: sourceOf({ feeder, accountId, period, edition }, at),
    })),
    entries: [...income].map(([head, amount]) => ({
      ledger: heads.get(head)!.ledger as EntryLine['ledger'],
      currency,
      amount: -amount,
      dimension: head,
    })),
  };
}
