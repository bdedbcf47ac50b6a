import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, bigInt, text, longText, key, instant, localDate, minorUnits, flag, json } = kit;
const { oneOf, nullable } = kit;

const user = () => ref('users');
const waterClass = () =>
  oneOf('DOMESTIC', 'COMMERCIAL', 'INDUSTRIAL', 'TOURISM', 'INSTITUTIONAL', 'CAMP', 'CONSTRUCTION', 'BULK');

const posting = () => ref('ledger_postings');
const subscription = () => ref('water_subscriptions');
const account = () => ref('billing_accounts');

/** Code, Arabic, English, service, priority, ledger. What is collected as VAT is the state's. */
const HEADS: [string, string, string, string, number, string][] = [
  ['WATER_FIXED', 'رسم ثابت للمياه', 'Water fixed fee', 'WATER', 11, 'INCOME'],
  ['MAINTENANCE', 'صيانة عدادات وشبكة', 'Meter and network maintenance', 'WATER', 12, 'INCOME'],
  ['VAT', 'ضريبة القيمة المضافة', 'Value added tax', 'OTHER', 25, 'THIRD_PARTY'],
];

export class WaterBilling1764000000032 implements MigrationInterface {
  name = 'WaterBilling1764000000032';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'water_tariffs',
      {
        id: id(),
        version: int(),
        code: key(40),
        title_ar: text(120),
        title_en: text(120),
        water_class: waterClass(),
        effective_from: localDate(),
        data: json(),
        idle_states: json(),
        decision_number: text(100),
        decided_on: localDate(),
        state: oneOf('DRAFT', 'APPROVED', 'RETIRED'),
        approval: nullable(int()),
        drafted_by: user(),
        drafted_at: instant(),
        approved_by: nullable(user()),
        approved_at: nullable(instant()),
        retired_by: nullable(user()),
        retired_at: nullable(instant()),
        retirement: nullable(text(500)),
      },
      { unique: [['code']], index: [['water_class', 'effective_from']] },
    );
    await createTable(
      runner,
      'water_ratings',
      {
        id: id(),
        subscription_id: subscription(),
        standing_subscription_id: nullable(subscription()),
        account_id: account(),
        period: key(7),
        kind: oneOf('BILL', 'FINAL', 'TRUE_UP', 'RE_RATING'),
        replaces_id: nullable(ref('water_ratings')),
        from_on: localDate(),
        to_on: localDate(),
        litres: bigInt(),
        estimated: flag(),
        sewer: flag(),
        previous_reading: nullable(int()),
        current_reading: nullable(int()),
        ahead: int(),
        reading_ids: longText(),
        tariff_ids: longText(),
        rating: longText(),
        total: minorUnits(),
        bill_id: nullable(ref('bills')),
        credit_id: nullable(posting()),
        taken_back: nullable(longText()),
        rated_at: instant(),
      },
      {
        uniqueWhereSet: [['standing_subscription_id', 'from_on']],
        index: [['subscription_id', 'period'], ['period', 'id'], ['bill_id']],
      },
    );
    await createTable(runner, 'water_re_ratings', {
      id: id(),
      version: int(),
      reason: text(500),
      decision_number: text(100),
      from_period: key(7),
      to_period: key(7),
      water_class: nullable(waterClass()),
      route_id: nullable(ref('water_routes')),
      zone_id: nullable(ref('water_zones')),
      tariff_ids: json(),
      due_on: localDate(),
      state: oneOf('DRAFT', 'SIMULATED', 'POSTED', 'REVERSED', 'CANCELLED'),
      task: nullable(oneOf('SIMULATE', 'POST', 'REVERSE')),
      cursor: bigInt(),
      rated: int(),
      differences: int(),
      debits: minorUnits(),
      credits: minorUnits(),
      failure: nullable(text(1000)),
      created_by: user(),
      created_at: instant(),
      posted_by: nullable(user()),
      posted_at: nullable(instant()),
      ended_by: nullable(user()),
      ended_at: nullable(instant()),
      ending: nullable(text(500)),
    });
    await createTable(
      runner,
      'water_re_rating_differences',
      {
        id: id(),
        re_rating_id: ref('water_re_ratings'),
        rating_id: ref('water_ratings'),
        subscription_id: subscription(),
        account_id: account(),
        period: key(7),
        before: minorUnits(),
        after: minorUnits(),
        changes: longText(),
        rating: longText(),
        state: oneOf('LISTED', 'POSTED', 'REVERSED', 'REFUSED'),
        refusal: nullable(text(500)),
        new_rating_id: nullable(ref('water_ratings')),
        posting_id: nullable(posting()),
        taken_back: nullable(longText()),
      },
      { unique: [['re_rating_id', 'rating_id']], index: [['re_rating_id', 'id']] },
    );
    await createTable(
      runner,
      'water_final_bills',
      {
        id: id(),
        subscription_id: subscription(),
        account_id: account(),
        cause: oneOf('CLOSING', 'TRANSFER'),
        read_on: localDate(),
        reading: int(),
        digits: int(),
        multiplier: int(),
        reason: text(500),
        run_id: ref('bill_runs'),
        requested_by: user(),
        requested_at: instant(),
      },
      { index: [['subscription_id']] },
    );
    await createTable(
      runner,
      'water_leak_allowances',
      {
        id: id(),
        subscription_id: subscription(),
        rating_id: ref('water_ratings'),
        period: key(7),
        repaired_on: localDate(),
        document_number: text(100),
        litres: bigInt(),
        usual_litres: bigInt(),
        total: minorUnits(),
        computation: json(),
        adjustment_ids: json(),
        proposed_by: user(),
        proposed_at: instant(),
      },
      { index: [['subscription_id']] },
    );
    await kit.insertRows(
      runner,
      'charge_heads',
      ['code', 'name_ar', 'name_en', 'service_type', 'priority', 'ledger', 'active'],
      HEADS.map((head) => [...head, 1]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'water_leak_allowances',
      'water_final_bills',
      'water_re_rating_differences',
      'water_re_ratings',
      'water_ratings',
      'water_tariffs',
    ])
      await kit.dropTable(runner, table);
    for (const [code] of HEADS) await runner.query(`DELETE FROM "charge_heads" WHERE "code" = '${code}'`);
  }
}
