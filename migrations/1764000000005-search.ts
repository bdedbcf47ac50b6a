import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, codeId, ref, key, text, int, instant, oneOf } = kit;

const primary = (table: string) => ({ ...ref(table), primary: true });

export class Search1764000000005 implements MigrationInterface {
  name = 'Search1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'name_tokens', { id: id(), token: key(40) }, { unique: [['token']] });
    await createTable(runner, 'name_token_typos', { typo_key: codeId(40), token_id: primary('name_tokens') });
    await createTable(
      runner,
      'citizen_name_tokens',
      { token_id: primary('name_tokens'), citizen_id: primary('legacy_citizens') },
      { index: [['citizen_id', 'token_id']] },
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
    for (const table of ['search_log', 'citizen_name_tokens', 'name_token_typos', 'name_tokens']) {
      await kit.dropTable(runner, table);
    }
  }
}
