import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, longText, key, flag, instant, localDate, minorUnits, json, oneOf, nullable } =
  kit;

export class Bank1764000000023 implements MigrationInterface {
  name = 'Bank1764000000023';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'bank_accounts',
      {
        id: id(),
        version: int(),
        name: text(120),
        bank: text(120),
        iban: key(34),
        number: nullable(key(40)),
        currency: key(3),
        csv_profile: nullable(json()),
        active: flag(),
        created_by: ref('users'),
        created_at: instant(),
      },
      { unique: [['iban', 'currency']] },
    );
    await createTable(
      runner,
      'bank_statements',
      {
        id: id(),
        bank_account_id: ref('bank_accounts'),
        file_hash: key(64),
        position: int(),
        format: key(30),
        reference: nullable(text(100)),
        sequence: nullable(text(100)),
        from_on: nullable(localDate()),
        to_on: nullable(localDate()),
        opening_balance: nullable(minorUnits()),
        closing_balance: nullable(minorUnits()),
        lines: int(),
        amount: minorUnits(),
        repeated: int(),
        repeated_amount: minorUnits(),
        unbooked: int(),
        imported_by: ref('users'),
        imported_at: instant(),
      },
      { unique: [['bank_account_id', 'file_hash', 'position']] },
    );
    await createTable(
      runner,
      'bank_lines',
      {
        id: id(),
        version: int(),
        bank_account_id: ref('bank_accounts'),
        statement_id: ref('bank_statements'),
        position: int(),
        place: text(200),
        fingerprint: key(64),
        occurrence: int(),
        dimension: key(40),
        booked_on: localDate(),
        value_on: nullable(localDate()),
        currency: key(3),
        amount: minorUnits(),
        references: nullable(longText()),
        counterparty: nullable(text(200)),
        counterparty_account: nullable(text(60)),
        description: nullable(longText()),
        bank_reference: nullable(text(100)),
        reversal: flag(),
        posting_id: nullable(ref('ledger_postings')),
        owner_id: nullable(ref('users')),
        note: nullable(text(500)),
      },
      {
        unique: [['bank_account_id', 'fingerprint', 'occurrence'], ['dimension']],
        index: [['statement_id', 'position'], ['bank_account_id', 'booked_on'], ['owner_id']],
      },
    );
    await createTable(
      runner,
      'bank_proposals',
      {
        id: id(),
        line_id: ref('bank_lines'),
        target: key(60),
        match: oneOf('EXACT', 'LIKELY', 'AMBIGUOUS'),
        state: oneOf('OPEN', 'ACCEPTED', 'REFUSED', 'LAPSED'),
        label: text(300),
        proposed_at: instant(),
        decided_by: nullable(ref('users')),
        decided_at: nullable(instant()),
      },
      { unique: [['line_id', 'target']], index: [['state', 'line_id']] },
    );
    await kit.createIndex(runner, 'ledger_entries', ['dimension', 'amount'], `"ledger" = 'SUSPENSE'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropIndex(runner, 'ledger_entries', ['dimension', 'amount']);
    for (const table of ['bank_proposals', 'bank_lines', 'bank_statements', 'bank_accounts']) {
      await kit.dropTable(runner, table);
    }
  }
}
