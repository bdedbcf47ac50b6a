import { Injectable } from '@nestjs/common';
import type { Expectation } from '@libs/bank-statements';
import type { Currency } from '@libs/money';
import { Store } from '@libs/persistence';
import type { EntryLine } from '../books/posting';
import type { BankAccount } from './bank.entity';

export const EXPECTED_KINDS = [
  'DEPOSIT',
  'CONFIRMED_DEPOSIT',
  'CONFIRMED_CHEQUE',
  'CONFIRMED_REMITTANCE',
  'TRANSFER',
  'CARDS',
  'ONLINE',
  'RETURN',
] as const;
export type ExpectedKind = (typeof EXPECTED_KINDS)[number];

/** Money that the books say is on its way to the bank, or from it. `id` is what a line is resolved against. */
export interface Expected extends Expectation {
  kind: ExpectedKind;
  ledger: EntryLine['ledger'];
  dimension: string;
  document: { type: string; id: string };
  /** For people. */
  label: string;
}

type Found = Pick<Expected, 'ledger' | 'dimension' | 'amount' | 'date'>;

/** Ledgers that the bank settles, with what their dimensions stand for. */
const KINDS: Partial<Record<EntryLine['ledger'], { kind: ExpectedKind; document: string; label: string }>> = {
  CASH_IN_TRANSIT: { kind: 'DEPOSIT', document: 'deposit', label: 'إيداع نقدي' },
  TRANSFER_CLEARING: { kind: 'TRANSFER', document: 'payment', label: 'حوالة مقبوضة على الصندوق' },
  CARD_CLEARING: { kind: 'CARDS', document: 'cards', label: 'بطاقات يوم' },
  GATEWAY_CLEARING: { kind: 'ONLINE', document: 'gateway-transaction', label: 'دفع إلكتروني' },
  RETURNS: { kind: 'RETURN', document: 'bank-line', label: 'إعادة لدافع' },
};

/** Documents by which employees say what the bank has done, before a line of its statement shows it. */
const BY_HAND: Record<string, { kind: ExpectedKind; id: string; label: string }> = {
  deposit: { kind: 'CONFIRMED_DEPOSIT', id: 'confirmed', label: 'إيداع نقدي مؤكد' },
  cheque: { kind: 'CONFIRMED_CHEQUE', id: 'cheque', label: 'تحصيل شيك' },
  'share-remittance': { kind: 'CONFIRMED_REMITTANCE', id: 'share-remittance', label: 'تحويل حصة' },
};
/** Of postings `p`. */
export const IS_BY_HAND = `p."document_type" IN (${Object.keys(BY_HAND)
  .map((type) => `'${type}'`)
  .join(', ')})`;

/**
 * What the bank should tell of. Nothing of it is kept: it is what the ledgers between the tills and the bank have open,
 * and what employees confirmed by hand that no line has shown yet.
 */
@Injectable()
export class ExpectedMoney {
  constructor(private readonly store: Store) {}

  /** Of the account's currency, by day. What was confirmed by hand is of the account itself. */
  async of(account: Pick<BankAccount, 'iban' | 'currency'>): Promise<Expected[]> {
    const found = [...(await this.inClearing(account.currency)), ...(await this.confirmedByHand(account))];
    const currency = account.currency as Currency;
    const references = await this.references(found);
    return found.map((each) => ({
      ...each,
      currency,
      reference: references.get(each.id) ?? '',
      label: [each.label, references.get(each.id)].filter(Boolean).join(' ').slice(0, 300),
    }));
  }

  private async inClearing(currency: string): Promise<Omit<Expected, 'currency' | 'reference'>[]> {
    const ledgers = Object.keys(KINDS) as EntryLine['ledger'][];
    const rows = await this.store.sql<Found & { amount: number | string }>(
      `SELECT "ledger", "dimension", SUM("amount") AS "amount", MIN("posted_on") AS "date" FROM "ledger_entries"
       WHERE "ledger" IN (${ledgers.map(() => '?').join(', ')}) AND "currency" = ? AND "dimension" IS NOT NULL
       GROUP BY "ledger", "dimension" HAVING SUM("amount") <> 0 ORDER BY MIN("posted_on"), "ledger", "dimension"`,
      [...ledgers, currency],
    );
    return rows.map(({ ledger, dimension, amount, date }) => {
      const { kind, document, label } = KINDS[ledger]!;
      const [, type = document, key = dimension] = /^([a-z-]+):(.*)$/.exec(dimension) ?? [];
      const id = kind === 'RETURN' ? `return:${key}` : dimension;
      const of = kind === 'TRANSFER' ? key.replace(/\.\d+$/, '') : key;
      const back = kind === 'TRANSFER' && Number(amount) < 0;
      const said = `${back ? 'حوالة برد دفعة' : label} ${kind === 'CARDS' ? date : of}`;
      return {
        id,
        kind,
        ledger,
        dimension,
        amount: Number(amount),
        date,
        // What goes back came in on a line of a statement, or by a cheque.
        document: { type: kind === 'RETURN' ? type : document, id: of },
        label: said,
      };
    });
  }

