import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, skipped, type PageQuery, invalidField } from '@libs/http';
import { UnitOfWork } from '@libs/persistence';
import type { Account } from '../../accounts/account.entity';
import { Accounts, type HeldAccount } from '../../accounts/accounts';
import { REPORTS } from '../reports.problems';
import { AccountLedgers, type LedgerLine, type LedgerRange, type LedgerSums } from './account-ledger';

/** Lines of one statement at most: what a sheet of paper and one answer can bear. */
export const MOST_LINES = 3000;

export interface AccountStatement extends LedgerSums {
  account: Account;
  entries: LedgerLine[];
}

export interface RecordStatement {
  range: LedgerRange;
  accounts: (AccountStatement & Pick<HeldAccount, 'relation'>)[];
}

/** What is asked for: days inclusive, all of them optional. */
export interface StatementRange {
  from?: string;
  to?: string;
  knownAt?: string;
}

/** Statements of account (كشف حساب): opening balance, every entry with the balance after it, closing balance. */
@Injectable()
export class AccountStatements {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly accounts: Accounts,
    private readonly ledgers: AccountLedgers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One page of an account. @throws {Problem} http.not-found, http.invalid for a range that is none */
  ofAccount(
    id: number,
    asked: StatementRange,
    query: PageQuery,
  ): Promise<{ range: LedgerRange; statement: AccountStatement }> {
    const range = this.rangeOf(asked);
    return this.uow.run(async () => {
      const account = await this.accounts.get(id);
      const sums = (await this.ledgers.sums([id], range)).get(id)!;
      const part = { offset: skipped(query), limit: query.pageSize };
      return {
        range,
        statement: { account, ...sums, entries: await this.ledgers.page(id, range, sums.opening, part) },
      };
    });
  }

  /**
   * Every account of a record whole; those without a balance and without entries are left out.
   * @throws {Problem} http.not-found, http.invalid as above, billing.statement-too-long
   */
  ofRecord(oneRecordId: number, asked: StatementRange): Promise<RecordStatement> {
    const range = this.rangeOf(asked);
    return this.uow.run(async () => {
      const held = await this.accounts.holdings(oneRecordId);
      const sums = await this.ledgers.sums(
        held.map(({ account }) => account.id),
        range,
      );
      const lines = [...sums.values()].reduce((all, each) => all + each.lines, 0);
      if (lines > MOST_LINES) {
        throw new Problem(REPORTS['billing.statement-too-long'], { extra: { lines, most: MOST_LINES } });
      }
      const accounts: RecordStatement['accounts'] = [];
      for (const { account, relation } of held) {
        const sum = sums.get(account.id)!;
        if (sum.lines === 0 && sum.closing === 0) continue;
        const whole = { offset: 0, limit: MOST_LINES };
        const entries = sum.lines === 0 ? [] : await this.ledgers.page(account.id, range, sum.opening, whole);
        accounts.push({ account, relation, ...sum, entries });
      }
      return { range, accounts };
    });
  }

  /** Default from the first day of the year to today, as known now. */
  private rangeOf({ from, to, knownAt }: StatementRange): LedgerRange {
    const now = this.clock.now();
    const today = localDateOf(now);
    const last = to ?? today;
    const first = from ?? `${last.slice(0, 4)}-01-01`;
    if (last > today) throw invalidField('/to', 'notAfterToday');
    if (first > last) throw invalidField('/to', 'notBeforeFrom');
    if (knownAt !== undefined && Number.isNaN(Date.parse(knownAt))) throw invalidField('/knownAt', 'instant');
    return { from: first, to: last, knownAt: knownAt ?? now };
  }
}
