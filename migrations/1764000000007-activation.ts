import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, key, int, instant, nullable, oneOf } = kit;

export class Activation1764000000007 implements MigrationInterface {
  name = 'Activation1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'activation_codes',
      {
        id: id(),
        one_record_id: ref('one_records'),
        open_record_id: nullable(ref('one_records')),
        state: oneOf('OPEN', 'USED', 'REPLACED'),
        phone_e164: key(20),
        salt: key(32),
        code_hash: key(64),
        tries: int(),
        sent_by: ref('users'),
        sent_at: instant(),
        expires_at: instant(),
        used_at: nullable(instant()),
      },
      { index: [['one_record_id', 'id']], uniqueWhereSet: [['open_record_id']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropTable(runner, 'activation_codes');
  }
}
