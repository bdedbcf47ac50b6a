import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { ChargeHeads } from '../accounts/charge-heads';
import { BOOKS } from '../billing.problems';
import { amountOf } from '../till/amounts';
import type { LineCredit } from './deferred';
import type { ReceiptLine } from './receipt.content';

/** An account as a receipt names it. */
export interface PaidAccount {
  accountId: number;
  accountNumber: string;
  serviceType: string;
  currency: string;
}

/** What a payment puts on one account, in minor units. */
export interface PaidLine extends PaidAccount {
  amount: number;
  /** The charges it is for; absent: the oldest. */
  chargeIds: number[] | undefined;
  /** What the payer was quoted as relief on the account. */
  relief?: number | undefined;
}

/** As an employee types it. */
export interface TypedLine {
  accountId: number;
  amount: string;
  chargeIds?: number[];
}

/** What payments pay, as it is told on receipts. */
@Injectable()
export class PaymentLines {
  constructor(
    private readonly store: Store,
    private readonly heads: ChargeHeads,
  ) {}

  /** By id. @throws {Problem} billing.account-unknown */
  async accounts(ids: readonly number[]): Promise<Map<number, PaidAccount>> {
    const rows = await this.store.selectIn<{ id: number | string; number: string; currency: string; type: string }>(
      (list) =>
        `SELECT "id", "number", "currency", "service_type" AS "type" FROM "billing_accounts" WHERE "id" IN (${list})`,
      [...new Set(ids)],
    );
    const accounts = new Map(
      rows.map(({ id, number, currency, type }) => {
        const accountId = Number(id);
        return [accountId, { accountId, accountNumber: number, serviceType: type, currency }];
      }),
    );
    const accountId = ids.find((id) => !accounts.has(id));
    if (accountId !== undefined) throw new Problem(BOOKS['billing.account-unknown'], { extra: { accountId } });
    return accounts;
  }

  /**
   * @param pointer to the list
   * @throws {Problem} http.invalid; billing.account-unknown, currency-mismatch for an account of another currency
   */
  async typed(lines: readonly TypedLine[], currency: string, pointer: string): Promise<PaidLine[]> {
    const accounts = await this.accounts(lines.map(({ accountId }) => accountId));
    return lines.map(({ accountId, amount, chargeIds }, at) => {
      const account = accounts.get(accountId)!;
      if (account.currency !== currency)
        throw new Problem(BOOKS['billing.currency-mismatch'], { extra: { accountId } });
      return { ...account, amount: amountOf(amount, currency, `${pointer}/${at}/amount`), chargeIds };
    });
  }

  /** The lines with what each paid. */
  async said(lines: readonly PaidLine[], credits: readonly LineCredit[]): Promise<ReceiptLine[]> {
    const rows = await this.store.selectIn<{ id: number | string; head: string; period: string }>(
      (list) => `SELECT "id", "head", "period" FROM "charges" WHERE "id" IN (${list})`,
      [...new Set(credits.flatMap(({ allocated }) => allocated.map(({ chargeId }) => chargeId)))],
    );
    const charges = new Map(rows.map((row) => [Number(row.id), row]));
    const heads = await this.heads.require(rows.map(({ head }) => head));
    return lines.map(({ chargeIds: _, relief: __, ...line }, at) => ({
      ...line,
      charges: credits[at]!.allocated.map(({ chargeId, amount }) => {
        const { head, period } = charges.get(chargeId)!;
        const { nameAr, nameEn } = heads.get(head)!;
        return { chargeId, head, nameAr, nameEn, period, amount };
      }),
      advance: credits[at]!.advance,
      ...(credits[at]!.deferred > 0 && { deferred: credits[at]!.deferred }),
    }));
  }
}
