import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, json, minorUnits, oneOf, nullable } = kit;

const account = () => ref('billing_accounts');
const charge = () => ref('charges');
const plan = () => ref('instalment_plans');
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
        charge_id: nullable(charge()),
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
    await createTable(
      runner,
      'instalment_plans',
      {
        id: id(),
        one_record_id: ref('one_records'),
        currency: key(3),
        state: oneOf('DRAFT', 'ACTIVE', 'COMPLETED', 'DEFAULTED', 'CANCELLED', 'RESTRUCTURED'),
        total: minorUnits(),
        down_payment: minorUnits(),
        first_due_on: localDate(),
        note: nullable(text(500)),
        restructures_id: nullable(plan()),
        proposed_by: user(),
        proposed_at: instant(),
        activated_on: nullable(localDate()),
        end_cause: nullable(
          oneOf('PAID', 'MISSED_INSTALMENTS', 'CURRENT_BILLS', 'DOWN_PAYMENT_UNPAID', 'CANCELLED', 'RESTRUCTURED'),
        ),
        end_reason: nullable(text(500)),
        ended_by: nullable(user()),
        ended_at: nullable(instant()),
        settled_at_end: nullable(minorUnits()),
        version: int(),
      },
      { index: [['state'], ['one_record_id']] },
    );
    await createTable(
      runner,
      'plan_instalments',
      { id: id(), plan_id: plan(), number: int(), due_on: localDate(), amount: minorUnits() },
      { unique: [['plan_id', 'number']] },
    );
    await createTable(
      runner,
      'plan_charges',
      {
        id: id(),
        plan_id: plan(),
        charge_id: charge(),
        amount: minorUnits(),
        live_charge_id: nullable(charge()),
      },
      { unique: [['plan_id', 'charge_id']], uniqueWhereSet: [['live_charge_id']] },
    );
    await createTable(
      runner,
      'penalty_rules',
      {
        id: id(),
        head: nullable(key(20)),
        service_type: nullable(oneOf('WATER', 'SEWER', 'WASTE', 'PROPERTY', 'LICENCE', 'PROJECT', 'RENT', 'OTHER')),
        currency: key(3),
        valid_from: localDate(),
        start_days: int(),
        method: oneOf('FLAT', 'MONTHLY', 'DAILY'),
        rate_ppm: nullable(int()),
        flat_amount: nullable(minorUnits()),
        cap_ppm: nullable(int()),
        document_number: text(100),
        created_by: user(),
        created_at: instant(),
      },
      {
        uniqueWhereSet: [
          ['head', 'currency', 'valid_from'],
          ['service_type', 'currency', 'valid_from'],
        ],
      },
    );
    await createTable(runner, 'penalty_runs', {
      id: id(),
      state: oneOf('RUNNING', 'DONE', 'FAILED'),
      as_of: localDate(),
      started_by: nullable(user()),
      started_at: instant(),
      finished_at: nullable(instant()),
      examined: int(),
      left_out: int(),
      totals: nullable(json()),
      failure: nullable(text(1000)),
    });
    await createTable(
      runner,
      'penalty_assessments',
      {
        id: id(),
        charge_id: charge(),
        period: key(7),
        number: int(),
        amount: minorUnits(),
        rule_id: ref('penalty_rules'),
        run_id: ref('penalty_runs'),
        penalty_charge_id: nullable(charge()),
      },
      { unique: [['charge_id', 'period', 'number']] },
    );
    await createTable(
      runner,
      'discount_windows',
      {
        id: id(),
        head: key(20),
        period_from: key(7),
        period_to: key(7),
        opens_on: localDate(),
        closes_on: localDate(),
        rate_ppm: int(),
        document_number: text(100),
        created_by: user(),
        created_at: instant(),
      },
      { unique: [['head', 'period_from', 'opens_on']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'discount_windows',
      'penalty_assessments',
      'penalty_runs',
      'penalty_rules',
      'plan_charges',
      'plan_instalments',
      'instalment_plans',
      'adjustments',
    ])
      await kit.dropTable(runner, table);
  }
}
