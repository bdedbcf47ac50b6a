import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { BOOKS } from '../billing.problems';
import { PAYMENTS } from '../payments/payments.problems';
import type { ChequeLine } from './cheque.entity';

const UNDER_WAY = `('RECEIVED', 'HELD', 'DUE', 'DEPOSITED', 'REDEPOSITED')`;

type Numeric = number | string;

/** What cheques that have not cleared are to pay. */
@Injectable()
export class ChequePromises {
  constructor(private readonly store: Store) {}

  /**
   * All cheques under way of an account promise no more than it owes, and a directed one no more than its charges.
   * Of accounts that are held, in the active unit.
   * @throws {Problem} billing.exceeds-balance, exceeds-charge, charge-settled
   */
  async refuseTooMuch(lines: readonly ChequeLine[]): Promise<void> {
    const accountIds = [...new Set(lines.map(({ accountId }) => accountId))];
    const open = await this.store.selectIn<{ id: Numeric; account_id: Numeric; outstanding: Numeric }>(
      (list) =>
        `SELECT "id", "account_id", "outstanding" FROM "charges" WHERE "account_id" IN (${list}) AND "outstanding" > 0`,
      accountIds,
    );
    for (const { accountId, amount, chargeIds } of lines) {
      if (!chargeIds) continue;
      const owed = open
        .filter(({ id, account_id }) => Number(account_id) === accountId && chargeIds.includes(Number(id)))
        .reduce((sum, { outstanding }) => sum + Number(outstanding), 0);
      if (owed === 0) throw new Problem(BOOKS['billing.charge-settled'], { extra: { accountId } });
      if (amount > owed)
        throw new Problem(BOOKS['billing.exceeds-charge'], { extra: { surplus: String(amount - owed) } });
    }
    const promised = await this.store.selectIn<{ account_id: Numeric; amount: Numeric }>(
      (list) =>
        `SELECT l."account_id", SUM(l."amount") AS "amount" FROM "cheque_lines" l
         JOIN "cheques" c ON c."id" = l."cheque_id"
         WHERE l."account_id" IN (${list}) AND l."credit_id" IS NULL AND c."state" IN ${UNDER_WAY}
         GROUP BY l."account_id" ORDER BY l."account_id"`,
      accountIds,
    );
    for (const { account_id, amount } of promised) {
      const owed = open
        .filter((charge) => charge.account_id === account_id)
        .reduce((sum, { outstanding }) => sum + Number(outstanding), 0);
      if (Number(amount) <= owed) continue;
      const extra = { accountId: Number(account_id), surplus: String(Number(amount) - owed) };
      throw new Problem(PAYMENTS['billing.exceeds-balance'], { extra });
    }
  }
}
