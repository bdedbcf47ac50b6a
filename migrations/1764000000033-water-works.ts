import { kit } from '@libs/persistence';
import { illegalTables, requestTables } from './1764000000033-water-requests';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, minorUnits, flag, json, oneOf, nullable } = kit;

const subscription = () => ref('water_subscriptions');
const user = () => ref('users');
const waterClass = () =>
  oneOf('DOMESTIC', 'COMMERCIAL', 'INDUSTRIAL', 'TOURISM', 'INSTITUTIONAL', 'CAMP', 'CONSTRUCTION', 'BULK');
const meterState = () => oneOf('STOCK', 'INSTALLED', 'TESTING', 'REPAIR', 'RETIRED');
const orderKind = () => oneOf('DISCONNECT', 'RECONNECT');

/** Code, Arabic, English, service, priority, ledger. */
const HEADS: [string, string, string, string, number, string][] = [
  ['RECONNECTION', 'رسوم إعادة وصل المياه', 'Water reconnection fee', 'WATER', 91, 'FEES'],
  ['METER_TEST', 'رسوم فحص عداد', 'Meter test fee', 'WATER', 92, 'FEES'],
  ['WATER_CONNECTION', 'رسوم اشتراك مياه جديد', 'New water connection fee', 'WATER', 93, 'FEES'],
  ['WATER_FINE', 'غرامة اعتداء على شبكة المياه', 'Fine for an illegal water connection', 'WATER', 98, 'PENALTIES'],
  ['WATER_TRANSFER', 'رسوم نقل اشتراك مياه', 'Transfer of a water subscription', 'WATER', 94, 'FEES'],
];

export class WaterWorks1764000000033 implements MigrationInterface {
  name = 'WaterWorks1764000000033';

  async up(runner: QueryRunner): Promise<void> {
    await this.meters(runner);
    await this.cuts(runner);
    await this.orders(runner);
    await requestTables(runner);
    await illegalTables(runner);
    await kit.insertRows(
      runner,
      'charge_heads',
      ['code', 'name_ar', 'name_en', 'service_type', 'priority', 'ledger', 'active'],
      HEADS.map((head) => [...head, 1]),
    );
  }

