import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store, UnitOfWork } from '@libs/persistence';
import { AccountLedgers, ENTRIES, ENTRY, type EntryRow, type LedgerLine } from './account-ledger';

export interface MovementPage {
  /** The newest first, each with the balance after it. */
  items: LedgerLine[];
  /** Entry to go on after; null at the end. */
  next: number | null;
}

/** An entry of the account, by which the others stand before it or not. */
const AT = `(SELECT c."id", c."posted_on", q."posted_at" FROM "ledger_entries" c
  JOIN "ledger_postings" q ON q."id" = c."posting_id" WHERE c."id" = ? AND c."account_id" = ?) cursor_row`;
const BEFORE = `(e."posted_on" < cursor_row."posted_on" OR (e."posted_on" = cursor_row."posted_on"
  AND (p."posted_at" < cursor_row."posted_at" OR (p."posted_at" = cursor_row."posted_at" AND e."id" < cursor_row."id"))))`;

/** The entries of an account from its end, however long it is: each page costs the same. */
@Injectable()
export class AccountMovements {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ledgers: AccountLedgers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param after entry of the account that the page before ended with; that of another account finds nothing */
  page(accountId: number, limit: number, after?: number): Promise<MovementPage> {
    return this.uow.run(async () => {
      const sql =
        after === undefined
          ? `SELECT ${ENTRY} FROM ${ENTRIES} WHERE e."account_id" = ?`
          : `SELECT ${ENTRY} FROM ${ENTRIES} CROSS JOIN ${AT} WHERE ${BEFORE} AND e."account_id" = ?`;
      const found = await this.store.sql<EntryRow>(
        this.store.page(sql, 'e."posted_on" DESC, p."posted_at" DESC, e."id" DESC', 0, limit + 1),
        after === undefined ? [accountId] : [after, accountId, accountId],
      );
      const rows = found.slice(0, limit);
      if (rows.length === 0) return { items: [], next: null };
      let balance = await this.balanceAfter(accountId, Number(rows[0]!.id));
      const items = (await this.ledgers.lines(rows, this.clock.now())).map((line) => {
        const stated = { ...line, balance };
        balance -= line.amount;
        return stated;
      });
      return { items, next: found.length > limit ? items.at(-1)!.entryId : null };
    });
  }

  private async balanceAfter(accountId: number, entryId: number): Promise<number> {
    const [row] = await this.store.sql<{ balance: number | string }>(
      `SELECT SUM(e."amount") AS "balance" FROM "ledger_entries" e JOIN "ledger_postings" p ON p."id" = e."posting_id"
       CROSS JOIN ${AT} WHERE e."account_id" = ? AND (e."id" = cursor_row."id" OR ${BEFORE})`,
      [entryId, accountId, accountId],
    );
    return Number(row!.balance);
  }
}
