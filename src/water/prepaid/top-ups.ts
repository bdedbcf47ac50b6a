import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, skipped, type Page, type PageQuery, type Principal } from '@libs/http';
import { toDecimalString } from '@libs/money';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Accounts, Arrears, Fees, Payments } from '../../billing';
import { Audit } from '../../identity';
import { Orders } from '../orders/orders';
import { cubicMetres } from '../tariffs/rating.view';
import type { SellTopUp } from './prepaid.dto';
import { PrepaidTopUp } from './prepaid.entity';
import { TopUpQuotes } from './top-up-quotes';

export const DOCUMENT = 'water-top-up';
const NOT_YET = { token: null, vendedAt: null, cancelledBy: null, cancelledAt: null, cancelReason: null };

/** Water sold in advance at the till. Locks: the shift, the account, the subscription. */
@Injectable()
export class TopUps {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly orders: Orders,
    private readonly quotes: TopUpQuotes,
    private readonly accounts: Accounts,
    private readonly arrears: Arrears,
    private readonly fees: Fees,
    private readonly payments: Payments,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Charges, payment, receipt and top-up in one unit. The payment pays these charges first; what buys no water pays what
   * else is owed, or stays as an advance.
   * @throws {Problem} as {@link TopUpQuotes.of}; http.stale of one sold meanwhile; as Fees.charge and Payments.take
   */
  sell(subscriptionId: number, { amount, tender, ...typed }: SellTopUp, by: Principal): Promise<PrepaidTopUp> {
    return this.uow.run(async () => {
      await this.payments.ready(by);
      const subscription = await this.orders.holdWithAccount(subscriptionId);
      const { accountId, number } = subscription;
      const { meterId, month, litres, price, tariff, days, lines } = await this.quotes.at(subscription, amount);
      const id = await this.ids.one();
      const document = { type: DOCUMENT, id };
      const detail = `شحن ${cubicMetres(litres)} م³`;
      const said = { description: `${detail} ${number}`, document, by: by.userId };
      const charged = lines.map((line) => ({ ...line, detail }));
      const chargeIds = charged.length === 0 ? [] : await this.fees.charge({ accountId, lines: charged, ...said });
      const { payment, receipt } = await this.pay(accountId, chargeIds, { amount, tender, ...typed }, by);
      const topUp: PrepaidTopUp = {
        ...{ id, state: 'SOLD', subscriptionId, accountId, meterId, month, litres, amount, price, tariff, chargeIds },
        ...{ paymentId: payment.id, receiptSerial: receipt.serial, soldBy: by.userId, soldAt: this.clock.now() },
        ...{ ...NOT_YET, days, endedOn: null },
      };
      await this.store.insert(PrepaidTopUp, topUp);
      const sold = { id, subscriptionId, litres, amount: String(amount), receipt: receipt.serial };
      await this.audit.record({ action: 'water.top-up-sold', detail: sold });
      return topUp;
    });
  }

  /** Newest first. */
  async list(subscriptionId: number, query: PageQuery): Promise<Page<PrepaidTopUp>> {
    const order = { soldAt: 'DESC', id: 'DESC' } as const;
    const page = { order, skip: skipped(query), take: query.pageSize };
    const found = await this.store.reads(PrepaidTopUp).findAndCount({ where: { subscriptionId }, ...page });
    return pageOf(query, ...found);
  }

  private async pay(accountId: number, chargeIds: number[], typed: SellTopUp, by: Principal) {
    const { amount: minor, tender: kind, tendered, reference, oneRecordId, payerName } = typed;
    const amount = toDecimalString(minor, 'ILS');
    // An advance of the account may have paid some of them already.
    const owed = await this.arrears.outstanding(chargeIds);
    const open = chargeIds.filter((id) => owed.get(id)! > 0);
    const payer =
      oneRecordId ?? (payerName ? undefined : ((await this.accounts.get(accountId)).oneRecordId ?? undefined));
    const more = {
      ...(tendered !== undefined && { tendered: toDecimalString(tendered, 'ILS') }),
      ...(reference && { reference }),
    };
    return this.payments.take(
      {
        ...(payer !== undefined && { oneRecordId: payer }),
        ...(payerName && { payerName }),
        lines: [{ accountId, amount, ...(open.length > 0 && { chargeIds: open }) }],
        tenders: [{ kind, currency: 'ILS', amount, ...more }],
        acceptAdvance: true,
        useReliefs: false,
      },
      by,
    );
  }
}