  private async meters(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'water_meter_events',
      {
        id: id(),
        meter_id: ref('water_meters'),
        act: oneOf('RECEIVED', 'INSTALLED', 'REMOVED', 'TESTED', 'MOVED', 'RETIRED'),
        state: meterState(),
        happened_on: localDate(),
        subscription_id: nullable(subscription()),
        reason: nullable(text(500)),
        recorded_by: nullable(user()),
        recorded_at: instant(),
      },
      { index: [['meter_id']] },
    );
    await createTable(
      runner,
      'water_meter_tests',
      {
        id: id(),
        meter_id: ref('water_meters'),
        subscription_id: nullable(subscription()),
        tested_on: localDate(),
        error_low: nullable(int()),
        error_nominal: nullable(int()),
        error_high: nullable(int()),
        tolerance: int(),
        outcome: oneOf('RIGHT', 'FAST', 'SLOW', 'STOPPED'),
        fee_given_back: flag(),
        report_number: key(60),
        recorded_by: user(),
        recorded_at: instant(),
      },
      { index: [['meter_id'], ['subscription_id']] },
    );
  }

  private async cuts(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'public_holidays',
      { id: id(), day: localDate(), name_ar: text(120), name_en: text(120) },
      { unique: [['day']] },
    );
    await createTable(
      runner,
      'water_moratoriums',
      {
        id: id(),
        version: int(),
        from_on: localDate(),
        to_on: nullable(localDate()),
        zone_id: nullable(ref('water_zones')),
        water_class: nullable(waterClass()),
        decision_number: key(100),
        reason: text(500),
        recorded_by: user(),
        recorded_at: instant(),
        ended_by: nullable(user()),
      },
      { index: [['from_on']] },
    );
    await createTable(runner, 'water_cut_runs', {
      id: id(),
      version: int(),
      state: oneOf('LISTED', 'NOTICED', 'CANCELLED'),
      criteria: json(),
      due_by: localDate(),
      created_by: user(),
      created_at: instant(),
      ended_by: nullable(user()),
      ended_at: nullable(instant()),
    });
    await createTable(
      runner,
      'water_cut_notices',
      {
        id: id(),
        version: int(),
        serial: key(40),
        office: key(8),
        year: int(),
        number: int(),
        run_id: ref('water_cut_runs'),
        subscription_id: subscription(),
        open_subscription_id: nullable(subscription()),
        account_id: ref('billing_accounts'),
        state: oneOf('ISSUED', 'SERVED', 'OBJECTED', 'ORDERED', 'CANCELLED'),
        issued_by: user(),
        issued_at: instant(),
        content: json(),
        content_hash: key(64),
        prints: int(),
        service: nullable(json()),
        deadline_on: nullable(localDate()),
        objection: nullable(json()),
        ended_at: nullable(instant()),
        end_reason: nullable(text(500)),
      },
      {
        unique: [['serial'], ['office', 'year', 'number']],
        uniqueWhereSet: [['open_subscription_id']],
        index: [['subscription_id'], ['state', 'deadline_on']],
      },
    );
    await createTable(
      runner,
      'water_cut_candidates',
      {
        id: id(),
        run_id: ref('water_cut_runs'),
        subscription_id: subscription(),
        account_id: ref('billing_accounts'),
        bills: int(),
        owed: minorUnits(),
        oldest_due_on: localDate(),
        exemption: nullable(
          oneOf('HOSPITAL', 'LIFE_SUPPORT', 'PLAN', 'OBJECTION', 'MORATORIUM', 'NOTICE_OPEN', 'ORDER_OPEN'),
        ),
        exemption_detail: nullable(text(200)),
        notice_id: nullable(ref('water_cut_notices')),
      },
      { unique: [['run_id', 'subscription_id']], index: [['subscription_id']] },
    );
  }

  private async orders(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'water_field_lists',
      {
        id: id(),
        kind: orderKind(),
        work_on: localDate(),
        crew: text(120),
        route_id: nullable(ref('water_routes')),
        zone_id: nullable(ref('water_zones')),
        created_by: user(),
        created_at: instant(),
      },
      { index: [['work_on']] },
    );
    await createTable(
      runner,
      'water_orders',
      {
        id: id(),
        version: int(),
        kind: orderKind(),
        cause: oneOf('DEBT', 'REQUEST', 'TAMPER'),
        state: oneOf('ISSUED', 'EXECUTED', 'FAILED', 'CANCELLED'),
        subscription_id: subscription(),
        open_subscription_id: nullable(subscription()),
        notice_id: nullable(ref('water_cut_notices')),
        field_list_id: nullable(ref('water_field_lists')),
        due_at: nullable(instant()),
        fee_charge_ids: json(),
        reason: nullable(text(500)),
        issued_by: user(),
        issued_at: instant(),
        executed_on: nullable(localDate()),
        reading: nullable(int()),
        seal: nullable(key(40)),
        photo: nullable(key(200)),
        ended_by: nullable(user()),
        ended_at: nullable(instant()),
        end_reason: nullable(text(500)),
      },
      {
        uniqueWhereSet: [['open_subscription_id']],
        index: [['subscription_id'], ['state', 'kind'], ['field_list_id']],
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'water_illegal_connections',
      'water_request_steps',
      'water_requests',
      'water_orders',
      'water_field_lists',
      'water_cut_candidates',
      'water_cut_notices',
      'water_cut_runs',
      'water_moratoriums',
      'public_holidays',
      'water_meter_tests',
      'water_meter_events',
    ]) {
      await kit.dropTable(runner, table);
    }
    for (const [code] of HEADS) await runner.query(`DELETE FROM "charge_heads" WHERE "code" = '${code}'`);
  }
}
