import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES: readonly (readonly [table: string, column: string])[] = [
  ['idempotency_keys', 'created_at'],
  ['refresh_tokens', 'expires_at'],
  ['sessions', 'last_seen_at'],
];

/** What is forgotten after a while is found by its age. */
export class Forgotten1764000000072 implements MigrationInterface {
  name = 'Forgotten1764000000072';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of INDEXES) await kit.createIndex(runner, table, [column]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of INDEXES) await kit.dropIndex(runner, table, [column]);
  }
}
