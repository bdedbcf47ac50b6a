import { Injectable } from '@nestjs/common';
import { formatAmount, type Currency } from '@libs/money';
import { Store } from '@libs/persistence';
import { NO_DAY } from '../../take-over/take-over.rules';
import { DocumentSerials } from './document-serials';

/** Days inclusive; entries that were posted after `knownAt` are left out, so that a statement can be made again later. */
export interface LedgerRange {
  from: string;
  to: string;
  knownAt: string;
}

export interface LedgerLine {
  entryId: number;
  accountId: number;
  postingId: number;
  on: string;
  kind: string;
  /** Number of the document as it is printed; null where there is none. */
  document: string | null;
  description: string;
  /** Minor units, debit positive. */
  amount: number;
  /** Of the account after this line. */
  balance: number;
}

export interface LedgerSums {
  opening: number;
  debit: number;
  /** As a magnitude. */
  credit: number;
  closing: number;
  lines: number;
}

/** An entry with the posting it belongs to. */
export interface EntryRow {
  id: number | string;
  account_id: number | string;
  posting_id: number | string;
  posted_on: string;
  amount: number | string;
  currency: string;
  kind: string;
  description: string;
  document_type: string | null;
  document_id: string | null;
  doc: string | null;
  movement_kind: string | null;
  relief: number | string | null;
}

/** The columns of {@link EntryRow}, and where they come from. */
export const ENTRY = `e."id", e."account_id", e."posting_id", e."posted_on", e."amount", p."kind", p."description",
  p."document_type", p."document_id", p."posted_at", m."doc", m."kind" AS "movement_kind", a."currency",
  (SELECT SUM(k."amount") FROM "credits" k WHERE k."posting_id" = COALESCE(p."reverses_id", p."id")
    AND k."account_id" = e."account_id" AND k."origin" IN ('DISCOUNT', 'WAIVER')) AS "relief"`;
export const ENTRIES = `"ledger_entries" e JOIN "ledger_postings" p ON p."id" = e."posting_id"
  JOIN "billing_accounts" a ON a."id" = e."account_id"
  LEFT JOIN "legacy_movements" m ON m."id" = e."legacy_movement_id"`;

/** The entries of accounts over a range of days. What has no readable day stands in every opening balance. */
@Injectable()
export class AccountLedgers {
  constructor(
    private readonly store: Store,
    private readonly serials: DocumentSerials,
  ) {}

  /** By account; an account without entries is there with zeros. */
  async sums(accountIds: readonly number[], range: LedgerRange): Promise<Map<number, LedgerSums>> {
    const { from, to, knownAt } = range;
    const before = `(e."posted_on" < '${day(from)}' OR e."posted_on" = '${NO_DAY}')`;
    const within = (sign: string, value: string) =>
      `SUM(CASE WHEN NOT ${before} AND e."amount" ${sign} 0 THEN ${value} ELSE 0 END)`;
    const rows = await this.store.selectIn<Record<'account_id' | 'opening' | 'debit' | 'credit' | 'lines', string>>(
      (list) =>
        `SELECT e."account_id", SUM(CASE WHEN ${before} THEN e."amount" ELSE 0 END) AS "opening",
           ${within('>', 'e."amount"')} AS "debit", ${within('<', '-e."amount"')} AS "credit",
           ${within('<>', '1')} AS "lines"
         FROM "ledger_entries" e JOIN "ledger_postings" p ON p."id" = e."posting_id"
         WHERE e."account_id" IN (${list}) AND e."posted_on" <= ? AND p."posted_at" <= ? GROUP BY e."account_id"`,
      accountIds,
      [to, knownAt],
    );
    const none = { opening: 0, debit: 0, credit: 0, closing: 0, lines: 0 };
    const sums = new Map<number, LedgerSums>(accountIds.map((id) => [id, none]));
    for (const row of rows) {
      const [opening, debit, credit] = [Number(row.opening), Number(row.debit), Number(row.credit)];
      const closing = opening + debit - credit;
      sums.set(Number(row.account_id), { opening, debit, credit, closing, lines: Number(row.lines) });
    }
    return sums;
  }

  /**
   * By day, then in the order of posting; each line with the balance after it.
   * @param opening of the account, from {@link sums}
   */
  async page(
    accountId: number,
    { from, to, knownAt }: LedgerRange,
    opening: number,
    { offset, limit }: { offset: number; limit: number },
  ): Promise<LedgerLine[]> {
    const lines = `SELECT ${ENTRY},
        SUM(e."amount") OVER (ORDER BY e."posted_on", p."posted_at", e."id" ROWS UNBOUNDED PRECEDING) AS "running"
      FROM ${ENTRIES}
      WHERE e."account_id" = ? AND e."posted_on" >= ? AND e."posted_on" > ? AND e."posted_on" <= ?
        AND p."posted_at" <= ?`;
    const rows = await this.store.sql<EntryRow & { running: number | string }>(
      this.store.page(`SELECT * FROM (${lines}) lines`, '"posted_on", "posted_at", "id"', offset, limit),
      [accountId, from, NO_DAY, to, knownAt],
    );
    return (await this.lines(rows, knownAt)).map((line, at) => ({
      ...line,
      balance: opening + Number(rows[at]!.running),
    }));
  }

  /** Entries as people read them, in their order. */
  async lines(rows: readonly EntryRow[], knownAt: string): Promise<Omit<LedgerLine, 'balance'>[]> {
    const documents = rows.map(({ document_type: type, document_id: id }) => ({ type, id }));
    const serials = await this.serials.of(documents, knownAt);
    return rows.map((row, at) => ({
      entryId: Number(row.id),
      accountId: Number(row.account_id),
      postingId: Number(row.posting_id),
      on: row.posted_on,
      kind: row.kind,
      document: row.doc ?? serials[at]!,
      description: described(row),
      amount: Number(row.amount),
    }));
  }
}

/** With what of a payment is a discount or waiver. */
function described({ movement_kind, description, relief, amount, currency }: EntryRow): string {
  const granted = Number(relief ?? 0);
  const mixed = granted > 0 && granted < Math.abs(Number(amount));
  const said = movement_kind?.trim() || description;
  return mixed ? `${said}، منها خصم أو إعفاء ${formatAmount(granted, currency as Currency)}` : said;
}

/** A day that may stand in the text of a query. */
function day(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new RangeError(`not a day: ${text}`);
  return text;
}
