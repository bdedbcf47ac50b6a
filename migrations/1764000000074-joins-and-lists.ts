import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES: readonly (readonly [table: string, columns: string[]])[] = [
  ['payments', ['paid_at']],
  ['payments', ['posting_id']],
  ['adjustments', ['proposed_at']],
  ['penalty_assessments', ['penalty_charge_id']],
  ['campaign_debtors', ['account_id']],
  ['plan_charges', ['charge_id']],
  ['inbound_messages', ['received_at']],
  ['water_cut_notices', ['issued_at']],
  ['water_cut_notices', ['run_id']],
];

/** What was read whole, and sorted whole, for a few of its rows: by each payment, by each list. */
export class JoinsAndLists1764000000074 implements MigrationInterface {
  name = 'JoinsAndLists1764000000074';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of INDEXES) await kit.createIndex(runner, table, columns);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of INDEXES) await kit.dropIndex(runner, table, columns);
  }
}
