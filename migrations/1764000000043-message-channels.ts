import { kit } from '@libs/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const { createTable, id, codeId, ref, int, bigInt, text, longText, key, instant, oneOf, nullable } = kit;

/** What stands around messages: contacts, limits, inbox, browsers, short links. */
export class MessageChannels1764000000043 implements MigrationInterface {
  name = 'MessageChannels1764000000043';

  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'bad_contacts',
      {
        id: id(),
        channel: oneOf('SMS', 'EMAIL', 'INAPP', 'PUSH', 'PRINT'),
        contact: key(254),
        standing_contact: nullable(key(254)),
        code: key(60),
        marked_at: instant(),
        lifted_by: nullable(ref('users')),
        lifted_at: nullable(instant()),
        lifted_reason: nullable(text(300)),
      },
      { uniqueWhereSet: [['channel', 'standing_contact']], index: [['contact']] },
    );
    await createTable(
      runner,
      'message_counters',
      { id: codeId(100), used: bigInt(), ends_at: instant() },
      { index: [['ends_at']] },
    );
    await createTable(
      runner,
      'short_links',
      { id: id(), token_id: key(12), target: text(500), uses: int(), created_at: instant(), expires_at: instant() },
      { unique: [['token_id']], index: [['expires_at']] },
    );
    await createTable(
      runner,
      'inbox_items',
      {
        id: id(),
        message_id: ref('messages'),
        one_record_id: ref('one_records'),
        topic: key(40),
        title: text(200),
        body: longText(),
        link: nullable(text(500)),
        created_at: instant(),
        read_at: nullable(instant()),
      },
      { unique: [['message_id']], index: [['one_record_id', 'id']] },
    );
    await createTable(
      runner,
      'push_subscriptions',
      {
        id: id(),
        one_record_id: ref('one_records'),
        endpoint: text(1000),
        standing_endpoint: nullable(key(64)),
        p256dh: key(200),
        auth: key(100),
        label: nullable(text(100)),
        created_at: instant(),
        ended_at: nullable(instant()),
      },
      { uniqueWhereSet: [['standing_endpoint']], index: [['one_record_id', 'id']] },
    );
    await kit.createIndex(runner, 'one_records', ['phone_e164']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await kit.dropIndex(runner, 'one_records', ['phone_e164']);
    for (const table of ['push_subscriptions', 'inbox_items', 'short_links', 'message_counters', 'bad_contacts']) {
      await kit.dropTable(runner, table);
    }
  }
}
