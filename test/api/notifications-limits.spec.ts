import { OutboxMessage } from '@libs/outbox';
import { SandboxMessage } from '../../src/notifications/channels/channel.entities';
import { MessageCounter } from '../../src/notifications/limits/counter.entity';
import { Message, MessageContent, MessageEvent } from '../../src/notifications/messages/message.entity';
import { MessagePurge } from '../../src/notifications/messages/purge';
import { ACCOUNT } from '../../src/notifications';
import { ALL_TOPICS } from '../../src/notifications/preferences/preference.entities';
import { PreferenceBook } from '../../src/notifications/preferences/preference-book';
import { contactSubject } from '../../src/notifications/preferences/preferences.rules';
import { startTestApp, type TestApp } from '../support/app';
import { notifyDesk, TEST_TEMPLATE } from '../support/notify';
import { seedRecord } from '../support/records';

let app: TestApp;
let desk: ReturnType<typeof notifyDesk>;
beforeEach(async () => {
  app = await startTestApp({
    SMS_PROVIDERS: 'sandbox,sandbox-b',
    MESSAGES_PER_MINUTE: '100',
    MESSAGE_DAILY_BUDGET: 'ILS:21',
    DEPARTMENT_DAILY_MESSAGES: '60',
  });
  desk = notifyDesk(app);
});
afterEach(() => app.close());

let numbers = 0;
const recipients = (count: number) =>
  Array.from({ length: count }, () => ({
    to: { phone: `059${String(++numbers).padStart(6, '0')}5` },
    values: { number: 1 },
    dedupeKey: desk.key(),
  }));
const sent = async () => desk.store.reads(SandboxMessage).countBy({ channel: 'SMS' });
const sms = (text: string, lane: 'OTP' | 'EMERGENCY') =>
  desk.notifications.sms({
    to: `056${String(++numbers).padStart(6, '0')}5`,
    text,
    lane,
    language: 'en',
    dedupeKey: desk.key(),
  });

