import { kit } from '@libs/persistence';
import type { QueryRunner } from 'typeorm';

const { createTable, id, ref, int, text, key, instant, localDate, minorUnits, json, oneOf, nullable } = kit;

const subscription = () => ref('water_subscriptions');
const user = () => ref('users');
const requestState = () =>
  oneOf('SUBMITTED', 'CHECKED', 'SURVEYED', 'FEES_DUE', 'PAID', 'EXECUTED', 'CLOSED', 'REJECTED', 'WITHDRAWN');

/** Part of the migration of this number: the tables of requests. */
export async function requestTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'water_requests',
    {
      id: id(),
      version: int(),
      number: key(40),
      kind: oneOf(
        'NEW_SUBSCRIPTION',
        'TRANSFER',
        'TEMPORARY_DISCONNECT',
        'RECONNECT',
        'METER_TEST',
        'OWN_READING',
        'CHANGE_OF_CLASS',
      ),
      state: requestState(),
      one_record_id: ref('one_records'),
      subscription_id: subscription(),
      details: json(),
      documents: json(),
      fee_charge_ids: json(),
      transfer_id: nullable(ref('account_transfers')),
      order_id: nullable(ref('water_orders')),
      submitted_by: user(),
      submitted_at: instant(),
      due_on: nullable(localDate()),
    },
    { unique: [['number']], index: [['state', 'due_on'], ['one_record_id'], ['subscription_id']] },
  );
  await createTable(
    runner,
    'water_request_steps',
    {
      id: id(),
      request_id: ref('water_requests'),
      from_state: nullable(requestState()),
      to_state: requestState(),
      note: nullable(text(500)),
      done_by: user(),
      done_at: instant(),
    },
    { index: [['request_id']] },
  );
}

/** Part of the migration of this number: illegal connections. */
export async function illegalTables(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'water_illegal_connections',
    {
      id: id(),
      version: int(),
      state: oneOf('PROPOSED', 'POSTED', 'REJECTED', 'REVERSED'),
      kind: oneOf('BYPASS', 'TAMPERED_METER', 'UNREGISTERED', 'ILLEGAL_RECONNECTION', 'RESALE'),
      subscription_id: nullable(subscription()),
      account_id: ref('billing_accounts'),
      found_on: localDate(),
      report_number: key(60),
      evidence: json(),
      from_on: localDate(),
      to_on: localDate(),
      cubic_metres: int(),
      billed_cubic_metres: nullable(int()),
      basis: text(500),
      months: json(),
      lines: json(),
      back_charge: minorUnits(),
      fine: minorUnits(),
      proposed_by: user(),
      proposed_at: instant(),
      decision_number: nullable(key(100)),
      decided_by: nullable(user()),
      decided_at: nullable(instant()),
      charge_ids: json(),
      end_reason: nullable(text(500)),
      reversed_by: nullable(user()),
      reversed_at: nullable(instant()),
    },
    { unique: [['report_number']], index: [['state'], ['account_id'], ['subscription_id']] },
  );
}
