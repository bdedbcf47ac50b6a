import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, bigInt, int, text, key, instant, localDate, minorUnits, json, oneOf, nullable } = kit;

const money = { currency: key(3), amount: minorUnits() };

const PAYMENTS = {
  id: id(),
  state: oneOf('POSTED', 'VOIDED', 'REVERSED'),
  one_record_id: nullable(ref('one_records')),
  payer_name: text(200),
  paid_on: localDate(),
  paid_at: instant(),
  posting_id: ref('ledger_postings'),
  undone_by: nullable(ref('users')),
  undone_at: nullable(instant()),
  undone_reason: nullable(text(500)),
  reversal_id: nullable(ref('ledger_postings')),
};
const LINES = { id: id(), payment_id: ref('payments'), account_id: ref('billing_accounts'), ...money };
const TENDERS = {
  id: id(),
  payment_id: ref('payments'),
  ...money,
  tendered: nullable(minorUnits()),
  reference: nullable(key(60)),
};
const RECEIPTS = {
  id: id(),
  payment_id: ref('payments'),
  serial: key(40),
  office: key(8),
  year: int(),
  number: int(),
  issued_at: instant(),
  content: json(),
  content_hash: key(64),
  prints: int(),
};

/** Payments that no till took, tenders that no till takes, and money of one currency on debts of another. */
const TABLES: kit.Reshaped[] = [
  {
    name: 'payments',
    was: { ...PAYMENTS, shift_id: ref('cashier_shifts'), cashier_id: ref('users') },
    is: {
      ...PAYMENTS,
      channel: oneOf('TILL', 'ONLINE', 'BANK'),
      shift_id: nullable(ref('cashier_shifts')),
      cashier_id: nullable(ref('users')),
    },
    rules: { index: [['shift_id'], ['paid_on', 'cashier_id'], ['one_record_id']] },
    fill: { channel: "'TILL'" },
  },
  {
    name: 'payment_lines',
    was: { ...LINES, credit_id: ref('credits') },
    is: { ...LINES, credit_id: nullable(ref('credits')) },
    rules: { index: [['payment_id'], ['account_id']] },
  },
  {
    name: 'payment_tenders',
    was: { ...TENDERS, kind: oneOf('CASH', 'CARD', 'TRANSFER') },
    is: {
      ...TENDERS,
      kind: oneOf('CASH', 'CARD', 'TRANSFER', 'CHEQUE', 'ONLINE', 'BANK'),
      pays_currency: key(3),
      pays_amount: minorUnits(),
      rate_id: nullable(ref('exchange_rates')),
    },
    rules: { index: [['payment_id']] },
    fill: { pays_currency: '"currency"', pays_amount: '"amount"' },
  },
  {
    name: 'receipts',
    was: RECEIPTS,
    is: RECEIPTS,
    rules: { unique: [['serial'], ['office', 'year', 'number'], ['payment_id']] },
  },
];

export class PaymentChannels1764000000016 implements MigrationInterface {
  name = 'PaymentChannels1764000000016';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'exchange_rates',
      {
        id: id(),
        base: key(3),
        quote: key(3),
        micros: bigInt(),
        valid_on: localDate(),
        source: text(100),
        entered_by: ref('users'),
        entered_at: instant(),
      },
      { index: [['base', 'quote', 'valid_on']] },
    );
    await kit.reshapeTables(runner, TABLES);
  }

  /** A payment that the old shape has no place for stops it. */
  async down(runner: QueryRunner): Promise<void> {
    await kit.reshapeTables(
      runner,
      TABLES.map(({ name, was, is, rules }) => ({ name, was: is, is: was, rules })),
    );
    await kit.dropTable(runner, 'exchange_rates');
  }
}
