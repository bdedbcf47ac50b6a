import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, minorUnits, json, oneOf, nullable } = kit;

const state = () =>
  oneOf('RECEIVED', 'HELD', 'DUE', 'DEPOSITED', 'CLEARED', 'RETURNED', 'REDEPOSITED', 'REPLACED', 'LEGAL', 'CANCELLED');
const money = () => ({ currency: key(3), amount: minorUnits() });

/** Cheques with their whole life, and payments taken back in part. */
export class Cheques1764000000024 implements MigrationInterface {
  name = 'Cheques1764000000024';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'cheques',
      {
        id: id(),
        version: int(),
        state: state(),
        payment_id: ref('payments'),
        tender_id: ref('payment_tenders'),
        number: key(20),
        bank: key(20),
        bank_name: text(100),
        branch: nullable(text(60)),
        drawer: text(200),
        drawer_name: key(220),
        drawer_id: nullable(key(30)),
        drawer_account: nullable(key(40)),
        drawer_key: key(220),
        duplicate_key: nullable(key(100)),
        ...money(),
        due_on: localDate(),
        relief: oneOf('NOW', 'DEFERRED'),
        returns: int(),
        replaced_by_id: nullable(ref('payments')),
        case_number: nullable(key(60)),
      },
      {
        unique: [['tender_id']],
        uniqueWhereSet: [['duplicate_key']],
        index: [
          ['payment_id'],
          ['bank', 'number'],
          ['state', 'due_on'],
          ['due_on'],
          ['drawer_key'],
          ['replaced_by_id'],
        ],
      },
    );
    await createTable(
      runner,
      'cheque_lines',
      {
        id: id(),
        cheque_id: ref('cheques'),
        payment_line_id: ref('payment_lines'),
        account_id: ref('billing_accounts'),
        amount: minorUnits(),
        charge_ids: nullable(json()),
        credit_id: nullable(ref('credits')),
      },
      { index: [['cheque_id'], ['account_id']] },
    );
    await createTable(
      runner,
      'cheque_events',
      {
        id: id(),
        cheque_id: ref('cheques'),
        from_state: nullable(state()),
        to_state: state(),
        happened_on: localDate(),
        happened_at: instant(),
        actor_id: nullable(ref('users')),
        reason: nullable(text(500)),
        posting_id: nullable(ref('ledger_postings')),
      },
      { index: [['cheque_id']] },
    );
    await createTable(
      runner,
      'cheque_deposits',
      {
        id: id(),
        version: int(),
        state: oneOf('IN_TRANSIT', 'SETTLED'),
        bank_account: key(40),
        bank_name: text(100),
        made_on: localDate(),
        made_by: ref('users'),
        made_at: instant(),
        note: nullable(text(300)),
      },
      { index: [['made_on']] },
    );
    await createTable(
      runner,
      'cheque_deposit_items',
      {
        id: id(),
        deposit_id: ref('cheque_deposits'),
        cheque_id: ref('cheques'),
        outcome: oneOf('PENDING', 'CLEARED', 'RETURNED'),
        bank_reference: nullable(key(60)),
      },
      { unique: [['deposit_id', 'cheque_id']], index: [['cheque_id']] },
    );
    await createTable(
      runner,
      'payment_refunds',
      {
        id: id(),
        payment_id: ref('payments'),
        posting_id: ref('ledger_postings'),
        shift_id: nullable(ref('cashier_shifts')),
        refunded_on: localDate(),
        refunded_at: instant(),
        refunded_by: ref('users'),
        reason: text(500),
      },
      { index: [['payment_id']] },
    );
    await createTable(
      runner,
      'payment_refund_lines',
      {
        id: id(),
        refund_id: ref('payment_refunds'),
        payment_line_id: ref('payment_lines'),
        credit_id: ref('credits'),
        ...money(),
      },
      { index: [['refund_id']] },
    );
    await createTable(
      runner,
      'payment_refund_tenders',
      {
        id: id(),
        refund_id: ref('payment_refunds'),
        tender_id: ref('payment_tenders'),
        ledger: key(30),
        ...money(),
      },
      { index: [['refund_id']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'payment_refund_tenders',
      'payment_refund_lines',
      'payment_refunds',
      'cheque_deposit_items',
      'cheque_deposits',
      'cheque_events',
      'cheque_lines',
      'cheques',
    ]) {
      await kit.dropTable(runner, table);
    }
  }
}
