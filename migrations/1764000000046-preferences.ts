import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, key, text, flag, instant, oneOf, nullable } = kit;

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
    await createTable(
      runner,
      'inbound_messages',
      {
        id: id(),
        provider: key(40),
        reference: key(150),
        sender: key(40),
        body: text(1000),
        command: oneOf('STOP', 'START', 'STATUS', 'NONE'),
        answered: flag(),
        received_at: instant(),
        handled_by: nullable(ref('users')),
        handled_at: nullable(instant()),
        handled_note: nullable(text(500)),
      },
      {
        unique: [['provider', 'reference']],
        index: [
          ['sender', 'received_at'],
          ['command', 'handled_at', 'id'],
        ],
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['inbound_messages', 'message_profiles', 'message_preferences'])
      await kit.dropTable(runner, table);
  }
}
