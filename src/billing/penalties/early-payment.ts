import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { LocalDate } from '@libs/calendar';
import { Store } from '@libs/persistence';
import { LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import type { ChargeHead } from '../accounts/account.entity';
import { ChargeHeads } from '../accounts/charge-heads';
import type { ReliefOffer } from '../payments/relief';
import { Reliefs, type PayableAccount, type ReliefSource } from '../payments/reliefs';
import { discountQuote } from './discount.rules';
import { DiscountWindow } from './penalty.entity';

/** Discounts for early payment, posted with the payment: of each charge that it closes, one offer a head. */
@Injectable()
export class EarlyPayment implements ReliefSource, OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly heads: ChargeHeads,
    private readonly reliefs: Reliefs,
  ) {}

  onModuleInit(): void {
    this.reliefs.register(this);
  }

  async isOpen(on: LocalDate): Promise<boolean> {
    const open = 'SELECT "id" FROM "discount_windows" WHERE "opens_on" <= ? AND "closes_on" >= ?';
    return (await this.store.sql(this.store.page(open, '"id"', 0, 1), [on, on])).length > 0;
  }

  async offers(accounts: readonly PayableAccount[], on: LocalDate): Promise<ReliefOffer[]> {
    const windows = await this.store.reads(DiscountWindow).findBy(openOn(on));
    const names = await this.heads.require(windows.map(({ head }) => head));
    return accounts.flatMap(({ accountId, charges }) => {
      const heads = new Map(charges.map(({ id, head }) => [id, head]));
      const offers = new Map<string, Map<number, number>>();
      for (const { chargeId, outstanding, discount } of discountQuote(charges, windows, on).lines) {
        const head = heads.get(chargeId)!;
        // Something is paid of every charge.
        const off = Math.min(discount, outstanding - 1);
        if (off > 0) offers.set(head, (offers.get(head) ?? new Map<number, number>()).set(chargeId, off));
      }
      return [...offers].map(([head, off]) => offer(accountId, names.get(head)!, off));
    });
  }
}

const openOn = (on: LocalDate) => ({ opensOn: LessThanOrEqual(on), closesOn: MoreThanOrEqual(on) });

const offer = (accountId: number, head: ChargeHead, off: ReadonlyMap<number, number>): ReliefOffer => ({
  key: `early-payment:${head.code}`,
  accountId,
  nameAr: `خصم السداد المبكر: ${head.nameAr}`,
  nameEn: `Early-payment discount: ${head.nameEn}`,
  origin: 'DISCOUNT',
  terms: { kind: 'EACH', off },
  least: 0,
  budget: Infinity,
  ledgers: [{ ledger: 'DISCOUNTS', dimension: head.code, weight: 1 }],
});
