import { CONFIG } from '@libs/config';
import { Store, UnitOfWork } from '@libs/persistence';
import {
  ACCOUNT,
  CitizenPreferences,
  defineTemplate,
  GENERAL,
  Notifications,
  type Channel,
} from '../../src/notifications';
import { SandboxMessage } from '../../src/notifications/channels/channel.entities';
import { Message } from '../../src/notifications/messages/message.entity';
import { PreferenceBook } from '../../src/notifications/preferences';
import { unsubscribeUrl } from '../../src/notifications/preferences/unsubscribe-tokens';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';

const NEWS = defineTemplate({
  code: 'test.news',
  topic: GENERAL,
  lane: 'TRANSACTIONAL',
  placeholders: {},
  texts: {
    SMS: { ar: 'خبر', en: 'News' },
    EMAIL: { ar: { subject: 'خبر', body: 'خبر' }, en: { subject: 'News', body: 'News' } },
  },
});
const ALARM = defineTemplate({
  code: 'test.alarm',
  topic: ACCOUNT,
  lane: 'EMERGENCY',
  placeholders: {},
  texts: { SMS: { ar: 'تنبيه' } },
});
let app: TestApp;
let phones = 500;
let keys = 0;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const store = () => app.app.get(Store);
const person = async () => {
  const phone = `+970599000${++phones}`;
  const { id } = await seedRecord(app, [{}], { phoneE164: phone, email: `p${phones}@example.org` });
  return { id, phone, email: `p${phones}@example.org` };
};
const send = (oneRecordId: number, template = NEWS) =>
  app.app
    .get(Notifications, { strict: false })
    .send({ template, to: { oneRecordId }, values: {}, dedupeKey: `news:${++keys}` });
const got = async (recipient: string) => {
  await app.drain();
  return (
    await store()
      .reads(SandboxMessage)
      .find({ where: { recipient }, order: { id: 'ASC' } })
  ).map(({ body }) => body);
};
const read = async (id: number, as = 'clerk') => app.request('GET', `/one-records/${id}/preferences`, { as });
const change = (id: number, body: object, as = 'clerk') =>
  app.request('PUT', `/one-records/${id}/preferences`, { as, body });
const general = (view: any, channel: string) =>
  view.topics.find(({ topic }: any) => topic === 'general').channels.find((each: any) => each.channel === channel)
    .wanted;
const no = (channel: Channel = 'SMS', wanted = false) => ({ topics: [{ topic: 'general', channel, wanted }] });

