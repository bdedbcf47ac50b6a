import { signBody } from '@libs/http';
import { BadContact } from '../../src/notifications/contacts/bad-contact.entity';
import { Message, MessageEvent } from '../../src/notifications/messages/message.entity';
import { startTestApp, type TestApp } from '../support/app';
import { notifyDesk, TEST_TEMPLATE } from '../support/notify';

const SECRET = 'a-secret-of-the-tests-alone';

let app: TestApp;
let desk: ReturnType<typeof notifyDesk>;
beforeAll(async () => {
  app = await startTestApp({ PROVIDER_CALLBACK_SECRET: SECRET, SMS_PROVIDERS: 'sandbox,sandbox-b' });
  desk = notifyDesk(app);
});
afterEach(() => app.drain());
afterAll(() => app.close());

let numbers = 0;
async function sent() {
  const [id] = await desk.send({ to: { phone: `059${String(++numbers).padStart(6, '0')}5` } });
  await app.drain();
  return desk.message(id);
}

async function report(
  document: unknown,
  { provider = 'sandbox', secret = SECRET, at = app.clock.now(), tampered = '' } = {},
) {
  const body = JSON.stringify(document);
  const { timestamp, signature } = signBody(secret, Buffer.from(body), at);
  const answer = await app.app.inject({
    method: 'POST',
    url: `/api/v1/notifications/callbacks/${provider}`,
    headers: {
      'content-type': 'application/json',
      'x-provider-timestamp': timestamp,
      'x-provider-signature': signature,
    },
    payload: body + tampered,
  });
  return { status: answer.statusCode, body: answer.json() };
}
const state = async ({ id }: Message) => (await desk.message(id)).state;

