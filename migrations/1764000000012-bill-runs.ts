import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, bigInt, text, longText, key, instant, localDate, minorUnits, flag, json } = kit;
const { oneOf, nullable } = kit;

const account = () => ref('billing_accounts');
const user = () => ref('users');

export class BillRuns1764000000012 implements MigrationInterface {
  name = 'BillRuns1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'recurring_charges',
      {
        id: id(),
        account_id: account(),
        head: key(20),
        amount: minorUnits(),
        every_months: int(),
        from_period: key(7),
        to_period: nullable(key(7)),
        detail: nullable(text(200)),
        active: flag(),
        created_by: user(),
        created_at: instant(),
        version: int(),
      },
      { index: [['account_id']] },
    );
    await createTable(
      runner,
      'bill_runs',
      {
        id: id(),
        feeder: key(20),
        period: key(7),
        issue_on: localDate(),
        due_on: localDate(),
        parameters: json(),
        state: oneOf('DRAFT', 'CALCULATED', 'REVIEWED', 'POSTED', 'ISSUED', 'CANCELLED', 'REVERSED'),
        task: nullable(oneOf('CALCULATE', 'POST', 'ISSUE', 'REVERSE')),
        cursor: bigInt(),
        bills: int(),
        skipped: int(),
        totals: json(),
        failure: nullable(text(1000)),
        office: nullable(key(8)),
        reason: nullable(text(500)),
        created_by: user(),
        created_at: instant(),
        calculated_at: nullable(instant()),
        reviewed_by: nullable(user()),
        reviewed_at: nullable(instant()),
        posted_by: nullable(user()),
        posted_at: nullable(instant()),
        issued_by: nullable(user()),
        issued_at: nullable(instant()),
        ended_by: nullable(user()),
        ended_at: nullable(instant()),
        version: int(),
      },
      { index: [['feeder', 'period']] },
    );
    await createTable(
      runner,
      'bills',
      {
        id: id(),
        run_id: ref('bill_runs'),
        account_id: account(),
        feeder: key(20),
        period: key(7),
        edition: int(),
        state: oneOf('CALCULATED', 'POSTED', 'ISSUED', 'REVERSED'),
        currency: key(3),
        amount: minorUnits(),
        lines: longText(),
        previous_balance: nullable(minorUnits()),
        advance_applied: nullable(minorUnits()),
        posting_id: nullable(ref('ledger_postings')),
        serial: nullable(key(40)),
        number: nullable(int()),
        content: nullable(longText()),
        content_hash: nullable(key(64)),
      },
      {
        unique: [['account_id', 'feeder', 'period', 'edition']],
        uniqueWhereSet: [['serial']],
        index: [['run_id', 'account_id']],
      },
    );
    await createTable(
      runner,
      'bill_run_exceptions',
      {
        id: id(),
        run_id: ref('bill_runs'),
        account_id: bigInt(),
        task: oneOf('CALCULATE', 'POST', 'ISSUE', 'REVERSE'),
        reason: text(500),
      },
      { index: [['run_id', 'account_id']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['bill_run_exceptions', 'bills', 'bill_runs', 'recurring_charges']) {
      await kit.dropTable(runner, table);
    }
  }
}
