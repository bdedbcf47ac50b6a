import 'reflect-metadata';
import { kit, writerDataSource } from '@libs/persistence';
import { temporaryDatabase } from '@libs/testing';
import { migrations } from '../../migrations';
import { WebhookSecrets1764000000073 } from '../../migrations/1764000000073-webhook-secrets';
import { WebhookDelivery, WebhookEndpoint } from '../../src/notifications/webhooks/webhook.entities';
import { SCHEMA } from '../../src/schema';

const UNTIL = '2026-11-25T08:00:00.050Z';

it('an endpoint keeps what was promised to its secret before, and events and deliveries with it', async () => {
  const database = await temporaryDatabase();
  const source = await writerDataSource(database.url, SCHEMA).initialize();
  const runner = source.createQueryRunner();
  try {
    await source.runMigrations();
    for (let at = migrations.length; at > migrations.indexOf(WebhookSecrets1764000000073); at--)
      await source.undoLastMigration();
    const users = ['id', 'version', 'username', 'display_name', 'role', 'state', 'password_hash'];
    const [later, of] = [
      ['password_changed_at', 'demo', 'created_at'],
      [1, 'ali', 'Ali', 'integration', 'ACTIVE', '-'],
    ];
    await kit.insertRows(runner, 'users', [...users, ...later], [[1, ...of, UNTIL, 0, UNTIL]]);
    const endpoints = ['id', 'version', 'description', 'url', 'event_types', 'state', 'salt', 'failures', 'created_by'];
    const plain = [1, 'ERP', 'https://erp.example.org', '["ps.nablus.test"]', 'ACTIVE', 'new', 0, 1];
    await kit.insertRows(runner, 'webhook_endpoints', [...endpoints, 'created_at'], [[7, ...plain, UNTIL]]);
    const columns = [...endpoints, 'created_at', 'previous_salt', 'previous_until'];
    await kit.insertRows(runner, 'webhook_endpoints', columns, [[8, ...plain, UNTIL, 'old', UNTIL]]);
    await kit.insertRows(
      runner,
      'webhook_events',
      ['id', 'type', 'subject', 'occurred_at', 'data'],
      [[9, 'ps.nablus.test', 'test/1', UNTIL, '{}']],
    );
    const deliveries = ['id', 'event_id', 'endpoint_id', 'state', 'attempts', 'replays', 'created_at'];
    await kit.insertRows(runner, 'webhook_deliveries', deliveries, [[10, 9, 8, 'PENDING', 0, 0, UNTIL]]);
    await source.runMigrations();
    const rows = await source.getRepository(WebhookEndpoint).find({ order: { id: 'ASC' } });
    expect(rows.map(({ previous }) => previous)).toEqual([[], [{ salt: 'old', until: UNTIL }]]);
    expect(rows.map(({ eventTypes }) => eventTypes)).toEqual([['ps.nablus.test'], ['ps.nablus.test']]);
    expect(await source.getRepository(WebhookDelivery).countBy({ id: 10, eventId: 9, endpointId: 8 })).toBe(1);
  } finally {
    await runner.release();
    await source.destroy();
    await database.drop();
  }
});
