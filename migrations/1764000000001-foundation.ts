import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, codeId, bigInt, key, json, instant, oneOf, int, nullable, text } = kit;

export class Foundation1764000000001 implements MigrationInterface {
  name = 'Foundation1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'id_blocks', { name: codeId(40), next_id: bigInt() });
    await createTable(
      runner,
      'idempotency_keys',
      {
        id: id(),
        user_id: bigInt(),
        idempotency_key: key(100),
        request_hash: key(64),
        response: json(),
        created_at: instant(),
      },
      { unique: [['user_id', 'idempotency_key']] },
    );
    await createTable(
      runner,
      'outbox_messages',
      {
        id: id(),
        type: key(100),
        lane: oneOf('OTP', 'EMERGENCY', 'TRANSACTIONAL', 'BULK'),
        state: oneOf('PENDING', 'DONE', 'DEAD'),
        payload: json(),
        available_at: instant(),
        attempts: int(),
        locked_by: nullable(key(60)),
        locked_until: nullable(instant()),
        done_at: nullable(instant()),
        last_error: nullable(text(1000)),
        created_at: instant(),
      },
      { index: [['state', 'lane', 'available_at']] },
    );
    await createTable(
      runner,
      'processed_messages',
      { id: id(), message_id: bigInt(), handler: key(100), processed_at: instant() },
      { unique: [['message_id', 'handler']] },
    );
    await createTable(runner, 'leases', { id: codeId(60), owner: key(60), held_until: instant() });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['leases', 'processed_messages', 'outbox_messages', 'idempotency_keys', 'id_blocks']) {
      await kit.dropTable(runner, table);
    }
  }
}
