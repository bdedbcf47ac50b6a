import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, minorUnits, json, oneOf, nullable } = kit;

const partner = () => ref('share_partners');
const posting = () => ref('ledger_postings');
const state = () => oneOf('POSTED', 'REVERSED');
const REVERSED = {
  reversed_by: nullable(ref('users')),
  reversed_at: nullable(instant()),
  reason: nullable(text(500)),
  reversal_id: nullable(posting()),
};

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
    await shares(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['share_remittances', 'share_lines', 'share_settlements', 'share_rules', 'share_partners']) {
      await kit.dropTable(runner, table);
    }
    await kit.dropIndex(runner, 'allocations', ALLOCATED);
    await kit.dropTable(runner, 'take_backs');
  }
}

async function shares(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'share_partners',
    {
      id: id(),
      code: key(20),
      name_ar: text(120),
      name_en: text(120),
      created_by: ref('users'),
      created_at: instant(),
      version: int(),
    },
    { unique: [['code']] },
  );
  await createTable(
    runner,
    'share_rules',
    {
      id: id(),
      head: key(20),
      partner_id: partner(),
      from_day: localDate(),
      basis_points: int(),
      decision: text(100),
      created_by: ref('users'),
      created_at: instant(),
    },
    { unique: [['head', 'partner_id', 'from_day']] },
  );
  await createTable(
    runner,
    'share_settlements',
    {
      id: id(),
      partner_id: partner(),
      standing_partner_id: nullable(partner()),
      period: key(7),
      state: state(),
      amounts: json(),
      posted_on: localDate(),
      posting_id: posting(),
      settled_by: ref('users'),
      settled_at: instant(),
      ...REVERSED,
    },
    { uniqueWhereSet: [['standing_partner_id', 'period']], index: [['partner_id', 'period']] },
  );
  await createTable(
    runner,
    'share_lines',
    {
      id: id(),
      settlement_id: ref('share_settlements'),
      head: key(20),
      currency: key(3),
      period: key(7),
      rate_from: localDate(),
      basis_points: int(),
      collected: minorUnits(),
      share: minorUnits(),
    },
    { unique: [['settlement_id', 'head', 'currency', 'period', 'rate_from']] },
  );
  await createTable(
    runner,
    'share_remittances',
    {
      id: id(),
      partner_id: partner(),
      state: state(),
      currency: key(3),
      amount: minorUnits(),
      paid_on: localDate(),
      bank_account: key(40),
      reference: key(60),
      posting_id: posting(),
      paid_by: ref('users'),
      paid_at: instant(),
      ...REVERSED,
    },
    { index: [['partner_id', 'paid_on']] },
  );
}
