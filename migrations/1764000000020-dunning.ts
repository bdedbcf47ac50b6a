import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, bigInt, int, text, key, oneOf, instant, localDate, json, minorUnits, flag, nullable } =
  kit;

export class DunningAndTransfers1764000000020 implements MigrationInterface {
  name = 'DunningAndTransfers1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'dunning_runs',
      {
        id: id(),
        state: oneOf('DRAFT', 'LISTED', 'ISSUED', 'CANCELLED'),
        task: nullable(oneOf('LIST', 'ISSUE')),
        criteria: json(),
        due_by: localDate(),
        cursor: bigInt(),
        totals: json(),
        left_out: nullable(json()),
        failure: nullable(text(1000)),
        office: nullable(key(8)),
        created_by: ref('users'),
        created_at: instant(),
        issued_by: nullable(ref('users')),
        issued_at: nullable(instant()),
        cancelled_by: nullable(ref('users')),
        reason: nullable(text(500)),
        version: int(),
      },
      { index: [['state']] },
    );
    await createTable(
      runner,
      'warnings',
      {
        id: id(),
        serial: key(40),
        office: key(8),
        year: int(),
        number: int(),
        run_id: ref('dunning_runs'),
        state: oneOf('ISSUED', 'SERVED', 'OBJECTED', 'EXPIRED', 'REFERRED', 'PAID', 'WITHDRAWN'),
        one_record_id: nullable(ref('one_records')),
        legacy_citizen_id: nullable(ref('legacy_citizens')),
        issued_at: instant(),
        issued_by: ref('users'),
        content: json(),
        content_hash: key(64),
        prints: int(),
        service: nullable(json()),
        deadline_on: nullable(localDate()),
        objection: nullable(json()),
        referral: nullable(json()),
        withdrawn_by: nullable(ref('users')),
        withdrawn_at: nullable(instant()),
        withdrawn_reason: nullable(text(500)),
        version: int(),
      },
      {
        unique: [['serial'], ['office', 'year', 'number']],
        index: [['state', 'deadline_on'], ['run_id', 'id'], ['one_record_id'], ['legacy_citizen_id']],
      },
    );
    await createTable(
      runner,
      'warning_charges',
      {
        id: id(),
        warning_id: ref('warnings'),
        charge_id: ref('charges'),
        amount: minorUnits(),
        live_charge_id: nullable(ref('charges')),
      },
      { unique: [['warning_id', 'charge_id']], uniqueWhereSet: [['live_charge_id']], index: [['charge_id']] },
    );
    await createTable(
      runner,
      'dunning_debtors',
      {
        id: id(),
        run_id: ref('dunning_runs'),
        state: oneOf('LISTED', 'EXCLUDED', 'WARNED', 'SETTLED'),
        one_record_id: nullable(ref('one_records')),
        legacy_citizen_id: nullable(ref('legacy_citizens')),
        name: text(500),
        account_ids: json(),
        debts: json(),
        reason: nullable(text(500)),
        warning_id: nullable(ref('warnings')),
      },
      { index: [['run_id', 'state', 'id']] },
    );
    await createTable(
      runner,
      'account_transfers',
      {
        id: id(),
        state: oneOf('PROPOSED', 'POSTED', 'REJECTED', 'REVERSED'),
        number: key(100),
        account_id: ref('billing_accounts'),
        buyer_id: ref('one_records'),
        sold_on: localDate(),
        advance: oneOf('KEEP', 'CARRY'),
        agreement_number: nullable(text(100)),
        despite_debt: flag(),
        reason: text(500),
        document_number: text(100),
        proposed_by: ref('users'),
        proposed_at: instant(),
        decided_by: nullable(ref('users')),
        decided_at: nullable(instant()),
        rejection: nullable(text(500)),
        posting_id: nullable(ref('ledger_postings')),
        reversed_by: nullable(ref('users')),
        reversed_at: nullable(instant()),
        reversal: nullable(text(500)),
        reversal_posting_id: nullable(ref('ledger_postings')),
        version: int(),
      },
      { index: [['state'], ['number'], ['buyer_id']] },
    );
    await createTable(
      runner,
      'transferred_accounts',
      {
        id: id(),
        transfer_id: ref('account_transfers'),
        seller_account_id: ref('billing_accounts'),
        buyer_account_id: ref('billing_accounts'),
        lines: json(),
        advance: minorUnits(),
        carried: minorUnits(),
        recurring: json(),
      },
      { unique: [['transfer_id', 'seller_account_id'], ['buyer_account_id']], index: [['seller_account_id']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'transferred_accounts',
      'account_transfers',
      'dunning_debtors',
      'warning_charges',
      'warnings',
      'dunning_runs',
    ]) {
      await kit.dropTable(runner, table);
    }
  }
}
