import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Activation1764000000007 } from './1764000000007-activation';

const { createTable, id, codeId, ref, int, key, instant, oneOf, nullable } = kit;

/** Codes of every purpose in one table, in the place of those of activation; limits; changes of a citizen's phone. */
export class OneTimeCodes1764000000049 implements MigrationInterface {
  name = 'OneTimeCodes1764000000049';

  /** Codes that are open now end: they live for minutes. */
  async up(runner: QueryRunner): Promise<void> {
    await kit.dropTable(runner, 'activation_codes');
    await createTable(
      runner,
      'one_time_codes',
      {
        id: id(),
        purpose: oneOf('ACTIVATION', 'LOGIN', 'SECOND_STEP', 'PASSPHRASE', 'PHONE_CHANGE', 'NEW_PHONE', 'PAYMENT'),
        subject: key(60),
        open_key: nullable(key(80)),
        state: oneOf('OPEN', 'USED', 'REPLACED'),
        phone_e164: key(20),
        salt: key(32),
        code_hash: key(64),
        tries: int(),
        sent_at: instant(),
        expires_at: instant(),
        used_at: nullable(instant()),
      },
      {
        index: [['purpose', 'subject', 'sent_at'], ['phone_e164', 'sent_at'], ['sent_at']],
        uniqueWhereSet: [['open_key']],
      },
    );
    await createTable(runner, 'rate_limits', { id: codeId(64), used_until: instant() }, { index: [['used_until']] });
    await createTable(
      runner,
      'phone_changes',
      {
        id: id(),
        one_record_id: ref('one_records'),
        state: oneOf('DONE', 'UNDONE'),
        old_phone: key(20),
        new_phone: key(20),
        changed_by: nullable(ref('users')),
        changed_at: instant(),
        cools_until: instant(),
        undo_hash: nullable(key(64)),
        undone_at: nullable(instant()),
      },
      { index: [['one_record_id', 'cools_until']], uniqueWhereSet: [['undo_hash']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['phone_changes', 'rate_limits', 'one_time_codes']) await kit.dropTable(runner, table);
    await new Activation1764000000007().up(runner);
  }
}
