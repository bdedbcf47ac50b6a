import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { id, instant, json, key, localDate, nullable, oneOf, ref, text } = kit;

export class PrepaidWater1764000000065 implements MigrationInterface {
  name = 'PrepaidWater1764000000065';

  async up(runner: QueryRunner): Promise<void> {
    await kit.createTable(
      runner,
      'water_prepaid_meters',
      {
        id: id(),
        meter_id: ref('water_meters'),
        decoder_number: key(20),
        prepaid_on: localDate(),
        registered_by: ref('users'),
        registered_at: instant(),
      },
      { unique: [['meter_id'], ['decoder_number']] },
    );
    await kit.createTable(
      runner,
      'water_top_ups',
      {
        id: id(),
        state: oneOf('SOLD', 'VENDED', 'CANCELLED'),
        subscription_id: ref('water_subscriptions'),
        account_id: ref('billing_accounts'),
        meter_id: ref('water_meters'),
        month: key(7),
        litres: kit.bigInt(),
        amount: kit.minorUnits(),
        price: kit.minorUnits(),
        tariff: key(40),
        charge_ids: json(),
        payment_id: ref('payments'),
        receipt_serial: key(40),
        sold_by: ref('users'),
        sold_at: instant(),
        token: nullable(key(20)),
        vended_at: nullable(instant()),
        cancelled_by: nullable(ref('users')),
        cancelled_at: nullable(instant()),
        cancel_reason: nullable(text(500)),
      },
      { unique: [['payment_id']], index: [['subscription_id', 'month']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropTable(runner, 'water_top_ups');
    await kit.dropTable(runner, 'water_prepaid_meters');
  }
}
