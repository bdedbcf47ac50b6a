import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, ref, int, bigInt, minorUnits, text, longText, key, instant, json, oneOf, nullable } = kit;

const LANES = ['OTP', 'EMERGENCY', 'TRANSACTIONAL', 'BULK'];
const lane = () => oneOf(...LANES);
const language = () => oneOf('ar', 'en');
const encoding = () => oneOf('GSM-7', 'UCS-2');
const channel = () => oneOf('SMS', 'EMAIL', 'INAPP', 'PUSH', 'PRINT');
const user = () => nullable(ref('users'));
const state = () =>
  oneOf(
    ...['QUEUED', 'SENDING', 'SENT', 'PENDING', 'TEMPORARY_FAILURE', 'TECHNICAL_FAILURE', 'EXPIRED'],
    ...['PERMANENT_FAILURE', 'DELIVERED', 'SUPPRESSED', 'CANCELLED'],
  );

const SMS_MESSAGES = {
  id: id(),
  dedupe_key: key(100),
  recipient: key(20),
  lane: lane(),
  language: language(),
  state: oneOf('QUEUED', 'SENT', 'EXPIRED'),
  encoding: encoding(),
  segments: int(),
  expires_at: nullable(instant()),
  created_at: instant(),
  settled_at: nullable(instant()),
};

const SANDBOX_WAS = {
  id: id(),
  reference: key(100),
  recipient: key(20),
  lane: lane(),
  body: longText(),
  segments: int(),
  received_at: instant(),
};
const SANDBOX = {
  name: 'sandbox_messages',
  was: SANDBOX_WAS,
  is: {
    ...SANDBOX_WAS,
    reference: key(150),
    provider: key(40),
    channel: channel(),
    recipient: key(254),
    subject: nullable(text(200)),
  },
  rules: { unique: [['reference']] },
  fill: { provider: "'sandbox'", channel: "'SMS'" },
};

const SAME = '"id", "dedupe_key", "recipient", "lane", "language", "encoding", "segments", "expires_at", "created_at"';
/** Words that wait to be sent stand in the outbox under the name of their lane. */
const rename = (from: string, to: string, [was, is]: [string, string]) =>
  `UPDATE "outbox_messages" SET "type" = REPLACE("type", '${from}', '${to}'),
     "payload" = REPLACE("payload", '"${was}"', '"${is}"') WHERE "type" LIKE '${from}%'`;

/** Templates and messages of every channel take the place of text messages alone. */
export class Messages1764000000042 implements MigrationInterface {
  name = 'Messages1764000000042';

  async up(runner: QueryRunner): Promise<void> {
    await templates(runner);
    await messages(runner);
    await runner.query(
      `INSERT INTO "messages" (${SAME}, "channel", "topic", "state", "cost", "attempts", "sent_at", "settled_at")
       SELECT ${SAME}, 'SMS', 'general', "state", 0, CASE WHEN "state" = 'SENT' THEN 1 ELSE 0 END,
         CASE WHEN "state" = 'SENT' THEN "settled_at" END, "settled_at" FROM "sms_messages"`,
    );
    await kit.dropTable(runner, 'sms_messages');
    await runner.query(rename('notifications.sms.', 'notifications.secret.', ['smsId', 'messageId']));
    await kit.reshapeTables(runner, [SANDBOX]);
  }

  /** What is neither a text message nor QUEUED, SENT or EXPIRED has no place in the old shape and is left behind. */
  async down(runner: QueryRunner): Promise<void> {
    const { name, was, is, rules } = SANDBOX;
    await runner.query(`DELETE FROM "sandbox_messages" WHERE "channel" <> 'SMS'`);
    await kit.reshapeTables(runner, [{ name, was: is, is: was, rules }]);
    await runner.query(rename('notifications.secret.', 'notifications.sms.', ['messageId', 'smsId']));
    await createTable(runner, 'sms_messages', SMS_MESSAGES, { unique: [['dedupe_key']] });
    await runner.query(
      `INSERT INTO "sms_messages" (${SAME}, "state", "settled_at") SELECT ${SAME}, "state", "settled_at"
       FROM "messages" WHERE "channel" = 'SMS' AND "state" IN ('QUEUED', 'SENT', 'EXPIRED')`,
    );
    for (const table of [
      'message_contents',
      'message_events',
      'messages',
      'message_template_texts',
      'message_templates',
    ]) {
      await kit.dropTable(runner, table);
    }
  }
}

async function templates(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'message_templates',
    {
      id: id(),
      code: key(60),
      version: int(),
      state: oneOf('DRAFT', 'APPROVED', 'RETIRED'),
      approved_code: nullable(key(60)),
      topic: key(40),
      placeholders: json(),
      definition_hash: nullable(key(64)),
      drafted_by: user(),
      drafted_at: instant(),
      approved_by: user(),
      approved_at: nullable(instant()),
      retired_at: nullable(instant()),
    },
    { unique: [['code', 'version']], uniqueWhereSet: [['approved_code']] },
  );
  await createTable(
    runner,
    'message_template_texts',
    {
      id: id(),
      template_id: ref('message_templates'),
      channel: channel(),
      language: language(),
      subject: nullable(text(200)),
      body: longText(),
    },
    { unique: [['template_id', 'channel', 'language']] },
  );
}

async function messages(runner: QueryRunner): Promise<void> {
  await createTable(
    runner,
    'messages',
    {
      id: id(),
      dedupe_key: key(150),
      channel: channel(),
      recipient: key(254),
      one_record_id: nullable(ref('one_records')),
      topic: key(40),
      lane: lane(),
      language: language(),
      template_id: nullable(ref('message_templates')),
      notice_id: nullable(bigInt()),
      department_id: nullable(ref('departments')),
      state: state(),
      provider: nullable(key(40)),
      provider_reference: nullable(key(150)),
      encoding: nullable(encoding()),
      segments: int(),
      cost: minorUnits(),
      attempts: int(),
      failure_code: nullable(key(60)),
      expires_at: nullable(instant()),
      created_at: instant(),
      sent_at: nullable(instant()),
      settled_at: nullable(instant()),
    },
    {
      unique: [['dedupe_key']],
      index: [
        ['one_record_id', 'created_at'],
        ['notice_id', 'state'],
        ['provider', 'provider_reference'],
        ['created_at', 'channel'],
      ],
    },
  );
  await kit.createIndex(runner, 'messages', ['recipient', 'created_at'], `"state" <> 'SUPPRESSED'`);
  await createTable(
    runner,
    'message_events',
    {
      id: id(),
      message_id: ref('messages'),
      state: state(),
      provider: nullable(key(40)),
      code: nullable(key(60)),
      at: instant(),
    },
    { index: [['message_id', 'id']] },
  );
  await createTable(
    runner,
    'message_contents',
    {
      id: id(),
      subject: nullable(text(200)),
      body: longText(),
      link: nullable(text(500)),
      created_at: instant(),
    },
    { index: [['created_at']] },
  );
}
