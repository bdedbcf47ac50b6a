import { Injectable } from '@nestjs/common';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { BankAccount } from './bank.entity';
import { BANK } from './bank.problems';

/** Money out of suspense that is to go back to who paid it, as one posting has said. */
export interface PayerReturn {
  postingId: number;
  /** Minor units, above zero. */
  amount: number;
  on: string;
  by: number;
  reason: string | null;
  undone: boolean;
}

type Row = { id: number | string; amount: number | string; by: number | string; reversed: number | string | null } & {
  on: string;
  reason: string | null;
};

/** What is to be returned to payers, by what brought it: `bank-line:ID`, `cheque:ID`. */
@Injectable()
export class PayerReturns {
  constructor(private readonly store: Store) {}

  /** Oldest first. */
  async of(dimension: string): Promise<PayerReturn[]> {
    const rows = await this.store.sql<Row>(
      `SELECT p."id", 0 - e."amount" AS "amount", p."posted_on" AS "on", p."posted_by" AS "by", p."reason",
         r."id" AS "reversed"
       FROM "ledger_entries" e JOIN "ledger_postings" p ON p."id" = e."posting_id"
       LEFT JOIN "ledger_postings" r ON r."reverses_id" = p."id"
       WHERE e."dimension" = ? AND e."ledger" = 'RETURNS' AND e."amount" < 0 AND p."kind" = 'SUSPENSE'
       ORDER BY p."posted_at", p."id"`,
      [dimension],
    );
    return rows.map(({ id, amount, on, by, reason, reversed }) => {
      return { postingId: Number(id), amount: Number(amount), on, by: Number(by), reason, undone: reversed !== null };
    });
  }

  /** Until the active unit ends no line of a statement is met with money of the currency; before the line or cheque is held. */
  async keep(currency: string): Promise<void> {
    const accounts = await this.store.reads(BankAccount).findBy({ currency });
    await this.store.hold(
      BankAccount,
      accounts.map(({ id }) => id),
    );
  }

  /**
   * Whether so much can still be kept: what a statement has told of has left the bank.
   * @throws {Problem} billing.return-paid
   */
  async refusePaid(dimension: string, amount: number): Promise<void> {
    const [row] = await this.store.sql<{ sum: number | string | null }>(
      `SELECT SUM("amount") AS "sum" FROM "ledger_entries" WHERE "dimension" = ? AND "ledger" = 'RETURNS'`,
      [dimension],
    );
    const open = 0 - Number(row?.sum ?? 0);
    if (amount > open) throw new Problem(BANK['billing.return-paid'], { extra: { open: String(open) } });
  }
}
