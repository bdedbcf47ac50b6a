import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, json, nullable } = kit;

export class Clearances1764000000015 implements MigrationInterface {
  name = 'Clearances1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'clearances',
      {
        id: id(),
        serial: key(40),
        office: key(8),
        year: int(),
        number: int(),
        one_record_id: ref('one_records'),
        issued_at: instant(),
        issued_by: ref('users'),
        valid_until: localDate(),
        content: json(),
        content_hash: key(64),
        prints: int(),
        revoked_by: nullable(ref('users')),
        revoked_at: nullable(instant()),
        revoked_reason: nullable(text(500)),
      },
      { unique: [['serial'], ['office', 'year', 'number']], index: [['one_record_id', 'issued_at']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropTable(runner, 'clearances');
  }
}
