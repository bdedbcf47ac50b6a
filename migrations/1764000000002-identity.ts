import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, codeId, key, json, instant, oneOf, int, flag, nullable, ref, text } = kit;

export class Identity1764000000002 implements MigrationInterface {
  name = 'Identity1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'departments',
      { id: id(), version: int(), code: key(20), name_ar: text(120), name_en: text(120), active: flag() },
      { unique: [['code']] },
    );
    await createTable(
      runner,
      'users',
      {
        id: id(),
        version: int(),
        username: key(40),
        display_name: text(120),
        role: oneOf('clerk', 'cashier', 'officer', 'supervisor', 'auditor', 'administrator', 'integration'),
        department_id: nullable(ref('departments')),
        state: oneOf('ACTIVE', 'DISABLED'),
        password_hash: key(200),
        password_changed_at: instant(),
        last_login_at: nullable(instant()),
        demo: flag(),
        created_at: instant(),
      },
      { unique: [['username']] },
    );
    await createTable(
      runner,
      'sessions',
      {
        id: id(),
        user_id: ref('users'),
        created_at: instant(),
        ended_at: nullable(instant()),
        ended_by: nullable(oneOf('LOGOUT', 'REUSE', 'PASSWORD', 'DISABLED')),
      },
      { index: [['user_id']] },
    );
    await createTable(
      runner,
      'refresh_tokens',
      {
        id: id(),
        session_id: ref('sessions'),
        token_hash: key(64),
        issued_at: instant(),
        expires_at: instant(),
        used_at: nullable(instant()),
      },
      { unique: [['token_hash']], index: [['session_id']] },
    );
    await createTable(
      runner,
      'login_guards',
      { id: codeId(64), failures: json(), locked_until: nullable(instant()), touched_at: instant() },
      { index: [['touched_at']] },
    );
    await createTable(
      runner,
      'audit_entries',
      {
        id: id(),
        at: instant(),
        actor_id: nullable(ref('users')),
        actor_name: nullable(key(100)),
        action: key(80),
        outcome: oneOf('DONE', 'REFUSED'),
        ip: nullable(key(45)),
        request_id: nullable(key(64)),
        detail: nullable(json()),
      },
      { index: [['at'], ['actor_name', 'at'], ['action', 'at']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['audit_entries', 'login_guards', 'refresh_tokens', 'sessions', 'users', 'departments']) {
      await kit.dropTable(runner, table);
    }
  }
}
