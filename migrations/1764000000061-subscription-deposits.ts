import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = ['code', 'name_ar', 'name_en', 'service_type', 'priority', 'ledger', 'active'];

export class SubscriptionDeposits1764000000061 implements MigrationInterface {
  name = 'SubscriptionDeposits1764000000061';

  async up(runner: QueryRunner): Promise<void> {
    const head = ['DEPOSIT', 'تأمين اشتراك', 'Subscription deposit', 'OTHER', 5, 'DEPOSITS', 1];
    await kit.insertRows(runner, 'charge_heads', COLUMNS, [head]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM "charge_heads" WHERE "code" = 'DEPOSIT'`);
  }
}
