import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, dropTable, id, int, instant, json, oneOf } = kit;

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
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTable(runner, 'ledger_proofs');
  }
}
