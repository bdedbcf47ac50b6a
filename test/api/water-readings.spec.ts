import { startTestApp, type TestApp } from '../support/app';
import { readingDesk } from '../support/readings';

describe('readings', () => {
  let app: TestApp;
  let desk: ReturnType<typeof readingDesk>;
  beforeAll(async () => {
    app = await startTestApp();
    desk = readingDesk(app);
  });
  afterAll(() => app.close());

  const codes = (body: any) => body.outcomes.map((each: any) => each.code ?? each.outcome);

  it('come from a handheld offline, out of order and twice', async () => {
    const [a, b] = [await desk.seasoned(), await desk.seasoned()];
    const november = {
      clientKey: `n-${a.id}`,
      subscription: a.number,
      value: 1080,
      readOn: '2026-11-20',
      reader: '12',
    };
    const first = await desk.batch([november, { clientKey: `b-${b.id}`, serial: b.serial, noAccess: 'LOCKED' }]);
    expect(first).toMatchObject({ status: 200, body: { accepted: 2, suspect: 0, duplicate: 0, refused: 0 } });
    expect(first.body.outcomes[0]).toMatchObject({
      clientKey: `n-${a.id}`,
      outcome: 'ACCEPTED',
      state: 'VALID',
      code: null,
    });
    const again = await desk.batch([november]);
    expect(again.body.outcomes[0]).toMatchObject({ outcome: 'DUPLICATE', readingId: first.body.outcomes[0].readingId });
    const inOneBatch = { clientKey: `b2-${b.id}`, serial: b.serial, value: '١١٠٠', readOn: '2026-11-22' };
    expect(codes((await desk.batch([inOneBatch, inOneBatch])).body)).toEqual(['ACCEPTED', 'DUPLICATE']);
    const [read] = await desk.readings(`subscriptionId=${a.id}&period=2026-11`);
    expect(read).toMatchObject({
      value: 1080,
      consumption: 80,
      previous: 1000,
      previousOn: '2026-10-31',
      source: 'FIELD',
    });
  });

  it('are refused one by one, and never stop the others', async () => {
    const [a, b, c] = [await desk.seasoned(), await desk.seasoned(), await desk.seasoned()];
    const swapped = await desk.subscription({ installedOn: '2026-11-10' });
    const old = await desk.meterOf(swapped.id);
    await desk.swap(swapped, '2026-11-12');
    const of = (more: object) => ({ subscription: a.number, value: 1100, readOn: '2026-11-20', ...more });
    const wrong: [object | string | null, string][] = [
      ['text', 'water.reading-malformed'],
      [null, 'water.reading-malformed'],
      [{}, 'water.reading-blank'],
      [of({ value: undefined }), 'water.reading-blank'],
      [of({ value: '  ' }), 'water.reading-blank'],
      [of({ value: 1100.5 }), 'water.reading-not-whole'],
      [of({ value: '١١٠٠٫٥' }), 'water.reading-not-whole'],
      [of({ value: -3 }), 'water.reading-negative'],
      [of({ value: 'abc' }), 'water.reading-malformed'],
      [of({ value: 100_000 }), 'water.reading-beyond-register'],
      [of({ noAccess: 'LOCKED' }), 'water.reading-malformed'],
      [of({ value: undefined, noAccess: 'SLEPT' }), 'water.no-access-unknown'],
      [of({ subscription: 'W-none' }), 'water.subscription-unknown'],
      [of({ serial: 'none' }), 'water.serial-unknown'],
      [of({ serial: b.serial }), 'water.meter-elsewhere'],
      [{ serial: old.serial, value: 10, readOn: '2026-11-20' }, 'water.meter-removed'],
      [{ subscription: swapped.number, serial: old.serial, value: 10 }, 'water.meter-removed'],
      [{ subscription: swapped.number, value: 10, readOn: '2026-11-11' }, 'water.before-installation'],
      [of({ readOn: '2026-11-25' }), 'water.reading-in-future'],
      [of({ readOn: undefined, capturedAt: '2026-11-24T10:00:00Z' }), 'water.reading-in-future'],
      [of({ period: '2026-12' }), 'water.reading-in-future'],
      [of({ readOn: '2026-10-31' }), 'water.days-cross'],
      [of({ period: '2026-10', readOn: '2026-10-30' }), 'water.reading-twice'],
      [of({ clientKey: 'x'.repeat(65) }), 'water.reading-malformed'],
      [of({ source: 'ESTIMATE' }), 'water.reading-malformed'],
      [of({ readOn: '2026-02-30' }), 'water.reading-malformed'],
    ];
    const right = { subscription: c.number, value: 1100, readOn: '2026-11-20' };
    const { status, body } = await desk.batch([...wrong.map(([reading]) => reading), right, { ...right, value: 1101 }]);
    expect(status).toBe(200);
    expect(codes(body)).toEqual([...wrong.map(([, code]) => code), 'ACCEPTED', 'water.reading-twice']);
    expect(body.outcomes[0]).toMatchObject({ reasonAr: 'بيانات القراءة غير مفهومة' });
    expect((await desk.batch([])).status).toBe(422);
    expect((await desk.batch([right], { as: 'cashier' })).status).toBe(403);
  });

  it('of a billed or closed period are refused', async () => {
    const { routeId } = await desk.route();
    const [billed, closed] = [await desk.seasoned(), await desk.seasoned({ routeId })];
    await desk.setState(billed.id, '2026-10', 'BILLED');
    const close = (path: string, body: object, as = 'supervisor') =>
      app.request('POST', `/water/routes/${routeId}/reading/${path}`, { as, body: { period: '2026-11', ...body } });
    expect((await close('close', {}, 'clerk')).status).toBe(403);
    expect((await close('reopen', { reason: 'متأخرة' })).status).toBe(404);
    expect((await close('close', {})).body).toMatchObject({ state: 'CLOSED', period: '2026-11' });
    expect((await close('close', {})).body.code).toBe('water.route-closed');
    const sent = [
      { subscription: billed.number, period: '2026-09', value: 901, readOn: '2026-09-30' },
      { subscription: billed.number, period: '2026-10', value: 1001, readOn: '2026-10-31' },
      { subscription: billed.number, value: 1100, readOn: '2026-11-20' },
      { subscription: closed.number, value: 1100, readOn: '2026-11-20' },
    ];
    expect(codes((await desk.batch(sent)).body)).toEqual([
      ...['water.period-billed', 'water.period-billed', 'ACCEPTED', 'water.reading-period-closed'],
    ]);
    expect((await close('reopen', { reason: 'وردت قراءات' })).body.state).toBe('REOPENED');
    expect(codes((await desk.batch([{ ...sent[3]!, value: 9000 }])).body)).toEqual(['ACCEPTED']);
    expect((await close('close', {})).body).toMatchObject({ code: 'water.reading-still-open', suspects: 1 });
  });

  it('are corrected by the office alone, with a reason; the old one stands no more', async () => {
    const a = await desk.seasoned();
    const { body } = await desk.batch([{ subscription: a.number, value: 1900, readOn: '2026-11-20' }]);
    const replaces = body.outcomes[0].readingId;
    const corrected = { subscription: a.number, value: 1109, readOn: '2026-11-20', source: 'OFFICE', replaces };
    expect(codes((await desk.batch([{ ...corrected, note: 'خطأ طباعة' }])).body)).toEqual([
      'water.correction-forbidden',
    ]);
    const office = { as: 'officer' };
    expect(codes((await desk.batch([corrected], office)).body)).toEqual(['water.correction-unreasoned']);
    const noted = { ...corrected, note: 'خطأ طباعة' };
    expect(codes((await desk.batch([{ ...noted, replaces: 1 }], office)).body)).toEqual(['water.correction-stale']);
    expect(codes((await desk.batch([noted], office)).body)).toEqual(['ACCEPTED']);
    const both = await desk.readings(`subscriptionId=${a.id}&period=2026-11`);
    expect(both).toMatchObject([
      { value: 1900, state: 'REJECTED', note: 'خطأ طباعة' },
      { value: 1109, state: 'VALID', consumption: 109, source: 'OFFICE' },
    ]);
  });

  it('that arrive late move the consumption of what came before them', async () => {
    const a = await desk.seasoned();
    await desk.setState(a.id, '2026-10', 'REJECTED');
    await desk.batch([{ subscription: a.number, value: 1130, readOn: '2026-11-20' }]);
    expect((await desk.readings(`subscriptionId=${a.id}&period=2026-11`))[0]).toMatchObject({ consumption: 230 });
    await desk.batch([{ subscription: a.number, period: '2026-10', value: 1010, readOn: '2026-10-31' }]);
    const [november] = await desk.readings(`subscriptionId=${a.id}&period=2026-11`);
    expect(november).toMatchObject({ consumption: 120, state: 'VALID', version: 2 });
  });

  it('are suspect when odd, and decided on', async () => {
    const [high, low, zero, back, over] = await Promise.all(Array.from({ length: 5 }, () => desk.seasoned()));
    const dial = await desk.subscription({ installedOn: '2026-10-01' });
    await desk.read(dial, '2026-10-31', 99_950);
    const sent = [
      { subscription: high!.number, value: 1400, readOn: '2026-11-24' },
      { subscription: low!.number, value: 1010, readOn: '2026-11-24' },
      { subscription: zero!.number, value: 1000, readOn: '2026-11-24' },
      { subscription: back!.number, value: 900, readOn: '2026-11-24' },
      { subscription: over!.number, value: 1099, readOn: '2026-11-24' },
      { subscription: dial.number, value: 100, readOn: '2026-11-24' },
    ];
    const { body } = await desk.batch(sent);
    expect(body.outcomes.map(({ state, anomalies }: any) => [state, ...anomalies])).toEqual([
      ...[['SUSPECT', 'HIGH'], ['SUSPECT', 'LOW'], ['SUSPECT', 'ZERO'], ['SUSPECT', 'BACKWARD'], ['VALID']],
      expect.arrayContaining(['ROLLOVER']),
    ]);
    const list = await desk.readings('state=SUSPECT&anomaly=HIGH&period=2026-11&pageSize=100');
    const suspect = list.find(({ subscriptionId }) => subscriptionId === high!.id);
    expect(suspect).toMatchObject({ expected: 78, consumption: 400 });
    expect((await desk.decide(suspect, 'confirm', {}, 'clerk')).status).toBe(403);
    expect((await desk.decide({ ...suspect, version: 9 }, 'confirm')).status).toBe(412);
    const confirmed = await desk.decide(suspect, 'confirm');
    expect(confirmed).toMatchObject({
      status: 200,
      body: { state: 'CONFIRMED', note: 'تأكد القارئ', consumption: 400 },
    });
    expect((await desk.decide(confirmed.body, 'confirm')).body.code).toBe('water.reading-decided');

    const [backward] = await desk.readings(`subscriptionId=${back!.id}&period=2026-11`);
    expect((await desk.decide(backward, 'confirm')).body.code).toBe('water.consumption-needed');
    expect((await desk.decide(backward, 'confirm', { rollover: true })).body).toMatchObject({ consumption: 99_900 });

    const [zeroOne, lowOne] = [zero!, low!].map(({ id }) => desk.readings(`subscriptionId=${id}&period=2026-11`));
    const readingIds = [(await zeroOne)![0].id, (await lowOne)![0].id, suspect.id];
    const many = { as: 'officer', body: { readingIds, reason: 'منزل مغلق' } };
    expect((await app.request('POST', '/water/readings/confirm', many)).body).toEqual({ confirmed: 2 });
    expect((await desk.decide({ id: 999_999_999, version: 1 }, 'reject')).status).toBe(404);
  });

  it('are rejected, and read again by somebody who is sent there', async () => {
    const { routeId } = await desk.route();
    const a = await desk.seasoned({ routeId, sequence: 1 });
    await desk.batch([{ subscription: a.number, value: 4000, readOn: '2026-11-20' }]);
    const [suspect] = await desk.readings(`subscriptionId=${a.id}&period=2026-11`);
    expect((await desk.decide(suspect, 're-read')).body.state).toBe('REJECTED');
    const sheet = async () => (await desk.get(`/water/routes/${routeId}/sheet?period=2026-11`)).body;
    expect((await sheet()).stops).toMatchObject([{ visit: 'RE_READ', note: 'تأكد القارئ', read: null }]);
    expect(codes((await desk.batch([{ subscription: a.number, value: 1104, readOn: '2026-11-21' }])).body)).toEqual([
      'ACCEPTED',
    ]);
    expect((await sheet()).stops).toMatchObject([{ visit: null, read: 1104 }]);
    await desk.setState(a.id, '2026-11', 'BILLED');
    const [october] = await desk.readings(`subscriptionId=${a.id}&period=2026-10`);
    expect((await desk.decide(october, 'reject')).body.code).toBe('water.later-billed');
  });

  it('of one pattern, or faster than anybody walks, are suspect', async () => {
    const meters = await Promise.all(Array.from({ length: 12 }, () => desk.seasoned()));
    const at = (minute: number, second: number) =>
      `2026-11-23T07:${String(minute).padStart(2, '0')}:${String(second).padStart(2, '0')}Z`;
    const copied = meters
      .slice(0, 6)
      .map(({ number }, i) => ({ subscription: number, value: 1084, capturedAt: at(i, 0) }));
    const fast = meters
      .slice(6)
      .map(({ number }, i) => ({ subscription: number, value: 1081 + i * 3, capturedAt: at(30, i * 2) }));
    const a = await desk.batch(copied, { reader: 'r1' });
    expect(a.body).toMatchObject({ accepted: 6, suspect: 6 });
    expect(a.body.outcomes[0].anomalies).toContain('COPIED');
    // The handheld sends each as it is made: the day's readings are taken together all the same.
    const states = [];
    for (const one of fast) states.push((await desk.batch([one], { reader: 'r2' })).body.outcomes[0].anomalies.join());
    expect(states).toEqual(['', '', '', '', 'TOO_FAST', 'TOO_FAST']);
    const readers = (await desk.get('/water/reading-reports/readers?period=2026-11', 'supervisor')).body.days;
    expect(readers.find(({ reader }: any) => reader === 'r1')).toMatchObject({
      readings: 6,
      suspects: 6,
      noAccess: 0,
      perHour: 60,
    });
  });

  it('of citizens are taken at the counter, one a period', async () => {
    const a = await desk.seasoned();
    const path = `/water/subscriptions/${a.id}/readings`;
    const body = { period: '2026-11', value: 1095, source: 'CITIZEN', note: 'بصورة من الهاتف' };
    const first = await desk.post(path, body, 'clerk');
    expect(first).toMatchObject({ status: 201, body: { source: 'CITIZEN', state: 'VALID', readOn: '2026-11-24' } });
    expect((await desk.post(path, { ...body, value: 1096 }, 'clerk')).body.code).toBe('water.reading-twice');
    const correction = { ...body, value: 1096, source: 'OFFICE', replaces: first.body.id };
    expect(await desk.post(path, correction, 'clerk')).toMatchObject({
      status: 403,
      body: { code: 'water.correction-forbidden' },
    });
    expect((await desk.post(path, correction, 'officer')).status).toBe(201);
    expect((await desk.post('/water/subscriptions/999999999/readings', body)).status).toBe(404);
  });

  it('of one meter sent by two at once stand once', async () => {
    const a = await desk.seasoned();
    const sent = [1100, 1101].map((value) => ({ clientKey: `race-${value}-${a.id}`, subscription: a.number, value }));
    const answers = await Promise.all(sent.map((one) => desk.batch([one])));
    expect(answers.flatMap(({ body }) => codes(body)).sort()).toEqual(['ACCEPTED', 'water.reading-twice']);
    const same = { clientKey: `same-${a.id}`, subscription: (await desk.seasoned()).number, value: 1100 };
    const twice = await Promise.all([desk.batch([same]), desk.batch([same])]);
    expect(twice.flatMap(({ body }) => codes(body)).sort()).toEqual(['ACCEPTED', 'DUPLICATE']);
  });
});
