import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, key, int, instant, nullable, oneOf, longText } = kit;

const lane = () => oneOf('OTP', 'EMERGENCY', 'TRANSACTIONAL', 'BULK');

export class Notifications1764000000006 implements MigrationInterface {
  name = 'Notifications1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'sms_messages',
      {
        id: id(),
        dedupe_key: key(100),
        recipient: key(20),
        lane: lane(),
        language: oneOf('ar', 'en'),
        state: oneOf('QUEUED', 'SENT', 'EXPIRED'),
        encoding: oneOf('GSM-7', 'UCS-2'),
        segments: int(),
        expires_at: nullable(instant()),
        created_at: instant(),
        settled_at: nullable(instant()),
      },
      { unique: [['dedupe_key']] },
    );
    await createTable(
      runner,
      'sandbox_messages',
      {
        id: id(),
        reference: key(100),
        recipient: key(20),
        lane: lane(),
        body: longText(),
        segments: int(),
        received_at: instant(),
      },
      { unique: [['reference']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sandbox_messages', 'sms_messages']) await kit.dropTable(runner, table);
  }
}
