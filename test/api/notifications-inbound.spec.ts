import { Store } from '@libs/persistence';
import { PreferenceBook } from '../../src/notifications/preferences';
import { signBody } from '@libs/http';
import { defineTemplate, GENERAL, Notifications } from '../../src/notifications';
import { SandboxMessage } from '../../src/notifications/channels/channel.entities';
import { InboundMessage } from '../../src/notifications/inbound/inbound.entity';
import { MessagePurge } from '../../src/notifications/messages/purge';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';
import { tillDesk } from '../support/till';

const NEWS = defineTemplate({
  code: 'test.inbound-news',
  topic: GENERAL,
  lane: 'TRANSACTIONAL',
  placeholders: {},
  texts: { SMS: { ar: 'خبر', en: 'News' } },
});
const SECRET = 'shared with the provider';
const signInbound = (secret: string, body: string, now: string) => {
  const { timestamp, signature } = signBody(secret, Buffer.from(body), now);
  return { 'x-provider-timestamp': timestamp, 'x-provider-signature': signature };
};
let app: TestApp;
let phones = 100;
let references = 0;

beforeAll(async () => {
  app = await startTestApp({ PROVIDER_CALLBACK_SECRET: SECRET, SMS_OWN_NUMBERS: '0599000999, 0569000999' });
});
afterAll(() => app.close());

const phone = () => `+970599000${++phones}`;
const post = (body: object | string, headers?: Record<string, string>) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return app.request('POST', '/sms/inbound/sandbox', {
    body: text,
    headers: {
      'content-type': 'application/json',
      ...(headers ?? signInbound(SECRET, text, app.clock.now())),
    },
  });
};
const says = (from: string, text: string, reference = `MO-${++references}`) => post({ reference, from, text });
const store = () => app.app.get(Store);
const sent = async (recipient: string) => {
  await app.drain();
  const rows = await store()
    .reads(SandboxMessage)
    .find({ where: { recipient }, order: { id: 'ASC' } });
  return rows.map(({ body }) => body.replace(/[\u2066-\u2069]/g, ''));
};
const news = (to: string) =>
  app.app
    .get(Notifications, { strict: false })
    .send({ template: NEWS, to: { phone: to }, values: {}, dedupeKey: `news:${++references}` });

it('is not taken again under the name of another provider', async () => {
  const from = phone();
  const text = JSON.stringify({ reference: `MO-${++references}`, from, text: 'قف' });
  const headers = { 'content-type': 'application/json', ...signInbound(SECRET, text, app.clock.now()) };
  const told = [];
  for (const provider of ['sandbox', 'others', 'Sandbox']) {
    told.push((await app.request('POST', `/sms/inbound/${provider}`, { body: text, headers })).status);
  }
  expect(told).toEqual([204, 404, 404]);
  expect(await sent(from)).toHaveLength(1);
});

