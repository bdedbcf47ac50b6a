import { OutboxMessage } from '@libs/outbox';
import { CitizenPreferences } from '../../src/notifications';
import { SandboxMessage } from '../../src/notifications/channels/channel.entities';
import { ChannelProviders } from '../../src/notifications/channels/channel-provider';
import { BadContact } from '../../src/notifications/contacts/bad-contact.entity';
import { Message, MessageEvent } from '../../src/notifications/messages/message.entity';
import { MessageSender } from '../../src/notifications/messages/sender';
import { startTestApp, type TestApp } from '../support/app';
import { notifyDesk, TEST_TEMPLATE } from '../support/notify';
import { seedRecord } from '../support/records';

let app: TestApp;
let desk: ReturnType<typeof notifyDesk>;
beforeAll(async () => {
  app = await startTestApp({ SMS_PROVIDERS: 'sandbox,sandbox-b', MESSAGES_RECIPIENT_HOURLY: '30' });
  desk = notifyDesk(app);
});
afterEach(async () => {
  await app.drain();
  app.clock.set('2026-11-24T08:00:00.000Z');
  app.forgetTokens();
});
afterAll(() => app.close());

const kept = (where: object) => desk.store.reads(SandboxMessage).find({ where, order: { id: 'ASC' } });
const many = (count: number, phone: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => ({
    to: { phone: phone(at) },
    values: { number: at },
    dedupeKey: desk.key(),
  }));
const number = (at: number, prefix = '056') => `${prefix}${String(at).padStart(6, '0')}5`;

