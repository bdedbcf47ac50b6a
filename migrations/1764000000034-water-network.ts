import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, json, oneOf, nullable } = kit;

const zone = () => ref('water_zones');
const user = () => ref('users');
const order = () => ref('water_work_orders');

export class WaterNetwork1764000000034 implements MigrationInterface {
  name = 'WaterNetwork1764000000034';

  async up(runner: QueryRunner): Promise<void> {
    await faults(runner);
    await interruptions(runner);
    await supply(runner);
    await volumes(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'water_zone_lengths',
      'water_volumes',
      'water_supply_exceptions',
      'water_supply_schedules',
      'water_interruption_notices',
      'water_interruptions',
      'water_faults',
      'water_work_orders',
    ]) {
      await kit.dropTable(runner, table);
    }
  }
}

async function faults(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'water_work_orders',
    {
      id: id(),
      version: int(),
      zone_id: zone(),
      place: text(300),
      crew: text(120),
      state: oneOf('PLANNED', 'STARTED', 'REPAIRED', 'CANCELLED'),
      planned_for: nullable(localDate()),
      instructions: nullable(text(1000)),
      first_reported_at: nullable(instant()),
      started_at: nullable(instant()),
      repaired_at: nullable(instant()),
      cancelled_at: nullable(instant()),
      materials: json(),
      outcome: nullable(text(1000)),
      created_by: user(),
      created_at: instant(),
    },
    { index: [['state', 'id'], ['zone_id', 'id'], ['repaired_at']] },
  );
  await createTable(
    runner,
    'water_faults',
    {
      id: id(),
      version: int(),
      kind: oneOf('LEAK', 'NO_WATER', 'QUALITY', 'BURST'),
      severity: oneOf('LOW', 'NORMAL', 'HIGH', 'CRITICAL'),
      source: oneOf('STAFF', 'PHONE'),
      state: oneOf('OPEN', 'ORDERED', 'RESOLVED', 'DUPLICATE', 'DISMISSED'),
      place: text(300),
      zone_id: zone(),
      subscription_id: nullable(ref('water_subscriptions')),
      reporter_name: nullable(text(200)),
      reporter_phone: nullable(key(20)),
      note: nullable(text(1000)),
      reported_at: instant(),
      recorded_by: user(),
      order_id: nullable(order()),
      duplicate_of_id: nullable(ref('water_faults')),
      closed_at: nullable(instant()),
      closed_by: nullable(user()),
      closing_note: nullable(text(500)),
    },
    { index: [['zone_id', 'reported_at'], ['state', 'id'], ['order_id']] },
  );
}

async function interruptions(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'water_interruptions',
    {
      id: id(),
      version: int(),
      zone_id: zone(),
      kind: oneOf('PLANNED', 'EMERGENCY'),
      state: oneOf('ANNOUNCED', 'RESTORED', 'CANCELLED'),
      order_id: nullable(order()),
      from_at: instant(),
      until_at: instant(),
      ended_at: nullable(instant()),
      reason_ar: text(300),
      reason_en: text(300),
      created_by: user(),
      created_at: instant(),
    },
    { index: [['state', 'zone_id'], ['zone_id', 'from_at'], ['order_id']] },
  );
  await createTable(
    runner,
    'water_interruption_notices',
    {
      id: id(),
      interruption_id: ref('water_interruptions'),
      sequence: int(),
      zone_id: zone(),
      kind: oneOf('ANNOUNCEMENT', 'UPDATE', 'RESTORATION', 'CANCELLATION'),
      from_at: instant(),
      until_at: instant(),
      text_ar: text(900),
      text_en: text(900),
      state: oneOf('QUEUED', 'RECORDED'),
      audience: nullable(int()),
      created_by: user(),
      created_at: instant(),
      recorded_at: nullable(instant()),
    },
    { unique: [['interruption_id', 'sequence']], index: [['zone_id', 'id']] },
  );
}

async function supply(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'water_supply_schedules',
    {
      id: id(),
      version: int(),
      zone_id: zone(),
      state: oneOf('DRAFT', 'PUBLISHED', 'DISCARDED'),
      edition: nullable(int()),
      effective_from: localDate(),
      slots: json(),
      note_ar: nullable(text(300)),
      note_en: nullable(text(300)),
      drafted_by: user(),
      drafted_at: instant(),
      published_by: nullable(user()),
      published_at: nullable(instant()),
    },
    {
      uniqueWhereSet: [['zone_id', 'edition']],
      index: [
        ['zone_id', 'effective_from'],
        ['state', 'id'],
      ],
    },
  );
  await createTable(
    runner,
    'water_supply_exceptions',
    {
      id: id(),
      version: int(),
      zone_id: zone(),
      on_date: localDate(),
      kind: oneOf('NO_SUPPLY', 'EXTRA'),
      from_time: nullable(key(5)),
      to_time: nullable(key(5)),
      reason_ar: text(300),
      reason_en: text(300),
      recorded_by: user(),
      recorded_at: instant(),
      cancelled_at: nullable(instant()),
    },
    { index: [['zone_id', 'on_date']] },
  );
}

async function volumes(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'water_volumes',
    {
      id: id(),
      zone_id: zone(),
      standing_zone_id: nullable(zone()),
      period: key(7),
      kind: oneOf('INPUT', 'UNBILLED_AUTHORISED'),
      source: key(60),
      cubic_metres: int(),
      note: nullable(text(300)),
      recorded_by: user(),
      recorded_at: instant(),
    },
    { uniqueWhereSet: [['standing_zone_id', 'period', 'kind', 'source']], index: [['period', 'zone_id']] },
  );
  await createTable(
    runner,
    'water_zone_lengths',
    {
      id: id(),
      zone_id: zone(),
      from_period: key(7),
      metres: int(),
      recorded_by: user(),
      recorded_at: instant(),
    },
    { index: [['zone_id', 'from_period']] },
  );
}
