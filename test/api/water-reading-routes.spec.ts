import { startTestApp, type TestApp } from '../support/app';
import { olderIds } from '../support/older-ids';
import { readingDesk } from '../support/readings';
import { BillableReadings } from '../../src/water/readings/billable-readings';
import { UnitOfWork } from '@libs/persistence';

describe('reading of routes', () => {
  let app: TestApp;
  let desk: ReturnType<typeof readingDesk>;
  beforeAll(async () => {
    app = await startTestApp();
    desk = readingDesk(app);
  });
  afterAll(() => app.close());

  const billable = (ids: number[], period: string) => app.app.get(BillableReadings).forBilling(ids, period);
  const sheet = (routeId: number, headers = {}) =>
    app.request('GET', `/water/routes/${routeId}/sheet?period=2026-11`, { as: 'clerk', headers });
  const estimates = (routeId: number, period: string, readOn: string, as = 'officer') =>
    desk.post(`/water/routes/${routeId}/estimates`, { period, readOn }, as);

  it('give a sheet in the order of the walk, once while nothing changes', async () => {
    const { routeId } = await desk.route();
    const [second, first] = [
      await desk.seasoned({ routeId, sequence: 7 }),
      await desk.seasoned({ routeId, sequence: 3 }),
    ];
    await desk.seasoned({ routeId, sequence: 1, state: 'DISCONNECTED' });
    const { status, body, headers } = await sheet(routeId);
    expect(status).toBe(200);
    expect(body.stops).toEqual([
      expect.objectContaining({ subscription: first.number, sequence: 3, lastReading: 1000, lastReadOn: '2026-10-31' }),
      expect.objectContaining({
        subscription: second.number,
        average: 99,
        expectedFrom: 1029,
        expectedTo: 1293,
        read: null,
      }),
    ]);
    expect(body.noAccess).toContainEqual({ code: 'LOCKED', ar: 'الباب مغلق', en: 'Locked' });
    expect(headers.etag).toBe(`"${body.hash}"`);
    expect(await sheet(routeId, { 'if-none-match': `"${body.hash}"` })).toMatchObject({ status: 304, body: '' });
    await desk.batch([{ subscription: first.number, value: 1080 }]);
    const changed = await sheet(routeId, { 'if-none-match': `"${body.hash}"` });
    expect(changed.body.stops[0]).toMatchObject({ read: 1080 });
    expect((await sheet(999_999_999)).status).toBe(404);
    expect((await app.request('GET', `/water/routes/${routeId}/sheet?period=2026-13`, { as: 'clerk' })).status).toBe(
      422,
    );
  });

  it('give it as CSV that comes back filled in', async () => {
    const { routeId } = await desk.route();
    const meters = [await desk.seasoned({ routeId, sequence: 1 }), await desk.seasoned({ routeId, sequence: 2 })];
    const { raw, headers } = await desk.get(`/water/routes/${routeId}/sheet.csv?period=2026-11`, 'clerk');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const text = raw.toString('utf8');
    expect(text.startsWith('\ufeffالتسلسل / Sequence,رقم الاشتراك / Subscription,')).toBe(true);
    const [head, ...lines] = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    const filled = [head, `${lines[0]!.replace(/,,,$/, '')},١٠٨٠,,`, `${lines[1]!.replace(/,,,$/, '')},,DOG,`].join(
      '\r\n',
    );
    expect((await desk.file(filled)).body).toMatchObject({
      lines: 2,
      accepted: 2,
      suspect: 0,
      refused: 0,
      refusals: [],
    });
    const read = await desk.readings(`subscriptionId=${meters[0]!.id}&period=2026-11`);
    expect(read).toMatchObject([{ value: 1080, source: 'FILE', state: 'VALID' }]);
  });

  it('take files, and name the line of each refusal', async () => {
    const [a, b, c] = [await desk.seasoned(), await desk.seasoned(), await desk.seasoned()];
    const lines = [
      'رقم الاشتراك;رقم العداد;القراءة;تاريخ القراءة;القارئ',
      `${a.number};${a.serial};١٠٨٠;٢٠/١١/٢٠٢٦;12`,
      `${b.number};${a.serial};1081;20/11/2026;12`,
      '',
      `${b.number};${b.serial};1081.5;20/11/2026;12`,
      `"${b.number}";"${b.serial}";1081;20/11/2026;12`,
      `${b.number};${b.serial};1081;20/11/2026;12`,
      `${c.number};${c.serial};;20/11/2026;12`,
      `${c.number};${c.serial};1082;20/12/2026;12`,
      '',
      '',
    ];
    for (const text of [`\ufeff${lines.join('\r\n')}`, lines.join('\n')]) {
      const { status, body } = await desk.file(text);
      expect(status).toBe(200);
      expect(body.refusals.map(({ line, code }: any) => [line, code])).toEqual([
        [3, 'water.meter-elsewhere'],
        [5, 'water.reading-not-whole'],
        [7, 'water.reading-twice'],
        [8, 'water.reading-blank'],
        [9, 'water.reading-in-future'],
      ]);
      expect(body).toMatchObject(
        text.startsWith('\ufeff') ? { accepted: 2, duplicate: 0 } : { accepted: 0, duplicate: 2 },
      );
      expect(body).toMatchObject({ lines: 7, refused: 5 });
    }
    const unreadable = async (text: string | Buffer) => (await desk.file(text)).body;
    expect(await unreadable('a,b\r\n1,2')).toMatchObject({
      code: 'water.file-unreadable',
      errors: [{ pointer: '/1', code: 'header' }],
    });
    expect(await unreadable(Buffer.from([0xc7, 0xe1, 0xde]))).toMatchObject({ errors: [{ code: 'encoding' }] });
    expect((await desk.file('serial,reading', { type: 'text/plain' })).status).toBe(415);
    expect((await desk.file('serial,reading', { as: 'auditor' })).status).toBe(403);
    expect((await desk.file('serial,reading')).body).toMatchObject({ lines: 0, accepted: 0 });
  });

  it('are estimated by season, by cycles, by class, three times in a row at most', async () => {
    const { routeId } = await desk.route();
    const a = await desk.seasoned({ routeId, sequence: 1, waterClass: 'TOURISM' });
    const b = await desk.subscription({ routeId, sequence: 2, installedOn: '2026-10-31', waterClass: 'TOURISM' });
    await desk.batch([{ subscription: a.number, noAccess: 'LOCKED', reader: '9' }]);
    const body = { period: '2026-11', readOn: '2026-11-24' };
    const preview = await desk.post(`/water/routes/${routeId}/estimates/preview`, body, 'clerk');
    expect(preview.body).toMatchObject({
      estimates: [
        { subscription: a.number, method: 'CYCLES', consumption: 78, value: 1078 },
        { subscription: b.number, method: 'CLASS', consumption: 79, value: 79 },
      ],
      exceptions: [],
    });
    expect((await estimates(routeId, '2026-11', '2026-11-24', 'clerk')).status).toBe(403);
    expect((await estimates(routeId, '2026-11', '2026-11-25')).status).toBe(422);
    expect((await estimates(routeId, '2026-11', '2026-11-24')).body).toEqual(preview.body);
    expect((await estimates(routeId, '2026-11', '2026-11-24')).body).toEqual({ estimates: [], exceptions: [] });
    expect((await billable([a.id], '2026-11')).get(a.id)).toMatchObject({
      estimated: true,
      current: 1078,
      consumption: 1078,
    });

    // A reading that was on its way takes the estimate's place.
    await desk.batch([{ subscription: b.number, value: 40, readOn: '2026-11-24' }]);
    expect(await desk.readings(`subscriptionId=${b.id}`)).toMatchObject([
      { source: 'ESTIMATE', state: 'REJECTED', note: 'READ' },
      { value: 40, source: 'FIELD' },
    ]);
    app.clock.set('2027-03-01T08:00:00.000Z');
    app.forgetTokens();
    await estimates(routeId, '2026-12', '2026-12-31');
    await estimates(routeId, '2027-01', '2027-01-31');
    const fourth = await estimates(routeId, '2027-02', '2027-02-28');
    expect(fourth.body.exceptions).toMatchObject([
      { subscription: a.number, exception: 'VISIT' },
      { subscription: b.number, exception: 'NO_BASIS' },
    ]);
    const visited = (await desk.get(`/water/routes/${routeId}/sheet?period=2027-02`)).body.stops[0];
    expect(visited).toMatchObject({ visit: 'ESTIMATES', estimated: true });

    // Estimated too high: the true reading stands below the last estimate.
    const bills = async (period: string) => (await billable([a.id], period)).get(a.id) as any;
    const run = (readingIds: number[]) =>
      app.app.get(UnitOfWork).run(() => app.app.get(BillableReadings).markBilled(readingIds));
    for (const period of ['2026-11', '2026-12', '2027-01']) await run((await bills(period)).readingIds);
    await desk.batch([{ subscription: a.number, value: 1200, readOn: '2027-02-28' }], { period: '2027-02' });
    const [read] = await desk.readings(`subscriptionId=${a.id}&period=2027-02`);
    const guessed = await desk.readings(`subscriptionId=${a.id}&source=ESTIMATE`);
    const sum = guessed.reduce((all, { consumption }) => all + consumption, 0);
    expect(read.consumption).toBe(200 - sum);
    const found = await bills('2027-02');
    expect(found).toMatchObject({
      ...{ current: 1200, to: '2027-02-28', from: '2027-02-01', estimated: false },
      estimatedPeriods: ['2026-11', '2026-12', '2027-01'],
    });
    expect(await run(found.readingIds)).toBe(1);
    expect(await bills('2027-02')).toMatchObject({ reason: 'water.no-reading', previous: 1200 });
    await app.app.get(UnitOfWork).run(() => app.app.get(BillableReadings).unmark(found.readingIds));
    expect(await bills('2027-02')).toEqual(found);
    app.clock.set('2026-11-24T08:00:00.000Z');
    app.forgetTokens();
  });

  it('are billed by what is valid or confirmed alone', async () => {
    const [open, suspect, none] = [await desk.seasoned(), await desk.seasoned(), await desk.seasoned()];
    const sent = [
      { subscription: open.number, value: 1080, readOn: '2026-11-24' },
      { subscription: suspect.number, value: 9080, readOn: '2026-11-24' },
    ];
    await desk.batch(sent);
    const found = await billable([open.id, suspect.id, none.id], '2026-11');
    expect(found.get(open.id)).toMatchObject({
      consumption: 1080,
      previous: 0,
      from: '2026-01-01',
      estimatedPeriods: [],
    });
    expect(found.get(suspect.id)).toMatchObject({ reason: 'water.reading-suspect' });
    expect(found.get(none.id)).toMatchObject({ reason: 'water.no-reading' });
  });

  it('are reported: coverage, unread, zeros, top consumers, dead meters', async () => {
    const { routeId } = await desk.route();
    const meters = [];
    for (let sequence = 1; sequence <= 4; sequence++) meters.push(await desk.seasoned({ routeId, sequence }));
    const [a, b, c, d] = meters;
    const sent = [
      { subscription: a!.number, value: 61_000, readOn: '2026-11-24' },
      { subscription: b!.number, value: 1000, readOn: '2026-11-24' },
      { subscription: c!.number, noAccess: 'DOG', readOn: '2026-11-24' },
    ];
    const older = await olderIds(app);
    await desk.batch([{ ...sent[2], noAccess: 'LOCKED' }]);
    older();
    app.clock.advance({ minutes: 1 });
    await desk.batch(sent);
    const report = async (path: string, as = 'auditor') => (await desk.get(`/water/reading-reports/${path}`, as)).body;
    const { routes } = await report('coverage?period=2026-11');
    expect(routes.find((each: any) => each.routeId === routeId)).toMatchObject({
      ...{ meters: 4, read: 2, estimated: 0, unread: 2, suspect: 2, estimatedShare: 0 },
    });
    expect((await report(`unread?period=2026-11&routeId=${routeId}`)).items).toMatchObject([
      { subscriptionId: c!.id, noAccess: 'DOG', sequence: 3 },
      { subscriptionId: d!.id, noAccess: null, sequence: 4 },
    ]);
    expect((await report('zeros?period=2026-11&pageSize=100')).items).toMatchObject([
      { subscriptionId: b!.id, consumption: 0 },
    ]);
    expect((await report('top-consumers?period=2026-11&pageSize=1')).items).toMatchObject([
      { subscriptionId: a!.id, consumption: 60_000 },
    ]);
    expect((await desk.get('/water/reading-reports/zeros?period=2026-11', 'cashier')).status).toBe(403);
    const dead = await desk.subscription({ routeId, sequence: 5, installedOn: '2026-08-31' });
    for (const day of ['2026-09-30', '2026-10-31', '2026-11-24']) await desk.read(dead, day, 0);
    expect((await report('dead-meters?period=2026-11&cycles=3')).meters).toMatchObject([{ subscriptionId: dead.id }]);
    expect((await report('dead-meters?period=2026-11&cycles=4')).meters).toEqual([]);
  });
});