describe('what citizens want to be told', () => {
  it('is everything until they say otherwise, a topic and a channel at a time', async () => {
    const { id, phone, email } = await person();
    expect((await read(id)).body).toMatchObject({ language: 'ar', quiet: 'STANDARD' });
    const changed = await change(id, no());
    expect(changed.status).toBe(200);
    expect([general(changed.body, 'SMS'), general(changed.body, 'EMAIL')]).toEqual([false, true]);
    await send(id);
    await send(id, ALARM);
    expect(await got(phone)).toEqual(['تنبيه']);
    expect(await got(email)).toEqual(['خبر']);
    const kept = await store().reads(Message).findBy({ oneRecordId: id, state: 'SUPPRESSED' });
    expect(kept).toMatchObject([{ channel: 'SMS', failureCode: 'not-wanted' }]);
    await change(id, no('SMS', true));
    await send(id);
    expect(await got(phone)).toEqual(['تنبيه', 'خبر']);
  });

  it('comes in their language', async () => {
    const { id, phone } = await person();
    await change(id, { language: 'en' });
    await change(id, { quiet: 'DAYTIME' });
    expect((await read(id)).body).toMatchObject({ language: 'en', quiet: 'DAYTIME' });
    await send(id);
    expect(await got(phone)).toEqual(['News']);
  });

  it('may wait for working hours; codes and emergencies do not', async () => {
    const { id, phone } = await person();
    await change(id, { quiet: 'DAYTIME' });
    // Tuesday 16:30 in Hebron.
    app.clock.set('2026-11-24T14:30:00.000Z');
    await send(id);
    await send(id, ALARM);
    expect(await got(phone)).toEqual(['تنبيه']);
    app.clock.set('2026-11-25T06:00:00.000Z');
    app.forgetTokens();
    expect(await got(phone)).toEqual(['تنبيه', 'خبر']);
  });

  it('takes back a STOP of the phone when they ask for text messages again', async () => {
    const { id, phone } = await person();
    const preferences = app.app.get(CitizenPreferences, { strict: false });
    const book = app.app.get(PreferenceBook, { strict: false });
    await app.app.get(UnitOfWork).run(() => book.say(`contact/${phone}`, 'SMS', '*', false, 'INBOUND'));
    expect(general((await read(id)).body, 'SMS')).toBe(false);
    await preferences.change(id, no('SMS', true), 'CITIZEN');
    expect(general((await read(id)).body, 'SMS')).toBe(true);
  });

  it.each([
    [{ topics: [{ topic: 'nothing', channel: 'SMS', wanted: false }] }, '/topics/0/topic', 'unknown'],
    [{ topics: [{ topic: 'account', channel: 'SMS', wanted: false }] }, '/topics/0/wanted', 'mandatory'],
    [{ topics: [{ topic: 'general', channel: 'PRINT', wanted: false }] }, '/topics/0/channel', 'isIn'],
    [{ language: 'fr' }, '/language', 'isIn'],
  ])('refuses %j', async (body, pointer, code) => {
    const { id } = await person();
    const answer = await change(id, body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toContainEqual({ pointer, code });
  });

  it('is changed by the counter, for records that there are', async () => {
    const { id } = await person();
    expect((await change(id, no(), 'cashier')).status).toBe(403);
    expect((await read(id, 'auditor')).status).toBe(403);
    expect((await read(999_999_999)).status).toBe(404);
    expect((await change(999_999_999, no())).status).toBe(404);
  });
});

describe('the link in a message', () => {
  const pathOf = (messageId: number) => new URL(unsubscribeUrl(app.app.get(CONFIG), messageId)).pathname;
  const open = (path: string) => app.request('GET', `/${path}`);
  const press = (path: string, body = 'wanted=false', type = 'application/x-www-form-urlencoded') =>
    app.request('POST', `/${path}`, { body, headers: { 'content-type': type } });

  it('stops messages of its kind by its way when the button is pressed, and not before', async () => {
    const { id } = await person();
    const ids = await send(id);
    const sms = await store().reads(Message).findOneByOrFail({ id: ids[0]!, channel: 'SMS' });
    const path = pathOf(sms.id);
    const asked = await open(path);
    expect(asked.status).toBe(200);
    expect(asked.headers['cache-control']).toBe('no-store');
    expect(asked.body).toMatch(/إيقاف الرسائل[\s\S]*Stop “General messages” by text message/);
    expect(asked.body).not.toContain(sms.recipient);
    expect(general((await read(id)).body, 'SMS')).toBe(true);
    expect((await press(path)).body).toContain('أوقفت الرسائل');
    expect(general((await read(id)).body, 'SMS')).toBe(false);
    expect(general((await read(id)).body, 'EMAIL')).toBe(true);
    expect((await press(path, 'wanted=true')).body).toContain('إيقاف الرسائل');
    expect(general((await read(id)).body, 'SMS')).toBe(true);
    // As mail programs do by themselves, in either form that RFC 8058 allows.
    await press(path, 'List-Unsubscribe=One-Click');
    expect(general((await read(id)).body, 'SMS')).toBe(false);
    await press(path, 'wanted=true');
    const parts = '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    const posted = await press(path, parts, 'multipart/form-data; boundary=x');
    expect(posted.body).toContain('أوقفت الرسائل');
    expect(general((await read(id)).body, 'SMS')).toBe(false);
  });

  it('stops nothing that the law asks for', async () => {
    const { id } = await person();
    const [messageId] = await send(id, ALARM);
    const page = await press(pathOf(messageId!));
    expect(page.body).toContain('لا يمكن إيقاف هذه الرسائل');
    expect(page.body).not.toContain('<form');
  });

  it.each(['unsubscribe/zz', 'unsubscribe/1-AAAAAAAAAAAAAAAA', 'unsubscribe/%3Cscript%3E'])(
    'is a page that says so when it is not ours: %s',
    async (path) => {
      for (const answer of [await open(`/${path}`), await press(`/${path}`)]) {
        expect(answer.status).toBe(404);
        expect(answer.body).toContain('No such link');
        expect(answer.body).not.toContain('script>');
      }
    },
  );
});
