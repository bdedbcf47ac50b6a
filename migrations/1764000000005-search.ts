import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, codeId, ref, key, text, int, instant, oneOf } = kit;

const primary = (table: string) => ({ ...ref(table), primary: true });

const TABLES = [
  'search_log',
  'citizen_names',
  'name_form_keys',
  'name_form_tokens',
  'name_forms',
  'name_token_typos',
  'name_tokens',
];

export class Search1764000000005 implements MigrationInterface {
  name = 'Search1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    const clustered = true;
    await createTable(
      runner,
      'name_tokens',
      { id: id(), token: key(40), root: key(40), given: int(), middle: int(), family: int() },
      { unique: [['token']] },
    );
    const typos = { typo_key: codeId(48), token_id: primary('name_tokens') };
    await createTable(runner, 'name_token_typos', typos, { clustered });
    await createTable(runner, 'name_forms', { id: id(), name: key(500) }, { unique: [['name']] });
    await createTable(
      runner,
      'name_form_tokens',
      { token_id: primary('name_tokens'), form_id: primary('name_forms'), place: id() },
      { clustered },
    );
    const keys = { form_key: id(), form_id: primary('name_forms') };
    await createTable(runner, 'name_form_keys', keys, { clustered });
    await createTable(
      runner,
      'citizen_names',
      { form_id: primary('name_forms'), citizen_id: primary('legacy_citizens') },
      { clustered, index: [['citizen_id', 'form_id']] },
    );
    await createTable(
      runner,
      'search_log',
      {
        id: id(),
        at: instant(),
        user_id: ref('users'),
        purpose: oneOf('COUNTER_SERVICE', 'LINKING', 'COMPLAINT', 'AUDIT', 'INTEGRATION'),
        kind: oneOf('NUMBER', 'NAME', 'BOTH', 'NOTHING'),
        question: text(200),
        hits: int(),
      },
      { index: [['user_id', 'id']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await kit.dropTable(runner, table);
    }
  }
}
