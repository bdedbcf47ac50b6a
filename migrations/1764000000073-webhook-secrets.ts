import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { id, ref, int, text, key, instant, json, oneOf, nullable } = kit;

const SAME = {
  id: id(),
  version: int(),
  description: text(200),
  url: key(500),
  event_types: json(),
  state: oneOf('ACTIVE', 'SUSPENDED', 'RETIRED'),
  salt: key(32),
  failures: int(),
  created_by: ref('users'),
  created_at: instant(),
};
const WAS = { ...SAME, previous_salt: nullable(key(32)), previous_until: nullable(instant()) };
const IS = { ...SAME, previous: json() };
/** ISO 8601, however the database writes an instant. */
const UNTIL = `REPLACE(REPLACE(CONCAT("previous_until", 'Z'), 'ZZ', 'Z'), ' ', 'T')`;
const previous = `CASE WHEN "previous_until" IS NULL THEN '[]'
  ELSE CONCAT('[{"salt":"', "previous_salt", '","until":"', ${UNTIL}, '"}]') END`;

const EVENTS = { id: id(), type: key(100), subject: key(120), occurred_at: instant(), data: json() };
const DELIVERIES = {
  id: id(),
  event_id: ref('webhook_events'),
  endpoint_id: ref('webhook_endpoints'),
  state: oneOf('PENDING', 'DELIVERED', 'DEAD'),
  attempts: int(),
  replays: int(),
  status: nullable(int()),
  latency_ms: nullable(int()),
  failure: nullable(key(60)),
  created_at: instant(),
  tried_at: nullable(instant()),
  settled_at: nullable(instant()),
};
/** They refer to the endpoints, and so go and come back with them. */
const rest = (index: string[][]) => [
  { name: 'webhook_events', was: EVENTS, is: EVENTS, rules: { index: [['occurred_at']] } },
  {
    name: 'webhook_deliveries',
    was: DELIVERIES,
    is: DELIVERIES,
    rules: { unique: [['event_id', 'endpoint_id']], index },
  },
];
const BY_ID = [
  ['endpoint_id', 'state', 'id'],
  ['state', 'id'],
];
/** Ids of several processes are in no order of time. */
const BY_AGE = [['endpoint_id', 'created_at'], ['state', 'created_at'], ['created_at']];
const name = 'webhook_endpoints';
const rules = { index: [['state', 'id']] };

/** Each secret of an endpoint signs until its promised end, however many are made meanwhile. */
export class WebhookSecrets1764000000073 implements MigrationInterface {
  name = 'WebhookSecrets1764000000073';

  async up(runner: QueryRunner): Promise<void> {
    const endpoints = { name, was: WAS, is: IS, rules, fill: { previous } };
    await kit.reshapeTables(runner, [endpoints, ...rest(BY_AGE)]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.reshapeTables(runner, [{ name, was: IS, is: WAS, rules }, ...rest(BY_ID)]);
  }
}
