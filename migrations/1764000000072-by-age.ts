import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES: readonly (readonly [table: string, columns: string[]])[] = [
  ['idempotency_keys', ['created_at']],
  ['refresh_tokens', ['expires_at']],
  ['sessions', ['last_seen_at']],
  ['outbox_messages', ['created_at']],
  ['search_log', ['at']],
  ['search_log', ['user_id', 'at']],
];

/** What is forgotten after a while, and what is listed with the newest first, is found by its age and not by its id. */
export class ByAge1764000000072 implements MigrationInterface {
  name = 'ByAge1764000000072';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of INDEXES) await kit.createIndex(runner, table, columns);
    await kit.dropIndex(runner, 'search_log', ['user_id', 'id']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.createIndex(runner, 'search_log', ['user_id', 'id']);
    for (const [table, columns] of INDEXES) await kit.dropIndex(runner, table, columns);
  }
}
