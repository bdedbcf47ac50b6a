import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { id, instant, int, json, key, nullable, oneOf, text } = kit;

const name = 'outbox_messages';
const WAS = {
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
};
const IS = { ...WAS, postponed: int() };
const rules = { index: [['state', 'lane', 'available_at']] };

/** Tries that were nobody's fault, such as those while a provider was away, make no dead letter. */
export class PostponedTries1764000000067 implements MigrationInterface {
  name = 'PostponedTries1764000000067';

  async up(runner: QueryRunner): Promise<void> {
    await kit.reshapeTables(runner, [{ name, was: WAS, is: IS, rules, fill: { postponed: '0' } }]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.reshapeTables(runner, [{ name, was: IS, is: WAS, rules }]);
  }
}
