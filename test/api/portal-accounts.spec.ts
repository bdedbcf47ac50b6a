import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Books } from '../../src/billing/books/books';
import type { BillContent } from '../../src/billing';
import { sharedBill } from '../../src/portal/scope/sharing';
import { startTestApp, type TestApp } from '../support/app';
import type { TestCitizen } from '../support/citizens';
import { portalDesk, type PortalDesk } from '../support/portal';

let app: TestApp;
let portal: PortalDesk;
let citizen: TestCitizen;

beforeAll(async () => {
  app = await startTestApp();
  portal = portalDesk(app);
  citizen = await portal.citizen();
});
afterAll(() => app.close());

const credit = (accountId: number, amount: number) =>
  app.app.get(Books).post({
    kind: 'PAYMENT',
    on: '2026-11-24',
    description: 'دفعة',
    by: null,
    entries: [{ ledger: 'CASH', currency: 'ILS', amount }],
    credits: [{ accountId, amount }],
  });

describe('the profile', () => {
  it('names the citizen and masks the numbers', async () => {
    const { status, body, headers } = await portal.get(citizen, '/me');
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('private, no-cache');
    expect(body).toMatchObject({ recordNumber: citizen.number, approvedName: 'محمد أحمد خليل النابلسي' });
    expect(body.maskedDocument).toBe(`*****${citizen.documentNumber.slice(-4)}`);
    expect(body.maskedPhone).toBe(`+970*****${citizen.phone.slice(-4)}`);
    expect(JSON.stringify(body)).not.toContain(citizen.documentNumber);
  });

  it('lists the services of the old systems', async () => {
    const { body } = await portal.get(citizen, '/me/services');
    expect(body.services).toEqual([
      {
        ...{ number: String(citizen.serviceIds[0]), type: 'مياه', status: 'فعال', address: 'رفيديا - قرب المسجد' },
        ...{ relation: 'SAME_PERSON', shareHundredths: null },
        balance: { currency: 'ILS', amount: '0', formatted: '0.00' },
      },
    ]);
  });
});

describe('accounts', () => {
  let id: number;
  let chargeIds: number[];
  beforeAll(async () => {
    ({ id, chargeIds } = await portal.account(citizen, { charges: [10_000, 5000, 2500] }));
    await credit(id, 12_000);
  });

  it('are listed with what is owed, and with totals', async () => {
    const { body } = await portal.get(citizen, '/me/accounts');
    expect(body).toMatchObject({
      asOf: null,
      accounts: [
        {
          ...{ id, serviceType: 'WATER', relation: 'SAME_PERSON', shared: false, balance: '5500', formatted: '55.00' },
          ...{ service: { ar: 'مياه', en: 'Water' }, address: 'رفيديا - قرب المسجد' },
        },
      ],
      totals: [{ currency: 'ILS', amount: '5500', formatted: '55.00' }],
    });
    expect((await portal.get(citizen, '/me/accounts?asOf=2026-11-23')).body.totals).toMatchObject([{ amount: '0' }]);
  });

  it('say what is still owed, item by item', async () => {
    const { body } = await portal.get(citizen, `/me/accounts/${id}`);
    expect(body.open).toMatchObject([
      { id: chargeIds[1], head: 'WATER', outstanding: { amount: '3000' }, charged: { amount: '5000' } },
      { id: chargeIds[2], outstanding: { amount: '2500', formatted: '25.00' } },
    ]);
  });

  it('say what was charged and paid, page by page from the end', async () => {
    const path = `/me/accounts/${id}/movements?limit=3`;
    const first = (await portal.get(citizen, path)).body;
    expect(first.items).toMatchObject([
      { kind: 'PAYMENT', amount: '-12000', balance: { amount: '5500' }, name: { en: 'Payment' }, description: 'دفعة' },
      { kind: 'CHARGE', amount: '2500', balance: { amount: '17500' } },
      { kind: 'CHARGE', amount: '5000', balance: { amount: '15000' } },
    ]);
    const second = (await portal.get(citizen, `${path}&after=${first.next}`)).body;
    expect(second).toMatchObject({ items: [{ amount: '10000', balance: { amount: '10000' } }], next: null });
  });

  it('have movements of their own alone', async () => {
    const other = await portal.citizen();
    const { id: others } = await portal.account(other, { charges: [100, 100] });
    const { next } = (await portal.get(other, `/me/accounts/${others}/movements?limit=1`)).body;
    expect(next).toEqual(expect.any(Number));
    const { body } = await portal.get(citizen, `/me/accounts/${id}/movements?after=${next}`);
    expect(body).toEqual({ items: [], next: null });
  });

  it('that nobody has and that are another’s are not there', async () => {
    const other = await portal.citizen();
    for (const path of [`/me/accounts/${id}`, `/me/accounts/${id}/movements`, '/me/accounts/9007199254740991']) {
      const { status, body } = await portal.get(other, path);
      expect([status, body.code]).toEqual([404, 'http.not-found']);
    }
  });

  it.each(['asOf=2026-02-30', 'asOf='])('are of a day that exists: %s', async (query) => {
    expect((await portal.get(citizen, `/me/accounts?${query}`)).body.code).toBe('http.invalid');
  });
});

describe('what employees note on a charge', () => {
  const NOTE = 'مخالفة ضبطت عند الشريك نعيم';

  it('is read by its holder, and not by who shares the account', async () => {
    const [holder, partner] = [await portal.citizen(), await portal.citizen()];
    const { id: accountId } = await portal.account(holder);
    await portal.share(holder, partner);
    await app.app.get(Books).post({
      kind: 'CHARGE',
      on: '2026-11-24',
      description: NOTE,
      by: null,
      entries: [{ ledger: 'INCOME', currency: 'ILS', amount: -100, dimension: 'WATER' }],
      charges: [{ accountId, head: 'WATER', amount: 100, period: '2026-11', detail: NOTE }],
    });
    const noted = async (of: TestCitizen) => (await portal.get(of, `/me/accounts/${accountId}`)).body.open;
    expect(await noted(holder)).toMatchObject([{ detail: NOTE, outstanding: { amount: '100' } }]);
    expect(await noted(partner)).toMatchObject([{ detail: null, outstanding: { amount: '100' } }]);
    const lines = [{ head: 'WATER', nameAr: 'مياه', nameEn: 'Water', detail: NOTE, period: '2026-11', amount: 100 }];
    const bill = { holder: { name: '' }, account: {}, lines } as unknown as BillContent;
    expect(sharedBill(bill).lines).toEqual([{ ...lines[0], detail: null }]);
  });
});

describe('a citizen with thousands of accounts', () => {
  const MANY = 2500;

  it('sees them all, their bills and their receipts', async () => {
    const rich = await portal.citizen();
    const [store, ids] = [app.app.get(Store), app.app.get(IdAllocator)];
    await app.app.get(UnitOfWork).run(async () => {
      const columns = ['id', 'number', 'currency', 'tenure', 'serviceType', 'state', 'oneRecordId', 'openedOn', 'version'] as const; // prettier-ignore
      const made = (await ids.many(MANY)).map((id) => {
        return [id, `R${id}`, 'ILS', 1, 'RENT', 'OPEN', rich.oneRecordId, '2020-01-01', 1];
      });
      await store.bulkInsert(Account, columns, made);
    });
    expect((await portal.get(rich, '/me/accounts')).body.accounts).toHaveLength(MANY);
    expect((await portal.get(rich, '/me/bills')).body).toMatchObject({ items: [], total: 0 });
    expect((await portal.get(rich, '/me/receipts')).body).toMatchObject({ items: [], total: 0 });
  });
});
