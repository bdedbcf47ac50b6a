import { seedDemoNetwork } from '../../src/water';
import { startTestApp, type TestApp } from '../support/app';
import { networkDesk } from '../support/water-network';

let app: TestApp;
let desk: ReturnType<typeof networkDesk>;
let empty: string;
let zone: { id: number; code: string };

beforeAll(async () => {
  app = await startTestApp();
  desk = networkDesk(app);
  empty = (await page('')).body;
});
beforeEach(async () => {
  zone = await desk.zone();
});
afterAll(() => app.close());

// The clock stands at Tuesday 2026-11-24, 10:00 in Hebron.
const TUESDAY = { rhythm: 'WEEKLY', weekday: 2, from: '08:00', to: '14:00' };
const FRIDAY = { rhythm: 'WEEKLY', weekday: 5, from: '20:00', to: '06:00' };
const draft = (more: object = {}, as = 'officer') =>
  desk.post(
    '/water/supply-schedules',
    { zoneId: zone.id, effectiveFrom: '2026-11-24', slots: [TUESDAY, FRIDAY], ...more },
    { as },
  );
const act = (id: number, verb: string, version: number, as = 'supervisor') =>
  desk.post(`/water/supply-schedules/${id}/${verb}`, {}, { as, version });
const published = async (more: object = {}) => {
  const { body } = await draft(more);
  const answer = await act(body.id, 'publish', 1);
  expect(answer.status).toBe(200);
  return answer.body as { id: number; edition: number };
};
const seen = async () => (await app.request('GET', `/public/water/supply?zone=${zone.code}`)).body.zones[0];
const page = (query: string) => app.request<string>('GET', `//supply?${query}`);
const interrupt = (from: string | undefined, until: string, reasonAr = 'صيانة') =>
  desk.post('/water/interruptions', {
    ...{ zoneId: zone.id, kind: from ? 'PLANNED' : 'EMERGENCY', until, reasonAr, reasonEn: 'Repair' },
    ...(from && { from }),
  });

