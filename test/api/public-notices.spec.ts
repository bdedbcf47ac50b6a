import { OutboxMessage } from '@libs/outbox';
import { Notifications } from '../../src/notifications';
import { NoticeSending } from '../../src/notifications/notices/notice-sending';
import { startTestApp, type TestApp } from '../support/app';
import { noticeDesk } from '../support/notices';

let app: TestApp;
let desk: ReturnType<typeof noticeDesk>;
let people: { id: number; phone: string }[];

beforeAll(async () => {
  app = await startTestApp();
  desk = noticeDesk(app);
  app.app.get(NoticeSending, { strict: false }).chunk = 2;
  people = [];
  for (let n = 0; n < 5; n++) people.push(await desk.person());
});
afterAll(() => app.close());

const ids = () => people.map(({ id }) => id);
const phones = () => people.map(({ phone }) => phone);
const listed = () => desk.listed(...ids());
const move = (instant: string) => {
  app.clock.set(instant);
  app.forgetTokens();
};

describe('a public notice', () => {
  it('is approved as it is sent: what turns words around stands in no draft', async () => {
    const words = { titleAr: '\u202eموعد\u202c', textAr: 'ادفع \u202e005\u202c شيكل', textEn: '\u2067Pay\u2069' };
    const { body } = await desk.draft({ ...listed(), ...words });
    expect(body).toMatchObject({ titleAr: 'موعد', textAr: 'ادفع 005 شيكل', textEn: 'Pay' });
    const { body: folded } = await desk.draft({ ...listed(), titleAr: 'موعد\r\nBcc: a@nablus.test' });
    expect(folded.titleAr).toBe('موعد Bcc: a@nablus.test');
    const empty = await desk.draft({ ...listed(), titleAr: '\u202e' });
    expect(empty.body.errors).toEqual([{ pointer: '/titleAr', code: 'required' }]);
  });

  it('is counted, submitted, approved by another and sent to each person once', async () => {
    const text = `خبر ${'أ'.repeat(80)}`;
    const { body: draft } = await desk.draft({ ...listed(), textAr: text, channels: ['SMS', 'INAPP', 'EMAIL', 'SMS'] });
    expect(draft).toMatchObject({ state: 'DRAFT', counted: null, topic: 'news', channels: ['SMS', 'INAPP', 'EMAIL'] });
    expect(await desk.count(draft.id)).toEqual({
      at: app.clock.now(),
      recipients: 5,
      channels: [
        { channel: 'SMS', messages: 5, segments: 10, cost: '70' },
        { channel: 'INAPP', messages: 5, segments: 5, cost: '0' },
      ],
      suppressed: 0,
      unreachable: 0,
      cost: '70',
    });
    expect((await desk.act(draft.id, 'submit', 'officer')).body.state).toBe('SUBMITTED');
    expect((await desk.approve(draft.id)).body).toMatchObject({ state: 'APPROVED', sendAt: app.clock.now() });
    await app.drain();
    expect(await desk.get(draft.id)).toMatchObject({
      state: 'SENT',
      taken: 5,
      queued: 10,
      suppressed: 0,
      unreachable: 0,
    });
    expect(await desk.got(...phones())).toEqual(Array(5).fill(text));
    const report = await desk.report(draft.id);
    expect(report['SMS SENT']).toBe(5);
    // The outbox tells it again: nobody gets it twice.
    await app.app.get(NoticeSending, { strict: false }).send({ noticeId: draft.id });
    await app.drain();
    expect(await desk.got(...phones())).toHaveLength(5);
  });

  it('goes on where it was when sending was cut off in the middle', async () => {
    const id = await desk.submitted({ ...listed(), textAr: 'مقطوع' });
    const notifications = app.app.get(Notifications, { strict: false });
    const real = notifications.sendMany.bind(notifications);
    const isThird = ({ to }: { to: object }) => 'oneRecordId' in to && to.oneRecordId === ids()[2];
    const spy = jest.spyOn(notifications, 'sendMany').mockImplementation(async (recipients, sending) => {
      const queued = await real(recipients, sending);
      if (recipients.some(isThird)) throw new Error('power cut');
      return queued;
    });
    await desk.approve(id);
    await app.drain();
    expect(await desk.get(id)).toMatchObject({ state: 'SENDING', taken: 2 });
    spy.mockRestore();
    app.clock.advance({ minutes: 1 });
    await app.drain();
    expect(await desk.get(id)).toMatchObject({ state: 'SENT', taken: 5, queued: 5 });
    expect((await desk.got(...phones())).filter((text) => text === 'مقطوع')).toHaveLength(5);
  });

  it('is shared by two workers and doubled by none', async () => {
    const id = await desk.submitted({ ...listed(), textAr: 'معاً' });
    await desk.approve(id);
    const sending = app.app.get(NoticeSending, { strict: false });
    await Promise.all([1, 2, 3].map(() => sending.send({ noticeId: id })));
    await app.drain();
    expect(await desk.get(id)).toMatchObject({ state: 'SENT', taken: 5, queued: 5 });
    expect((await desk.got(...phones())).filter((text) => text === 'معاً')).toHaveLength(5);
  });

  it('waits for its time, and is recalled before', async () => {
    const id = await desk.submitted({ ...listed(), textAr: 'موعد' });
    const approved = await desk.approve(id, { sendAt: '2026-11-26T09:00' });
    expect(approved.body.sendAt).toBe('2026-11-26T07:00:00.000Z');
    await app.drain();
    expect((await desk.get(id)).state).toBe('APPROVED');
    expect((await desk.act(id, 'recall', 'officer', { reason: 'تغيّر الموعد' })).body).toMatchObject({
      state: 'RECALLED',
      reason: 'تغيّر الموعد',
    });
    const before = app.clock.now();
    move('2026-11-26T08:00:00.000Z');
    await app.drain();
    move(before);
    expect(await desk.report(id)).toEqual({});
    expect((await desk.act(id, 'recall', 'officer', { reason: 'مرة أخرى' })).body.code).toBe(
      'notifications.notice-state',
    );
  });

  it('is recalled in the middle: what has not left is cancelled and never leaves', async () => {
    const before = app.clock.now();
    // 22:00 in Hebron: messages are queued and wait for the morning.
    move('2026-11-24T20:00:00.000Z');
    const id = await desk.submitted({ ...listed(), textAr: 'ليلاً' });
    await desk.approve(id);
    await app.drain();
    expect(await desk.report(id)).toEqual({ 'SMS QUEUED': 5 });
    await desk.act(id, 'recall', 'officer', { reason: 'خطأ في النص' });
    expect(await desk.report(id)).toEqual({ 'SMS CANCELLED': 5 });
    move('2026-11-25T09:00:00.000Z');
    await app.drain();
    expect(await desk.report(id)).toEqual({ 'SMS CANCELLED': 5 });
    expect((await desk.got(...phones())).filter((text) => text === 'ليلاً')).toEqual([]);
    const due = await desk.store.reads(OutboxMessage).findBy({ type: 'notifications.notice', state: 'PENDING' });
    expect(due).toEqual([]);
    move(before);
  });

  it('speaks the language of its reader, and Arabic where nothing else was written', async () => {
    const { id, phone } = await desk.person();
    const body = { language: 'en' };
    await app.request('PUT', `/one-records/${id}/preferences`, { as: 'clerk', body });
    for (const more of [{ textEn: 'In English' }, { textAr: 'بالعربية' }]) {
      await desk.approve(await desk.submitted({ ...desk.listed(id), ...more }));
      await app.drain();
    }
    const [english, arabic] = await desk.got(phone);
    expect(english).toBe('In English');
    expect(arabic).toContain('بالعربية');
  });

  it('does not go to those who want none, and says so before it is sent', async () => {
    const { id, phone } = await desk.person();
    const unreachable = await desk.person({ phoneE164: null });
    const body = { topics: [{ topic: 'news', channel: 'SMS', wanted: false }] };
    await app.request('PUT', `/one-records/${id}/preferences`, { as: 'clerk', body });
    const notice = await desk.submitted(desk.listed(id, unreachable.id));
    expect((await desk.get(notice)).counted).toMatchObject({
      recipients: 2,
      suppressed: 1,
      unreachable: 1,
      channels: [],
    });
    await desk.approve(notice);
    await app.drain();
    expect(await desk.get(notice)).toMatchObject({ taken: 2, queued: 0, suppressed: 1, unreachable: 1 });
    expect(await desk.got(phone)).toEqual([]);
  });

  it('is approved by neither its author nor who submitted it; above the cap by a supervisor', async () => {
    const id = await desk.submitted(listed());
    const own = await desk.approve(id, {}, 'officer');
    expect([own.status, own.body.code]).toEqual([403, 'notifications.notice-own']);
    const strict = await startTestApp({ NOTICE_COST_CAP: 'ILS:0.20' });
    try {
      const other = noticeDesk(strict);
      const some = [await other.person(), await other.person(), await other.person()];
      const costly = await other.submitted(other.listed(...some.map((each) => each.id)));
      const refused = await other.approve(costly);
      expect([refused.status, refused.body]).toEqual([
        403,
        expect.objectContaining({ code: 'notifications.notice-over-cap', cost: '21', cap: '20' }),
      ]);
      expect((await other.approve(costly, {}, 'supervisor')).body.state).toBe('APPROVED');
    } finally {
      await strict.close();
    }
  });

  it('goes back to its author, is written anew and counted anew', async () => {
    const id = await desk.submitted(listed());
    expect((await desk.act(id, 'return', 'officer2', { reason: 'النص غير واضح' })).body).toMatchObject({
      state: 'DRAFT',
      reason: 'النص غير واضح',
    });
    const change = async (version: number) =>
      app.request('PUT', `/public-notices/${id}`, {
        as: 'officer',
        headers: { 'if-match': `"${version}"` },
        body: { titleAr: 'أوضح', textAr: 'نص أوضح', channels: ['INAPP'], ...desk.listed(ids()[0]!) },
      });
    const { version } = await desk.get(id);
    expect((await change(version - 1)).status).toBe(412);
    expect((await change(version)).body).toMatchObject({ titleAr: 'أوضح', counted: null, channels: ['INAPP'] });
    const early = await desk.act(id, 'submit', 'officer');
    expect([early.status, early.body.code]).toEqual([409, 'notifications.notice-uncounted']);
    expect((await desk.count(id)).recipients).toBe(1);
    await desk.act(id, 'submit', 'officer');
    expect((await change((await desk.get(id)).version)).body.code).toBe('notifications.notice-state');
  });

  it('is not counted for a version that was written over meanwhile', async () => {
    const { body } = await desk.draft(listed());
    await app.request('POST', `/public-notices/${body.id}/count`, { as: 'officer' });
    await app.request('PUT', `/public-notices/${body.id}`, {
      as: 'officer',
      headers: { 'if-match': '"1"' },
      body: { titleAr: 'آخر', textAr: 'آخر', channels: ['SMS'], ...listed() },
    });
    await app.drain();
    expect((await desk.get(body.id)).counted).toBeNull();
  });

  it.each([
    [{ audience: { source: 'nobody', parameters: {} } }, '/audience/source', 'unknown'],
    [{ audience: { source: 'citizens.all', parameters: { odd: 1 } } }, '/audience/parameters/odd', 'unknown'],
    [{ audience: { source: 'citizens.listed', parameters: {} } }, '/audience/parameters/oneRecordIds', 'required'],
    [
      { audience: { source: 'citizens.listed', parameters: { oneRecordIds: ['1'] } } },
      '/audience/parameters/oneRecordIds',
      'numbers',
    ],
    [
      { audience: { source: 'citizens.listed', parameters: { oneRecordIds: [999_999_999] } } },
      '/audience/parameters/oneRecordIds',
      'unknown',
    ],
    [{ channels: ['PRINT'] }, '/channels', 'isIn'],
    [{ channels: [] }, '/channels', 'arrayMinSize'],
    [{ topic: 'account' }, '/topic', 'mandatory'],
    [{ topic: 'nothing' }, '/topic', 'unknown'],
    [{ textAr: '' }, '/textAr', 'minLength'],
  ])('refuses %j', async (wrong, pointer, code) => {
    const { status, body } = await desk.draft(wrong);
    expect(status).toBe(422);
    expect(body.errors).toContainEqual({ pointer, code });
  });

  it.each([
    [{ sendAt: '2026-11-20T08:00' }, 'notToCome'],
    [{ sendAt: '2026-02-30T08:00' }, 'localTime'],
    [{ sendAt: 'soon' }, 'pattern'],
  ])('is not sent at %j', async (body, code) => {
    const id = await desk.submitted(desk.listed(ids()[0]!));
    expect((await desk.approve(id, body)).body.errors).toContainEqual({ pointer: '/sendAt', code });
  });

  it('is a matter of those who may', async () => {
    expect((await desk.draft({}, 'clerk')).status).toBe(403);
    expect((await app.request('GET', '/public-notices', { as: 'cashier' })).status).toBe(403);
    const { body } = await app.request('GET', '/public-notices?state=SENT&pageSize=1', { as: 'auditor' });
    expect(body.items).toHaveLength(1);
    for (const path of ['', '/report']) {
      expect((await app.request('GET', `/public-notices/999999999${path}`, { as: 'officer' })).status).toBe(404);
    }
    expect((await app.request('POST', '/public-notices/999999999/count', { as: 'officer' })).status).toBe(404);
    const { body: draft } = await desk.draft();
    expect((await app.request('POST', `/public-notices/${draft.id}/submit`, { as: 'officer' })).status).toBe(428);
    const codes = (await app.request('GET', '/audience-sources', { as: 'officer' })).body.map((each: any) => each.code);
    expect(codes).toEqual(['billing.debtors', 'citizens.all', 'citizens.listed', 'water.subscribers']);
  });
});
