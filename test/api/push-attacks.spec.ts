import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { generateVAPIDKeys } from 'web-push';
import { ChannelProviders, type OutgoingMessage } from '../../src/notifications/channels/channel-provider';
import { PushSubscription } from '../../src/notifications/channels/channel.entities';
import { startTestApp, type TestApp } from '../support/app';
import { seedCitizen } from '../support/citizens';
import { BROWSER_KEYS } from '../support/browser-keys';

let app: TestApp;
beforeAll(async () => {
  const { publicKey, privateKey } = generateVAPIDKeys();
  app = await startTestApp({ VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey });
});
afterAll(() => app.close());

/** As the library that posts reads it, this is 127.0.0.1; as browsers do, a service of ours. */
const INSIDE = 'https://127.0.0.1;.push.apple.com/x';

it('a browser whose address leads inside is not subscribed', async () => {
  const { token } = await seedCitizen(app);
  const body = { endpoint: INSIDE, keys: BROWSER_KEYS };
  const { status, body: refusal } = await app.request('POST', '/me/push-subscriptions', { token, body });
  expect([status, refusal.code]).toEqual([422, 'notifications.push-service']);
});

it('one that was subscribed before is not posted to', async () => {
  const { oneRecordId } = await seedCitizen(app);
  const [store, uow, ids] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(IdAllocator)];
  const id = await uow.run(async () => {
    const id = await ids.one();
    const row = { id, oneRecordId, endpoint: INSIDE, standingEndpoint: 'x', ...BROWSER_KEYS, label: null };
    await store.insert(PushSubscription, { ...row, createdAt: app.clock.now(), endedAt: null });
    return id;
  });
  const message: OutgoingMessage = {
    ...{ messageId: 1, reference: 'x', channel: 'PUSH', to: String(id), oneRecordId, topic: 'x', subject: 'x' },
    ...{ body: 'x', link: null, lane: 'BULK', language: 'ar', segments: 1, provider: null },
  };
  const provider = app.app.get(ChannelProviders, { strict: false }).named('web-push')!;
  expect(await provider.send([message])).toEqual([{ state: 'PERMANENT_FAILURE', code: 'gone' }]);
});
