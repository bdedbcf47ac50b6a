import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, int, instant, key, localDate, nullable, oneOf, ref, text } = kit;

const FAULTS = {
  id: id(),
  version: int(),
  kind: oneOf('LEAK', 'NO_WATER', 'QUALITY', 'BURST'),
  severity: oneOf('LOW', 'NORMAL', 'HIGH', 'CRITICAL'),
  state: oneOf('OPEN', 'ORDERED', 'RESOLVED', 'DUPLICATE', 'DISMISSED'),
  place: text(300),
  zone_id: ref('water_zones'),
  subscription_id: nullable(ref('water_subscriptions')),
  reporter_name: nullable(text(200)),
  reporter_phone: nullable(key(20)),
  note: nullable(text(1000)),
  reported_at: instant(),
  recorded_by: ref('users'),
  order_id: nullable(ref('water_work_orders')),
  duplicate_of_id: nullable(ref('water_faults')),
  closed_at: nullable(instant()),
  closed_by: nullable(ref('users')),
  closing_note: nullable(text(500)),
};
const WAS = { ...FAULTS, source: oneOf('STAFF', 'PHONE') };
const IS = { ...FAULTS, source: oneOf('STAFF', 'PHONE', 'CITIZEN'), one_record_id: nullable(ref('one_records')) };
const INDEXES = [['zone_id', 'reported_at'], ['state', 'id'], ['order_id']];

/** What a citizen may do in a day, and leaks that citizens report. */
export class Portal1764000000051 implements MigrationInterface {
  name = 'Portal1764000000051';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'portal_uses',
      { id: id(), one_record_id: ref('one_records'), day: localDate(), kind: key(30), used: int() },
      { unique: [['one_record_id', 'day', 'kind']] },
    );
    const rules = { index: [...INDEXES, ['one_record_id']] };
    await kit.reshapeTables(runner, [{ name: 'water_faults', was: WAS, is: IS, rules }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.reshapeTables(runner, [{ name: 'water_faults', was: IS, is: WAS, rules: { index: INDEXES } }]);
    await kit.dropTable(runner, 'portal_uses');
  }
}
