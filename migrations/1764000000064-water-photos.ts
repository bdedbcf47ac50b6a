import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Photos of registers and of executed orders. */
export class WaterPhotos1764000000064 implements MigrationInterface {
  name = 'WaterPhotos1764000000064';

  async up(runner: QueryRunner): Promise<void> {
    await kit.createTable(
      runner,
      'water_photos',
      {
        id: kit.id(),
        reading_id: kit.nullable(kit.ref('water_readings')),
        order_id: kit.nullable(kit.ref('water_orders')),
        content_type: kit.oneOf('image/jpeg', 'image/png'),
        sha256: kit.key(64),
        size_bytes: kit.int(),
        base64: kit.longText(),
        uploaded_by: kit.ref('users'),
        uploaded_at: kit.instant(),
      },
      {
        uniqueWhereSet: [
          ['reading_id', 'sha256'],
          ['order_id', 'sha256'],
        ],
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropTable(runner, 'water_photos');
  }
}