describe('sending', () => {
  it('to a record goes by every channel that it has, in its words, with events', async () => {
    const { id } = await seedRecord(app, [], { phoneE164: '+970599000011', email: 'Sami@nablus.test' });
    const ids = await desk.send({ to: { oneRecordId: id } });
    await app.drain();
    expect(await desk.states(ids)).toEqual(['SENT', 'SENT', 'DELIVERED']);
    const [sms, mail] = await Promise.all(ids.map((each) => desk.message(each)));
    expect(sms).toMatchObject({
      channel: 'SMS',
      provider: 'sandbox',
      attempts: 1,
      cost: 7,
      segments: 1,
      topic: 'test',
    });
    expect(mail).toMatchObject({ channel: 'EMAIL', recipient: 'sami@nablus.test', cost: 0, oneRecordId: id });
    const events = await desk.store.reads(MessageEvent).findBy({ messageId: sms!.id });
    expect(events).toMatchObject([{ state: 'SENT', provider: 'sandbox' }]);
    const [text] = await kept({ recipient: '+970599000011' });
    expect(text!.body).toBe('الرسالة \u206812\u2069');
    expect((await desk.send({ to: { oneRecordId: id }, channels: ['PRINT'] })).length).toBe(1);
    const { items } = (
      await app.request('GET', `/notifications/messages?oneRecordId=${id}&channel=SMS`, { as: 'clerk' })
    ).body;
    expect(items).toMatchObject([{ recipient: '+970*****0011', state: 'SENT' }]);
  });

  it('to a merged record is to the one that it was merged into: its inbox, language and refusals', async () => {
    const { id: survivor } = await seedRecord(app, [], { phoneE164: '+970599000019' });
    const merged = { phoneE164: '+970599000018', state: 'MERGED_INTO', mergedIntoId: survivor } as const;
    const { id } = await seedRecord(app, [], merged);
    const preferences = app.app.get(CitizenPreferences, { strict: false });
    const topics = [{ topic: 'test', channel: 'SMS', wanted: false }] as const;
    await preferences.change(survivor, { language: 'en', topics }, 'CITIZEN');
    const [sms, inbox] = await desk.send({ to: { oneRecordId: id }, channels: ['SMS', 'INAPP'] });
    expect(await desk.message(sms)).toMatchObject({ state: 'SUPPRESSED', failureCode: 'not-wanted', language: 'en' });
    expect(await desk.message(inbox)).toMatchObject({ oneRecordId: survivor, recipient: String(survivor) });
  });

  it('names the citizen where a phone is that of several', async () => {
    const phone = { phoneE164: '+970599000012' };
    const name = { given: 'سعاد', father: 'علي', grandfather: 'حسن', family: 'كنعان' };
    const { id } = await seedRecord(app, [], { ...phone, nameParts: name });
    await seedRecord(app, [], phone);
    await desk.send({ to: { oneRecordId: id }, channels: ['SMS'] });
    await app.drain();
    expect((await kept({ recipient: phone.phoneE164 })).map(({ body }) => body)).toEqual([
      'سعاد علي حسن كنعان: الرسالة \u206812\u2069',
    ]);
  });

  it('takes no landline, no foreign number, no address with a line end; reads what people write', async () => {
    for (const phone of ['092345678', '0581234567', '+972521234567', '', '\u202e0599']) {
      await expect(desk.send({ to: { phone } })).rejects.toMatchObject({ code: 'notifications.not-a-mobile' });
    }
    for (const email of ['a@b', 'a@nablus.test\r\nBcc: c@nablus.test', 'A <a@nablus.test>']) {
      await expect(desk.send({ to: { email } })).rejects.toMatchObject({ code: 'notifications.not-an-address' });
    }
    const ids = await Promise.all(
      ['+972599000013', '00970 599-000-013', '٠٥٩٩٠٠٠٠١٣'].map((phone) => desk.send({ to: { phone } })),
    );
    expect(new Set(await Promise.all(ids.map(async ([id]) => (await desk.message(id)).recipient)))).toEqual(
      new Set(['+970599000013']),
    );
    expect(await desk.send({ to: { oneRecordId: 999_999_999 } })).toEqual([]);
  });

  it('counts who is known, kept back and out of reach; one key is one message', async () => {
    const recipients = [
      ...many(250, (at) => number(at)),
      { to: { phone: '022987654' }, values: { number: 1 }, dedupeKey: desk.key() },
    ];
    const sending = { template: TEST_TEMPLATE, lane: 'BULK' as const, noticeId: 77 };
    expect(await desk.notifications.sendMany(recipients, sending)).toEqual({
      queued: 250,
      suppressed: 0,
      known: 0,
      unreachable: 1,
    });
    expect(await desk.notifications.sendMany(recipients, sending)).toEqual({
      queued: 0,
      suppressed: 0,
      known: 250,
      unreachable: 1,
    });
    expect(await desk.notifications.progress(77)).toEqual({ QUEUED: 250 });
    await app.drain();
    expect(await desk.notifications.progress(77)).toEqual({ SENT: 250 });
    const [{ n, d }] = (await desk.store.sql(
      `SELECT COUNT(*) AS "n", COUNT(DISTINCT "recipient") AS "d" FROM "sandbox_messages" WHERE "recipient" LIKE '+97056%'`,
    )) as [{ n: number; d: number }];
    expect([Number(n), Number(d)]).toEqual([250, 250]);
  });

  it('is taken back as long as it has not left', async () => {
    await desk.notifications.sendMany(
      many(5, (at) => number(500 + at)),
      { template: TEST_TEMPLATE, noticeId: 78 },
    );
    expect(await desk.notifications.recall(78)).toBe(5);
    const taken = { noticeId: 78, settledAt: app.clock.now() };
    expect(await desk.store.reads(Message).countBy(taken)).toBe(5);
    await app.drain();
    expect(await desk.notifications.progress(78)).toEqual({ CANCELLED: 5 });
    expect(await kept({ recipient: '+970560005005' })).toEqual([]);
  });

  it('is taken back, too, when it failed to leave and waits for another try', async () => {
    const people = ['0599190001', '0599190004'].map((phone) => {
      return { to: { phone }, values: { number: 1 }, dedupeKey: desk.key() };
    });
    await desk.notifications.sendMany(people, { template: TEST_TEMPLATE, noticeId: 79 });
    await app.drain();
    expect(await desk.notifications.progress(79)).toEqual({ TEMPORARY_FAILURE: 1, TECHNICAL_FAILURE: 1 });
    expect(await desk.notifications.recall(79)).toBe(2);
    app.clock.advance({ seconds: 11 });
    await app.drain();
    expect(await desk.notifications.progress(79)).toEqual({ CANCELLED: 2 });
  });

  it('does not take a message up twice after a crash in between, nor at once', async () => {
    const [id] = await desk.send({ to: { phone: '0599000014' } });
    const sender = app.app.get(MessageSender, { strict: false });
    const again = () => sender.send({ ids: [id!] }, { messageId: id!, attempt: 2, last: false });
    await Promise.all([again(), again()]);
    // The provider has it, and the process died before it wrote that down.
    await desk.uow.run(() =>
      desk.store.update(Message, { id: id! }, { state: 'SENDING', provider: null, sentAt: null }),
    );
    await again();
    expect(await kept({ recipient: '+970599000014' })).toHaveLength(1);
    expect((await desk.message(id)).state).toBe('SENT');
  });

  it('turns to the next provider when one is broken, and asks that one again afterwards', async () => {
    const [id] = await desk.send({ to: { phone: '0599190003' } });
    await app.drain();
    expect(await desk.message(id)).toMatchObject({ state: 'SENT', provider: 'sandbox-b', attempts: 1 });
    const providers = app.app.get(ChannelProviders, { strict: false });
    expect(providers.after('SMS', 'sandbox-b').map(({ name }) => name)).toEqual(['sandbox-b', 'sandbox']);
  });

  it('asks no other provider for what one has perhaps taken', async () => {
    const sandbox = app.app.get(ChannelProviders, { strict: false }).named('sandbox')!;
    const send = jest.spyOn(sandbox, 'send');
    send.mockResolvedValueOnce([{ state: 'TEMPORARY_FAILURE', code: 'timeout' }]);
    send.mockResolvedValue([{ state: 'TECHNICAL_FAILURE', code: 'econnrefused' }]);
    const [id] = await desk.send({ to: { phone: '0599000041' } });
    for (const seconds of [0, 11, 21]) {
      app.clock.advance({ seconds });
      await app.drain();
    }
    expect(await desk.message(id)).toMatchObject({ state: 'TECHNICAL_FAILURE', provider: 'sandbox', attempts: 3 });
    send.mockRestore();
    app.clock.advance({ seconds: 41 });
    await app.drain();
    expect((await kept({ recipient: '+970599000041' })).map(({ provider }) => provider)).toEqual(['sandbox']);
  });

  it('tries again with pauses what fails for the time being, without sending the others again', async () => {
    const ids = [...(await desk.send({ to: { phone: '0599190001' } }))];
    await app.drain();
    expect(await desk.message(ids[0])).toMatchObject({
      state: 'TEMPORARY_FAILURE',
      failureCode: 'absent',
      attempts: 1,
    });
    app.clock.advance({ seconds: 9 });
    await app.drain();
    expect((await desk.message(ids[0])).attempts).toBe(1);
    app.clock.advance({ seconds: 2 });
    await app.drain();
    expect((await desk.message(ids[0])).attempts).toBe(2);
    for (let hours = 0; hours < 8; hours++) {
      app.clock.advance({ hours: 1 });
      await app.drain();
    }
    expect(await desk.store.reads(OutboxMessage).countBy({ state: 'DEAD' })).toBe(1);
  });

  it('writes down what became of a chunk though another unit has marked its bad number meanwhile', async () => {
    const ids = [];
    for (let n = 0; n < 2; n++) ids.push(...(await desk.send({ to: { phone: '0599290002' } })));
    const read = desk.store.reads.bind(desk.store);
    // As on a server that does not see what the other has not committed.
    const blind = { existsBy: { value: () => Promise.resolve(false) } };
    const reads = jest.spyOn(desk.store, 'reads').mockImplementation((entity) => {
      return entity === (BadContact as unknown) ? (Object.create(read(entity), blind) as never) : read(entity);
    });
    await app.drain();
    reads.mockRestore();
    expect(await desk.states(ids)).toEqual(['PERMANENT_FAILURE', 'PERMANENT_FAILURE']);
    expect(await desk.store.reads(BadContact).countBy({ contact: '+970599290002' })).toBe(1);
  });

  it('writes no more to a number that is none, until somebody lifts it', async () => {
    const phone = '0599190002';
    const [id] = await desk.send({ to: { phone } });
    await app.drain();
    expect(await desk.message(id)).toMatchObject({ state: 'PERMANENT_FAILURE', failureCode: 'unknown-subscriber' });
    const [next] = await desk.send({ to: { phone } });
    expect(await desk.message(next)).toMatchObject({ state: 'SUPPRESSED', failureCode: 'bad-contact', cost: 0 });
    const list = await app.request('GET', `/notifications/bad-contacts?contact=${phone}`, { as: 'clerk' });
    expect(list.body.items).toMatchObject([{ contact: '+970*****0002', code: 'unknown-subscriber', liftedAt: null }]);
    const lift = (as = 'clerk', target = list.body.items[0].id) =>
      app.request('POST', `/notifications/bad-contacts/${target}/lift`, { as, body: { reason: 'أكد الرقم' } });
    expect((await lift('cashier')).status).toBe(403);
    expect((await lift('clerk', 999_999_999)).status).toBe(404);
    expect((await lift()).body.liftedReason).toBe('أكد الرقم');
    expect((await lift()).body.code).toBe('notifications.contact-lifted');
    const [again] = await desk.send({ to: { phone } });
    expect((await desk.message(again)).state).toBe('QUEUED');
  });

  it('to the same number many times ends in limits, not in a bill', async () => {
    const phone = '0599000015';
    const { queued, suppressed } = await desk.notifications.sendMany(
      many(2000, () => phone),
      { template: TEST_TEMPLATE },
    );
    expect([queued, suppressed]).toEqual([20, 1980]);
    expect(await desk.message((await desk.send({ to: { phone } }))[0])).toMatchObject({
      state: 'SUPPRESSED',
      failureCode: 'limit-of-kind',
    });
    const sms = { to: phone, text: 'x', lane: 'TRANSACTIONAL', language: 'en' } as const;
    const ids: number[] = [];
    for (let at = 0; at < 12; at++) ids.push(await desk.notifications.sms({ ...sms, dedupeKey: desk.key() }));
    const states = await desk.states(ids);
    expect(states.filter((state) => state === 'QUEUED')).toHaveLength(10);
    expect((await desk.message(ids[11])).failureCode).toBe('limit-of-recipient');
    app.clock.advance({ hours: 1, seconds: 1 });
    expect((await desk.message((await desk.send({ to: { phone } }))[0])).state).toBe('QUEUED');
  });

  it('shows what came of a message to those who may, its words to fewer', async () => {
    const [id] = await desk.send({ to: { phone: '0599000016' } });
    await app.drain();
    const get = (path: string, as: string) => app.request('GET', `/notifications/messages/${path}`, { as });
    expect((await get(`${id}`, 'clerk')).body.events).toMatchObject([{ state: 'SENT' }]);
    expect((await get(`${id}/content`, 'clerk')).status).toBe(403);
    expect((await get(`${id}/content`, 'auditor')).body.body).toContain('الرسالة');
    expect((await get('999999999', 'clerk')).status).toBe(404);
    const code = await desk.notifications.sms({
      to: '0599000016',
      text: '123456',
      lane: 'OTP',
      language: 'en',
      dedupeKey: desk.key(),
    });
    expect((await get(`${code}/content`, 'auditor')).status).toBe(404);
  });
});