describe('a delivery report', () => {
  it('settles the message, by our reference or that of the provider, once', async () => {
    const [one, two] = [await sent(), await sent()];
    const delivered = { ours: one.dedupeKey, status: 'DELIVERED' };
    expect(await report(delivered)).toEqual({ status: 200, body: { taken: 1, news: 1 } });
    expect(await report(delivered)).toEqual({ status: 200, body: { taken: 1, news: 0 } });
    expect(await report({ reference: two.providerReference, status: 'DELIVERED' })).toMatchObject({
      body: { news: 1 },
    });
    expect(await desk.message(one.id)).toMatchObject({ state: 'DELIVERED', settledAt: app.clock.now() });
    const events = await desk.store.reads(MessageEvent).findBy({ messageId: one.id });
    expect(events.map((event) => event.state)).toEqual(['SENT', 'DELIVERED']);
  });

  it('that is out of order, or twice at once, changes nothing', async () => {
    const message = await sent();
    const answers = await Promise.all(
      ['DELIVERED', 'DELIVERED', 'PENDING', 'PERMANENT_FAILURE'].map((status) =>
        report({ ours: message.dedupeKey, status }),
      ),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await state(message)).toBe('DELIVERED');
    for (const late of ['SENT', 'EXPIRED', 'TECHNICAL_FAILURE'])
      await report({ ours: message.dedupeKey, status: late });
    expect(await state(message)).toBe('DELIVERED');
  });

  it('of a failure of one that was taken sends it no second time, though its chunk is tried again', async () => {
    const people = ['0599190001', '0567000015'].map((phone) => {
      return { to: { phone }, values: { number: 1 }, dedupeKey: desk.key() };
    });
    await desk.notifications.sendMany(people, { template: TEST_TEMPLATE, noticeId: 91 });
    await app.drain();
    const taken = await desk.store.reads(Message).findOneByOrFail({ recipient: '+970567000015' });
    await report({ ours: taken.dedupeKey, status: 'TEMPORARY_FAILURE' });
    app.clock.advance({ seconds: 15 });
    await app.drain();
    expect(await desk.message(taken.id)).toMatchObject({ state: 'TEMPORARY_FAILURE', attempts: 1 });
    const failing = await desk.store.reads(Message).findOneByOrFail({ recipient: '+970599190001' });
    expect(failing.attempts).toBe(2);
    await desk.uow.run(() => desk.store.update(Message, { id: failing.id }, { state: 'CANCELLED' }));
  });

  it('of a failure counts from who has the message, not from a provider that another stood in for', async () => {
    const [id] = await desk.send({ to: { phone: '0599290003' } });
    await app.drain();
    const message = await desk.message(id);
    expect(message).toMatchObject({ state: 'SENT', provider: 'sandbox-b' });
    const failed = { ours: message.dedupeKey, status: 'PERMANENT_FAILURE' };
    expect(await report(failed)).toEqual({ status: 200, body: { taken: 1, news: 0 } });
    expect([await state(message), await desk.store.reads(BadContact).countBy({ contact: message.recipient })]).toEqual([
      'SENT',
      0,
    ]);
    expect((await report({ ours: message.dedupeKey, status: 'DELIVERED' })).body.news).toBe(1);
  });

  it('of a list takes each', async () => {
    const messages = [await sent(), await sent(), await sent()];
    const list = messages.map(({ dedupeKey }) => ({ ours: dedupeKey, status: 'PENDING' }));
    expect((await report(list)).body).toEqual({ taken: 3, news: 3 });
  });

  it('of a number that does not exist ends writing to it', async () => {
    const message = await sent();
    await report({ ours: message.dedupeKey, status: 'PERMANENT_FAILURE', code: 'absent-subscriber' });
    const bad = await desk.store.reads(BadContact).findOneByOrFail({ standingContact: message.recipient });
    expect(bad).toMatchObject({ channel: 'SMS', code: 'absent-subscriber' });
  });

  it('about what we do not know is taken, and looked at again a little later', async () => {
    const [id] = await desk.send({ to: { phone: '0560000015' } });
    const message = await desk.message(id);
    const early = { reference: message.dedupeKey, status: 'DELIVERED' };
    expect(await report(early)).toEqual({ status: 200, body: { taken: 1, news: 0 } });
    await app.drain();
    expect(await state(message)).toBe('SENT');
    app.clock.advance({ seconds: 31 });
    await app.drain();
    expect(await state(message)).toBe('DELIVERED');
    expect((await report({ reference: 'nobody', status: 'DELIVERED' })).status).toBe(200);
  });

  it('moves no message that has not left or was taken back', async () => {
    const [id] = await desk.send({ to: { phone: '0560000025' } });
    const message = await desk.message(id);
    await report({ ours: message.dedupeKey, status: 'DELIVERED' });
    expect(await state(message)).toBe('QUEUED');
  });

  it('that is forged, tampered with or old is refused', async () => {
    const message = await sent();
    const delivered = { ours: message.dedupeKey, status: 'DELIVERED' };
    const wrong = [{ secret: 'another' }, { tampered: ' ' }, { at: '2026-11-24T07:00:00.000Z' }];
    for (const how of wrong) {
      expect(await report(delivered, how)).toMatchObject({
        status: 401,
        body: { code: 'notifications.callback-forged' },
      });
    }
    const bare = await app.request('POST', '/notifications/callbacks/sandbox', { body: delivered });
    expect(bare.status).toBe(401);
    expect(await state(message)).toBe('SENT');
  });

  it('can be made by hand in the demo', async () => {
    const message = await sent();
    const list = await app.request('GET', `/dev/outbox?recipient=${encodeURIComponent(message.recipient)}`, {
      as: 'clerk',
    });
    expect(list.body.items).toMatchObject([{ channel: 'SMS', provider: 'sandbox', subject: null }]);
    const byHand = (id: number, body: object = { state: 'DELIVERED' }, as = 'clerk') =>
      app.request('POST', `/dev/outbox/${id}/report`, { as, body });
    const { id } = list.body.items[0];
    expect((await byHand(id)).body).toEqual({ moved: true });
    expect((await byHand(id)).body).toEqual({ moved: false });
    expect(await state(message)).toBe('DELIVERED');
    expect((await byHand(999_999_999)).status).toBe(404);
    expect((await byHand(id, { state: 'FLOWN' })).status).toBe(422);
    expect((await byHand(id, { state: 'SENT' }, 'auditor')).status).toBe(403);
  });

  it('of nobody, or that cannot be read, is refused', async () => {
    expect((await report({ ours: 'x', status: 'DELIVERED' }, { provider: 'nobody' })).status).toBe(404);
    for (const unreadable of [{ ours: 'x', status: 'FLOWN' }, { status: 'DELIVERED' }, [null], 'text']) {
      expect(await report(unreadable)).toMatchObject({
        status: 422,
        body: { code: 'notifications.callback-unreadable' },
      });
    }
    const list = Array.from({ length: 1001 }, () => ({ ours: 'x', status: 'DELIVERED' }));
    expect((await report(list)).status).toBe(422);
  });
});
