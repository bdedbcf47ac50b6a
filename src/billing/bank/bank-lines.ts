import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Books } from '../books/books';
import type { EntryLine, Posted } from '../books/posting';
import { BankLine, BankProposal } from './bank.entity';
import { BANK } from './bank.problems';

/** What SUSPENSE keeps a line apart by. */
export const lineDimension = (lineId: number): string => `bank-line:${lineId}`;

/** Of every line of which something is open, its dimension and the `sum` of its SUSPENSE. */
export const OPEN_LINES = `(SELECT "dimension", SUM("amount") AS "sum" FROM "ledger_entries"
  WHERE "ledger" = 'SUSPENSE' GROUP BY "dimension" HAVING SUM("amount") <> 0) o`;

/** One posting that resolves a line in part or whole. */
export interface Settlement {
  /** The other side: for what came in, credits. Their sum is what is taken of the line. */
  entries: EntryLine[];
  /** What it is posted for: a deposit, a cheque. */
  document: { type: string; id: number | string };
  description: string;
  reason?: string | null;
  /** Employee; null when it was matched by itself. */
  by: number | null;
}

/** A posting on a line after the one that brought it. */
export interface LinePosting {
  postingId: number;
  kind: string;
  documentType: string | null;
  documentId: string | null;
  description: string;
  reason: string | null;
  /** Taken of the line; what a reversal gave back has the other sign. */
  amount: number;
  postedOn: string;
  by: number | null;
  reversed: boolean;
}

/** Lines of bank statements. How much of a line is open is the balance of its SUSPENSE, with the sign of the line. */
@Injectable()
export class BankLines {
  constructor(
    private readonly store: Store,
    private readonly books: Books,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<BankLine> {
    const line = await this.store.reads(BankLine).findOneBy({ id });
    if (!line) throw new Problem('http.not-found');
    return line;
  }

  /** What is open of each line, minor units. */
  async open(ids: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.store.selectIn<{ dimension: string; sum: number | string }>(
      (list) =>
        `SELECT "dimension", SUM("amount") AS "sum" FROM "ledger_entries"
         WHERE "dimension" IN (${list}) AND "ledger" = 'SUSPENSE' GROUP BY "dimension"`,
      ids.map(lineDimension),
    );
    const sums = new Map(rows.map(({ dimension, sum }) => [dimension, Number(sum)]));
    return new Map(ids.map((id) => [id, 0 - (sums.get(lineDimension(id)) ?? 0)]));
  }

  /**
   * In the active unit, keeps others from the lines until it ends; proves that so much of each, with its sign, is open.
   * What was proposed for them lapses.
   * @returns the lines, each once
   * @throws {Problem} http.not-found; billing.line-settled, exceeds-line
   */
  async claim(claims: readonly { lineId: number; amount: number }[]): Promise<BankLine[]> {
    const wanted = new Map<number, number>();
    for (const { lineId, amount } of claims) wanted.set(lineId, (wanted.get(lineId) ?? 0) + amount);
    const ids = [...wanted.keys()];
    await this.store.hold(BankLine, ids);
    const lines: BankLine[] = [];
    for (const id of ids) lines.push(await this.get(id));
    const open = await this.open(ids);
    for (const [lineId, amount] of wanted) {
      const left = open.get(lineId)!;
      if (left === 0) throw new Problem(BANK['billing.line-settled'], { extra: { lineId } });
      if (Math.sign(amount) === Math.sign(left) && Math.abs(amount) <= Math.abs(left)) continue;
      throw new Problem(BANK['billing.exceeds-line'], { extra: { lineId, open: String(left) } });
    }
    await this.store.update(BankProposal, { lineId: In(ids), state: 'OPEN' }, { state: 'LAPSED' });
    return lines;
  }

  /** In the unit that has claimed the line. */
  async post(lineId: number, settlements: readonly Settlement[]): Promise<Posted[]> {
    const { currency, dimension } = await this.get(lineId);
    const on = localDateOf(this.clock.now());
    return this.books.postMany(
      settlements.map(({ entries, ...rest }) => ({
        ...rest,
        kind: 'SUSPENSE',
        on,
        entries: [{ ledger: 'SUSPENSE' as const, currency, amount: taken(entries), dimension }, ...entries],
      })),
    );
  }

  /** What was posted on the line since it came, in order. */
  async postings(line: Pick<BankLine, 'dimension' | 'postingId'>): Promise<LinePosting[]> {
    const rows = await this.store.sql<Record<string, string | number | null>>(
      `SELECT p."id", p."kind", p."document_type", p."document_id", p."description", p."reason", p."posted_by",
         p."posted_on", p."posted_at", SUM(e."amount") AS "amount", MAX(r."id") AS "reversed"
       FROM "ledger_entries" e JOIN "ledger_postings" p ON p."id" = e."posting_id"
       LEFT JOIN "ledger_postings" r ON r."reverses_id" = p."id"
       WHERE e."dimension" = ? AND e."ledger" = 'SUSPENSE' AND p."id" <> ?
       GROUP BY p."id", p."kind", p."document_type", p."document_id", p."description", p."reason", p."posted_by",
         p."posted_on", p."posted_at" ORDER BY p."posted_at", p."id"`,
      [line.dimension, line.postingId ?? 0],
    );
    return rows.map((row) => ({
      postingId: Number(row.id),
      kind: String(row.kind),
      documentType: row.document_type as string | null,
      documentId: row.document_id as string | null,
      description: String(row.description),
      reason: row.reason as string | null,
      amount: Number(row.amount),
      postedOn: String(row.posted_on),
      by: row.posted_by === null ? null : Number(row.posted_by),
      reversed: row.reversed !== null,
    }));
  }
}

const taken = (entries: readonly EntryLine[]): number => entries.reduce((sum, { amount }) => sum - amount, 0);
