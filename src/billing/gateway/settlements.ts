import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../accounts/account.entity';
import { Books } from '../books/books';
import {
  GatewayTransaction,
  type EventOutcome,
  type EventSource,
  type SuspenseReason,
  type TransactionState,
} from './gateway.entity';
import { GatewayEvents } from './gateway-events';
import { OnlinePayments } from './online-payments';
import type { GatewayReport } from './payment-gateway';
import { clearingDimension, stepOf, type Step } from './transaction.rules';

const ENDS: Partial<Record<Step, TransactionState>> = {
  SETTLE: 'SUCCESS',
  SETTLE_LATE: 'SUCCESS',
  FAIL: 'FAILED',
  EXPIRE: 'EXPIRED',
};

/** What a gateway says becomes what we know, wherever it was said: the state and its money in one unit. */
@Injectable()
export class Settlements {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly events: GatewayEvents,
    private readonly payments: OnlinePayments,
    private readonly books: Books,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes a report over: whoever comes first, once. Everything but a report without news is written down.
   * @returns what came of it; null for no news
   */
  apply(gateway: string, report: GatewayReport, source: EventSource): Promise<EventOutcome | null> {
    return this.uow.run(async () => {
      const found = await this.store.reads(GatewayTransaction).findOneBy({ gateway, reference: report.reference });
      const outcome = found ? await this.take(found, report) : 'UNKNOWN';
      const now = this.clock.now();
      if (found && source !== 'RECONCILIATION') {
        const seen = source === 'CALLBACK' ? { lastCallbackAt: now } : { lastPolledAt: now };
        await this.store.update(GatewayTransaction, { id: found.id }, seen);
      }
      if (outcome) {
        await this.events.add({ transactionId: found?.id ?? null, gateway, source, outcome, said: report });
      }
      return outcome;
    });
  }

  /** An open transaction whose time is over, as far as we know. */
  expire({ id, state }: GatewayTransaction): Promise<number> {
    const changes = { state: 'EXPIRED', settledAt: this.clock.now() } as const;
    return this.uow.run(() => this.store.update(GatewayTransaction, { id, state }, changes));
  }

  private async take(found: GatewayTransaction, report: GatewayReport): Promise<EventOutcome | null> {
    if (found.currency !== report.currency || found.amount !== report.amount) return 'MISMATCH';
    let transaction = found;
    for (;;) {
      const step = stepOf(transaction.state, report.status);
      if (step === 'NOTHING') return null;
      if (step === 'DUPLICATE') return step;
      if (step === 'IGNORE') return 'IGNORED';
      const { id, state } = transaction;
      const now = this.clock.now();
      const paidAt = step === 'FAIL' || step === 'EXPIRE' ? null : (report.paidAt ?? now);
      const changes = { state: ENDS[step]!, settledAt: now, paidAt, failureCode: report.failureCode };
      // Whoever is second waits here for the first, and then finds another state.
      if ((await this.store.update(GatewayTransaction, { id, state }, changes)) === 1) {
        return paidAt === null ? 'ACCEPTED' : this.receive(transaction, step === 'SETTLE_LATE');
      }
      transaction = (await this.store.reads(GatewayTransaction).findOneBy({ id }))!;
    }
  }

  /** The money: a payment with its receipt, or in suspense where it can be none. */
  private async receive(transaction: GatewayTransaction, late: boolean): Promise<EventOutcome> {
    const accountIds = transaction.lines.map(({ accountId }) => accountId);
    await this.store.hold(Account, accountIds);
    if (late && this.config.latePayments === 'suspense') return this.suspend(transaction, 'LATE');
    if (!(await this.payments.takes(accountIds))) return this.suspend(transaction, 'ACCOUNT_CLOSED');
    await this.payments.record(transaction, transaction.lines, null);
    return late ? 'ACCEPTED_LATE' : 'ACCEPTED';
  }

  private async suspend(transaction: GatewayTransaction, suspense: SuspenseReason): Promise<EventOutcome> {
    const { id, currency, amount } = transaction;
    const dimension = clearingDimension(id);
    const { postingId: suspensePostingId } = await this.books.post({
      kind: 'SUSPENSE',
      on: localDateOf(this.clock.now()),
      description: `دفع إلكتروني معلق ${transaction.reference}`,
      document: { type: 'gateway-transaction', id },
      by: null,
      entries: [
        { ledger: 'GATEWAY_CLEARING', currency, amount, dimension },
        { ledger: 'SUSPENSE', currency, amount: -amount, dimension },
      ],
    });
    await this.store.update(GatewayTransaction, { id }, { suspense, suspensePostingId });
    return 'SUSPENSE';
  }
}
