import { textOf } from '@libs/testing';
import { startTestApp, type TestApp } from '../support/app';
import { tillDesk } from '../support/till';

let app: TestApp;
let desk: ReturnType<typeof tillDesk>;

beforeAll(async () => {
  app = await startTestApp();
  desk = tillDesk(app);
  await desk.shift((await desk.till('P-1')).id);
});
afterAll(() => app.close());

const pdf = (serial: string, query = '', as = 'cashier') =>
  app.request('GET', `/payments/${serial}/pdf${query}`, { as });

async function paid(): Promise<string> {
  const water = await desk.account({ charges: [10_000, 20_000, 5000, 7000] });
  const dinars = await desk.account({ currency: 'JOD', charges: [35_250] });
  const { body } = await desk.post('/payments', {
    payerName: 'سليم رامي الزيتاوي',
    lines: [
      { accountId: water.id, amount: '500' },
      { accountId: dinars.id, amount: '35.250' },
    ],
    tenders: [
      { kind: 'CASH', currency: 'ILS', amount: '400', tendered: '450' },
      { kind: 'CARD', currency: 'ILS', amount: '100', reference: '004512' },
      { kind: 'TRANSFER', currency: 'JOD', amount: '35.250' },
    ],
    acceptAdvance: true,
  });
  return body.serial;
}

describe('the sheet of a receipt', () => {
  it('is an original once, then copies, and says what was paid', async () => {
    const serial = await paid();
    await app.request('HEAD', `/payments/${serial}/pdf`, { as: 'cashier' });
    const first = await pdf(serial);
    expect(first.headers['content-type']).toBe('application/pdf');
    expect(first.headers['content-disposition']).toContain(`receipt-${serial}.pdf`);
    const [page] = textOf(first.raw);
    for (const expected of [
      serial,
      'سليم رامي الزيتاوي',
      'رنا الصيفي',
      'P-1',
      '500.00',
      '35.250',
      'خمسمئة شيكل',
      '004512',
      `/verify/${serial}`,
    ]) {
      expect(page).toContain(expected);
    }
    expect(page).toMatch(/450\.00\s+شيكل/);
    expect(page).not.toMatch(/نسخة|ملغى/);
    expect(textOf((await pdf(serial)).raw)[0]).toContain('نسخة');
    expect(textOf((await pdf(serial, '?lang=en')).raw)[0]).toMatch(/copy/i);
    expect((await app.request('GET', `/payments/${serial}`, { as: 'clerk' })).body.prints).toBe(3);
  });

  it('is printed when it is void too, and says so', async () => {
    const serial = await paid();
    await desk.post(`/payments/${serial}/void`, { reason: 'دفع المواطن مرتين' }, { as: 'supervisor' });
    const [page] = textOf((await pdf(serial)).raw);
    expect(page).toContain('ملغى');
    expect(page).toContain('دفع المواطن مرتين');
  });

  it('is verified by its serial, until it is void', async () => {
    const serial = await paid();
    const verify = () => app.request('GET', `//verify/${serial}`, { headers: { accept: 'application/json' } });
    const { body } = await verify();
    expect(body).toMatchObject({
      kind: 'RECEIPT',
      status: 'VALID',
      serial,
      issuedOn: '2026-11-24',
      totals: [
        { currency: 'ILS', balance: '50000', formatted: '500.00' },
        { currency: 'JOD', balance: '35250', formatted: '35.250' },
      ],
    });
    expect(body.holder).toContain('سليم');
    expect(body.holder).not.toContain('الزيتاوي');
    await desk.post(`/payments/${serial}/void`, { reason: 'دفع المواطن مرتين' }, { as: 'supervisor' });
    expect((await verify()).body.status).toBe('REVOKED');
    const page = await app.request('GET', `//verify/${serial}`);
    expect(page.headers['content-type']).toContain('html');
    expect(page.body).toContain('ملغاة');
  });

  it('is refused for unknown serials, wrong languages and those who do not print', async () => {
    const serial = await paid();
    expect((await pdf('RC-OSS-2026-000001-00')).body.code).toBe('billing.receipt-mistyped');
    expect((await pdf(serial, '?lang=fr')).status).toBe(422);
    expect((await pdf(serial, '', 'auditor')).status).toBe(403);
    expect((await app.request('GET', `/payments/${serial}`, { as: 'clerk' })).body.prints).toBe(0);
  });

  it('is counted once each when two print at once', async () => {
    const serial = await paid();
    const both = await Promise.all([pdf(serial), pdf(serial)]);
    expect(both.map(({ raw }) => textOf(raw)[0]!.includes('نسخة')).sort()).toEqual([false, true]);
  });
});