describe('a text message to the municipality', () => {
  it('stops messages and starts them again, with an answer each', async () => {
    const from = phone();
    expect((await says(from, ' إلغاء ')).status).toBe(204);
    await news(from);
    expect(await sent(from)).toEqual([expect.stringContaining('أوقفنا الرسائل')]);
    await says(from, 'تفعيل');
    await news(from);
    expect(await sent(from)).toEqual([
      expect.stringContaining('أوقفنا'),
      expect.stringContaining('عادت الرسائل'),
      'خبر',
    ]);
  });

  it('is taken once, however often the provider tells it', async () => {
    const from = phone();
    const answers = await Promise.all(Array.from({ length: 4 }, () => says(from, 'STOP', 'MO-same')));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
    expect(await sent(from)).toHaveLength(1);
    expect(await store().reads(InboundMessage).countBy({ reference: 'MO-same' })).toBe(1);
  });

  it('asks for the balance of the one record whose phone was proved', async () => {
    const from = phone();
    const proved = { phoneE164: from, phoneVerifiedAt: app.clock.now() };
    const { id } = await seedRecord(app, [{}], proved);
    const desk = tillDesk(app);
    await desk.account({ oneRecordId: id, charges: [12_550] });
    await desk.account({ oneRecordId: id, currency: 'JOD', charges: [7_250] });
    await says(from, 'رصيد');
    const [answer] = await sent(from);
    expect(answer).toContain('125.50 ILS');
    expect(answer).toContain('7.250 JOD');
    expect(answer).toMatch(/2026-\*+\d{4}/);
    expect(answer).not.toContain('محمد');
    await seedRecord(app, [{}], proved);
    await says(from, 'فاتورة');
    expect((await sent(from))[1]).toContain('لا نستطيع الإجابة');
  });

  it.each([
    ['a phone that nobody has', {}],
    ['a phone that was typed and never proved', { phoneVerifiedAt: null }],
    ['a record that is suspended', { phoneVerifiedAt: '2026-11-20T08:00:00.000Z', state: 'SUSPENDED' as const }],
  ])('tells no balance to %s', async (_, changes) => {
    const from = phone();
    if (Object.keys(changes).length > 0) await seedRecord(app, [{}], { phoneE164: from, ...changes });
    await says(from, 'balance');
    expect(await sent(from)).toEqual([expect.stringContaining('لا نستطيع الإجابة')]);
  });

  it('that is no command is kept for the department, and dealt with once', async () => {
    const from = phone();
    await says(from, 'متى تعود المياه؟\u0000');
    expect(await sent(from)).toEqual([]);
    const [waiting] = (await app.request('GET', '/inbound-messages?command=NONE&open=true', { as: 'clerk' })).body
      .items;
    expect(waiting).toMatchObject({ sender: from, text: 'متى تعود المياه؟ ', answered: false, handledAt: null });
    const handle = () =>
      app.request('POST', `/inbound-messages/${waiting.id}/handle`, { as: 'clerk', body: { note: 'أُبلغ القسم' } });
    const answers = await Promise.all([handle(), handle()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('notifications.inbound-handled');
    const open = (await app.request('GET', '/inbound-messages?open=true', { as: 'clerk' })).body.items;
    expect(open.map(({ id }: { id: number }) => id)).not.toContain(waiting.id);
    expect(
      (await app.request('POST', '/inbound-messages/999999999/handle', { as: 'clerk', body: { note: 'لا شيء' } }))
        .status,
    ).toBe(404);
    expect((await app.request('GET', '/inbound-messages', { as: 'cashier' })).status).toBe(403);
  });

  it('never begins a talk of two machines', async () => {
    for (const from of ['0599000999', '+972569000999', 'NABLUS', '4545', '+97092345678']) await says(from, 'STOP');
    expect((await store().reads(InboundMessage).findBy({ answered: true })).map(({ sender }) => sender)).not.toContain(
      'NABLUS',
    );
    expect(await sent('+970599000999')).toEqual([]);
    const from = phone();
    for (let round = 0; round < 8; round++) await says(from, round % 2 ? 'START' : 'STOP');
    expect(await sent(from)).toHaveLength(5);
    app.clock.advance({ hours: 1, seconds: 1 });
    await says(from, 'STOP');
    expect(await sent(from)).toHaveLength(6);
  });

  it('is not lost when another request of its sender was faster to write down what they want', async () => {
    const from = phone();
    const taken = Object.assign(new Error('taken'), { code: 'SQLITE_CONSTRAINT_UNIQUE' });
    const say = jest.spyOn(app.app.get(PreferenceBook, { strict: false }), 'say').mockRejectedValueOnce(taken);
    expect((await says(from, 'STOP')).status).toBe(204);
    say.mockRestore();
    expect(await store().reads(InboundMessage).countBy({ sender: from, command: 'STOP' })).toBe(1);
  });

  it.each([
    ['nobody signed it', {}],
    ['another secret signed it', signInbound('another', '{}', '2026-11-24T08:00:00.000Z')],
    ['it was signed long ago', signInbound(SECRET, '{}', '2026-11-24T05:00:00.000Z')],
  ])('is refused when %s', async (_, headers) => {
    const before = await store().reads(InboundMessage).countBy({});
    const { status, body } = await post('{}', headers);
    expect([status, body.code]).toEqual([401, 'notifications.inbound-forged']);
    expect(await store().reads(InboundMessage).countBy({})).toBe(before);
  });

  it.each(['[]', '{"reference": 1, "from": "a", "text": "b"}', '{"reference": "a b", "from": "a", "text": "b"}'])(
    'is refused when nobody can read it: %s',
    async (body) => {
      const answer = await post(body);
      expect([answer.status, answer.body.code]).toEqual([422, 'notifications.inbound-unreadable']);
    },
  );
});

it('is forgotten as late as messages are', async () => {
  const from = phone();
  await says(from, 'متى تصل المياه؟');
  const isKeptAfter = async (days: number) => {
    app.clock.advance({ days });
    await app.app.get(MessagePurge, { strict: false }).run();
    return store().reads(InboundMessage).existsBy({ sender: from });
  };
  expect(await isKeptAfter(1094)).toBe(true);
  expect(await isKeptAfter(2)).toBe(false);
});
