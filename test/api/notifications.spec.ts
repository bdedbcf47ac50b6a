import { OutboxMessage, OutboxRelay } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { Notifications, type Sms } from '../../src/notifications';
import { SandboxMessage } from '../../src/notifications/channels/channel.entities';
import { Message, MessageContent } from '../../src/notifications/messages/message.entity';
import { MessageSender } from '../../src/notifications/messages/sender';
import { startTestApp, type TestApp } from '../support/app';

const TO = '+970599000001';

describe('notifications', () => {
  let app: TestApp;
  let keys = 0;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterEach(() => app.drain());
  afterAll(() => app.close());

  const of = (on: TestApp) => ({
    store: on.app.get(Store),
    uow: on.app.get(UnitOfWork),
    notifications: on.app.get(Notifications, { strict: false }),
  });
  const sms = (changes: Partial<Sms> = {}): Sms => ({
    to: TO,
    text: 'كود التفعيل 012345 صالح 15 دقيقة',
    lane: 'TRANSACTIONAL',
    language: 'ar',
    dedupeKey: `test:${++keys}`,
    ...changes,
  });
  const outbox = async (query = '') => (await app.request('GET', `/dev/outbox${query}`, { as: 'clerk' })).body;

  it('sends a message with its unit of work, numbers isolated in Arabic', async () => {
    const { notifications } = of(app);
    await notifications.sms(sms({ to: '٠٥٩٩-٠٠٠٠٠١', text: '\u202eكود التفعيل 012345 صالح 15 دقيقة' }));
    expect((await outbox()).total).toBe(0);
    await app.drain();
    const { items } = await outbox();
    expect(items[0]).toMatchObject({
      recipient: TO,
      lane: 'TRANSACTIONAL',
      text: 'كود التفعيل \u2068012345\u2069 صالح \u206815\u2069 دقيقة',
      segments: 1,
    });
  });

  it('sends nothing for a unit that is rolled back', async () => {
    const { notifications, uow, store } = of(app);
    const message = sms();
    const failing = uow.run(async () => {
      await notifications.sms(message);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await app.drain();
    expect(await store.reads(SandboxMessage).countBy({ reference: message.dedupeKey })).toBe(0);
  });

  it('sends one message for one key, however often it is asked for or delivered', async () => {
    const { notifications, store, uow } = of(app);
    const message = sms({ language: 'en', text: 'Your code is 012345' });
    const id = await notifications.sms(message);
    expect(await notifications.sms({ ...message, text: 'another' })).toBe(id);
    await app.drain();
    const sender = app.app.get(MessageSender, { strict: false });
    await Promise.all(
      Array.from({ length: 3 }, () => sender.send({ ids: [id] }, { messageId: id, attempt: 2, last: false })),
    );
    // As if the process had died between the provider's answer and the books.
    await uow.run(() => store.update(Message, { id }, { state: 'SENDING', sentAt: null, settledAt: null }));
    await sender.send({ ids: [id] }, { messageId: id, attempt: 2, last: false });
    const kept = await store.reads(SandboxMessage).findBy({ reference: message.dedupeKey });
    expect(kept.map(({ body }) => body)).toEqual(['Your code is 012345']);
    expect(await store.reads(Message).findOneBy({ id })).toMatchObject({ state: 'SENT', encoding: 'GSM-7' });
  });

  it('erases the words from the outbox once they have left', async () => {
    const { notifications, store } = of(app);
    const id = await notifications.sms(sms({ lane: 'OTP' }));
    await app.drain();
    const done = await store.reads(OutboxMessage).findBy({ state: 'DONE', lane: 'OTP' });
    expect(done.length).toBeGreaterThan(0);
    expect(done.every(({ payload }) => JSON.stringify(payload) === '{"erased":true}')).toBe(true);
    expect(await store.reads(MessageContent).existsBy({ id })).toBe(false);
  });

  it('does not send what has expired', async () => {
    const { notifications, store } = of(app);
    const message = sms({ lane: 'OTP', expiresAt: '2026-11-24T08:15:00.000Z' });
    const id = await notifications.sms(message);
    app.clock.set('2026-11-24T08:15:00.000Z');
    await app.drain();
    app.clock.set('2026-11-24T08:00:00.000Z');
    expect(await store.reads(Message).findOneBy({ id })).toMatchObject({ state: 'EXPIRED' });
    expect(await store.reads(SandboxMessage).countBy({ reference: message.dedupeKey })).toBe(0);
  });

  it.each(['022987654', '0521234567', 'abc', ''])('takes no text message for %j', async (to) => {
    await expect(of(app).notifications.sms(sms({ to }))).rejects.toMatchObject({ code: 'notifications.not-a-mobile' });
  });

  it('erases a secret that could never be delivered, and does not send it again', async () => {
    const { notifications, store } = of(app);
    const id = await notifications.sms(sms({ to: '0599190004', lane: 'OTP' }));
    for (let attempt = 1; attempt <= 8; attempt++) {
      await app.app.get(OutboxRelay).drain();
      app.clock.advance({ hours: 2 });
    }
    app.forgetTokens();
    const [dead] = await store.reads(OutboxMessage).findBy({ state: 'DEAD' });
    const lastError = 'Error: 1 of 1 messages to be tried again: timeout';
    expect(dead).toMatchObject({ attempts: 8, payload: { erased: true }, lastError });
    expect(await store.reads(Message).findOneBy({ id })).toMatchObject({
      ...{ state: 'PERMANENT_FAILURE', failureCode: 'given-up.timeout', attempts: 8 },
    });
    const replay = await app.request('POST', `/operations/messages/${dead!.id}/replay`, { as: 'administrator' });
    expect([replay.status, replay.body.code]).toEqual([409, 'outbox.erased']);
    expect(await store.reads(OutboxMessage).countBy({ state: 'DEAD' })).toBe(1);
    app.clock.set('2026-11-24T08:00:00.000Z');
    app.forgetTokens();
  });

  it('lists the sandbox newest first, of one phone, to those who may', async () => {
    const { notifications } = of(app);
    await notifications.sms(sms({ to: '0599000002' }));
    await app.drain();
    await notifications.sms(sms({ to: '0599000002', text: 'ثانية' }));
    await app.drain();
    const { items, total } = await outbox('?recipient=0599000002&pageSize=1');
    expect([total, items.length, items[0].text]).toEqual([2, 1, 'ثانية']);
    for (const as of ['cashier', 'auditor']) {
      expect((await app.request('GET', '/dev/outbox', { as })).status).toBe(403);
    }
    expect((await app.request('GET', '/dev/outbox')).status).toBe(401);
    expect((await app.request('GET', '/dev/outbox?page=0', { as: 'clerk' })).status).toBe(422);
  });

  it('outside the demo keeps no digits of a code and shows nothing', async () => {
    const real = await startTestApp({ DEMO: 'false' });
    try {
      const { notifications, store } = of(real);
      await notifications.sms(sms({ lane: 'OTP' }));
      await notifications.sms(sms());
      await real.drain();
      const bodies = (await store.reads(SandboxMessage).find({ order: { lane: 'ASC' } })).map(({ body }) => body);
      expect(bodies[0]).toBe('كود التفعيل \u2068••••••\u2069 صالح \u2068••\u2069 دقيقة');
      expect(bodies[1]).toContain('012345');
      expect((await real.request('GET', '/dev/outbox', { as: 'clerk' })).status).toBe(404);
    } finally {
      await real.close();
    }
  });
});
