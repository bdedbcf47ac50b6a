import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class WaterTerms1764000000053 implements MigrationInterface {
  name = 'WaterTerms1764000000053';

  async up(runner: QueryRunner): Promise<void> {
    await kit.createTable(
      runner,
      'water_former_terms',
      {
        id: kit.id(),
        subscription_id: kit.ref('water_subscriptions'),
        until_on: kit.localDate(),
        water_class: kit.oneOf(
          'DOMESTIC',
          'COMMERCIAL',
          'INDUSTRIAL',
          'TOURISM',
          'INSTITUTIONAL',
          'CAMP',
          'CONSTRUCTION',
          'BULK',
        ),
        size_mm: kit.int(),
        units: kit.int(),
      },
      { unique: [['subscription_id', 'until_on']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropTable(runner, 'water_former_terms');
  }
}