describe('limits of sending', () => {
  it('gives a provider no more than its minute, and bulk leaves room in it for codes', async () => {
    await desk.notifications.sendMany(recipients(250), { template: TEST_TEMPLATE, lane: 'BULK' });
    await app.drain();
    expect(await sent()).toBe(80);
    for (let at = 0; at < 20; at++) await sms('1234', 'OTP');
    await app.drain();
    expect(await sent()).toBe(100);
    app.clock.set('2026-11-24T08:01:00.000Z');
    await app.drain();
    expect(await sent()).toBe(180);
    app.clock.set('2026-11-24T08:02:00.000Z');
    await app.drain();
    app.clock.set('2026-11-24T08:03:00.000Z');
    await app.drain();
    expect(await sent()).toBe(270);
    expect(await desk.store.reads(OutboxMessage).countBy({ state: 'PENDING' })).toBe(0);
  });

  it('gives a provider that stands in for another no more than its minute either', async () => {
    const id = `provider:sandbox-b:${app.clock.now()}`;
    await desk.uow.run(() => desk.store.insert(MessageCounter, { id, used: 70, endsAt: '2026-11-24T09:00:00.000Z' }));
    const broken = recipients(30).map((each, at) => ({
      ...each,
      to: { phone: `059${String(at).padStart(2, '0')}90003` },
    }));
    await desk.notifications.sendMany(broken, { template: TEST_TEMPLATE, lane: 'BULK' });
    await app.drain();
    expect(await sent()).toBe(10);
    expect(await desk.store.reads(Message).countBy({ failureCode: 'no-room', provider: 'sandbox' })).toBe(20);
    app.clock.advance({ minutes: 1 });
    await app.drain();
    expect(await sent()).toBe(30);
  });

  it('leaves room for codes however many emergencies and other messages there are', async () => {
    for (const lane of ['TRANSACTIONAL', 'EMERGENCY'] as const) {
      await desk.notifications.sendMany(recipients(120), { template: TEST_TEMPLATE, lane });
    }
    await app.drain();
    expect(await sent()).toBeLessThanOrEqual(95);
    const code = await sms('1234', 'OTP');
    await app.drain();
    expect((await desk.message(code)).state).toBe('SENT');
  });

  it('leaves what waits to what carries it from then on, also when the rest is tried again', async () => {
    const carried = async () => {
      const rows = await desk.store.reads(OutboxMessage).findBy({ type: 'notifications.send.bulk', state: 'PENDING' });
      return rows.flatMap(({ payload }) => (payload as { ids: number[] }).ids);
    };
    const list = recipients(99);
    const failing = { ...list[0]!, to: { phone: '0599190001' } };
    await desk.notifications.sendMany([failing, ...list.slice(1)], { template: TEST_TEMPLATE, lane: 'BULK' });
    await app.drain();
    app.clock.advance({ seconds: 15 });
    await app.drain();
    const ids = await carried();
    const waiting = await desk.store.reads(Message).findBy({ state: 'QUEUED' });
    expect(waiting).toHaveLength(19);
    for (const { id } of waiting) expect(ids.filter((each) => each === id)).toEqual([id]);
  });

  it('holds what comes at night, but no code and no emergency', async () => {
    app.clock.set('2026-11-24T19:30:00.000Z');
    const [held] = await desk.send();
    await sms('1234', 'OTP');
    await sms('water', 'EMERGENCY');
    await app.drain();
    expect([await sent(), (await desk.message(held)).state]).toEqual([2, 'QUEUED']);
    const [late] = await desk.send({ expiresAt: '2026-11-25T05:00:00.000Z', to: { phone: '0599000002' } });
    app.clock.set('2026-11-25T06:00:00.000Z');
    await app.drain();
    expect([(await desk.message(held)).state, (await desk.message(late)).state]).toEqual(['SENT', 'EXPIRED']);
    const expired = { state: 'EXPIRED', provider: null, code: null, at: '2026-11-25T05:00:00.000Z' };
    expect(await desk.store.reads(MessageEvent).findBy({ messageId: late! })).toMatchObject([expired]);
  });

  it('keeps back in the morning what was refused in the night, but for what cannot be refused', async () => {
    app.clock.set('2026-11-24T19:30:00.000Z');
    const [held] = await desk.send({ to: { phone: '0599000003' } });
    const [other] = await desk.send({ to: { phone: '0599000004' } });
    const [legal] = await desk.send({ to: { phone: '0599000003' }, topic: { ...ACCOUNT } });
    const book = app.app.get(PreferenceBook, { strict: false });
    await desk.uow.run(() => book.say(contactSubject('+970599000003'), 'SMS', ALL_TOPICS, false, 'INBOUND'));
    app.clock.set('2026-11-25T06:00:00.000Z');
    await app.drain();
    expect(await desk.message(held)).toMatchObject({ state: 'SUPPRESSED', failureCode: 'not-wanted', cost: 0 });
    expect(await desk.states([other!, legal!])).toEqual(['SENT', 'SENT']);
  });

  it('of a long sending stops when the night begins', async () => {
    app.clock.set('2026-11-24T18:59:00.000Z');
    await desk.notifications.sendMany(recipients(100), { template: TEST_TEMPLATE, lane: 'BULK' });
    await app.drain();
    app.clock.set('2026-11-24T19:00:00.000Z');
    await app.drain();
    expect(await sent()).toBe(80);
    app.clock.set('2026-11-25T06:00:00.000Z');
    await app.drain();
    expect(await sent()).toBe(100);
  });

  it('spends no more than the budget of the day; a code leaves all the same', async () => {
    const departmentless = { template: TEST_TEMPLATE, lane: 'TRANSACTIONAL' as const };
    for (let at = 0; at < 4; at++) {
      await desk.notifications.sendMany(recipients(90), departmentless);
      await app.drain();
      app.clock.advance({ minutes: 1 });
    }
    // ILS 21.00 are 300 segments of ILS 0.07.
    expect(await sent()).toBe(300);
    await sms('1234', 'OTP');
    await app.drain();
    expect(await sent()).toBe(301);
    app.clock.set('2026-11-25T05:59:00.000Z');
    await app.drain();
    expect(await sent()).toBe(301);
    app.clock.set('2026-11-25T06:00:00.000Z');
    await app.drain();
    expect(await sent()).toBe(361);
  });

  it('lets a department send so many a day', async () => {
    const [department] = await desk.store.sql<{ id: number | string }>('SELECT MIN("id") AS "id" FROM "departments"');
    const sending = { template: TEST_TEMPLATE, departmentId: Number(department!.id) };
    await desk.notifications.sendMany(recipients(70), sending);
    await app.drain();
    expect(await sent()).toBe(60);
    await desk.notifications.sendMany(recipients(5), { template: TEST_TEMPLATE });
    await app.drain();
    expect(await sent()).toBe(65);
    app.clock.set('2026-11-25T06:00:00.000Z');
    await app.drain();
    expect(await sent()).toBe(75);
  });

  it('counts a message of a department once, however often it is tried', async () => {
    const [department] = await desk.store.sql<{ id: number | string }>('SELECT MIN("id") AS "id" FROM "departments"');
    const failing = recipients(20).map((each, at) => ({ ...each, to: { phone: `059${at + 10}90001` } }));
    const sending = { template: TEST_TEMPLATE, departmentId: Number(department!.id) };
    await desk.notifications.sendMany(failing, sending);
    for (const seconds of [0, 11, 21]) {
      app.clock.advance({ seconds });
      await app.drain();
    }
    expect(await desk.store.reads(Message).countBy({ attempts: 3 })).toBe(20);
    const id = `department:${Number(department!.id)}:2026-11-24`;
    expect((await desk.store.reads(MessageCounter).findOneByOrFail({ id })).used).toBe(20);
  });

  it('forgets words after their time and counters after theirs', async () => {
    const [id] = await desk.send();
    await app.drain();
    const purge = app.app.get(MessagePurge, { strict: false });
    expect(await purge.run()).toEqual({
      ...{ contents: 0, sandbox: 0, messages: 0, inbound: 0, deliveries: 0, events: 0, links: 0, counters: 0 },
    });
    app.clock.advance({ days: 91 });
    const { contents, sandbox, messages, counters } = await purge.run();
    expect([contents, sandbox, messages, counters]).toEqual([1, 1, 0, 2]);
    expect(await desk.store.reads(MessageContent).existsBy({ id: id! })).toBe(false);
    expect(await desk.store.reads(MessageCounter).exists()).toBe(false);
    expect((await desk.message(id)).state).toBe('SENT');
    const { id: record } = await seedRecord(app, [], { phoneE164: '+970599000031' });
    const [sms, inbox] = await desk.send({ to: { oneRecordId: record }, channels: ['SMS', 'INAPP'] });
    await app.drain();
    app.clock.advance({ days: 1095 - 91 + 1 });
    expect((await purge.run()).messages).toBe(1);
    expect(await desk.store.reads(Message).existsBy({ id: id! })).toBe(false);
    app.clock.advance({ days: 91 });
    expect((await purge.run()).messages).toBe(1);
    expect(await desk.store.reads(MessageEvent).existsBy({ messageId: sms! })).toBe(false);
    // It stands in the inbox of the record.
    expect((await desk.message(inbox)).state).toBe('DELIVERED');
  });
});
