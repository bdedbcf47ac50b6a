import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { invalidField } from '@libs/http';
import { UnitOfWork } from '@libs/persistence';
import { Accounts } from '../accounts/accounts';
import { amountOf, sums } from '../till/amounts';
import type { CurrencyAmount } from '../till/till.entity';
import { PaymentLines } from './payment-lines';
import { sum } from './relief';
import { Reliefs, type GrantedRelief, type QuotedLine } from './reliefs';

export interface AskedQuote {
  oneRecordId?: number;
  lines?: { accountId: number; amount?: string; chargeIds?: number[] }[];
}

export interface PaymentQuote {
  on: string;
  lines: (QuotedLine & {
    /** What the amount asked about would come to. */
    paid: { amount: number; reliefs: GrantedRelief[]; left: number; surplus: number } | null;
  })[];
  totals: CurrencyAmount[];
}

/** What a payment today would be relieved of, and what closes each account exactly. Nothing is kept. */
@Injectable()
export class PaymentQuotes {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: Accounts,
    private readonly paid: PaymentLines,
    private readonly reliefs: Reliefs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.invalid; http.not-found for the record; billing.account-unknown */
  quote({ oneRecordId, lines: asked }: AskedQuote): Promise<PaymentQuote> {
    const on = localDateOf(this.clock.now());
    return this.uow.run(async () => {
      const typed = asked ?? (await this.owing(oneRecordId));
      const accounts = await this.paid.accounts(typed.map(({ accountId }) => accountId));
      const lines = typed.map(({ accountId, amount, chargeIds }, at) => {
        if (typed.findIndex((each) => each.accountId === accountId) !== at) {
          throw invalidField(`/lines/${at}/accountId`, 'duplicate');
        }
        const account = accounts.get(accountId)!;
        const minor = amount === undefined ? null : amountOf(amount, account.currency, `/lines/${at}/amount`);
        return { ...account, chargeIds, minor };
      });
      const closing = await this.reliefs.closing(lines, on);
      const paying = lines.flatMap(({ minor, ...line }) => (minor === null ? [] : [{ ...line, amount: minor }]));
      const reliefs = paying.length > 0 ? await this.reliefs.of(paying, on) : [];
      return {
        on,
        lines: closing.map((line, at) => {
          const { minor, accountId } = lines[at]!;
          const own = reliefs.filter(({ offer }) => offer.accountId === accountId);
          const rest = line.owed - (minor ?? 0) - sum(own.map(({ amount }) => amount));
          const left = { left: Math.max(0, rest), surplus: Math.max(0, -rest) };
          return { ...line, paid: minor === null ? null : { amount: minor, reliefs: own, ...left } };
        }),
        totals: [...sums(closing.map(({ account, closes }) => ({ currency: account.currency, amount: closes })))].map(
          ([currency, amount]) => ({ currency, amount }),
        ),
      };
    });
  }

  /** The accounts of a record that owe something and are its own. */
  private async owing(oneRecordId?: number): Promise<{ accountId: number; amount?: string; chargeIds?: number[] }[]> {
    if (oneRecordId === undefined) throw invalidField('/lines', 'required');
    const held = await this.accounts.ofRecord(oneRecordId);
    return held
      .filter(({ account, balance, relation }) => balance > 0 && account.state === 'OPEN' && relation === 'SAME_PERSON')
      .map(({ account }) => ({ accountId: account.id }));
  }
}
