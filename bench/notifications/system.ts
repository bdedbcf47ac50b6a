import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { JobTransport } from '@libs/outbox';
import { Store } from '@libs/persistence';
import { CODE, whatFor } from '../../src/citizens/accounts/code-texts';
import { defineTemplate, GENERAL, Notifications } from '../../src/notifications';
import { keptBySandbox, phone, startSystem } from './app';
import type { Measured } from './run';

const NOTICE = defineTemplate({
  code: 'bench.notice',
  topic: GENERAL,
  lane: 'BULK',
  placeholders: { number: 'number' },
  texts: { SMS: { ar: '{{municipality}}: تبدأ جباية رسوم النفايات عن الاشتراك {{number}} يوم الأحد' } },
});
const AT_ONCE = 500;
const CODE_EVERY_MS = 50;
const FIRST_CODE = 500_000;

/** Templates, limits, books, outbox and all; from the first message that is queued until the last has been sent. */
export async function system(redisUrl: string, messages: number): Promise<Measured> {
  const { app, close } = await startSystem(redisUrl, 'all');
  const [notifications, store] = [app.get(Notifications, { strict: false }), app.get(Store)];
  while (app.get(JobTransport).state() === 'down') await delay(20);
  const left = async (lane: string) => {
    const [row] = await store.sql<{ n: number }>(
      `SELECT COUNT(*) AS "n" FROM "messages" WHERE "lane" = ? AND "state" <> 'SENT'`,
      [lane],
    );
    return Number(row!.n);
  };
  let going = true;
  const asking = async () => {
    for (let at = FIRST_CODE; going; at++) {
      const values = { what: whatFor('LOGIN', null), code: String(at), minutes: 15 };
      await notifications.send({
        template: CODE,
        to: { phone: phone(at) },
        values,
        dedupeKey: `code:${at}`,
      });
      await delay(CODE_EVERY_MS);
    }
  };
  const start = performance.now();
  const busy = process.cpuUsage();
  const codes = asking();
  for (let from = 0; from < messages; from += AT_ONCE) {
    const recipients = Array.from({ length: Math.min(AT_ONCE, messages - from) }, (_, at) => ({
      to: { phone: phone(from + at) },
      values: { number: from + at },
      dedupeKey: `notice:${from + at}`,
    }));
    await notifications.sendMany(recipients, { template: NOTICE });
    await setImmediate();
  }
  while ((await left('BULK')) > 0) await delay(1000);
  const messagesPerSecond = messages / ((performance.now() - start) / 1000);
  const { user, system: kernel } = process.cpuUsage(busy);
  going = false;
  await codes;
  while ((await left('OTP')) > 0) await delay(50);
  const waits = await store.sql<{ from: string; to: string }>(
    `SELECT "created_at" AS "from", "sent_at" AS "to" FROM "messages" WHERE "lane" = 'OTP'`,
  );
  const kept = await keptBySandbox(app);
  await close();
  const sorted = waits.map(({ from, to }) => Date.parse(to) - Date.parse(from)).sort((a, b) => a - b);
  return { messagesPerSecond, perProcessorSecond: messages / ((user + kernel) / 1e6), codes: sorted, kept };
}