describe('a schedule of supply', () => {
  it('is drafted, revised and published as the next edition; then it stands', async () => {
    const { status, body } = await draft({}, 'officer');
    expect([status, body.state, body.edition]).toEqual([201, 'DRAFT', null]);
    expect(await seen()).toMatchObject({ status: 'UNKNOWN', edition: null, turns: [], current: null, next: null });
    const revise = (version: number) =>
      app.request('PUT', `/water/supply-schedules/${body.id}`, {
        as: 'officer',
        headers: { 'if-match': `"${version}"` },
        body: { effectiveFrom: '2026-11-24', slots: [TUESDAY], noteAr: 'مضخة' },
      });
    expect((await revise(1)).body).toMatchObject({ version: 2, slots: [TUESDAY], noteAr: 'مضخة', noteEn: null });
    expect((await revise(1)).status).toBe(412);
    expect((await act(body.id, 'publish', 2, 'officer')).status).toBe(403);
    expect((await act(body.id, 'publish', 2)).body).toMatchObject({ state: 'PUBLISHED', edition: 1 });
    expect((await revise(3)).body.code).toBe('water.schedule-not-draft');
    expect((await act(body.id, 'discard', 3)).body.code).toBe('water.schedule-not-draft');
    expect((await published()).edition).toBe(2);
    const { body: list } = await desk.get(`/water/supply-schedules?zoneId=${zone.id}&state=PUBLISHED`, 'cashier');
    expect(list.items.map(({ edition }: { edition: number }) => edition)).toEqual([2, 1]);
    expect((await desk.get('/water/supply-schedules/999999999')).status).toBe(404);
  });

  it('is published by one of two who try, from today on', async () => {
    const { body } = await draft();
    const answers = await Promise.all([act(body.id, 'publish', 1), act(body.id, 'publish', 1)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const past = await draft({ effectiveFrom: '2026-11-23' });
    expect((await act(past.body.id, 'publish', 1)).body.code).toBe('water.schedule-past');
    expect((await act(past.body.id, 'discard', 1)).body.state).toBe('DISCARDED');
  });

  it.each([
    [[], '/slots', 'arrayMinSize'],
    [[{ ...TUESDAY, from: '25:00' }], '/slots/0/from', 'pattern'],
    [[{ ...TUESDAY, weekday: undefined }], '/slots/0/weekday', 'required'],
    [[TUESDAY, { rhythm: 'DATED', on: '2026-12-01', from: '13:00', to: '15:00' }], '/slots/1', 'overlaps'],
  ])('refuses the slots %j', async (slots, pointer, code) => {
    const { status, body } = await draft({ slots });
    expect([status, body.errors[0]]).toEqual([422, { pointer, code }]);
  });

  it('tells everybody who runs now and who comes next, and the next edition from its day on', async () => {
    await published();
    await published({ effectiveFrom: '2026-11-28', slots: [{ ...TUESDAY, from: '16:00', to: '18:00' }] });
    expect(await seen()).toMatchObject({
      zone: zone.code,
      status: 'ON',
      edition: 1,
      current: { fromAt: '2026-11-24T06:00:00.000Z', untilAt: '2026-11-24T12:00:00.000Z' },
      next: { fromAt: '2026-11-27T18:00:00.000Z', untilAt: '2026-11-28T04:00:00.000Z' },
      turns: [{ extra: false }, { interrupted: false }],
    });
    const { status, headers } = await app.request('GET', '/public/water/supply');
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=60']);
    expect((await app.request('GET', '/public/water/supply?zone=NONE')).status).toBe(404);
    expect((await app.request('GET', '/public/water/supply?zone=%3Cb%3E')).status).toBe(422);
  });
});

describe('an exception', () => {
  const except = (body: object, as = 'officer') =>
    desk.post('/water/supply-exceptions', { zoneId: zone.id, reasonAr: 'نقص', reasonEn: 'Short', ...body }, { as });

  it('takes the turns of a day away or adds one, until it is cancelled', async () => {
    await published();
    const none = await except({ on: '2026-11-24', kind: 'NO_SUPPLY' });
    const extra = await except({ on: '2026-11-25', kind: 'EXTRA', from: '09:00', to: '11:00' });
    expect([none.status, extra.status]).toEqual([201, 201]);
    expect(await seen()).toMatchObject({
      status: 'OFF',
      current: null,
      next: { fromAt: '2026-11-25T07:00:00.000Z', extra: true },
      exceptions: [{ on: '2026-11-24', reasonEn: 'Short' }, { on: '2026-11-25' }],
    });
    const cancel = (version: number) => desk.post(`/water/supply-exceptions/${none.body.id}/cancel`, {}, { version });
    expect((await cancel(1)).body).toMatchObject({ cancelled: true, version: 2 });
    expect((await cancel(2)).body.code).toBe('water.exception-past');
    expect(await seen()).toMatchObject({ status: 'ON' });
    const { body } = await desk.get(`/water/supply-exceptions?zoneId=${zone.id}&from=2026-11-25`);
    expect(body).toMatchObject({ total: 1, items: [{ id: extra.body.id }] });
  });

  it.each([
    [{ on: '2026-11-23', kind: 'NO_SUPPLY' }, 409, 'water.exception-past'],
    [{ on: '2026-11-25', kind: 'EXTRA', from: '09:00' }, 422, 'http.invalid'],
    [{ on: '2026-11-25', kind: 'NO_SUPPLY', from: '09:00' }, 422, 'http.invalid'],
  ])('is refused: %j', async (more, status, code) => {
    expect(await except(more)).toMatchObject({ status, body: { code } });
    expect((await except(more, 'clerk')).status).toBe(403);
    expect((await desk.post('/water/supply-exceptions/999999999/cancel', {}, { version: 1 })).status).toBe(404);
  });
});

describe('an interruption of a zone with turns', () => {
  it('cuts the turn that runs, and marks those that it meets', async () => {
    await published();
    await interrupt('2026-11-27T22:00', '2026-11-28T02:00');
    expect(await seen()).toMatchObject({
      status: 'ON',
      // The turn of Friday is cut: the next whole one is a week from now.
      next: { fromAt: '2026-12-01T06:00:00.000Z' },
      turns: [{ interrupted: false }, { interrupted: true }],
      interruptions: [{ kind: 'PLANNED', overdue: false }],
    });
    await interrupt(undefined, '2026-11-24T12:00');
    expect(await seen()).toMatchObject({ status: 'INTERRUPTED', current: null, turns: [{ interrupted: true }, {}] });
  });
});

describe('the page of supply', () => {
  it('is Arabic first, English by choice, without scripts, and may be kept for a minute', async () => {
    await published({ noteAr: 'مضخة للطوابق العليا' });
    const arabic = await page(`zone=${zone.code}`);
    expect(arabic.status).toBe(200);
    expect(arabic.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(arabic.headers['cache-control']).toBe('public, max-age=60');
    expect(arabic.body).toContain('<html lang="ar" dir="rtl">');
    expect(arabic.body).toContain('المياه مزوّدة الآن');
    expect(arabic.body).toContain('مضخة للطوابق العليا');
    expect(arabic.body).not.toMatch(/<script|noindex/);
    const english = await page(`zone=${zone.code}&lang=en`);
    expect(english.body).toContain('<html lang="en" dir="ltr">');
    expect(english.body).toContain('Water is supplied now');
    expect(english.body).toContain('20:00</td>');
    expect(english.body).toContain('06:00 on Saturday 28 November 2026</td>');
    expect(english.body).not.toContain('NaN');
  });

  it('says of a system without zones that there are none', () => {
    expect(empty).toContain('لم تُعرّف مناطق تزويد بعد');
    expect(empty).not.toContain('<form');
  });

  it('shows every zone when none is chosen, those without a schedule too', async () => {
    const { status, body } = await page('zone=&lang=en');
    expect(status).toBe(200);
    expect(body).toContain(`id="zone-${zone.code}"`);
    expect(body).toContain('No schedule is published for this zone');
    expect(await page('zone=NONE')).toMatchObject({ status: 404, body: expect.stringContaining('لا توجد منطقة') });
    expect((await page('lang=fr')).status).toBe(422);
  });

  it('escapes all that people have written', async () => {
    const evil = `"><script>alert('1')</script>&\u202e`;
    zone = await desk.zone({ nameAr: evil, nameEn: evil });
    await published({ noteAr: evil, noteEn: evil });
    await interrupt(undefined, '2026-11-24T12:00', evil);
    for (const lang of ['ar', 'en']) {
      for (const query of [`zone=${zone.code}&lang=${lang}`, `lang=${lang}`]) {
        const { body } = await page(query);
        expect(body).not.toMatch(/<script|\u202e/);
        expect(body).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;');
      }
    }
  });
});

it('a demo has zones with turns, one of them cut off, once', async () => {
  const demo = await startTestApp();
  for (let time = 0; time < 2; time++) await seedDemoNetwork(demo.app);
  const { body } = await demo.request('GET', '/public/water/supply');
  expect(body.zones.map(({ zone, status }: Record<string, string>) => [zone, status])).toEqual([
    ['Z-NORTH', expect.stringMatching(/ON|OFF/)],
    ['Z-SOUTH', 'INTERRUPTED'],
    ['Z-WEST', expect.stringMatching(/ON|OFF/)],
  ]);
  await demo.close();
});
