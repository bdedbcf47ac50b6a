import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, key, instant, localDate, oneOf, nullable } = kit;

export class RecordAccesses1764000000050 implements MigrationInterface {
  name = 'RecordAccesses1764000000050';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'record_accesses',
      {
        id: id(),
        one_record_id: ref('one_records'),
        day: localDate(),
        user_id: ref('users'),
        department_id: nullable(ref('departments')),
        role: key(20),
        kind: oneOf(
          'RECORD',
          'ROWS',
          'DOCUMENTS',
          'HISTORY',
          'ACCOUNT',
          'BILL',
          'STATEMENT',
          'PAYMENT',
          'SERVICE',
          'MESSAGE',
        ),
        purpose: nullable(key(40)),
        at: instant(),
        request_id: nullable(key(64)),
      },
      { index: [['one_record_id', 'day']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropTable(runner, 'record_accesses');
  }
}
