import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, flag, json, oneOf, nullable } = kit;

const subscription = () => ref('water_subscriptions');
const installation = () => ref('water_installations');
const meter = () => ref('water_meters');
const user = () => ref('users');

export class Water1764000000030 implements MigrationInterface {
  name = 'Water1764000000030';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'water_zones',
      { id: id(), version: int(), code: key(20), name_ar: text(120), name_en: text(120), active: flag() },
      { unique: [['code']] },
    );
    await createTable(
      runner,
      'water_routes',
      {
        id: id(),
        version: int(),
        code: key(20),
        name: text(120),
        zone_id: nullable(ref('water_zones')),
        cycle_months: int(),
        active: flag(),
      },
      { unique: [['code']] },
    );
    await createTable(
      runner,
      'water_premises',
      {
        id: id(),
        address: text(300),
        basin: nullable(key(40)),
        plot: nullable(key(40)),
        zone_id: nullable(ref('water_zones')),
      },
      { index: [['zone_id']] },
    );
    await createTable(
      runner,
      'water_subscriptions',
      {
        id: id(),
        version: int(),
        number: key(100),
        premise_id: ref('water_premises'),
        account_id: ref('billing_accounts'),
        water_class: oneOf(
          'DOMESTIC',
          'COMMERCIAL',
          'INDUSTRIAL',
          'TOURISM',
          'INSTITUTIONAL',
          'CAMP',
          'CONSTRUCTION',
          'BULK',
        ),
        size_mm: int(),
        units: int(),
        sewer: flag(),
        state: oneOf('APPLIED', 'APPROVED', 'ACTIVE', 'HOLD', 'DISCONNECTED', 'TEMP_CLOSED', 'CLOSED'),
        disconnection: nullable(oneOf('DEBT', 'REQUEST', 'TAMPER')),
        protection: nullable(oneOf('HOSPITAL', 'LIFE_SUPPORT')),
        route_id: nullable(ref('water_routes')),
        sequence: nullable(int()),
        master_id: nullable(subscription()),
        opened_on: localDate(),
        closed_on: nullable(localDate()),
        legacy_service_id: nullable(ref('legacy_services')),
      },
      {
        unique: [['number']],
        uniqueWhereSet: [['legacy_service_id']],
        index: [['account_id'], ['premise_id'], ['route_id', 'sequence'], ['master_id']],
      },
    );
    await createTable(
      runner,
      'water_subscription_events',
      {
        id: id(),
        subscription_id: subscription(),
        kind: key(30),
        from_state: nullable(key(40)),
        to_state: nullable(key(40)),
        happened_on: localDate(),
        reason: nullable(text(500)),
        document_type: nullable(key(30)),
        document_id: nullable(key(60)),
        recorded_by: nullable(user()),
        recorded_at: instant(),
      },
      { index: [['subscription_id']] },
    );
    await createTable(
      runner,
      'water_meters',
      {
        id: id(),
        version: int(),
        serial: key(60),
        make: nullable(text(60)),
        digits: int(),
        size_mm: int(),
        multiplier: int(),
        seal: nullable(key(40)),
        state: oneOf('STOCK', 'INSTALLED', 'TESTING', 'REPAIR', 'RETIRED'),
      },
      { unique: [['serial']], index: [['state']] },
    );
    await createTable(
      runner,
      'water_installations',
      {
        id: id(),
        meter_id: meter(),
        subscription_id: subscription(),
        installed_on: localDate(),
        initial_reading: int(),
        removed_on: nullable(localDate()),
        final_reading: nullable(int()),
        open_subscription_id: nullable(subscription()),
        open_meter_id: nullable(meter()),
      },
      {
        uniqueWhereSet: [['open_subscription_id'], ['open_meter_id']],
        index: [
          ['subscription_id', 'installed_on'],
          ['meter_id', 'installed_on'],
        ],
      },
    );
    await createTable(
      runner,
      'water_readings',
      {
        id: id(),
        version: int(),
        subscription_id: subscription(),
        installation_id: installation(),
        standing_installation_id: nullable(installation()),
        period: key(7),
        read_on: localDate(),
        value: nullable(int()),
        consumption: nullable(int()),
        state: oneOf('CAPTURED', 'VALID', 'SUSPECT', 'CONFIRMED', 'REJECTED', 'BILLED'),
        source: oneOf('FIELD', 'PHOTO', 'CITIZEN', 'OFFICE', 'FILE', 'ESTIMATE'),
        no_access: nullable(key(20)),
        anomalies: json(),
        reader: nullable(key(40)),
        client_key: nullable(key(64)),
        captured_at: instant(),
        received_at: instant(),
        recorded_by: nullable(user()),
        decided_by: nullable(user()),
        decided_at: nullable(instant()),
        note: nullable(text(300)),
        legacy_reading_id: nullable(ref('legacy_readings')),
      },
      {
        uniqueWhereSet: [['standing_installation_id', 'period'], ['client_key'], ['legacy_reading_id']],
        index: [
          ['subscription_id', 'period'],
          ['installation_id', 'read_on'],
          ['period', 'state'],
        ],
      },
    );
    await createTable(
      runner,
      'water_take_overs',
      {
        id: id(),
        state: oneOf('RUNNING', 'DONE', 'FAILED'),
        started_at: instant(),
        finished_at: nullable(instant()),
        subscriptions: int(),
        meters: int(),
        readings: int(),
        exceptions: nullable(json()),
        failure: nullable(text(1000)),
      },
      { index: [['started_at']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'water_take_overs',
      'water_readings',
      'water_installations',
      'water_meters',
      'water_subscription_events',
      'water_subscriptions',
      'water_premises',
      'water_routes',
      'water_zones',
    ]) {
      await kit.dropTable(runner, table);
    }
  }
}
