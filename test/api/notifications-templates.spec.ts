import { Store, UnitOfWork } from '@libs/persistence';
import { MessageTemplate } from '../../src/notifications/templates/template.entity';
import { Templates } from '../../src/notifications/templates/templates';
import { startTestApp, type TestApp } from '../support/app';
import { notifyDesk } from '../support/notify';

let app: TestApp;
let desk: ReturnType<typeof notifyDesk>;
beforeAll(async () => {
  app = await startTestApp();
  desk = notifyDesk(app);
});
afterAll(() => app.close());

const post = (path: string, body: object = {}, as = 'officer') =>
  app.request('POST', `/notifications/templates${path}`, { as, body });
let codes = 0;
const draft = (changes: object = {}) => ({
  code: `notices.fees-${++codes}`,
  topic: 'general',
  placeholders: [{ name: 'day', kind: 'date' }],
  texts: [
    { channel: 'SMS', language: 'ar', body: 'تبدأ الجباية يوم {{day}}' },
    { channel: 'EMAIL', language: 'en', subject: 'Fees', body: 'From {{day}} on. {{municipality}}' },
  ],
  ...changes,
});
const sendBy = (template: string, more: object = {}) =>
  desk.notifications.send({
    template,
    to: { phone: '0599000001' },
    values: { day: '2026-11-24' } as never,
    dedupeKey: desk.key(),
    ...more,
  });

