import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, minorUnits, oneOf, nullable } = kit;

const account = () => ref('billing_accounts');
const posting = () => ref('ledger_postings');
const user = () => ref('users');

export class Adjustments1764000000014 implements MigrationInterface {
  name = 'Adjustments1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'adjustments',
      {
        id: id(),
        kind: oneOf('CREDIT_NOTE', 'DEBIT_NOTE', 'WRITE_OFF'),
        state: oneOf('PROPOSED', 'POSTED', 'REJECTED', 'REVERSED'),
        account_id: account(),
        currency: key(3),
        charge_id: nullable(ref('charges')),
        head: key(20),
        amount: minorUnits(),
        period: nullable(key(7)),
        due_on: nullable(localDate()),
        reason: text(500),
        document_number: text(100),
        proposed_by: user(),
        proposed_at: instant(),
        decided_by: nullable(user()),
        decided_at: nullable(instant()),
        rejection: nullable(text(500)),
        serial: nullable(key(40)),
        posted_on: nullable(localDate()),
        posting_id: nullable(posting()),
        reversed_by: nullable(user()),
        reversed_at: nullable(instant()),
        reversal: nullable(text(500)),
        reversal_posting_id: nullable(posting()),
        version: int(),
      },
      { index: [['state'], ['account_id', 'kind']], uniqueWhereSet: [['serial']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['adjustments']) await kit.dropTable(runner, table);
  }
}
