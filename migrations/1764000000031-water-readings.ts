import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, oneOf, nullable } = kit;

const READER_DAY = ['reader', 'read_on'];

export class WaterReadings1764000000031 implements MigrationInterface {
  name = 'WaterReadings1764000000031';

  async up(runner: QueryRunner): Promise<void> {
    await kit.createIndex(runner, 'water_readings', READER_DAY);
    await createTable(
      runner,
      'water_reading_visits',
      {
        id: id(),
        subscription_id: ref('water_subscriptions'),
        open_subscription_id: nullable(ref('water_subscriptions')),
        period: key(7),
        reason: oneOf('RE_READ', 'ESTIMATES'),
        note: nullable(text(300)),
        reading_id: nullable(ref('water_readings')),
        requested_by: nullable(ref('users')),
        requested_at: instant(),
        done_at: nullable(instant()),
      },
      { uniqueWhereSet: [['open_subscription_id']], index: [['subscription_id']] },
    );
    await createTable(
      runner,
      'water_reading_closings',
      {
        id: id(),
        version: int(),
        route_id: ref('water_routes'),
        period: key(7),
        state: oneOf('CLOSED', 'REOPENED'),
        changed_by: ref('users'),
        changed_at: instant(),
        reason: nullable(text(300)),
      },
      { unique: [['route_id', 'period']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropTable(runner, 'water_reading_closings');
    await kit.dropTable(runner, 'water_reading_visits');
    await kit.dropIndex(runner, 'water_readings', READER_DAY);
  }
}
