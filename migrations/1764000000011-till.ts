import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, minorUnits, flag, json, oneOf, nullable } = kit;

const user = () => ref('users');
const shift = () => ref('cashier_shifts');
const payment = () => ref('payments');
const posting = () => ref('ledger_postings');

export class Till1764000000011 implements MigrationInterface {
  name = 'Till1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'tills',
      {
        id: id(),
        version: int(),
        code: key(20),
        office: key(8),
        name: text(120),
        active: flag(),
        created_by: user(),
        created_at: instant(),
      },
      { unique: [['code']] },
    );
    await createTable(
      runner,
      'deposits',
      {
        id: id(),
        state: oneOf('IN_TRANSIT', 'CONFIRMED'),
        made_on: localDate(),
        made_by: user(),
        made_at: instant(),
        amounts: json(),
        posting_id: posting(),
        note: nullable(text(300)),
        bank_account: nullable(key(40)),
        bank_reference: nullable(key(60)),
        confirmed_by: nullable(user()),
        confirmed_at: nullable(instant()),
        confirmation_id: nullable(posting()),
      },
      { index: [['made_on']] },
    );
    await createTable(
      runner,
      'cashier_shifts',
      {
        id: id(),
        version: int(),
        till_id: ref('tills'),
        cashier_id: user(),
        cashier_name: text(120),
        state: oneOf('OPEN', 'COUNTED', 'CLOSED'),
        open_till_id: nullable(ref('tills')),
        open_cashier_id: nullable(user()),
        opened_on: localDate(),
        opened_at: instant(),
        counted_at: nullable(instant()),
        closed_by: nullable(user()),
        closed_at: nullable(instant()),
        note: nullable(text(300)),
        deposit_id: nullable(ref('deposits')),
      },
      {
        uniqueWhereSet: [['open_till_id'], ['open_cashier_id']],
        index: [['opened_on'], ['cashier_id', 'opened_on'], ['deposit_id']],
      },
    );
    await createTable(
      runner,
      'shift_cash',
      {
        id: id(),
        shift_id: shift(),
        currency: key(3),
        opening_float: minorUnits(),
        expected: nullable(minorUnits()),
        counted: nullable(minorUnits()),
      },
      { unique: [['shift_id', 'currency']] },
    );
    await createTable(
      runner,
      'shift_counts',
      { id: id(), shift_id: shift(), currency: key(3), denomination: minorUnits(), pieces: int() },
      { unique: [['shift_id', 'currency', 'denomination']] },
    );
    await createTable(
      runner,
      'payments',
      {
        id: id(),
        state: oneOf('POSTED', 'VOIDED', 'REVERSED'),
        shift_id: shift(),
        cashier_id: user(),
        one_record_id: nullable(ref('one_records')),
        payer_name: text(200),
        paid_on: localDate(),
        paid_at: instant(),
        posting_id: posting(),
        undone_by: nullable(user()),
        undone_at: nullable(instant()),
        undone_reason: nullable(text(500)),
        reversal_id: nullable(posting()),
      },
      { index: [['shift_id'], ['paid_on', 'cashier_id'], ['one_record_id']] },
    );
    await createTable(
      runner,
      'payment_lines',
      {
        id: id(),
        payment_id: payment(),
        account_id: ref('billing_accounts'),
        credit_id: ref('credits'),
        currency: key(3),
        amount: minorUnits(),
      },
      { index: [['payment_id'], ['account_id']] },
    );
    await createTable(
      runner,
      'payment_tenders',
      {
        id: id(),
        payment_id: payment(),
        kind: oneOf('CASH', 'CARD', 'TRANSFER'),
        currency: key(3),
        amount: minorUnits(),
        tendered: nullable(minorUnits()),
        reference: nullable(key(60)),
      },
      { index: [['payment_id']] },
    );
    await createTable(
      runner,
      'receipts',
      {
        id: id(),
        payment_id: payment(),
        serial: key(40),
        office: key(8),
        year: int(),
        number: int(),
        issued_at: instant(),
        content: json(),
        content_hash: key(64),
        prints: int(),
      },
      { unique: [['serial'], ['office', 'year', 'number'], ['payment_id']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'receipts',
      'payment_tenders',
      'payment_lines',
      'payments',
      'shift_counts',
      'shift_cash',
      'cashier_shifts',
      'deposits',
      'tills',
    ]) {
      await kit.dropTable(runner, table);
    }
  }
}
