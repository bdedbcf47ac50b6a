import { Injectable } from '@nestjs/common';
import { Problem, invalidField } from '@libs/http';
import { Store } from '@libs/persistence';
import { Accounts } from '../accounts/accounts';
import { BOOKS } from '../billing.problems';
import { Charge } from '../books/open-item.entity';
import type { TypedLine } from '../payments/payment-lines';
import { PAYMENTS } from '../payments/payments.problems';
import { amountOf, sums } from '../till/amounts';
import type { TransactionLine } from './gateway.entity';

export interface Draft {
  currency: string;
  amount: number;
  lines: TransactionLine[];
}

/** What is to be paid online, checked before anybody pays it. */
@Injectable()
export class TransactionDrafts {
  constructor(
    private readonly store: Store,
    private readonly accounts: Accounts,
  ) {}

  /**
   * Lines over open accounts of the record, all of one currency.
   * @param acceptAdvance whether more may be paid than is owed
   * @param alsoPayable accounts of others that may be paid too, as by a bill in hand
   * @throws {Problem} http.invalid; http.not-found for the record; billing.account-unknown, also for another's;
   * account-closed, currency-mismatch, charge-settled, exceeds-charge, exceeds-balance
   */
  async of(
    oneRecordId: number,
    typed: readonly TypedLine[],
    acceptAdvance: boolean,
    alsoPayable: readonly number[] = [],
  ): Promise<Draft> {
    const payable = [...(await this.accounts.ofRecord(oneRecordId)), ...(await this.accounts.byIds(alsoPayable))];
    const held = new Map(payable.map((each) => [each.account.id, each]));
    refuseTwice(typed);
    const lines = typed.map(({ accountId, amount, chargeIds }, at) => {
      const found = held.get(accountId);
      if (!found) throw new Problem(BOOKS['billing.account-unknown'], { extra: { accountId } });
      const { currency, state } = found.account;
      if (state !== 'OPEN') throw new Problem(BOOKS['billing.account-closed'], { extra: { accountId } });
      const minor = amountOf(amount, currency, `/lines/${at}/amount`);
      return { accountId, currency, amount: minor, ...(chargeIds && { chargeIds }) };
    });
    const [[currency, amount], ...others] = [...sums(lines)] as [[string, number], ...[string, number][]];
    if (others[0]) throw new Problem(BOOKS['billing.currency-mismatch'], { extra: { currency: others[0][0] } });
    for (const { accountId, amount: paid, chargeIds } of lines) {
      if (chargeIds) await this.checkCharges(accountId, paid, chargeIds, acceptAdvance);
      // Of others no more than the charges that were named, and no word of how they stand.
      if (alsoPayable.includes(accountId)) continue;
      const surplus = paid - Math.max(held.get(accountId)!.balance, 0);
      if (surplus > 0 && !acceptAdvance) {
        throw new Problem(PAYMENTS['billing.exceeds-balance'], { extra: { accountId, surplus: String(surplus) } });
      }
    }
    return { currency, amount, lines: lines.map(({ currency: _, ...line }) => line) };
  }

  private async checkCharges(
    accountId: number,
    amount: number,
    chargeIds: readonly number[],
    acceptAdvance: boolean,
  ): Promise<void> {
    const open = await this.store.selectIn<Pick<Charge, 'id' | 'outstanding'>>(
      (list) =>
        `SELECT "id", "outstanding" FROM "charges" WHERE "id" IN (${list}) AND "account_id" = ? AND "outstanding" > 0`,
      chargeIds,
      [accountId],
    );
    const ids = new Set(open.map(({ id }) => Number(id)));
    const settled = chargeIds.find((id) => !ids.has(id));
    if (settled !== undefined) throw new Problem(BOOKS['billing.charge-settled'], { extra: { chargeId: settled } });
    const surplus = amount - open.reduce((sum, { outstanding }) => sum + Number(outstanding), 0);
    if (surplus > 0 && !acceptAdvance) {
      throw new Problem(BOOKS['billing.exceeds-charge'], { extra: { surplus: String(surplus) } });
    }
  }
}

/** One line an account, so that no line waits for what another has just paid. @throws {Problem} http.invalid */
export function refuseTwice(lines: readonly TypedLine[]): void {
  const seen = new Set<number>();
  lines.forEach(({ accountId }, at) => {
    if (seen.has(accountId)) {
      throw invalidField(`/lines/${at}/accountId`, 'twice');
    }
    seen.add(accountId);
  });
}
