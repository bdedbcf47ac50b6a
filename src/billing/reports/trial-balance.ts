import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { CHART, type LedgerCode } from '../books/chart';

export interface TrialLine {
  ledger: LedgerCode;
  currency: string;
  /** Debit positive; of the entries before the first day. */
  opening: number;
  debit: number;
  credit: number;
  closing: number;
}

export interface TrialBalance {
  from: string | null;
  to: string;
  lines: TrialLine[];
  /** One a currency; opening and closing are zero in books that hold. */
  totals: Omit<TrialLine, 'ledger'>[];
}

const ORDER = Object.keys(CHART);

/** What stands on each account of the chart. */
@Injectable()
export class TrialBalances {
  constructor(private readonly store: Store) {}

  /** Both days inclusive; without `from` everything up to `to` is movement and nothing is opening. */
  async of(to: string, from: string | null): Promise<TrialBalance> {
    const before = from ?? '0000-00-00';
    // By day first: so the index gives the entries in the order in which they are summed.
    const days = `SELECT "ledger", "posted_on", "currency", SUM("amount") AS "sum",
        SUM(CASE WHEN "amount" > 0 THEN "amount" ELSE 0 END) AS "debit"
      FROM "ledger_entries" WHERE "posted_on" <= ? GROUP BY "ledger", "posted_on", "currency"`;
    const rows = await this.store.sql<Record<'ledger' | 'currency' | 'opening' | 'debit' | 'closing', string>>(
      `SELECT "ledger", "currency", SUM(CASE WHEN "posted_on" < ? THEN "sum" ELSE 0 END) AS "opening",
         SUM(CASE WHEN "posted_on" >= ? THEN "debit" ELSE 0 END) AS "debit", SUM("sum") AS "closing"
       FROM (${days}) days GROUP BY "ledger", "currency"`,
      [before, before, to],
    );
    const lines = rows.map((row) => {
      const [opening, debit, closing] = [Number(row.opening), Number(row.debit), Number(row.closing)];
      const { currency } = row;
      return { ledger: row.ledger as LedgerCode, currency, opening, debit, credit: opening + debit - closing, closing };
    });
    const place = ({ ledger }: TrialLine) => ORDER.indexOf(ledger);
    lines.sort((a, b) => (a.currency < b.currency ? -1 : a.currency > b.currency ? 1 : place(a) - place(b)));
    return { from, to, lines, totals: totalsOf(lines) };
  }
}

function totalsOf(lines: readonly TrialLine[]): Omit<TrialLine, 'ledger'>[] {
  const totals = new Map<string, Omit<TrialLine, 'ledger'>>();
  for (const { currency, opening, debit, credit, closing } of lines) {
    const sum = totals.get(currency) ?? { currency, opening: 0, debit: 0, credit: 0, closing: 0 };
    totals.set(currency, sum);
    sum.opening += opening;
    sum.debit += debit;
    sum.credit += credit;
    sum.closing += closing;
  }
  return [...totals.values()];
}