  /** The line of what is in BANK already takes it out again: what the bank has, it has once. */
  private async confirmedByHand({
    iban,
    currency,
  }: Pick<BankAccount, 'iban' | 'currency'>): Promise<Omit<Expected, 'currency' | 'reference'>[]> {
    const rows = await this.store.sql<{ type: string; id: string; amount: number | string; date: string }>(
      `SELECT p."document_type" AS "type", p."document_id" AS "id", SUM(e."amount") AS "amount", MIN(e."posted_on") AS "date"
       FROM "ledger_postings" p JOIN "ledger_entries" e ON e."posting_id" = p."id"
       WHERE ${IS_BY_HAND} AND e."ledger" = 'BANK' AND e."dimension" = ? AND e."currency" = ?
       GROUP BY p."document_type", p."document_id" HAVING SUM(e."amount") <> 0
       ORDER BY MIN(e."posted_on"), p."document_type", p."document_id"`,
      [iban, currency],
    );
    return rows.map(({ type, id, amount, date }) => {
      const { kind, id: prefix, label } = BY_HAND[type]!;
      return {
        id: `${prefix}:${id}`,
        kind,
        ledger: 'BANK',
        dimension: iban,
        amount: Number(amount),
        date,
        document: { type, id },
        label: `${label} ${id}`,
      };
    });
  }

  /** What the payer, or who made the deposit or the transfer, wrote on it; the number of a cheque; by expectation. */
  private async references(found: readonly Pick<Expected, 'id' | 'kind' | 'document'>[]): Promise<Map<string, string>> {
    const of = (...kinds: ExpectedKind[]) => found.filter(({ kind }) => kinds.includes(kind));
    const result = new Map<string, string>();
    const [deposits, transfers] = [of('DEPOSIT', 'CONFIRMED_DEPOSIT'), of('TRANSFER')];
    const notes = await this.store.selectIn<{ id: number | string } & Record<'reference' | 'note', string | null>>(
      (list) => `SELECT "id", "bank_reference" AS "reference", "note" FROM "deposits" WHERE "id" IN (${list})`,
      [...new Set(deposits.map(({ document }) => Number(document.id)))],
    );
    const noted = new Map(notes.map(({ id, reference, note }) => [String(id), reference ?? note]));
    for (const { id, document } of deposits) {
      const reference = noted.get(document.id);
      if (reference) result.set(id, reference);
    }
    for (const { id, reference } of await this.written('cheques', 'number', of('CONFIRMED_CHEQUE'))) {
      result.set(`cheque:${id}`, reference);
    }
    for (const { id, reference } of await this.written('share_remittances', 'reference', of('CONFIRMED_REMITTANCE'))) {
      result.set(`share-remittance:${id}`, reference);
    }
    const tenders = await this.store.selectIn<{ payment: number | string; reference: string | null }>(
      (list) =>
        `SELECT "payment_id" AS "payment", "reference" FROM "payment_tenders" WHERE "payment_id" IN (${list}) ORDER BY "id"`,
      [...new Set(transfers.map(({ document }) => Number(document.id)))],
    );
    const nth = new Map<string, number>();
    for (const { payment, reference } of tenders) {
      const at = nth.get(String(payment)) ?? 0;
      nth.set(String(payment), at + 1);
      if (reference) result.set(`transfer:${payment}.${at}`, reference);
    }
    return result;
  }

  private written(
    table: string,
    column: string,
    found: readonly Pick<Expected, 'document'>[],
  ): Promise<{ id: number | string; reference: string }[]> {
    return this.store.selectIn(
      (list) => `SELECT "id", "${column}" AS "reference" FROM "${table}" WHERE "id" IN (${list})`,
      found.map(({ document }) => Number(document.id)),
    );
  }
}
