import { ChannelProviders, type Outcome } from '../../src/notifications/channels/channel-provider';
import { BadContact } from '../../src/notifications/contacts/bad-contact.entity';
import { startTestApp, type TestApp } from '../support/app';
import { notifyDesk } from '../support/notify';

/** Messages of which nobody but the first of two providers knows whether it has taken them. */
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
const answers = (name: string, code?: string) => {
  const outcome: Outcome = code ? { state: 'TEMPORARY_FAILURE', code, outage: true } : { state: 'SENT' };
  return jest.spyOn(provider(name), 'send').mockImplementation((list) => Promise.resolve(list.map(() => outcome)));
};
const hour = async () => {
  for (let quarter = 0; quarter < 4; quarter++) {
    app.clock.advance({ minutes: 15 });
    await app.drain();
  }
};
const code = () =>
  desk.notifications.sms({
    ...{ to: '0599000061', text: '123456', lane: 'OTP', language: 'en', dedupeKey: desk.key() },
  });

it.each(['http-502', 'http-504', 'http-500', 'timeout', 'no-answer'])(
  'after %s goes to nobody else, and leaves once that one answers',
  async (failure) => {
    const [first, second] = [answers('sandbox', failure), answers('sandbox-b')];
    const [id] = await desk.send();
    await app.drain();
    await hour();
    expect(await desk.message(id)).toMatchObject({ state: 'TEMPORARY_FAILURE', failureCode: failure });
    expect(second).not.toHaveBeenCalled();
    first.mockClear();
    answers('sandbox');
    await hour();
    expect(await desk.message(id)).toMatchObject({ state: 'SENT', provider: 'sandbox' });
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0]);
  },
);

it('goes to nobody else where the first is away altogether afterwards', async () => {
  answers('sandbox', 'http-502');
  const second = answers('sandbox-b');
  const [id] = await desk.send();
  await app.drain();
  const away: Outcome = { state: 'TECHNICAL_FAILURE', code: 'econnrefused', outage: true };
  jest.spyOn(provider('sandbox'), 'send').mockImplementation((list) => Promise.resolve(list.map(() => away)));
  await hour();
  expect((await desk.message(id)).state).toBe('TECHNICAL_FAILURE');
  expect(second).not.toHaveBeenCalled();
});

it('is one of few: for half a minute others go to the next at once', async () => {
  const first = answers('sandbox', 'http-502');
  await desk.send();
  await app.drain();
  const [other] = await desk.send();
  await app.drain();
  expect(await desk.message(other)).toMatchObject({ state: 'SENT', provider: 'sandbox-b' });
  expect(first).toHaveBeenCalledTimes(1);
});

it('goes to the next at once where it is a code: two of the same do no harm', async () => {
  const first = answers('sandbox', 'http-502');
  const id = await code();
  await app.drain();
  expect(await desk.message(id)).toMatchObject({ state: 'SENT', provider: 'sandbox-b' });
  expect(first).toHaveBeenCalledTimes(1);
});

it('is left where the provider does not know references: nobody gets it twice, and nobody is blamed', async () => {
  Object.assign(provider('sandbox'), { leavesUnsure: true });
  const [first, second] = [answers('sandbox', 'http-502'), answers('sandbox-b')];
  const [id] = await desk.send();
  await app.drain();
  await hour();
  const left = { state: 'PERMANENT_FAILURE', failureCode: 'unsure.http-502', attempts: 1 };
  expect(await desk.message(id)).toMatchObject(left);
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0]);
  expect(await desk.store.reads(BadContact).countBy({})).toBe(0);
  const otp = await code();
  await app.drain();
  expect(await desk.message(otp)).toMatchObject({ state: 'SENT', provider: 'sandbox-b' });
});
