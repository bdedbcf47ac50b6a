import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Account } from '../accounts/account.entity';
import { Accounts } from '../accounts/accounts';
import { ChargeHeads } from '../accounts/charge-heads';
import { Books } from '../books/books';
import { ItemStore } from '../books/item-store';
import { Charge } from '../books/open-item.entity';
import type { EntryLine } from '../books/posting';

export interface FeeLine {
  /** Code of a charge head. */
  head: string;
  /** Minor units, above zero. */
  amount: number;
  detail?: string;
}

export interface FeeRequest {
  accountId: number;
  lines: readonly FeeLine[];
  description: string;
  document: { type: string; id: number | string };
  by: number | null;
}

/** Fees that other modules charge for what they do, due on the day, and give back. */
@Injectable()
export class Fees {
  constructor(
    private readonly store: Store,
    private readonly accounts: Accounts,
    private readonly heads: ChargeHeads,
    private readonly items: ItemStore,
    private readonly books: Books,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One charge a document and head. @returns the charges in the order of the lines @throws {Problem} as Books.post */
  async charge({ accountId, lines, description, document, by }: FeeRequest): Promise<number[]> {
    const { currency } = await this.accounts.get(accountId);
    const heads = await this.heads.require(lines.map(({ head }) => head));
    const { chargeIds } = await this.books.post({
      kind: 'CHARGE',
      on: localDateOf(this.clock.now()),
      ...{ description, document, by },
      entries: lines.map(({ head, amount }) => ({
        ledger: heads.get(head)!.ledger as EntryLine['ledger'],
        ...{ currency, amount: -amount, dimension: head },
      })),
      charges: lines.map(({ head, amount, detail }) => ({
        ...{ accountId, head, amount, detail: detail?.slice(0, 200) ?? null },
        source: `${document.type}:${document.id}:${head}`,
      })),
    });
    return chargeIds;
  }

  /**
   * Takes back what is left of charges; what paid them becomes an advance, but not what was relieved (discount, waiver,
   * write-off). @throws {Problem} as Books.post
   */
  async takeBack(
    chargeIds: readonly number[],
    { reason, document, by }: { reason: string; document: FeeRequest['document']; by: number | null },
  ): Promise<void> {
    const charges = () => this.store.reads(Charge).findBy({ id: In([...chargeIds]) });
    const accountIds = new Set((await charges()).map(({ accountId }) => accountId));
    // No relief comes between the look and the posting.
    await this.store.hold(
      Account,
      [...accountIds].sort((a, b) => a - b),
    );
    const relieved = await this.items.reliefs(chargeIds);
    const back = (await charges())
      .map(({ id, accountId, head, amount, cancelled }) => {
        return { id, accountId, head, amount: amount - cancelled - (relieved.get(id) ?? 0) };
      })
      .filter(({ amount }) => amount > 0);
    if (back.length === 0) return;
    const heads = await this.heads.require(back.map(({ head }) => head));
    const { currency } = await this.accounts.get(back[0]!.accountId);
    await this.books.post({
      kind: 'CREDIT_NOTE',
      on: localDateOf(this.clock.now()),
      description: 'رد رسوم',
      ...{ reason, document, by },
      entries: back.map(({ head, amount }) => ({
        ledger: heads.get(head)!.ledger as EntryLine['ledger'],
        ...{ currency, amount, dimension: head },
      })),
      chargesBack: back.map(({ id, amount }) => ({ id, amount })),
    });
  }
}