describe('a template', () => {
  it('is written by one and approved by another; a message keeps the version it used', async () => {
    const input = draft();
    const first = await post('', input);
    expect([first.status, first.body.version, first.body.state]).toEqual([201, 1, 'DRAFT']);
    await expect(sendBy(input.code)).rejects.toMatchObject({ code: 'notifications.template-unknown' });
    expect((await post(`/${first.body.id}/approve`, {}, 'officer')).status).toBe(403);
    expect((await post(`/${first.body.id}/approve`, {}, 'supervisor')).body).toMatchObject({ state: 'APPROVED' });
    expect((await post(`/${first.body.id}/approve`, {}, 'supervisor')).body.code).toBe('notifications.template-state');
    const [one] = await sendBy(input.code);
    const second = await post('', {
      ...input,
      texts: [{ channel: 'SMS', language: 'ar', body: 'الجباية يوم {{day}}' }],
    });
    expect(second.body.version).toBe(2);
    await post(`/${second.body.id}/approve`, {}, 'supervisor');
    const [two] = await sendBy(input.code);
    expect([(await desk.message(one)).templateId, (await desk.message(two)).templateId]).toEqual([
      first.body.id,
      second.body.id,
    ]);
    const list = await app.request('GET', `/notifications/templates?code=${input.code}`, { as: 'clerk' });
    expect(list.body.items.map(({ version, state }: MessageTemplate) => [version, state])).toEqual([
      [2, 'APPROVED'],
      [1, 'RETIRED'],
    ]);
    expect((await post(`/${second.body.id}/retire`, {}, 'supervisor')).body.state).toBe('RETIRED');
    await expect(sendBy(input.code)).rejects.toMatchObject({ code: 'notifications.template-unknown' });
  });

  it('is not approved by who wrote it, nor twice at once', async () => {
    const own = await post('', draft(), 'supervisor');
    expect((await post(`/${own.body.id}/approve`, {}, 'supervisor')).body.code).toBe('notifications.four-eyes');
    const { body } = await post('', draft());
    const answers = await Promise.all([1, 2].map(() => post(`/${body.id}/approve`, {}, 'supervisor')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it.each([
    [{ topic: 'nothing' }, '/topic', 'unknown'],
    [
      {
        placeholders: [
          { name: 'day', kind: 'date' },
          { name: 'day', kind: 'text' },
        ],
      },
      '/placeholders',
      'twice',
    ],
    [{ placeholders: [{ name: 'municipality', kind: 'text' }] }, '/placeholders', 'reserved'],
    [{ placeholders: [] }, '/texts/0/body', 'placeholder'],
    [{ texts: [{ channel: 'SMS', language: 'ar', body: '{{day}' }] }, '/texts/0/body', 'malformed'],
    [{ texts: [{ channel: 'SMS', language: 'ar', subject: 'x', body: 'x' }] }, '/texts/0/subject', 'none'],
    [{ texts: [{ channel: 'EMAIL', language: 'ar', body: 'x' }] }, '/texts/0/subject', 'required'],
    [{ texts: [{ channel: 'EMAIL', language: 'ar', subject: 'a\nb', body: 'x' }] }, '/texts/0/body', 'malformed'],
    [{ texts: [1, 2].map(() => ({ channel: 'SMS', language: 'ar', body: 'x' })) }, '/texts/1', 'twice'],
    [{ code: 'citizens.code' }, '/placeholders', 'notOfTheModule'],
    [{ code: 'Not A Code' }, '/code', 'pattern'],
  ])('is refused with %j', async (changes, pointer, code) => {
    const { status, body } = await post('', draft(changes));
    expect([status, body.errors]).toEqual([422, [{ pointer, code }]]);
  });

  it('is shown with samples, and with values, before it is used', async () => {
    const { body } = await post('', draft());
    const preview = (asked: object) => post(`/${body.id}/preview`, { channel: 'SMS', language: 'ar', ...asked });
    expect((await preview({})).body).toEqual({
      language: 'ar',
      subject: null,
      body: 'تبدأ الجباية يوم \u206824\u2069 تشرين الثاني \u20682026\u2069',
      encoding: 'UCS-2',
      segments: 1,
      cost: 7,
    });
    expect((await preview({ channel: 'EMAIL', language: 'en', values: { day: '2026-12-01' } })).body).toMatchObject({
      subject: 'Fees',
      body: 'From 1 December 2026 on. Nablus Municipality',
      cost: 0,
    });
    expect((await preview({ values: { night: 'x' } })).body).toMatchObject({
      code: 'notifications.placeholders',
      unknown: ['night'],
    });
    expect((await preview({ values: { day: 'soon' } })).body).toMatchObject({
      code: 'notifications.bad-value',
      name: 'day',
    });
    expect((await preview({ channel: 'PUSH' })).status).toBe(404);
    expect((await post('/999999999/preview', { channel: 'SMS', language: 'ar' })).status).toBe(404);
  });

  it('of a module is there from the start, is not taken away, and gives way to what staff write', async () => {
    const code = 'citizens.code';
    const read = async () =>
      (await app.request('GET', `/notifications/templates?code=${code}&state=APPROVED`, { as: 'auditor' })).body.items;
    const [declared] = await read();
    expect(declared).toMatchObject({ version: 1, topic: 'account', draftedBy: null });
    expect((await post(`/${declared.id}/retire`, {}, 'supervisor')).body.code).toBe('notifications.template-state');
    const { placeholders, topic } = declared;
    const texts = [{ channel: 'SMS', language: 'ar', body: '{{what}} {{code}} ({{minutes}})' }];
    const { body } = await post('', { code, topic, placeholders, texts });
    await post(`/${body.id}/approve`, {}, 'supervisor');
    // The next process that starts leaves it so.
    await app.app.get(Templates, { strict: false }).onApplicationBootstrap();
    expect((await read()).map(({ version }: MessageTemplate) => version)).toEqual([2]);
    expect((await app.request('GET', '/notifications/topics', { as: 'clerk' })).body).toContainEqual({
      code: 'account',
      nameAr: 'رموز الدخول وأمان الحساب',
      nameEn: 'Codes and security of the account',
    });
  });

  it('of a module fits what the module gives, also after a return to an older release', async () => {
    const code = 'notifications.notice';
    const [store, uow] = [app.app.get(Store), app.app.get(UnitOfWork)];
    const inUse = () => store.reads(MessageTemplate).findOneByOrFail({ approvedCode: code });
    const first = await inUse();
    const newer = { ...first, id: 900_000_001, version: 2, definitionHash: 'f'.repeat(64), placeholders: [] };
    await uow.run(async () => {
      await store.update(MessageTemplate, { id: first.id }, { state: 'RETIRED', approvedCode: null });
      await store.insert(MessageTemplate, newer);
    });
    await app.app.get(Templates, { strict: false }).onApplicationBootstrap();
    expect(await inUse()).toMatchObject({ version: 3, placeholders: first.placeholders });
  });

  it('refuses values that are not those it asks for', async () => {
    const { body } = await post('', draft());
    await post(`/${body.id}/approve`, {}, 'supervisor');
    await expect(sendBy(body.code, { values: {} })).rejects.toMatchObject({ code: 'notifications.placeholders' });
    await expect(sendBy(body.code, { values: { day: '{{day}}' } })).rejects.toMatchObject({
      code: 'notifications.bad-value',
    });
    expect((await app.request('GET', '/notifications/templates/999999999', { as: 'clerk' })).status).toBe(404);
  });
});
