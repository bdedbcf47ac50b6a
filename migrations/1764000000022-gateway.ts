import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, text, key, instant, localDate, json, minorUnits, oneOf, nullable } = kit;

export class Gateway1764000000022 implements MigrationInterface {
  name = 'Gateway1764000000022';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'gateway_transactions',
      {
        id: id(),
        gateway: key(30),
        reference: nullable(key(60)),
        gateway_url: nullable(text(500)),
        token: key(43),
        one_record_id: ref('one_records'),
        payer_name: text(200),
        currency: key(3),
        amount: minorUnits(),
        lines: json(),
        state: oneOf('CREATED', 'PENDING', 'SUCCESS', 'FAILED', 'EXPIRED', 'REFUNDED'),
        payment_id: nullable(ref('payments')),
        suspense: nullable(oneOf('LATE', 'ACCOUNT_CLOSED')),
        suspense_posting_id: nullable(ref('ledger_postings')),
        failure_code: nullable(key(60)),
        created_by: nullable(ref('users')),
        created_at: instant(),
        expires_at: instant(),
        paid_at: nullable(instant()),
        settled_at: nullable(instant()),
        last_callback_at: nullable(instant()),
        last_polled_at: nullable(instant()),
        refund_requested_by: nullable(ref('users')),
        refund_requested_at: nullable(instant()),
        refund_reason: nullable(text(500)),
        refunded_at: nullable(instant()),
      },
      {
        unique: [['token']],
        uniqueWhereSet: [['gateway', 'reference'], ['payment_id']],
        index: [['state', 'expires_at'], ['gateway', 'paid_at'], ['one_record_id']],
      },
    );
    await createTable(
      runner,
      'gateway_events',
      {
        id: id(),
        transaction_id: nullable(ref('gateway_transactions')),
        gateway: key(30),
        source: oneOf('CALLBACK', 'POLL', 'RECONCILIATION', 'REFUND'),
        outcome: oneOf(
          'ACCEPTED',
          'ACCEPTED_LATE',
          'SUSPENSE',
          'DUPLICATE',
          'IGNORED',
          'MISMATCH',
          'UNKNOWN',
          'FAILED',
        ),
        said: json(),
        at: instant(),
      },
      { index: [['transaction_id'], ['at']] },
    );
    await createTable(
      runner,
      'gateway_reconciliations',
      {
        id: id(),
        gateway: key(30),
        day: localDate(),
        state: oneOf('AGREES', 'DIFFERS', 'FAILED'),
        started_by: nullable(ref('users')),
        started_at: instant(),
        finished_at: instant(),
        ours: json(),
        theirs: json(),
        findings: json(),
        failure: nullable(text(1000)),
      },
      { index: [['gateway', 'day']] },
    );
    await createTable(
      runner,
      'sandbox_gateway_sessions',
      {
        id: id(),
        reference: key(60),
        order_key: key(60),
        currency: key(3),
        amount: minorUnits(),
        description: text(300),
        return_url: text(500),
        state: oneOf('OPEN', 'PAID', 'FAILED', 'EXPIRED', 'REFUNDED'),
        created_at: instant(),
        expires_at: instant(),
        paid_at: nullable(instant()),
      },
      { unique: [['reference'], ['order_key']], index: [['paid_at']] },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropTable(runner, 'sandbox_gateway_sessions');
    await kit.dropTable(runner, 'gateway_reconciliations');
    await kit.dropTable(runner, 'gateway_events');
    await kit.dropTable(runner, 'gateway_transactions');
  }
}
