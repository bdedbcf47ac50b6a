import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, key, int, instant, json, localDate, ref } = kit;

export class Statements1764000000008 implements MigrationInterface {
  name = 'Statements1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'statements',
      {
        id: id(),
        serial: key(40),
        office: key(8),
        year: int(),
        number: int(),
        one_record_id: ref('one_records'),
        record_version: int(),
        issued_at: instant(),
        as_of: localDate(),
        issued_by: ref('users'),
        content: json(),
        content_hash: key(64),
        prints: int(),
      },
      { unique: [['serial'], ['office', 'year', 'number']], index: [['one_record_id', 'issued_at']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('statements');
  }
}
