import { Store, UnitOfWork } from '@libs/persistence';
import { defineTemplate, defineTopic, Notifications } from '../../src/notifications';
import { Message } from '../../src/notifications/messages/message.entity';
import type { TestApp } from './app';

const TOPIC = defineTopic({ code: 'test', ar: 'فحص', en: 'Test', mandatory: false });
const texts = { ar: 'الرسالة {{number}}', en: 'Message {{number}}' };
const words = { ar: { subject: 'فحص', body: texts.ar }, en: { subject: 'Test', body: texts.en } };

/** For every channel. */
export const TEST_TEMPLATE = defineTemplate({
  code: 'test.message',
  topic: TOPIC,
  lane: 'TRANSACTIONAL',
  placeholders: { number: 'number' },
  texts: { SMS: texts, EMAIL: words, INAPP: words, PRINT: words },
});

/** What sends, and the books of it. */
export function notifyDesk(app: TestApp) {
  let keys = 0;
  const [store, uow] = [app.app.get(Store), app.app.get(UnitOfWork)];
  const notifications = app.app.get(Notifications, { strict: false });
  const desk = {
    store,
    uow,
    notifications,
    key: () => `test.notify:${++keys}`,
    send: (more: Partial<Parameters<typeof notifications.send>[0]> = {}) =>
      notifications.send({
        template: TEST_TEMPLATE,
        to: { phone: '0599000001' },
        values: { number: 12 },
        dedupeKey: desk.key(),
        ...more,
      }),
    message: async (id: number | undefined) => await store.reads(Message).findOneByOrFail({ id: id! }),
    states: async (ids: readonly number[]) => {
      const rows = await store.selectIn<{ id: number | string; state: string }>(
        (list) => `SELECT "id", "state" FROM "messages" WHERE "id" IN (${list}) ORDER BY "id"`,
        ids,
      );
      return rows.map(({ state }) => state);
    },
  };
  return desk;
}
