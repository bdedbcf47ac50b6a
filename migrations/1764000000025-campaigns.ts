import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, minorUnits, flag, json, oneOf, nullable } = kit;

export class Campaigns1764000000025 implements MigrationInterface {
  name = 'Campaigns1764000000025';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'campaigns',
      {
        id: id(),
        code: key(30),
        name_ar: text(200),
        name_en: text(200),
        decision_number: text(100),
        kind: oneOf('PERCENT_OF_ARREARS', 'MATCHING', 'DONOR', 'COMPLIANT_BONUS'),
        state: oneOf('DRAFT', 'APPROVED', 'SUSPENDED', 'ENDED'),
        currency: key(3),
        service_types: nullable(json()),
        valid_from: localDate(),
        valid_until: localDate(),
        arrears_before: nullable(localDate()),
        rate_ppm: nullable(int()),
        donor_name: nullable(text(200)),
        donor_ppm: nullable(int()),
        municipality_ppm: nullable(int()),
        compliant_months: nullable(int()),
        minimum_payment: nullable(minorUnits()),
        without_plan: flag(),
        budget: nullable(minorUnits()),
        spent: minorUnits(),
        drafted_by: ref('users'),
        drafted_at: instant(),
        approved_by: nullable(ref('users')),
        approved_at: nullable(instant()),
        state_reason: nullable(text(500)),
        version: int(),
      },
      { unique: [['code']], index: [['state', 'valid_until']] },
    );
    await createTable(
      runner,
      'campaign_debtors',
      {
        id: id(),
        campaign_id: ref('campaigns'),
        account_id: ref('billing_accounts'),
        document_number: text(100),
        added_by: ref('users'),
        added_at: instant(),
        approved_by: nullable(ref('users')),
        approved_at: nullable(instant()),
      },
      { unique: [['campaign_id', 'account_id']] },
    );
    await createTable(
      runner,
      'campaign_grants',
      {
        id: id(),
        campaign_id: ref('campaigns'),
        account_id: ref('billing_accounts'),
        payment_id: nullable(ref('payments')),
        posting_id: nullable(ref('ledger_postings')),
        amount: minorUnits(),
        donor_amount: minorUnits(),
        collected: minorUnits(),
        granted_on: localDate(),
        granted_at: instant(),
        granted_by: nullable(ref('users')),
        reverses_id: nullable(ref('campaign_grants')),
      },
      {
        index: [['campaign_id', 'granted_on'], ['payment_id'], ['account_id']],
        uniqueWhereSet: [['reverses_id']],
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['campaign_grants', 'campaign_debtors', 'campaigns']) await kit.dropTable(runner, table);
  }
}
