import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { defineMessage, Handles, Outbox } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { IsNull } from 'typeorm';
import { PhoneCooling } from '../../citizens';
import { Audit } from '../../identity';
import { Books } from '../books/books';
import { Reversals } from '../payments/reversals';
import { GatewayTransaction } from './gateway.entity';
import { GatewayEvents } from './gateway-events';
import { GATEWAY } from './gateway.problems';
import { Gateways } from './gateways';
import { GatewayTransactions } from './transactions';

const REFUND = defineMessage<{ transactionId: number }>('billing.gateway-refund');

/** Money given back through the gateway: the books first, then the gateway, which is asked until it does. */
@Injectable()
export class Refunds {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly transactions: GatewayTransactions,
    private readonly reversals: Reversals,
    private readonly books: Books,
    private readonly gateways: Gateways,
    private readonly events: GatewayEvents,
    private readonly audit: Audit,
    private readonly cooling: PhoneCooling,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The whole of a successful transaction: its debts are open again at once, the gateway is asked by a worker.
   * @throws {Problem} http.not-found; billing.not-refundable, not-divisible, above-limit, gateway-none; citizens.cooling;
   *   as Books.reverse
   */
  request(id: number, reason: string, caller: Principal): Promise<void> {
    return this.uow.run(async () => {
      const now = this.clock.now();
      const { gateway, oneRecordId } = (await this.transactions.get(id)).transaction;
      this.gateways.require(gateway);
      // Who has just taken over a phone may be a thief.
      await this.cooling.requireSettled(oneRecordId);
      const asked = { refundRequestedAt: now, refundRequestedBy: caller.userId, refundReason: reason };
      const refundable = { id, state: 'SUCCESS' as const, refundRequestedAt: IsNull() };
      if ((await this.store.update(GatewayTransaction, refundable, asked)) !== 1) {
        throw new Problem(GATEWAY['billing.not-refundable']);
      }
      // What it is now that nobody else changes it: paid, or in suspense.
      const { transaction, receiptSerial } = await this.transactions.get(id);
      if (transaction.suspense === null) await this.reversals.reverseOnline(receiptSerial!, reason, caller);
      else await this.reverseSuspense(transaction, reason, caller);
      await this.outbox.add(REFUND, { transactionId: id });
      await this.audit.record({ action: 'billing.gateway-refund-requested', detail: { id, reason } });
    });
  }

  @Handles(REFUND)
  async giveBack({ transactionId: id }: { transactionId: number }): Promise<void> {
    const { transaction } = await this.transactions.get(id);
    const { gateway, state } = transaction;
    if (state !== 'SUCCESS') return;
    const reference = transaction.reference!;
    const said = { reference, status: 'REFUNDED', currency: transaction.currency, amount: transaction.amount };
    const event = { transactionId: id, gateway, source: 'REFUND', said } as const;
    try {
      await this.gateways.ask(gateway, (asked) => asked.refund(reference));
    } catch (error) {
      await this.uow.run(() => this.events.add({ ...event, outcome: 'FAILED' }));
      throw error;
    }
    await this.uow.run(async () => {
      const changes = { state: 'REFUNDED', refundedAt: this.clock.now() } as const;
      if ((await this.store.update(GatewayTransaction, { id, state: 'SUCCESS' }, changes)) === 0) return;
      await this.events.add({ ...event, outcome: 'ACCEPTED' });
    });
  }

  private async reverseSuspense(transaction: GatewayTransaction, reason: string, caller: Principal): Promise<void> {
    const { id, currency, amount, suspensePostingId, reference } = transaction;
    this.reversals.refuseAboveLimit(new Map([[currency, amount]]), caller);
    await this.books.reverse({
      postingId: suspensePostingId!,
      on: localDateOf(this.clock.now()),
      description: `رد دفع إلكتروني معلق ${reference}`,
      document: { type: 'gateway-transaction', id },
      by: caller.userId,
      reason,
    });
    await this.store.update(GatewayTransaction, { id }, { suspense: null });
  }
}
