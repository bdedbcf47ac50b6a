import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Message } from '../../src/notifications/messages/message.entity';
import { startTestApp, type TestApp } from '../support/app';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await seed();
});
afterAll(() => app.close());

const DAY = '2026-11-20';
const at = (seconds: number) => new Date(Date.parse(`${DAY}T08:00:00.000Z`) + seconds * 1000).toISOString();

/** Messages as sending left them. */
async function seed(): Promise<void> {
  const [store, uow, ids] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(IdAllocator)];
  const [template] = await store.sql<{ id: number }>(
    `SELECT "id" FROM "message_templates" WHERE "approved_code" = 'notifications.notice'`,
  );
  const [department] = await store.sql<{ id: number }>('SELECT MIN("id") AS "id" FROM "departments"');
  const message = (n: number, changes: Partial<Message>): Omit<Message, 'id'> => ({
    ...{ dedupeKey: `seed:${n}`, channel: 'SMS', recipient: '+970599000001', oneRecordId: null, topic: 'news' },
    ...{ lane: 'BULK', language: 'ar', templateId: Number(template!.id), noticeId: null },
    ...{ departmentId: Number(department!.id), state: 'DELIVERED', provider: 'sandbox', providerReference: `s:${n}` },
    ...{ encoding: 'UCS-2', segments: 2, cost: 14, attempts: 1, failureCode: null, expiresAt: null },
    ...{ createdAt: at(0), sentAt: at(n), settledAt: at(n + 2 * n) },
    ...(changes as object),
  });
  const jawwal = Array.from({ length: 10 }, (_, n) => message(n + 1, {}));
  const failure = { sentAt: null, settledAt: at(60) } as const;
  const others = [
    message(20, {
      ...failure,
      state: 'PERMANENT_FAILURE',
      failureCode: 'unknown-subscriber',
      recipient: '+970569000001',
    }),
    message(21, { ...failure, state: 'EXPIRED', failureCode: null, recipient: '+970569000002' }),
    message(22, { ...failure, state: 'SUPPRESSED', failureCode: 'not-wanted', cost: 0, departmentId: null }),
    message(23, {
      state: 'SENT',
      settledAt: null,
      channel: 'EMAIL',
      recipient: 'a@example.org',
      cost: 0,
      encoding: null,
      segments: 1,
      sentAt: at(3),
    }),
    message(24, { state: 'QUEUED', sentAt: null, settledAt: null, templateId: null }),
    // The day before and after, by the clock of Hebron.
    message(30, { createdAt: '2026-11-19T21:59:59.999Z' }),
    message(31, { createdAt: '2026-11-20T22:00:00.000Z' }),
  ];
  await uow.run(async () => {
    const all = [...jawwal, ...others];
    const given = await ids.many(all.length);
    await store.insert(
      Message,
      all.map((each, n) => ({ id: given[n]!, ...each })),
    );
  });
}

const dashboard = (from = DAY, to = DAY, as = 'officer') =>
  app.request('GET', `/notifications/dashboard?from=${from}&to=${to}`, { as });

describe('the dashboard of notifications', () => {
  it('counts what became of the messages of a day, by channel, operator, template and department', async () => {
    const { status, body } = await dashboard();
    expect(status).toBe(200);
    expect(body.channels).toEqual([
      {
        ...{ key: 'SMS', messages: 14, sent: 0, delivered: 10, failed: 2, suppressed: 1, waiting: 1 },
        ...{ deliveredShare: 0.833, segments: 28, cost: '182' },
      },
      {
        ...{ key: 'EMAIL', messages: 1, sent: 1, delivered: 0, failed: 0, suppressed: 0, waiting: 0 },
        ...{ deliveredShare: null, segments: 1, cost: '0' },
      },
    ]);
    expect(body.operators.map(({ key, messages, failed }: any) => [key, messages, failed])).toEqual([
      ['JAWWAL', 12, 0],
      ['OOREDOO', 2, 2],
    ]);
    expect(body.templates.map(({ key, messages }: any) => [key, messages])).toEqual([
      ['notifications.notice', 14],
      ['', 1],
    ]);
    expect(body.departments.map(({ messages, cost }: any) => [messages, cost])).toEqual([
      [14, '182'],
      [1, '0'],
    ]);
  });

  it('names failures by operator', async () => {
    expect((await dashboard()).body.failures).toEqual([
      { operator: 'OOREDOO', code: '', messages: 1 },
      { operator: 'OOREDOO', code: 'unknown-subscriber', messages: 1 },
    ]);
  });

  it('measures how long messages take, by channel and lane', async () => {
    expect((await dashboard()).body.latencies).toEqual([
      {
        channel: 'EMAIL',
        lane: 'BULK',
        sample: 1,
        sentP50: 3000,
        sentP95: 3000,
        deliveredP50: null,
        deliveredP95: null,
      },
      {
        ...{ channel: 'SMS', lane: 'BULK', sample: 10, sentP50: 5000, sentP95: 10_000 },
        ...{ deliveredP50: 10_000, deliveredP95: 20_000 },
      },
    ]);
  });

  it('covers days of Hebron, both included', async () => {
    const sms = async (from: string, to: string) => (await dashboard(from, to)).body.channels[0].messages;
    expect(await sms('2026-11-19', '2026-11-19')).toBe(1);
    expect(await sms('2026-11-19', '2026-11-21')).toBe(16);
    expect((await dashboard('2026-11-01', '2026-11-02')).body).toEqual({
      ...{ channels: [], operators: [], templates: [], departments: [], failures: [], latencies: [] },
    });
  });

  it.each([
    ['2026-11-20', '2026-11-19', 'notBeforeFrom'],
    ['2026-08-20', '2026-11-20', 'tooLong'],
    ['2026-11-20', 'soon', 'date'],
  ])('refuses %s to %s', async (from, to, code) => {
    const { status, body } = await dashboard(from, to);
    expect(status).toBe(422);
    expect(body.errors).toContainEqual({ pointer: '/to', code });
  });

  it('is read by those who may', async () => {
    expect((await dashboard(DAY, DAY, 'auditor')).status).toBe(200);
    expect((await dashboard(DAY, DAY, 'clerk')).status).toBe(403);
  });
});
