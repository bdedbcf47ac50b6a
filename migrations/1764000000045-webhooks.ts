import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, json, oneOf, nullable } = kit;

export class Webhooks1764000000045 implements MigrationInterface {
  name = 'Webhooks1764000000045';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'webhook_endpoints',
      {
        id: id(),
        version: int(),
        description: text(200),
        url: key(500),
        event_types: json(),
        state: oneOf('ACTIVE', 'SUSPENDED', 'RETIRED'),
        salt: key(32),
        previous_salt: nullable(key(32)),
        previous_until: nullable(instant()),
        failures: int(),
        created_by: ref('users'),
        created_at: instant(),
      },
      { index: [['state', 'id']] },
    );
    await createTable(
      runner,
      'webhook_events',
      { id: id(), type: key(100), subject: key(120), occurred_at: instant(), data: json() },
      { index: [['occurred_at']] },
    );
    await createTable(
      runner,
      'webhook_deliveries',
      {
        id: id(),
        event_id: ref('webhook_events'),
        endpoint_id: ref('webhook_endpoints'),
        state: oneOf('PENDING', 'DELIVERED', 'DEAD'),
        attempts: int(),
        replays: int(),
        status: nullable(int()),
        latency_ms: nullable(int()),
        failure: nullable(key(60)),
        created_at: instant(),
        tried_at: nullable(instant()),
        settled_at: nullable(instant()),
      },
      {
        unique: [['event_id', 'endpoint_id']],
        index: [
          ['endpoint_id', 'state', 'id'],
          ['state', 'id'],
        ],
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['webhook_deliveries', 'webhook_events', 'webhook_endpoints'])
      await kit.dropTable(runner, table);
  }
}
