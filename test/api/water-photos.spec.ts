import { cutDesk, AFTER } from '../support/water-cuts';
import { startTestApp, type TestApp } from '../support/app';
import { waterDesk, type WaterDesk } from '../support/water';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex').toString('base64');
const photo = (n: number) => Buffer.from(`89504e470d0a1a0a${String(n).padStart(2, '0')}`, 'hex').toString('base64');

const LARGE = Buffer.concat([Buffer.from('ffd8ff', 'hex'), Buffer.alloc(1024 * 1024)]).toString('base64');

describe('photos of readings', () => {
  let app: TestApp;
  let water: WaterDesk;
  beforeEach(async () => {
    app = await startTestApp();
    water = waterDesk(app);
  });
  afterEach(() => app.close());

  const attach = (id: number, base64: string, as = 'clerk') =>
    app.request('POST', `/water/readings/${id}/photos`, { as, body: { base64 } });

  it('are shown to who decides on a suspect, in the order they came', async () => {
    const id = await water.read(await water.subscription(), '2026-10-31', 900, { state: 'SUSPECT', source: 'PHOTO' });
    const { status, body } = await attach(id, JPEG);
    expect([status, body]).toEqual([
      201,
      expect.objectContaining({ readingId: id, orderId: null, contentType: 'image/jpeg', sizeBytes: 22 }),
    ]);
    expect(body).not.toHaveProperty('base64');
    const second = (await attach(id, photo(1), 'integration')).body;
    const listed = (await app.request('GET', '/water/readings?state=SUSPECT', { as: 'officer' })).body.items;
    expect(listed).toMatchObject([{ id, photos: 2 }]);
    const list = await app.request('GET', `/water/readings/${id}/photos`, { as: 'officer' });
    expect(list.body).toEqual([body, second]);
    const content = await app.request('GET', `/water/photos/${body.id}`, { as: 'officer' });
    expect(content.body).toEqual({ ...body, base64: JPEG });
    expect((await app.request('GET', '/water/photos/999999', { as: 'officer' })).status).toBe(404);
  });

  it('are one when sent twice, also at once, and five at most', async () => {
    const id = await water.read(await water.subscription(), '2026-10-31', 900);
    const same = await Promise.all([attach(id, photo(0)), attach(id, photo(0))]);
    expect(same.map(({ status, body }) => [status, body.id])).toEqual([
      [201, same[0]!.body.id],
      [201, same[0]!.body.id],
    ]);
    for (let n = 1; n < 5; n++) expect((await attach(id, photo(n))).status).toBe(201);
    expect((await attach(id, photo(5))).body).toMatchObject({ status: 409, code: 'water.photos-enough' });
    expect((await attach(id, photo(4))).status).toBe(201);
  });

  it.each([
    ['a PDF', Buffer.from('%PDF-1.7').toString('base64'), 'photo-type', 'JPEG أو PNG', 'no JPEG or PNG'],
    ['a page', Buffer.from('<html>').toString('base64'), 'photo-type', 'JPEG أو PNG', 'no JPEG or PNG'],
    ['no base64', 'no base64!', 'photo-invalid', 'base64', 'base64'],
    ['a data URL', `data:image/jpeg;base64,${JPEG}`, 'photo-invalid', 'بلا بادئة', 'without a prefix'],
    ['more than 1 MB', LARGE, 'photo-too-large', 'أكبر من 1 ميغابايت', 'larger than 1 MB'],
  ])('are not %s, and what is wrong is told in both languages', async (_, base64, code, ar, en) => {
    const id = await water.read(await water.subscription(), '2026-10-31', 900);
    for (const [language, said] of [
      ['ar', ar],
      ['en', en],
    ] as const) {
      const headers = { 'accept-language': language };
      const { status, body } = await app.request('POST', `/water/readings/${id}/photos`, {
        ...{ as: 'clerk', body: { base64 }, headers },
      });
      expect([status, body.code, body.title]).toEqual([422, `water.${code}`, expect.stringContaining(said)]);
    }
    expect((await app.request('GET', `/water/readings/${id}/photos`, { as: 'officer' })).body).toEqual([]);
  });

  it('are not more than a request holds, nor nothing', async () => {
    const id = await water.read(await water.subscription(), '2026-10-31', 900);
    expect((await attach(id, 'A'.repeat(2 * 1024 * 1024))).body).toMatchObject({ status: 413, code: 'http.too-large' });
    expect((await attach(id, '')).body).toMatchObject({ status: 422, code: 'http.invalid' });
  });

  it('are of a reading there is, and attached by who captures', async () => {
    expect((await attach(999_999, JPEG)).status).toBe(404);
    const id = await water.read(await water.subscription(), '2026-10-31', 900);
    expect((await attach(id, JPEG, 'auditor')).status).toBe(403);
  });
});

describe('photos of orders', () => {
  const desk = cutDesk();

  it('show the valve and the seal once the water is off', async () => {
    await desk.debtor({ serial: 'M-1' });
    await desk.served();
    desk.on(AFTER);
    const [cut] = (await desk.ordered()).orders;
    await desk.execute(cut);
    const attach = (as: string) => desk.works.post(`/orders/${cut.id}/photos`, { base64: JPEG }, { as });
    expect((await attach('clerk')).status).toBe(403);
    const { status, body } = await attach('officer');
    expect([status, body.orderId, body.readingId]).toEqual([201, cut.id, null]);
    const large = await desk.works.post(`/orders/${cut.id}/photos`, { base64: LARGE });
    expect(large.body).toMatchObject({ code: 'water.photo-too-large', mostBytes: 1024 * 1024 });
  });
});
