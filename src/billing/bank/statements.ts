import { Injectable } from '@nestjs/common';
import { pageOf, skipped, type Page, type PageQuery } from '@libs/http';
import { Store } from '@libs/persistence';
import { ImportedStatement, type BankAccount } from './bank.entity';
import { BankAccounts } from './bank-accounts';
import { IS_BY_HAND } from './expected';
import { continuityOf, type Balances, type Continuity } from './statement.rules';

export interface StatementWithGap {
  statement: ImportedStatement;
  /** What is missing before it, minor units; null when it tells no balance. */
  gap: number | null;
}

export interface Reconciliation {
  account: BankAccount;
  /** BANK of the account now. */
  ledger: number;
  closing: Continuity['closing'];
  /** What the bank had before the first statement, which never came into the books. */
  opening: number;
  /** Deposits, cheques and remittances that employees confirmed and no statement has shown. */
  confirmedByHand: number;
  /** Lines that statements skipped. */
  missing: number;
  /** What else was posted to BANK past the statements. */
  other: number;
}

/** Imported statements: whether they follow one another, and whether the books have what the bank says. */
@Injectable()
export class Statements {
  constructor(
    private readonly store: Store,
    private readonly accounts: BankAccounts,
  ) {}

  ofFile(bankAccountId: number, fileHash: string): Promise<ImportedStatement[]> {
    return this.store.reads(ImportedStatement).find({ where: { bankAccountId, fileHash }, order: { position: 'ASC' } });
  }

  balances(bankAccountId: number): Promise<Balances[]> {
    return this.store.reads(ImportedStatement).find({
      select: { id: true, fromOn: true, toOn: true, openingBalance: true, closingBalance: true, importedAt: true },
      where: { bankAccountId },
    });
  }

  async withGaps(bankAccountId: number, statements: readonly ImportedStatement[]): Promise<StatementWithGap[]> {
    const { gaps } = await this.continuity(bankAccountId);
    return statements.map((statement) => ({ statement, gap: gaps.get(statement.id) ?? null }));
  }

  /** Newest first. @throws {Problem} http.not-found */
  async list(bankAccountId: number, query: PageQuery): Promise<Page<StatementWithGap>> {
    await this.accounts.get(bankAccountId);
    const [rows, total] = await this.store.reads(ImportedStatement).findAndCount({
      where: { bankAccountId },
      order: { toOn: 'DESC', importedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, await this.withGaps(bankAccountId, rows), total);
  }

  /** @throws {Problem} http.not-found */
  async reconcile(bankAccountId: number): Promise<Reconciliation> {
    const account = await this.accounts.get(bankAccountId);
    const { opening, closing, missing } = await this.continuity(bankAccountId);
    const of = [account.iban, account.currency];
    const [row] = await this.store.sql<{ ledger: number | string | null; hand: number | string | null }>(
      `SELECT SUM(e."amount") AS "ledger", SUM(CASE WHEN ${IS_BY_HAND} THEN e."amount" ELSE 0 END) AS "hand"
       FROM "ledger_entries" e JOIN "ledger_postings" p ON p."id" = e."posting_id"
       WHERE e."ledger" = 'BANK' AND e."dimension" = ? AND e."currency" = ?`,
      of,
    );
    const [lines] = await this.store.sql<{ sum: number | string | null }>(
      'SELECT SUM("amount") AS "sum" FROM "bank_lines" WHERE "bank_account_id" = ?',
      [bankAccountId],
    );
    const [ledger, confirmedByHand] = [Number(row?.ledger ?? 0), Number(row?.hand ?? 0)];
    const other = ledger - confirmedByHand - Number(lines?.sum ?? 0);
    return { account, ledger, closing, opening: opening ?? 0, confirmedByHand, missing, other };
  }

  private async continuity(bankAccountId: number): Promise<Continuity> {
    const rows = await this.store.sql<{ day: string; amount: number | string }>(
      `SELECT "booked_on" AS "day", SUM("amount") AS "amount" FROM "bank_lines"
       WHERE "bank_account_id" = ? GROUP BY "booked_on"`,
      [bankAccountId],
    );
    const days = rows.map(({ day, amount }) => ({ day, amount: Number(amount) }));
    return continuityOf(await this.balances(bankAccountId), days);
  }
}
