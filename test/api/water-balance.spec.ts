import { startTestApp, type TestApp } from '../support/app';
import { olderIds } from '../support/older-ids';
import { networkDesk } from '../support/water-network';
import { workbookText } from '../support/workbook';

let app: TestApp;
let desk: ReturnType<typeof networkDesk>;

beforeEach(async () => {
  app = await startTestApp();
  desk = networkDesk(app);
});
afterEach(() => app.close());

const enter = (rows: object[], as = 'officer', key?: string) => desk.post('/water/volumes', { rows }, { as, key });
const input = (zone: { code: string }, period: string, cubicMetres: number, more: object = {}) => ({
  ...{ zone: zone.code, period, kind: 'INPUT', source: 'BM-01', cubicMetres },
  ...more,
});
const UNBILLED = { kind: 'UNBILLED_AUTHORISED', source: 'FIRE' };
const balance = async (query: string) => (await desk.get(`/water/balance?${query}`)).body;

describe('volumes of bulk meters', () => {
  it('are entered all or none, once, and another value takes the place of the one before', async () => {
    const zone = await desk.zone();
    const rows = [input(zone, '2026-09', 900), input(zone, '2026-10', 1000)];
    const first = await enter(rows, 'integration', 'import-1');
    expect(first).toMatchObject({ status: 200, body: { entered: 2, replaced: 0, unchanged: 0 } });
    expect((await enter(rows, 'integration', 'import-1')).body).toEqual(first.body);
    const again = [input(zone, '2026-10', 1100), rows[0]!, input(zone, '2026-10', 50, { source: 'BM-02' })];
    expect((await enter(again)).body).toEqual({ entered: 2, replaced: 1, unchanged: 1 });
    const { body } = await desk.get(`/water/volumes?zoneId=${zone.id}&period=2026-10&kind=INPUT`);
    const kept = body.items.map((each: Record<string, unknown>) => [each.source, each.cubicMetres, each.standing]);
    expect(kept).toEqual(expect.arrayContaining([['BM-01', 1100, true], ['BM-02', 50, true], ['BM-01', 1000, false]])); // prettier-ignore
    expect(await balance('from=2026-10&to=2026-10')).toMatchObject({ total: { input: 1150 } });
  });

  it('are refused with every bad row, and then none is there', async () => {
    const zone = await desk.zone();
    const rows = [input(zone, '2026-10', 1), input({ code: 'NONE' }, '2026-10', 1), input(zone, '2026-12', 1)];
    const { status, body } = await enter([...rows, rows[0]!]);
    expect([status, body.errors]).toEqual([
      422,
      [
        { pointer: '/rows/1/zone', code: 'unknown' },
        { pointer: '/rows/2/period', code: 'toCome' },
        { pointer: '/rows/3', code: 'twice' },
      ],
    ]);
    expect((await desk.get('/water/volumes')).body.total).toBe(0);
    expect((await enter([input(zone, '2026-10', -1)])).status).toBe(422);
    expect((await enter([input(zone, '2026-10', 1)], 'clerk')).status).toBe(403);
    expect((await desk.get('/water/balance?from=2026-10&to=2026-10', 'clerk')).status).toBe(403);
  });
});

describe('a file of volumes', () => {
  const take = (text: string | Buffer, as = 'officer') =>
    app.request('POST', '/water/volumes/file', { as, body: text, headers: { 'content-type': 'text/csv' } });

  it('is taken but for exactly its bad lines, and again changes nothing', async () => {
    const { code } = await desk.zone();
    const file = [
      '\ufeffرمز المنطقة;الشهر / Month;النوع;العداد الرئيسي;الكمية م3;ملاحظات',
      `${code};١٠/٢٠٢٦;;BM-01;٤٨٬٢٥٠;قراءة العداد`,
      `${code};2026-10;غير مفوتر;FIRE;120;`,
      'NONE;2026-10;;BM-01;5;',
      `${code};2026-13;;BM-01;5;`,
      '',
      `${code};2026-12;;BM-01;5;`,
      `${code};2026-10;?;BM-02;5;`,
      `${code};2026-10;INPUT;;5;`,
      `${code};2026-10;INPUT;BM-03;5.5;`,
      `${code};2026-10;INPUT;BM-01;6;`,
      `${code};2026-09;input;BM-01;7;`,
    ].join('\r\n');
    const { status, body } = await take(file, 'integration');
    expect([status, body]).toEqual([
      200,
      {
        ...{ entered: 3, replaced: 0, unchanged: 0 },
        refusals: [
          { line: 4, column: 'zone', code: 'unknown' },
          { line: 5, column: 'period', code: 'month' },
          { line: 7, column: 'period', code: 'toCome' },
          { line: 8, column: 'kind', code: 'unknown' },
          { line: 9, column: 'source', code: 'required' },
          { line: 10, column: 'cubicMetres', code: 'wholeNumber' },
          { line: 11, column: null, code: 'twice' },
        ],
      },
    ]);
    expect((await take(file)).body).toMatchObject({ entered: 0, unchanged: 3 });
    const { body: listed } = await desk.get('/water/volumes?period=2026-10');
    expect(listed.items).toMatchObject([
      { kind: 'UNBILLED_AUTHORISED', source: 'FIRE', cubicMetres: 120, note: null },
      { kind: 'INPUT', source: 'BM-01', cubicMetres: 48_250, note: 'قراءة العداد' },
    ]);
  });

  it('is refused as a whole when it is none', async () => {
    const refused = async (text: string | Buffer) => {
      const { status, body } = await take(text);
      return [status, body.code, body.errors];
    };
    expect(await refused('zone,month\nA,2026-10')).toEqual([
      ...[422, 'water.file-unreadable'],
      [{ pointer: '/1', code: 'header' }],
    ]);
    expect((await take('zone,month,source,m3', 'clerk')).status).toBe(403);
    const many = `zone,month,source,m3\n${'A,2026-10,B,1\n'.repeat(5001)}`;
    expect(await refused(many)).toEqual([422, 'http.invalid', [{ pointer: '', code: 'tooMany' }]]);
  });
});

