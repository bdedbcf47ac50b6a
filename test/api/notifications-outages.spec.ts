import { OutboxMessage } from '@libs/outbox';
import { ACCOUNT } from '../../src/notifications';
import { ChannelProviders, type Outcome } from '../../src/notifications/channels/channel-provider';
import { MessageEvent } from '../../src/notifications/messages/message.entity';
import { startTestApp, type TestApp } from '../support/app';
import { notifyDesk } from '../support/notify';

const REFUSED: Outcome = { state: 'TECHNICAL_FAILURE', code: 'econnrefused', outage: true };

let app: TestApp;
let desk: ReturnType<typeof notifyDesk>;
beforeEach(async () => {
  app = await startTestApp({ SMS_PROVIDERS: 'sandbox,sandbox-b' });
  desk = notifyDesk(app);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
});

const provider = (name: string) => app.app.get(ChannelProviders, { strict: false }).named(name)!;
const away = (name: string, outcome: Outcome = REFUSED) =>
  jest.spyOn(provider(name), 'send').mockImplementation((list) => Promise.resolve(list.map(() => outcome)));
const hours = async (count: number) => {
  for (let quarter = 0; quarter < count * 4; quarter++) {
    app.clock.advance({ minutes: 15 });
    await app.drain();
  }
};
const dead = () => desk.store.reads(OutboxMessage).countBy({ state: 'DEAD' });

