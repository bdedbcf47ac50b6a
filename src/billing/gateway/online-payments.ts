import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { PaymentLines } from '../payments/payment-lines';
import { PaymentRecorder } from '../payments/payment-recorder';
import { GatewayTransaction, type TransactionLine } from './gateway.entity';
import { clearingDimension } from './transaction.rules';

const NAME = 'الدفع الإلكتروني';
const TILL = { code: 'WEB', name: NAME, office: 'WEB' };

/** Money that a gateway took, as payments of the accounts it is for. */
@Injectable()
export class OnlinePayments {
  constructor(
    private readonly store: Store,
    private readonly lines: PaymentLines,
    private readonly recorder: PaymentRecorder,
  ) {}

  /** Whether all these accounts are open. In the active unit, which holds them. */
  async takes(accountIds: readonly number[]): Promise<boolean> {
    const closed = await this.store.selectIn<{ id: number }>(
      (list) => `SELECT "id" FROM "billing_accounts" WHERE "id" IN (${list}) AND "state" <> 'OPEN'`,
      accountIds,
    );
    return closed.length === 0;
  }

  /**
   * The payment of a transaction with its receipt, in the active unit, which holds the accounts. What was paid meanwhile
   * is not paid again: the oldest debt is, or it is an advance.
   * @param by employee who put it on other accounts
   * @throws {Problem} as {@link PaymentRecorder.record}
   */
  async record(transaction: GatewayTransaction, lines: readonly TransactionLine[], by: number | null): Promise<void> {
    const { id, reference, oneRecordId, payerName, currency, amount } = transaction;
    const accounts = await this.lines.accounts(lines.map(({ accountId }) => accountId));
    const open = await this.open(lines.flatMap(({ chargeIds = [] }) => chargeIds));
    const { payment } = await this.recorder.record({
      channel: 'ONLINE',
      shiftId: null,
      by,
      till: TILL,
      cashier: NAME,
      oneRecordId,
      payerName,
      lines: lines.map((line) => {
        const chargeIds = [...new Set(line.chargeIds)].filter((chargeId) => open.has(chargeId));
        return {
          ...accounts.get(line.accountId)!,
          amount: line.amount,
          chargeIds: chargeIds.length > 0 ? chargeIds : undefined,
        };
      }),
      tenders: [
        {
          kind: 'ONLINE',
          currency,
          amount,
          tendered: null,
          reference,
          pays: { currency, amount },
          dimension: clearingDimension(id),
        },
      ],
      surplus: 'ADVANCE',
    });
    await this.store.update(GatewayTransaction, { id }, { paymentId: payment.id });
  }

  private async open(chargeIds: readonly number[]): Promise<Set<number>> {
    const rows = await this.store.selectIn<{ id: number | string }>(
      (list) => `SELECT "id" FROM "charges" WHERE "id" IN (${list}) AND "outstanding" > 0`,
      chargeIds,
    );
    return new Set(rows.map(({ id }) => Number(id)));
  }
}
