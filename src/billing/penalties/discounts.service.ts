import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { LessThanOrEqual, MoreThan, MoreThanOrEqual } from 'typeorm';
import { Audit } from '../../identity';
import { Accounts } from '../accounts/accounts';
import { ChargeHeads } from '../accounts/charge-heads';
import { Charge } from '../books/open-item.entity';
import { discountQuote, overlaps, type DiscountQuote } from './discount.rules';
import type { CreateDiscountWindow } from './penalties.dto';
import { PENALTIES } from './penalties.problems';
import { DiscountWindow } from './penalty.entity';

/** Discounts for early payment: their windows, and what they would be. */
@Injectable()
export class Discounts {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly accounts: Accounts,
    private readonly heads: ChargeHeads,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  windows(): Promise<DiscountWindow[]> {
    return this.store.reads(DiscountWindow).find({ order: { opensOn: 'DESC', head: 'ASC', id: 'ASC' } });
  }

  /** @throws {Problem} http.invalid; billing.head-unknown, discount-overlaps */
  create(input: CreateDiscountWindow, by: Principal): Promise<DiscountWindow> {
    const wrong = (pointer: string) => invalidField(pointer, 'notBeforeStart');
    if (input.periodTo < input.periodFrom) throw wrong('/periodTo');
    if (input.closesOn < input.opensOn) throw wrong('/closesOn');
    return this.uow.run(async () => {
      await this.heads.require([input.head]);
      const others = await this.store.reads(DiscountWindow).findBy({ head: input.head });
      if (others.some((other) => overlaps(other, input))) throw new Problem(PENALTIES['billing.discount-overlaps']);
      const { head, periodFrom, periodTo, opensOn, closesOn, ratePpm, documentNumber } = input;
      const made = { id: await this.ids.one(), createdBy: by.userId, createdAt: this.clock.now() };
      const window = { ...made, head, periodFrom, periodTo, opensOn, closesOn, ratePpm, documentNumber };
      await this.store.insert(DiscountWindow, window);
      await this.audit.record({ action: 'billing.discount-window-created', detail: { ...window } });
      return window;
    });
  }

  /**
   * What who pays the account's charges whole on a day is spared.
   * @param on default today; a day to come is answered by what is open today
   * @throws {Problem} http.not-found; http.invalid for a day that is past
   */
  async quote(accountId: number, on?: string): Promise<DiscountQuote & { currency: string; on: string }> {
    const today = localDateOf(this.clock.now());
    const day = on ?? today;
    if (day < today) throw invalidField('/on', 'notBeforeToday');
    const { currency } = await this.accounts.get(accountId);
    const order = { dueOn: 'ASC', id: 'ASC' } as const;
    const charges = await this.store.reads(Charge).find({ where: { accountId, outstanding: MoreThan(0) }, order });
    const where = { opensOn: LessThanOrEqual(day), closesOn: MoreThanOrEqual(day) };
    const windows = await this.store.reads(DiscountWindow).findBy(where);
    return { ...discountQuote(charges, windows, day), currency, on: day };
  }
}