describe('an outage of providers', () => {
  it('of one is bridged by the next, of all is waited for, however long it takes', async () => {
    const first = away('sandbox');
    const [bridged] = await desk.send();
    await app.drain();
    expect(await desk.message(bridged)).toMatchObject({ state: 'SENT', provider: 'sandbox-b' });
    const second = away('sandbox-b');
    const [waiting] = await desk.send();
    await app.drain();
    await hours(5);
    expect(await desk.message(waiting)).toMatchObject({ state: 'TECHNICAL_FAILURE', failureCode: 'econnrefused' });
    expect(await dead()).toBe(0);
    const tried = {
      attempts: (await desk.message(waiting)).attempts,
      events: await desk.store.reads(MessageEvent).countBy({ messageId: waiting! }),
    };
    // Tried again and again, and told once.
    expect(tried).toEqual({ attempts: expect.any(Number), events: 1 });
    expect(tried.attempts).toBeGreaterThan(15);
    first.mockRestore();
    second.mockRestore();
    await hours(1);
    expect((await desk.message(waiting)).state).toBe('SENT');
  });

  it('that lets us wait for nothing costs one message the wait, not each; half a minute later it is asked again', async () => {
    const asked = away('sandbox', { state: 'TEMPORARY_FAILURE', code: 'timeout', outage: true });
    const [first] = await desk.send();
    await app.drain();
    const [second] = await desk.send();
    await app.drain();
    expect(await desk.message(first)).toMatchObject({ state: 'TEMPORARY_FAILURE', provider: 'sandbox' });
    expect(await desk.message(second)).toMatchObject({ state: 'SENT', provider: 'sandbox-b' });
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
    await hours(1);
    expect(await desk.message(first)).toMatchObject({ state: 'SENT', provider: 'sandbox' });
    const [third] = await desk.send();
    await app.drain();
    expect(await desk.message(third)).toMatchObject({ state: 'SENT', provider: 'sandbox' });
  });

  it('is waited for until the message is over, which its events tell', async () => {
    for (const name of ['sandbox', 'sandbox-b']) away(name);
    const [id] = await desk.send({ expiresAt: '2026-11-24T10:00:00.000Z' });
    await app.drain();
    await hours(1);
    expect((await desk.message(id)).state).toBe('TECHNICAL_FAILURE');
    await hours(2);
    expect(await desk.message(id)).toMatchObject({ state: 'EXPIRED', settledAt: '2026-11-24T10:00:00.000Z' });
    const events = await desk.store.reads(MessageEvent).find({ where: { messageId: id! }, order: { id: 'DESC' } });
    expect(events[0]).toMatchObject({ state: 'EXPIRED', at: '2026-11-24T10:00:00.000Z' });
    expect(await desk.store.reads(OutboxMessage).countBy({ state: 'PENDING' })).toBe(0);
    expect(await dead()).toBe(0);
  });

  it('is over for a code within a minute, whose words are gone with its end', async () => {
    for (const name of ['sandbox', 'sandbox-b']) away(name);
    const code = { to: '0599000061', text: '123456', lane: 'OTP', language: 'en' } as const;
    const expiresAt = '2026-11-24T08:15:00.000Z';
    const [sent, late] = [desk.key(), desk.key()];
    const id = await desk.notifications.sms({ ...code, dedupeKey: sent, expiresAt });
    const never = await desk.notifications.sms({ ...code, dedupeKey: late, expiresAt: '2026-11-24T08:05:00.000Z' });
    for (let minute = 0; minute < 10; minute++) {
      await app.drain();
      app.clock.advance({ minutes: 1 });
    }
    jest.restoreAllMocks();
    await app.drain();
    expect([(await desk.message(id)).state, (await desk.message(never)).state]).toEqual(['SENT', 'EXPIRED']);
    const rows = await desk.store.reads(OutboxMessage).findBy({ type: 'notifications.secret.otp' });
    expect(rows.map(({ payload }) => payload)).toEqual([{ erased: true }, { erased: true }]);
  });

  it('is not waited for without end: words without an end of their own are gone after a day, others after a week', async () => {
    for (const name of ['sandbox', 'sandbox-b']) away(name);
    const words = { to: '0599000063', text: 'undo it: abc', language: 'en' } as const;
    const security = await desk.notifications.sms({ ...words, lane: 'OTP', dedupeKey: desk.key() });
    const other = await desk.notifications.sms({ ...words, lane: 'TRANSACTIONAL', dedupeKey: desk.key() });
    await app.drain();
    app.clock.advance({ hours: 25 });
    await app.drain();
    expect(await desk.states([security, other])).toEqual(['EXPIRED', 'TECHNICAL_FAILURE']);
    const kept = await desk.store.reads(OutboxMessage).findBy({ type: 'notifications.secret.otp' });
    expect(kept.map(({ payload }) => payload)).toEqual([{ erased: true }]);
    app.clock.advance({ days: 7 });
    await app.drain();
    expect(await desk.states([security, other])).toEqual(['EXPIRED', 'EXPIRED']);
    expect(await desk.store.reads(OutboxMessage).countBy({ state: 'PENDING' })).toBe(0);
  });

  it('of the first is waited for though the one that stands in takes nothing of it', async () => {
    away('sandbox');
    away('sandbox-b', { state: 'TECHNICAL_FAILURE', code: 'http-400' });
    const [id] = await desk.send();
    await app.drain();
    await hours(3);
    expect(await dead()).toBe(0);
    jest.restoreAllMocks();
    await hours(1);
    expect((await desk.message(id)).state).toBe('SENT');
  });

  it('sends nothing that was taken back while a provider was asked, unless that provider took it', async () => {
    const sandbox = provider('sandbox');
    const asked = jest.spyOn(sandbox, 'send');
    const takenBack = async (outcome: Outcome) => {
      const key = desk.key();
      asked.mockImplementationOnce(async (list) => (await desk.notifications.withdraw(key), list.map(() => outcome)));
      away('sandbox-b');
      const [id] = await desk.send({ dedupeKey: `${key}:1` });
      await app.drain();
      return id;
    };
    const [left, kept] = [await takenBack({ state: 'SENT' }), await takenBack(REFUSED)];
    jest.restoreAllMocks();
    await hours(1);
    expect(await desk.states([left!, kept!])).toEqual(['SENT', 'CANCELLED']);
  });

  it('is none where providers refuse the message itself: eight tries and a dead letter', async () => {
    for (const name of ['sandbox', 'sandbox-b']) away(name, { state: 'TECHNICAL_FAILURE', code: 'http-400' });
    await desk.send();
    await app.drain();
    await hours(3);
    expect(await dead()).toBe(1);
  });
});

describe('mandatory messages', () => {
  it('are not dropped by the limits of an hour, and count in them', async () => {
    const to = '0599000062';
    const mandatory = { to, text: 'x', lane: 'TRANSACTIONAL', language: 'en', topic: ACCOUNT } as const;
    const ids: number[] = [];
    for (let at = 0; at < 101; at++) ids.push(await desk.notifications.sms({ ...mandatory, dedupeKey: desk.key() }));
    expect(new Set(await desk.states(ids))).toEqual(new Set(['QUEUED']));
    const [other] = await desk.send({ to: { phone: to } });
    expect(await desk.message(other)).toMatchObject({ state: 'SUPPRESSED', failureCode: 'limit-of-recipient' });
  });
});
