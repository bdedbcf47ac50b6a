import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, localDate, minorUnits, nullable } = kit;

const ALLOCATED = ['allocated_on', 'charge_id', 'credit_id', 'amount'];

/**
 * What was cancelled before stands with the day of the last posting that can have done it: nobody had written down the
 * others.
 */
const BEFORE = (ref: string, table: string, column: string, sign: string) => `
  INSERT INTO "take_backs" ("id", "${ref}", "amount", "taken_back_on", "posting_id")
  SELECT i."id", i."id", i."${column}", p."posted_on", p."id" FROM "${table}" i JOIN "ledger_postings" p ON p."id" = (
    SELECT MAX(q."id") FROM "ledger_postings" q JOIN "ledger_entries" e ON e."posting_id" = q."id"
    WHERE e."account_id" = i."account_id" AND e."amount" ${sign} 0
      AND (q."reverses_id" = i."posting_id" OR q."kind" = 'CREDIT_NOTE'))
  WHERE i."${column}" > 0`;

export class ThirdPartyShares1764000000021 implements MigrationInterface {
  name = 'ThirdPartyShares1764000000021';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'take_backs',
      {
        id: id(),
        charge_id: nullable(ref('charges')),
        credit_id: nullable(ref('credits')),
        amount: minorUnits(),
        taken_back_on: localDate(),
        posting_id: ref('ledger_postings'),
      },
      { index: [['charge_id'], ['credit_id'], ['taken_back_on']] },
    );
    await runner.query(BEFORE('charge_id', 'charges', 'cancelled', '<'));
    await runner.query(BEFORE('credit_id', 'credits', 'reversed', '>'));
    await kit.createIndex(runner, 'allocations', ALLOCATED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropIndex(runner, 'allocations', ALLOCATED);
    await kit.dropTable(runner, 'take_backs');
  }
}
