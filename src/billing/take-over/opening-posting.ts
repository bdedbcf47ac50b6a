import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import type { Account } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import { CHARGE, CREDIT, ENTRY, POSTING } from '../books/columns';
import { ItemStore } from '../books/item-store';
import { Charge, Credit } from '../books/open-item.entity';
import { OpenItems, type ChargeItem, type CreditItem } from '../books/open-items';
import { LedgerEntry, LedgerPosting } from '../books/posting.entity';
import { headOf, openItems, type Correction } from './take-over.rules';

export interface Work {
  account: Account;
  corrections: Correction[];
}

const DESCRIPTION = 'رصيد افتتاحي من الأنظمة السابقة';

/**
 * Movements of the old systems as entries under their own days: one posting a batch, with one entry against the opening
 * balances for each currency and day. Unlike other postings it may lie in closed periods and on closed accounts: it
 * says what was, not what happens now.
 */
@Injectable()
export class OpeningPosting {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly heads: ChargeHeads,
    private readonly items: ItemStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Inside a unit of work that holds the accounts. @param opened accounts that had no open items before */
  async post(work: readonly Work[], opened: ReadonlySet<Account>): Promise<void> {
    if (work.length === 0) return;
    const [now, postingId] = [this.clock.now(), await this.ids.one()];
    const on = localDateOf(now);
    const posting = [postingId, 'OPENING', on, null, null, null, DESCRIPTION, null, null, now];
    await this.store.bulkInsert(LedgerPosting, POSTING, [posting]);
    await this.store.bulkInsert(LedgerEntry, ENTRY, await this.entries(work, postingId));
    await this.writeItems(work, opened, { postingId, on });
  }

  private async entries(work: readonly Work[], postingId: number): Promise<unknown[][]> {
    const rows: unknown[][] = [];
    const against = new Map<string, Map<string, number>>();
    for (const { account, corrections } of work) {
      const { id, currency } = account;
      const days = against.get(currency) ?? new Map<string, number>();
      against.set(currency, days);
      for (const { movementId, postedOn, amount } of corrections) {
        const entryId = await this.ids.one();
        rows.push([entryId, postingId, 'RECEIVABLE', id, null, currency, amount, postedOn, movementId]);
        days.set(postedOn, (days.get(postedOn) ?? 0) - amount);
      }
    }
    for (const [currency, days] of against) {
      for (const [day, amount] of days) {
        if (amount !== 0) {
          rows.push([await this.ids.one(), postingId, 'OPENING', null, null, currency, amount, day, null]);
        }
      }
    }
    return rows;
  }

  private async writeItems(
    work: readonly Work[],
    opened: ReadonlySet<Account>,
    { postingId, on }: { postingId: number; on: string },
  ): Promise<void> {
    const items = new OpenItems();
    const charges: { item: ChargeItem; head: string; detail: string }[] = [];
    const credits: { item: CreditItem }[] = [];
    for (const { account, corrections } of work) {
      const left = openItems(corrections);
      const accountId = account.id;
      for (const { on: day, kind, open: amount } of left.charges) {
        const head = headOf(kind, account.serviceType);
        const { priority } = (await this.heads.require([head])).get(head)!;
        const shape = {
          id: await this.ids.one(),
          accountId,
          period: day.slice(0, 7),
          priority,
          chargedOn: day,
          dueOn: day,
        };
        const item = { ...shape, amount, cancelled: 0, outstanding: amount };
        items.addCharge(item);
        charges.push({ item, head, detail: kind });
      }
      for (const { on: creditedOn, open: amount } of left.credits) {
        const made = { id: await this.ids.one(), accountId, origin: 'OPENING', creditedOn };
        const item = { ...made, amount, reversed: 0, remaining: amount };
        items.addCredit(item);
        credits.push({ item });
      }
    }
    const before = work.filter(({ account }) => !opened.has(account)).map(({ account }) => account.id);
    await this.items.loadOpen(before, items);
    items.settle();
    await this.store.bulkInsert(
      Charge,
      CHARGE,
      charges.map(({ item, head, detail }) => {
        const { id, accountId, period, chargedOn, dueOn, amount, cancelled, outstanding } = item;
        const short = detail.slice(0, 200);
        return [id, accountId, postingId, head, period, chargedOn, dueOn, amount, cancelled, outstanding, short, null];
      }),
    );
    await this.store.bulkInsert(
      Credit,
      CREDIT,
      credits.map(({ item }) => {
        const { id, accountId, origin, creditedOn, amount, reversed, remaining } = item;
        return [id, accountId, postingId, origin, creditedOn, amount, reversed, remaining];
      }),
    );
    await this.items.update(items, new Set([...charges, ...credits].map(({ item }) => item.id)));
    const ids = await this.ids.many(items.lines.length);
    await this.items.insertAllocations(
      items.lines.map(({ chargeId, creditId, amount }, at) => [ids[at], chargeId, creditId, amount, on, postingId]),
    );
  }
}
