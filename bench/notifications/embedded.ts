/**
 * A notice to many in one process on SQLite while one-time codes are asked for: messages a second, and how long a code
 * takes to leave.
 *
 *     node -r ./test/support/register.cjs bench/notifications/embedded.ts [MESSAGES]
 */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { loadConfig } from '@libs/config';
import { Store } from '@libs/persistence';
import { AppModule } from '../../src/app.module';
import { ACTIVATION_CODE } from '../../src/citizens/activation/activation.messages';
import { migrate } from '../../src/migrate';
import { defineTemplate, GENERAL, Notifications } from '../../src/notifications';

const NOTICE = defineTemplate({
  code: 'bench.notice',
  topic: GENERAL,
  lane: 'BULK',
  placeholders: { number: 'number' },
  texts: { SMS: { ar: '{{municipality}}: تبدأ جباية رسوم النفايات عن الاشتراك {{number}} يوم الأحد' } },
});
const MANY = 2000;
const CODE_EVERY_MS = 50;

/** None of the numbers for which the sandbox has another answer. */
const phone = (at: number) => `+97059${String(at).padStart(6, '0')}5`;

async function main(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'baladiya-notify-'));
  const url = `sqlite:${join(folder, 'bench.db')}`;
  try {
    await migrate(url);
    const config = loadConfig({
      DATABASE_URL: url,
      ROLE: 'all',
      LOG_LEVEL: 'error',
      QUIET_HOURS: 'none',
      MESSAGES_PER_MINUTE: '100000000',
      DEPARTMENT_DAILY_MESSAGES: '100000000',
      MESSAGE_DAILY_BUDGET: 'ILS:1000000',
    });
    const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), { logger: ['error'] });
    await app.init();
    const [notifications, store] = [app.get(Notifications, { strict: false }), app.get(Store)];
    const countOf = async (where: string) => {
      const [row] = await store.sql<{ n: number }>(`SELECT COUNT(*) AS "n" FROM "messages" WHERE ${where}`);
      return Number(row!.n);
    };
    const start = performance.now();
    let going = true;
    const codes = (async () => {
      for (let at = 0; going; at++) {
        const values = { code: String(100_000 + at), minutes: 15 };
        await notifications.send({
          template: ACTIVATION_CODE,
          to: { phone: phone(500_000 + at) },
          values,
          dedupeKey: `otp:${at}`,
        });
        await delay(CODE_EVERY_MS);
      }
    })();
    for (let first = 0; first < count; first += MANY) {
      const recipients = Array.from({ length: Math.min(MANY, count - first) }, (_, at) => ({
        to: { phone: phone(first + at) },
        values: { number: first + at },
        dedupeKey: `notice:${first + at}`,
      }));
      await notifications.sendMany(recipients, { template: NOTICE });
      await setImmediate();
    }
    const queued = performance.now();
    while ((await countOf(`"lane" = 'BULK' AND "state" <> 'SENT'`)) > 0) await delay(200);
    const sent = performance.now();
    going = false;
    await codes;
    while ((await countOf(`"lane" = 'OTP' AND "state" <> 'SENT'`)) > 0) await delay(50);
    const waits = (
      await store.sql<{ from: string; to: string }>(
        `SELECT "created_at" AS "from", "sent_at" AS "to" FROM "messages" WHERE "lane" = 'OTP'`,
      )
    )
      .map(({ from, to }) => Date.parse(to) - Date.parse(from))
      .sort((a, b) => a - b);
    const [kept] = await store.sql<{ n: number; d: number }>(
      `SELECT COUNT(*) AS "n", COUNT(DISTINCT "recipient") AS "d" FROM "sandbox_messages" WHERE "lane" = 'BULK'`,
    );
    const seconds = (ms: number) => (ms / 1000).toFixed(1);
    console.log(`${count} messages: queued in ${seconds(queued - start)} s, sent after ${seconds(sent - start)} s`);
    console.log(
      `${Math.round(count / ((sent - start) / 1000))} messages/s from the first to the last, all of it in one process`,
    );
    console.log(
      `${waits.length} codes: median ${waits[waits.length >> 1]} ms, 99 % ${waits[Math.floor(waits.length * 0.99)]} ms, longest ${waits.at(-1)} ms`,
    );
    console.log(`sandbox: ${kept!.n} messages to ${kept!.d} recipients`);
    await app.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main(Number(process.argv[2] ?? 100_000)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
