import { defineTopic, GENERAL } from '../../src/notifications';
import { startTestApp, type TestApp } from '../support/app';
import { BROWSER_KEYS } from '../support/browser-keys';
import type { TestCitizen } from '../support/citizens';
import { portalDesk, type PortalDesk } from '../support/portal';

const NOBODYS = 9_007_199_254_740_991;
const ALARM_TOPIC = defineTopic({ code: 'portal-alarm', ar: 'إنذار', en: 'Alarm', mandatory: true });

let app: TestApp;
let portal: PortalDesk;
let owner: TestCitizen;
let stranger: TestCitizen;

beforeAll(async () => {
  app = await startTestApp();
  portal = portalDesk(app);
  [owner, stranger] = [await portal.citizen(), await portal.citizen()];
  await portal.tell(owner, 'أول');
  await portal.tell(owner, 'ثانٍ');
});
afterAll(() => app.close());

const ask = (citizen: TestCitizen, method: string, path: string, body?: unknown) =>
  app.request(method, path, { token: citizen.token, ...(body !== undefined && { body }) });

describe('the inbox', () => {
  it('holds what the citizen was told, newest first, until it is read', async () => {
    const { body } = await ask(owner, 'GET', '/me/messages');
    expect(body).toMatchObject({
      total: 2,
      items: [
        { title: 'خبر', body: expect.stringContaining('ثانٍ'), topicName: { en: GENERAL.en }, readAt: null },
        { body: expect.stringContaining('أول') },
      ],
    });
    const { id } = body.items[0];
    const read = await ask(owner, 'POST', `/me/messages/${id}/read`);
    expect(read.body).toMatchObject({ id, readAt: app.clock.now() });
    expect((await ask(owner, 'GET', '/me/messages?unread=true')).body.total).toBe(1);
    expect((await ask(owner, 'GET', '/me/messages/unread')).body).toEqual({ unread: 1 });
    expect((await ask(owner, 'POST', '/me/messages/read')).body).toEqual({ unread: 0 });
  });

  it('is the citizen’s alone', async () => {
    const { id } = (await ask(owner, 'GET', '/me/messages')).body.items[0];
    expect((await ask(stranger, 'GET', '/me/messages')).body.total).toBe(0);
    for (const each of [id, NOBODYS]) {
      const { status, body } = await ask(stranger, 'POST', `/me/messages/${each}/read`);
      expect([status, body.code]).toEqual([404, 'http.not-found']);
    }
  });
});

describe('preferences', () => {
  it('are read and changed, and hold for what is sent', async () => {
    const choice = { topic: GENERAL.code, channel: 'INAPP', wanted: false };
    const changed = await ask(owner, 'PUT', '/me/preferences', { language: 'en', quiet: 'DAYTIME', topics: [choice] });
    expect(changed).toMatchObject({ status: 200, body: { language: 'en', quiet: 'DAYTIME' } });
    expect((await ask(owner, 'GET', '/me/preferences')).body).toEqual(changed.body);
    expect((await ask(stranger, 'GET', '/me/preferences')).body.language).toBe('ar');
    await portal.tell(owner, 'غير مرغوب');
    expect((await ask(owner, 'GET', '/me/messages')).body.total).toBe(2);
  });

  it.each([
    [{ topics: [{ topic: ALARM_TOPIC.code, channel: 'INAPP', wanted: false }] }, '/topics/0/wanted'],
    [{ topics: [{ topic: 'nothing', channel: 'INAPP', wanted: false }] }, '/topics/0/topic'],
    [{ topics: [{ topic: GENERAL.code, channel: 'PRINT', wanted: false }] }, '/topics/0/channel'],
    [{ language: 'fr' }, '/language'],
  ])('%j are refused', async (body, pointer) => {
    const answer = await ask(owner, 'PUT', '/me/preferences', body);
    expect(answer.body).toMatchObject({ code: 'http.invalid', errors: [{ pointer }] });
  });
});

describe('browsers that take push', () => {
  const browser = { endpoint: 'https://fcm.googleapis.com/fcm/send/d1', keys: BROWSER_KEYS };
  const subscribe = (citizen: TestCitizen, body: object) => ask(citizen, 'POST', '/me/push-subscriptions', body);

  it.each([
    [{ ...BROWSER_KEYS, p256dh: 'BNcRdre' }, '/keys/p256dh'],
    [{ ...BROWSER_KEYS, auth: 'tBHItJI5' }, '/keys/auth'],
  ])('are not subscribed with keys that nothing can be encrypted for: %j', async (keys, pointer) => {
    const refused = await subscribe(owner, { ...browser, keys });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer, code: 'pushKey' }] } });
  });

  it('are subscribed, listed without their secrets, and ended', async () => {
    const made = await subscribe(owner, { ...browser, label: 'هاتفي' });
    expect(made).toMatchObject({ status: 201, body: { label: 'هاتفي', service: 'fcm.googleapis.com' } });
    const { body } = await ask(owner, 'GET', '/me/push-subscriptions');
    expect(body).toEqual({ publicKey: null, subscriptions: [made.body] });
    for (const id of [made.body.id, NOBODYS]) {
      expect((await ask(stranger, 'DELETE', `/me/push-subscriptions/${id}`)).status).toBe(404);
    }
    expect((await ask(owner, 'DELETE', `/me/push-subscriptions/${made.body.id}`)).status).toBe(204);
    expect((await ask(owner, 'DELETE', `/me/push-subscriptions/${made.body.id}`)).status).toBe(404);
    expect((await ask(owner, 'GET', '/me/push-subscriptions')).body.subscriptions).toEqual([]);
  });

  it('belong to who subscribed them last', async () => {
    await subscribe(owner, browser);
    await subscribe(stranger, browser);
    expect((await ask(owner, 'GET', '/me/push-subscriptions')).body.subscriptions).toEqual([]);
    expect((await ask(stranger, 'GET', '/me/push-subscriptions')).body.subscriptions).toHaveLength(1);
  });

  it('are ten at most: of more the oldest end', async () => {
    const many = [];
    for (let each = 0; each < 12; each++) {
      many.push((await subscribe(owner, { ...browser, endpoint: `${browser.endpoint}-${each}` })).body.id);
    }
    const { body } = await ask(owner, 'GET', '/me/push-subscriptions');
    expect(body.subscriptions.map(({ id }: { id: number }) => id)).toEqual(many.slice(2).reverse());
  });

  it.each(['http://fcm.googleapis.com/x', 'https://127.0.0.1/x', 'https://example.com/x', 'x'])(
    'are of a service of browsers, unlike %s',
    async (endpoint) => {
      const { body } = await subscribe(owner, { ...browser, endpoint });
      expect(body.code).toBe('notifications.push-service');
    },
  );
});

describe('looks at the citizen’s data', () => {
  it('are read by the citizen: who of the staff, at what, when', async () => {
    await app.request('GET', `/one-records/${owner.oneRecordId}`, { as: 'clerk' });
    await app.request('GET', `/one-records/${owner.oneRecordId}/accounts`, { as: 'cashier' });
    const { body } = await ask(owner, 'GET', '/me/accesses');
    expect(body.items).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'RECORD', role: 'clerk', times: 1 }),
        expect.objectContaining({ kind: 'ACCOUNT', role: 'cashier' }),
      ]),
    );
    expect((await ask(stranger, 'GET', '/me/accesses')).body.total).toBe(0);
  });
});
