import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const MERGED = ['merged_into_id'];

export class MergedRecords1764000000060 implements MigrationInterface {
  name = 'MergedRecords1764000000060';

  async up(runner: QueryRunner): Promise<void> {
    await kit.createIndex(runner, 'one_records', MERGED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropIndex(runner, 'one_records', MERGED);
  }
}
