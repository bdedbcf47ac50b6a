import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, codeId, ref, int, text, key, instant, localDate, minorUnits, flag, json, oneOf, nullable } =
  kit;

const serviceType = () => oneOf('WATER', 'SEWER', 'WASTE', 'PROPERTY', 'LICENCE', 'PROJECT', 'RENT', 'OTHER');
const account = () => ref('billing_accounts');
const posting = () => ref('ledger_postings');

/** Code, Arabic, English, service, priority, ledger. */
const HEADS: [string, string, string, string, number, string][] = [
  ['WATER', 'أثمان مياه', 'Water', 'WATER', 10, 'INCOME'],
  ['SEWER', 'رسوم صرف صحي', 'Sewerage', 'SEWER', 20, 'INCOME'],
  ['WASTE', 'رسوم نفايات', 'Solid waste', 'WASTE', 30, 'INCOME'],
  ['PROPERTY_TAX', 'ضريبة أملاك', 'Property tax', 'PROPERTY', 40, 'INCOME'],
  ['EDUCATION_TAX', 'ضريبة معارف', 'Education tax', 'PROPERTY', 50, 'INCOME'],
  ['LICENCE', 'رسوم رخصة حرف وصناعات', 'Trade licence', 'LICENCE', 60, 'INCOME'],
  ['PROJECT', 'مساهمة مشاريع', 'Project participation', 'PROJECT', 70, 'INCOME'],
  ['RENT', 'إيجارات', 'Rent', 'RENT', 80, 'INCOME'],
  ['FEE', 'رسوم خدمات', 'Service fees', 'OTHER', 90, 'FEES'],
  ['CHEQUE_FEE', 'رسوم شيك راجع', 'Returned cheque fee', 'OTHER', 95, 'FEES'],
  ['PENALTY', 'غرامة تأخير', 'Late penalty', 'OTHER', 99, 'PENALTIES'],
  ['OTHER', 'أخرى', 'Other', 'OTHER', 100, 'INCOME'],
];

export class Billing1764000000010 implements MigrationInterface {
  name = 'Billing1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'billing_accounts',
      {
        id: id(),
        number: key(100),
        currency: key(3),
        tenure: int(),
        service_type: serviceType(),
        state: oneOf('OPEN', 'CLOSED'),
        legacy_service_id: nullable(ref('legacy_services')),
        legacy_citizen_id: nullable(ref('legacy_citizens')),
        one_record_id: nullable(ref('one_records')),
        opened_on: localDate(),
        closed_on: nullable(localDate()),
        version: int(),
      },
      {
        unique: [['number', 'currency', 'tenure']],
        index: [['legacy_service_id'], ['legacy_citizen_id'], ['one_record_id']],
      },
    );
    await createTable(runner, 'charge_heads', {
      code: codeId(20),
      name_ar: text(100),
      name_en: text(100),
      service_type: serviceType(),
      priority: int(),
      ledger: key(30),
      active: flag(),
    });
    await createTable(
      runner,
      'ledger_postings',
      {
        id: id(),
        kind: key(20),
        posted_on: localDate(),
        document_type: nullable(key(30)),
        document_id: nullable(key(60)),
        reverses_id: nullable(posting()),
        description: text(300),
        reason: nullable(text(500)),
        posted_by: nullable(ref('users')),
        posted_at: instant(),
      },
      { index: [['document_type', 'document_id']], uniqueWhereSet: [['reverses_id']] },
    );
    await createTable(
      runner,
      'ledger_entries',
      {
        id: id(),
        posting_id: posting(),
        ledger: key(30),
        account_id: nullable(account()),
        dimension: nullable(key(40)),
        currency: key(3),
        amount: minorUnits(),
        posted_on: localDate(),
        legacy_movement_id: nullable(ref('legacy_movements')),
      },
      { index: [['posting_id'], ['account_id', 'posted_on', 'amount'], ['ledger', 'posted_on', 'currency', 'amount']] },
    );
    await createTable(
      runner,
      'ledger_periods',
      {
        id: id(),
        period: key(7),
        state: oneOf('OPEN', 'CLOSED'),
        changed_by: ref('users'),
        changed_at: instant(),
        reason: nullable(text(500)),
      },
      { unique: [['period']] },
    );
    await createTable(
      runner,
      'charges',
      {
        id: id(),
        account_id: account(),
        posting_id: posting(),
        head: key(20),
        period: key(7),
        charged_on: localDate(),
        due_on: localDate(),
        amount: minorUnits(),
        cancelled: minorUnits(),
        outstanding: minorUnits(),
        detail: nullable(text(200)),
        source: nullable(key(100)),
      },
      { index: [['account_id', 'outstanding'], ['posting_id']], uniqueWhereSet: [['source']] },
    );
    await createTable(
      runner,
      'credits',
      {
        id: id(),
        account_id: account(),
        posting_id: posting(),
        origin: key(20),
        credited_on: localDate(),
        amount: minorUnits(),
        reversed: minorUnits(),
        remaining: minorUnits(),
      },
      { index: [['account_id', 'remaining'], ['posting_id']] },
    );
    await createTable(
      runner,
      'allocations',
      {
        id: id(),
        charge_id: ref('charges'),
        credit_id: ref('credits'),
        amount: minorUnits(),
        allocated_on: localDate(),
        posting_id: posting(),
      },
      { index: [['charge_id'], ['credit_id']] },
    );
    await createTable(
      runner,
      'take_overs',
      {
        id: id(),
        state: oneOf('RUNNING', 'DONE', 'FAILED'),
        started_at: instant(),
        finished_at: nullable(instant()),
        accounts: int(),
        movements: int(),
        totals: nullable(json()),
        exceptions: nullable(json()),
        failure: nullable(text(1000)),
      },
      { index: [['started_at']] },
    );
    const columns = ['code', 'name_ar', 'name_en', 'service_type', 'priority', 'ledger', 'active'];
    await kit.insertRows(
      runner,
      'charge_heads',
      columns,
      HEADS.map((head) => [...head, 1]),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'take_overs',
      'allocations',
      'credits',
      'charges',
      'ledger_periods',
      'ledger_entries',
      'ledger_postings',
      'charge_heads',
      'billing_accounts',
    ]) {
      await kit.dropTable(runner, table);
    }
  }
}