describe('a water balance', () => {
  it('says of an empty system that nothing was entered', async () => {
    expect(await balance('from=2026-10&to=2026-10')).toMatchObject({
      months: [
        { period: '2026-10', lines: [], total: { input: null, billed: 0, missing: expect.arrayContaining(['INPUT']) } },
      ],
      total: { input: null, nonRevenue: null },
    });
  });

  it('takes billed readings of the zone, estimates apart, and what stood there; nothing else', async () => {
    const [west, east] = [await desk.zone(), await desk.zone({ nameEn: 'East' })];
    const [one, two] = [await desk.subscription(west.id), await desk.subscription(west.id)];
    const unzoned = await desk.subscription(null);
    await desk.subscription(west.id, {}, '2026-11-01');
    await desk.reading(one, '2026-10', 600);
    await desk.reading(two, '2026-10', 50, { source: 'ESTIMATE' });
    await desk.reading(two, '2026-09', 44);
    await desk.reading(unzoned, '2026-10', 7);
    await desk.reading(await desk.subscription(west.id), '2026-10', 999, { state: 'CONFIRMED' });
    await desk.reading(await desk.subscription(west.id), '2026-10', 999, { state: 'REJECTED' });
    await desk.reading(await desk.subscription(west.id), '2026-10', null, { state: 'CAPTURED' });
    await enter([input(west, '2026-10', 1000), input(west, '2026-10', 40, UNBILLED)]);
    const length = { zoneId: west.id, fromPeriod: '2026-10', metres: 2500 };
    const older = await olderIds(app);
    expect((await desk.post('/water/zone-lengths', { ...length, metres: 1 })).status).toBe(201);
    older();
    app.clock.advance({ minutes: 1 });
    expect((await desk.post('/water/zone-lengths', length)).body).toMatchObject(length);

    const { months, total } = await balance('from=2026-10&to=2026-10');
    const [inWest, inEast, nowhere] = months[0].lines;
    expect(inWest).toMatchObject({
      zone: west.code,
      input: 1000,
      billedMetered: 600,
      billedEstimated: 50,
      unbilledAuthorised: 40,
      nonRevenue: 350,
      nonRevenueHundredths: 3500,
      losses: 310,
      connections: 5,
      // 310,000 l of 5 connections and 31 days; 310 m³ of 2.5 km and 31 days.
      litresPerConnectionDay: 2000,
      tenthsPerKmDay: 40,
      pendingReadings: 1,
      missing: [],
    });
    expect(inEast).toMatchObject({
      zone: east.code,
      input: null,
      billed: 0,
      missing: expect.arrayContaining(['INPUT']),
    });
    expect(nowhere).toMatchObject({ zoneId: null, billed: 7, connections: 1, input: null, missing: [] });
    // The east has no input: that of all is not known.
    expect(months[0].total).toMatchObject({ input: null, billed: 657, nonRevenue: null, connections: 6 });
    expect(total).toMatchObject({ input: null, billed: 657 });
    await enter([input(east, '2026-10', 0), input(east, '2026-10', 0, UNBILLED)]);
    expect((await balance('from=2026-10&to=2026-10')).total).toMatchObject({
      input: 1000,
      nonRevenue: 343,
      losses: 303,
    });
  });

  it('does not take a month without bills for one without consumption', async () => {
    const zone = await desk.zone();
    await desk.reading(await desk.subscription(zone.id), '2026-09', 20);
    await enter([input(zone, '2026-09', 30), input(zone, '2026-10', 30)]);
    const { months, total } = await balance(`from=2026-09&to=2026-10&zoneId=${zone.id}`);
    expect(months[0].lines).toMatchObject([{ billed: 20, nonRevenue: 10 }]);
    expect(months[1].lines).toMatchObject([{ billed: null, nonRevenue: null, connections: 1 }]);
    expect(months[1].lines[0].missing).toContain('BILLED');
    expect(total).toMatchObject({ input: 60, billed: null, nonRevenue: null, days: 61 });
  });

  it('refuses months in the wrong order or too many, and zones that are not there', async () => {
    for (const [query, pointer] of [
      ['from=2026-11&to=2026-10', '/to'],
      ['from=2024-10&to=2026-10', '/to'],
      ['from=2026-13&to=2026-10', '/from'],
      ['from=2026-10&to=2026-10&zoneId=999999999', '/zoneId'],
    ]) {
      expect(await balance(query!)).toMatchObject({ code: 'http.invalid', errors: [{ pointer }] });
    }
  });

  it('is a workbook too, in either language, with empty cells for what is missing', async () => {
    const zone = await desk.zone();
    await enter([input(zone, '2026-10', 1000)]);
    for (const [lang, missing] of [
      ['ar', 'المصرح به غير المفوتر، طول الشبكة'],
      ['en', 'unbilled authorised, length of mains'],
    ]) {
      const answer = await desk.get(`/water/balance/xlsx?from=2026-10&to=2026-10&lang=${lang}`);
      expect(answer.status).toBe(200);
      const text = workbookText(answer.raw);
      for (const part of [missing, `${zone.code} ${lang === 'ar' ? 'المنطقة الغربية' : 'West'}`, '<v>1000</v>']) {
        expect(text).toContain(part);
      }
    }
  });
});
