import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, key, flag, instant, oneOf } = kit;

export class Preferences1764000000046 implements MigrationInterface {
  name = 'Preferences1764000000046';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'message_preferences',
      {
        id: id(),
        subject: key(270),
        channel: oneOf('SMS', 'EMAIL', 'INAPP', 'PUSH', 'PRINT'),
        topic: key(40),
        wanted: flag(),
        way: oneOf('CITIZEN', 'STAFF', 'LINK', 'INBOUND'),
        changed_at: instant(),
      },
      { unique: [['subject', 'channel', 'topic']] },
    );
    await createTable(
      runner,
      'message_profiles',
      {
        id: id(),
        one_record_id: ref('one_records'),
        language: oneOf('ar', 'en'),
        quiet: oneOf('STANDARD', 'DAYTIME'),
        changed_at: instant(),
      },
      { unique: [['one_record_id']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['message_profiles', 'message_preferences']) await kit.dropTable(runner, table);
  }
}
