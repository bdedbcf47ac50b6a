import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, key, text, json, flag, instant, localDate, oneOf, nullable } = kit;

const user = () => ref('users');

export class PublicNotices1764000000047 implements MigrationInterface {
  name = 'PublicNotices1764000000047';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'public_notices',
      {
        id: id(),
        version: int(),
        state: oneOf('DRAFT', 'SUBMITTED', 'APPROVED', 'SENDING', 'SENT', 'RECALLED'),
        topic: key(40),
        channels: json(),
        title_ar: text(200),
        title_en: nullable(text(200)),
        text_ar: text(1000),
        text_en: nullable(text(1000)),
        source: key(60),
        parameters: json(),
        on_web: flag(),
        web_until: nullable(localDate()),
        department_id: nullable(ref('departments')),
        send_at: nullable(instant()),
        counted: nullable(json()),
        cursor: nullable(key(300)),
        taken: int(),
        queued: int(),
        suppressed: int(),
        unreachable: int(),
        created_by: user(),
        created_at: instant(),
        submitted_by: nullable(user()),
        submitted_at: nullable(instant()),
        approved_by: nullable(user()),
        approved_at: nullable(instant()),
        started_at: nullable(instant()),
        ended_at: nullable(instant()),
        recalled_by: nullable(user()),
        reason: nullable(text(500)),
      },
      {
        index: [
          ['state', 'id'],
          ['on_web', 'send_at'],
        ],
      },
    );
    // What a re-rating comes to for a person is summed by account.
    await kit.createIndex(runner, 'water_re_rating_differences', ['account_id', 're_rating_id']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropIndex(runner, 'water_re_rating_differences', ['account_id', 're_rating_id']);
    await kit.dropTable(runner, 'public_notices');
  }
}
