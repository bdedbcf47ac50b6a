import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { id, instant, json, key, localDate, nullable, oneOf, ref, text } = kit;

const name = 'water_top_ups';
const WAS = {
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
};
const IS = { ...WAS, days: nullable(json()), ended_on: nullable(localDate()) };
const rules = { unique: [['payment_id']], index: [['subscription_id', 'month']] };

/** The days that a top-up was rated for, and the last of them where its meter or its customer went inside the month. */
export class TopUpDays1764000000070 implements MigrationInterface {
  name = 'TopUpDays1764000000070';

  async up(runner: QueryRunner): Promise<void> {
    await kit.reshapeTables(runner, [{ name, was: WAS, is: IS, rules }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.reshapeTables(runner, [{ name, was: IS, is: WAS, rules }]);
  }
}
