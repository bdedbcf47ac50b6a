import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, json, oneOf, nullable } = kit;

const user = () => ref('users');
const waterClass = () =>
  oneOf('DOMESTIC', 'COMMERCIAL', 'INDUSTRIAL', 'TOURISM', 'INSTITUTIONAL', 'CAMP', 'CONSTRUCTION', 'BULK');

export class WaterBilling1764000000032 implements MigrationInterface {
  name = 'WaterBilling1764000000032';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'water_tariffs',
      {
        id: id(),
        version: int(),
        code: key(40),
        title_ar: text(120),
        title_en: text(120),
        water_class: waterClass(),
        effective_from: localDate(),
        data: json(),
        idle_states: json(),
        decision_number: text(100),
        decided_on: localDate(),
        state: oneOf('DRAFT', 'APPROVED', 'RETIRED'),
        approval: nullable(int()),
        drafted_by: user(),
        drafted_at: instant(),
        approved_by: nullable(user()),
        approved_at: nullable(instant()),
        retired_by: nullable(user()),
        retired_at: nullable(instant()),
        retirement: nullable(text(500)),
      },
      { unique: [['code']], index: [['water_class', 'effective_from']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['water_tariffs']) await kit.dropTable(runner, table);
  }
}
