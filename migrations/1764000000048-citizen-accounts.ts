import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, flag, instant, oneOf, nullable } = kit;

const SESSION = { id: id(), created_at: instant(), ended_at: nullable(instant()) };
const TOKEN = {
  id: id(),
  session_id: ref('sessions'),
  token_hash: key(64),
  issued_at: instant(),
  expires_at: instant(),
  used_at: nullable(instant()),
};
const TOKENS = {
  name: 'refresh_tokens',
  was: TOKEN,
  is: TOKEN,
  rules: { unique: [['token_hash']], index: [['session_id']] },
};
const STAFF_ENDS = ['LOGOUT', 'REUSE', 'PASSWORD', 'DISABLED'];

const OF_STAFF = { ...SESSION, user_id: ref('users'), ended_by: nullable(oneOf(...STAFF_ENDS)) };
const OF_EVERYBODY = {
  ...SESSION,
  user_id: nullable(ref('users')),
  citizen_account_id: nullable(ref('citizen_accounts')),
  device: nullable(text(60)),
  network: nullable(key(45)),
  last_seen_at: instant(),
  ended_by: nullable(oneOf(...STAFF_ENDS, 'ENDED', 'RECORD', 'PHONE')),
};

/** Accounts of citizens, and sessions that may be theirs. */
export class CitizenAccounts1764000000048 implements MigrationInterface {
  name = 'CitizenAccounts1764000000048';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'citizen_accounts',
      {
        id: id(),
        version: int(),
        one_record_id: ref('one_records'),
        home_record_id: ref('one_records'),
        passphrase_hash: nullable(key(200)),
        passphrase_changed_at: nullable(instant()),
        second_step: flag(),
        last_login_at: nullable(instant()),
        created_at: instant(),
      },
      { unique: [['one_record_id']], index: [['home_record_id']] },
    );
    await kit.reshapeTables(runner, [
      {
        name: 'sessions',
        was: OF_STAFF,
        is: OF_EVERYBODY,
        rules: { index: [['user_id'], ['citizen_account_id']] },
        fill: { last_seen_at: '"created_at"' },
      },
      TOKENS,
    ]);
  }

  /** Sessions of citizens end with their accounts. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DELETE FROM "refresh_tokens" WHERE "session_id" IN (SELECT "id" FROM "sessions" WHERE "user_id" IS NULL)',
    );
    await runner.query('DELETE FROM "sessions" WHERE "user_id" IS NULL');
    await kit.reshapeTables(runner, [
      { name: 'sessions', was: OF_EVERYBODY, is: OF_STAFF, rules: { index: [['user_id']] } },
      TOKENS,
    ]);
    await kit.dropTable(runner, 'citizen_accounts');
  }
}
