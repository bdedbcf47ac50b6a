import { OutboxMessage } from '@libs/outbox';
import { ChannelProviders, type Outcome } from '../../src/notifications/channels/channel-provider';
import { BadContact } from '../../src/notifications/contacts/bad-contact.entity';
import { MessageContent, MessageEvent } from '../../src/notifications/messages/message.entity';
import { WebhookEvent } from '../../src/notifications/webhooks/webhook.entities';
import { startTestApp, type TestApp } from '../support/app';
import { notifyDesk } from '../support/notify';

/** Messages that a provider fails at for their own sake, eight times. */
let app: TestApp;
let desk: ReturnType<typeof notifyDesk>;
beforeEach(async () => {
  app = await startTestApp();
  desk = notifyDesk(app);
  const endpoint = { description: 'x', url: 'https://erp.example.org/hook' };
  const eventTypes = ['ps.nablus.notifications.message-failed'];
  await app.request('POST', '/webhooks', { as: 'integration', body: { ...endpoint, eventTypes } });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
});

const fails = (outcome: Outcome = { state: 'TEMPORARY_FAILURE', code: 'absent' }) => {
  const sandbox = app.app.get(ChannelProviders, { strict: false }).named('sandbox')!;
  return jest
    .spyOn(sandbox, 'send')
    .mockImplementation((list) => Promise.resolve(list.map(({ to }) => (/1$/.test(to) ? outcome : { state: 'SENT' }))));
};
const eightTries = async () => {
  for (let hour = 0; hour < 8; hour++) {
    await app.drain();
    app.clock.advance({ hours: 1 });
  }
  app.forgetTokens();
};
const told = async (id: number) => {
  const events = await desk.store.reads(WebhookEvent).findBy({ subject: `message/${id}` });
  return events.map(({ type, data }) => ({ type, ...data }));
};
const replay = async () => {
  const [dead] = await desk.store.reads(OutboxMessage).findBy({ state: 'DEAD' });
  expect((await app.request('POST', `/operations/messages/${dead!.id}/replay`, { as: 'administrator' })).status).toBe(
    200,
  );
  await app.drain();
};
const waiting = { type: 'notifications.send.transactional', state: 'PENDING' } as const;

it('have failed for good, for the reason they failed for, and other systems are told', async () => {
  fails();
  const [id] = await desk.send();
  for (let hour = 0; hour < 7; hour++) {
    await app.drain();
    app.clock.advance({ hours: 1 });
  }
  expect(await desk.message(id)).toMatchObject({ state: 'TEMPORARY_FAILURE', failureCode: 'absent', settledAt: null });
  expect(await told(id!)).toEqual([]);
  await app.drain();
  const settledAt = app.clock.now();
  const over = { state: 'PERMANENT_FAILURE', failureCode: 'given-up.absent' };
  expect(await desk.message(id)).toMatchObject({ ...over, settledAt, attempts: 8, sentAt: null });
  expect(await told(id!)).toMatchObject([
    { type: 'ps.nablus.notifications.message-failed', state: 'PERMANENT_FAILURE', code: 'given-up.absent' },
  ]);
  const events = await desk.store
    .reads(MessageEvent)
    .find({ where: { messageId: id! }, order: { at: 'ASC', id: 'ASC' } });
  expect(events.map(({ state, code }) => `${state} ${code}`)).toEqual([
    ...Array<string>(7).fill('TEMPORARY_FAILURE absent'),
    'PERMANENT_FAILURE given-up.absent',
  ]);
  // Nobody has said that the number is wrong: the next message goes there.
  expect(await desk.store.reads(BadContact).countBy({})).toBe(0);
  expect(await desk.store.reads(OutboxMessage).countBy(waiting)).toBe(0);
});

it('are sent by a replay of the dead letter, without those that had left', async () => {
  const asked = fails({ state: 'TECHNICAL_FAILURE', code: 'http-400' });
  const recipients = ['0599000001', '0599000002'].map((phone) => ({
    ...{ to: { phone }, values: { number: 1 }, dedupeKey: desk.key() },
  }));
  await desk.notifications.sendMany(recipients, { template: 'test.message', channels: ['SMS'] });
  await eightTries();
  asked.mockClear();
  asked.mockImplementation((list) => Promise.resolve(list.map(() => ({ state: 'SENT' as const }))));
  await replay();
  expect(asked.mock.calls.flatMap(([list]) => list.map(({ to }) => to))).toEqual(['+970599000001']);
  const { messageId } = asked.mock.calls[0]![0][0]!;
  expect(await desk.message(messageId)).toMatchObject({ state: 'SENT', failureCode: null, settledAt: null });
});

it('have failed for good where their words are gone, whoever replays the dead letter', async () => {
  fails();
  const [id] = await desk.send();
  await eightTries();
  await desk.uow.run(() => desk.store.remove(MessageContent, { id: id! }));
  await replay();
  expect(await desk.message(id)).toMatchObject({ state: 'PERMANENT_FAILURE', failureCode: 'given-up.absent' });
});

it('stay taken back, whoever replays the dead letter', async () => {
  const asked = fails();
  const [id] = await desk.send({ dedupeKey: 'given-up:1' });
  await eightTries();
  expect(await desk.notifications.withdraw('given-up')).toBe(1);
  asked.mockClear();
  await replay();
  expect(asked).not.toHaveBeenCalled();
  expect((await desk.message(id)).state).toBe('CANCELLED');
});
