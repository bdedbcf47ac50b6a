import { ShortLinks, Inbox, PushSubscriptions } from '../../src/notifications';
import { InboxItem } from '../../src/notifications/channels/channel.entities';
import { startTestApp, type TestApp } from '../support/app';
import { BROWSER_KEYS } from '../support/browser-keys';
import { notifyDesk } from '../support/notify';
import { seedRecord } from '../support/records';

let app: TestApp;
let desk: ReturnType<typeof notifyDesk>;
beforeAll(async () => {
  app = await startTestApp({ VAPID_PUBLIC_KEY: '' });
  desk = notifyDesk(app);
});
afterAll(() => app.close());

const PAGE = { page: 1, pageSize: 20 };

describe('the inbox', () => {
  it('gets each message once, and is read by its own record alone', async () => {
    const inbox = app.app.get(Inbox, { strict: false });
    const [{ id: mine }, { id: other }] = [await seedRecord(app, []), await seedRecord(app, [])];
    const key = desk.key();
    for (let again = 0; again < 2; again++)
      await desk.send({ to: { oneRecordId: mine }, channels: ['INAPP'], dedupeKey: key });
    await app.drain();
    const { items, total } = await inbox.list([mine], PAGE);
    expect([total, items[0]]).toMatchObject([1, { title: 'فحص', topic: 'test', readAt: null }]);
    expect([await inbox.unread([mine]), await inbox.unread([other])]).toEqual([1, 0]);
    await expect(inbox.markRead([other], items[0]!.id)).rejects.toMatchObject({ code: 'http.not-found' });
    const read = await inbox.markRead([mine], items[0]!.id);
    app.clock.advance({ minutes: 1 });
    expect((await inbox.markRead([mine], items[0]!.id)).readAt).toBe(read.readAt);
    expect((await inbox.list([mine], { ...PAGE, unread: true })).total).toBe(0);
    await desk.send({ to: { oneRecordId: mine }, channels: ['INAPP'] });
    await app.drain();
    expect([await inbox.markAllRead([mine]), await inbox.markAllRead([mine])]).toEqual([1, 0]);
  });
});

it('shows the newest first, whichever process wrote it: each has numbers of a block of its own', async () => {
  const inbox = app.app.get(Inbox, { strict: false });
  const { id: mine } = await seedRecord(app, []);
  for (let n = 0; n < 2; n++) await desk.send({ to: { oneRecordId: mine }, channels: ['INAPP'] });
  await app.drain();
  const [last, first] = (await inbox.list([mine], PAGE)).items;
  const createdAt = '2027-01-01T00:00:00.000Z';
  await desk.uow.run(() => desk.store.update(InboxItem, { id: first!.id }, { createdAt }));
  expect((await inbox.list([mine], PAGE)).items.map(({ id }) => id)).toEqual([first!.id, last!.id]);
});

describe('browsers of a record', () => {
  const browser = (path: string) => ({
    endpoint: `https://fcm.googleapis.com/fcm/send/${path}`,
    keys: BROWSER_KEYS,
  });

  it('are subscribed once an endpoint, and ended by their own record alone', async () => {
    const push = app.app.get(PushSubscriptions, { strict: false });
    const [{ id: mine }, { id: other }] = [await seedRecord(app, []), await seedRecord(app, [])];
    await push.subscribe(mine, browser('a'));
    const second = await push.subscribe(mine, { ...browser('a'), label: 'هاتفي' });
    expect((await push.list(mine)).map(({ id }) => id)).toEqual([second.id]);
    await expect(push.end(other, second.id)).rejects.toMatchObject({ code: 'http.not-found' });
    await push.subscribe(other, browser('a'));
    expect([(await push.list(mine)).length, (await push.list(other)).length]).toEqual([0, 1]);
    const [own] = await push.list(other);
    await push.end(other, own!.id);
    expect(await push.list(other)).toEqual([]);
    expect(push.publicKey).toBeNull();
    const evil = { ...browser('a'), endpoint: 'https://169.254.169.254/latest/meta-data' };
    await expect(push.subscribe(mine, evil)).rejects.toMatchObject({ code: 'notifications.push-service' });
  });
});

describe('a letter', () => {
  it('waits until somebody has posted it', async () => {
    const { id: oneRecordId } = await seedRecord(app, []);
    const [id] = await desk.send({ to: { oneRecordId }, channels: ['PRINT'] });
    await app.drain();
    const waiting = async () => (await app.request('GET', '/notifications/letters', { as: 'clerk' })).body;
    expect((await waiting()).items).toMatchObject([
      {
        id,
        oneRecordId,
        addressee: 'محمد أحمد خليل النابلسي',
        subject: 'فحص',
        body: expect.stringContaining('الرسالة'),
      },
    ]);
    const post = (target = id, as = 'clerk') => app.request('POST', `/notifications/letters/${target}/post`, { as });
    expect((await post(id, 'cashier')).status).toBe(403);
    const answers = await Promise.all([post(), post()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('notifications.letter-posted');
    expect((await waiting()).total).toBe(0);
    expect((await desk.message(id)).state).toBe('DELIVERED');
    expect((await post(999_999_999)).status).toBe(404);
  });
});

describe('a short link', () => {
  it('leads to a page of ours until it is over', async () => {
    const links = app.app.get(ShortLinks, { strict: false });
    const path = await links.make('/verify/BL-OSS-2026-000001-11?lang=ar', { days: 2 });
    expect(path).toMatch(/^\/s\/[\w-]{20}$/);
    const open = (address = path) => app.request('GET', `/${address}`);
    const { status, headers } = await open();
    expect([status, headers.location, headers['cache-control']]).toEqual([
      302,
      '/verify/BL-OSS-2026-000001-11?lang=ar',
      'no-store',
    ]);
    const forged = `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of [forged, '/s/x', `/s/${'a'.repeat(20)}`]) {
      const answer = await open(wrong);
      expect([answer.status, answer.headers.location]).toEqual([404, undefined]);
      expect(answer.body).toContain('انتهت صلاحية هذا الرابط');
    }
    app.clock.advance({ days: 2 });
    expect((await open()).status).toBe(404);
  });

  it.each(['https://evil.test/', '//evil.test', '/\\evil.test', 'javascript:alert(1)', '/a\r\nb'])(
    'never leads to %j',
    async (target) => {
      await expect(app.app.get(ShortLinks, { strict: false }).make(target)).rejects.toThrow(RangeError);
    },
  );
});
