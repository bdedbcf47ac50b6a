import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
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

/** The entries of an account from its end. */
@Injectable()
export class AccountMovements {
  constructor(
    private readonly store: Store,
    private readonly ledgers: AccountLedgers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param after entry of the account that the page before ended with; that of another account finds nothing */
  async page(accountId: number, limit: number, after?: number): Promise<MovementPage> {
    const [from, keys] =
      after === undefined
        ? [`${ENTRIES} WHERE e."account_id" = ?`, [accountId]]
        : [`${ENTRIES} CROSS JOIN ${AT} WHERE ${BEFORE} AND e."account_id" = ?`, [after, accountId, accountId]];
    // In one statement: an entry of an earlier day that is posted between two would not be in both.
    const sql = `SELECT ${ENTRY}, (SELECT SUM(e."amount") FROM ${from}) AS "balance" FROM ${from}`;
    const found = await this.store.sql<EntryRow & { balance: number | string }>(
      this.store.page(sql, 'e."posted_on" DESC, p."posted_at" DESC, e."id" DESC', 0, limit + 1),
      [...keys, ...keys],
    );
    let balance = Number(found[0]?.balance ?? 0);
    const items = (await this.ledgers.lines(found.slice(0, limit), this.clock.now())).map((line) => {
      const stated = { ...line, balance };
      balance -= line.amount;
      return stated;
    });
    return { items, next: found.length > limit ? items.at(-1)!.entryId : null };
  }
}
