import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, dropTable, id, int, instant, json, key, localDate, oneOf, ref } = kit;

export class BillingReports1764000000013 implements MigrationInterface {
  name = 'BillingReports1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'ledger_proofs',
      {
        id: id(),
        state: oneOf('HOLDS', 'BROKEN'),
        started_via: oneOf('NIGHTLY', 'REQUEST', 'CLI'),
        started_at: instant(),
        finished_at: instant(),
        postings: int(),
        accounts: int(),
        findings: json(),
      },
      { index: [['started_at']] },
    );
    await createTable(
      runner,
      'account_statements',
      {
        id: id(),
        serial: key(40),
        office: key(8),
        year: int(),
        number: int(),
        one_record_id: ref('one_records'),
        issued_at: instant(),
        first_day: localDate(),
        last_day: localDate(),
        issued_by: ref('users'),
        content: json(),
        content_hash: key(64),
        prints: int(),
      },
      { unique: [['serial'], ['office', 'year', 'number']], index: [['one_record_id', 'issued_at']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTable(runner, 'account_statements');
    await dropTable(runner, 'ledger_proofs');
  }
}
