import type { PageQuery } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { TakeOvers } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { Accesses, type AccessView } from '../../src/citizens';
import { RecordAccess } from '../../src/citizens/accesses/record-access.entity';
import { keyOf, watchedRoutes } from '../../src/citizens/accesses/watched-routes';
import { Link } from '../../src/citizens/one-records/link.entity';
import { openApiDocument } from '../../src/openapi';
import { startTestApp, type TestApp } from '../support/app';
import { seedCitizen } from '../support/citizens';

/** Parts of a whole, registers and work lists: they show no citizen alone. */
const NOBODYS = [
  'bank-accounts/:id/(statements|expected|reconciliation)|bank-lines/:id',
  'billing/(bill-runs|campaigns|dunning-runs|shares)/.*',
  'cheque-deposits/.*|deposits/.*|shifts/.*',
  'citizens/match-(runs|proposals)/:id|citizens/rows/:id/related',
  'legacy/runs/.*|users/:id|notifications/templates/:id|webhooks/:id|public-notices/.*',
  'water/(cut-runs|field-lists|interruptions|re-ratings|routes|supply-schedules|tariffs|work-orders)/.*',
  'water/faults/:id/similar',
].map((pattern) => new RegExp(`^(${pattern})$`));

const ALL = { page: 1, pageSize: 100 } as PageQuery;

let app: TestApp;
beforeAll(async () => (app = await startTestApp({ ACCESS_TOKEN_MINUTES: '100000' })));
afterAll(() => app.close());

const readers = async (oneRecordId: number): Promise<AccessView[]> =>
  (await app.app.get(Accesses).of(oneRecordId, ALL)).items;
const look = async (path: string, as = 'clerk', headers = {}) =>
  expect((await app.request('GET', path, { as, headers })).status).toBe(200);

/** A row that a second record holds a share of. */
const tie = (legacyCitizenId: number, oneRecordId: number) =>
  app.app.get(UnitOfWork).run(async () => {
    const store = app.app.get(Store);
    const link = await store.reads(Link).findOneByOrFail({ activeCitizenId: legacyCitizenId });
    const [id, none] = [await app.app.get(IdAllocator).one(), null];
    const shared = { relation: 'CO_OWNER' as const, joint: true, samePersonCitizenId: none, approvedOfId: none };
    await store.insert(Link, { ...link, id, oneRecordId, ...shared });
  });

describe('the routes that are watched', () => {
  const documented = () =>
    Object.entries(openApiDocument(app.app).paths).flatMap(([path, item]: [string, any]) => {
      if (!item.get?.['x-permissions']) return [];
      const route = path.replace('/api/v1/', '').replace(/\{(\w+)\}/g, ':$1');
      const queries = (item.get.parameters ?? []).filter((each: any) => each.in === 'query');
      return [route, ...queries.map(({ name }: any) => `${route}?${name}`)];
    });
  /** What asks a list about one citizen. */
  const ASKS = /\?(oneRecordId|citizenId|legacyCitizenId|buyerId|accountId|subscriptionId)$/;

  it('are all that show one thing of one citizen', () => {
    const missing = documented().filter(
      (route) => (/:[^?]*$/.test(route) || ASKS.test(route)) && !watchedRoutes().has(route),
    );
    expect(missing.filter((route) => !NOBODYS.some((pattern) => pattern.test(route)))).toEqual([]);
  });

  it('are there, and their records are found in this database', async () => {
    const known = new Set(documented());
    expect([...watchedRoutes().keys()].filter((route) => !known.has(route))).toEqual([]);
    for (const { records } of watchedRoutes().values()) {
      const parameters = [...records.matchAll(/\?/g)].map(() => (/"(serial|number)" = \?/.test(records) ? 'x' : 1));
      expect(await app.app.get(Store).sql(records, parameters)).toEqual([]);
    }
  });

  it('are read by id, or by a serial in any form', () => {
    expect(keyOf({ id: '42', evidenceId: '7' })).toBe(42);
    expect(keyOf({ serial: 'st-oss-2026-000123-62' })).toBe('ST-OSS-2026-000123-62');
    expect(keyOf({ number: '2026-000042' })).toBe('2026-000042');
    expect(keyOf({ id: 'x' })).toBeNull();
  });
});

describe('a citizen', () => {
  it('reads who looked at what, a line a day, person and kind', async () => {
    const citizen = await seedCitizen(app);
    await look(`/one-records/${citizen.id}`);
    app.clock.advance({ minutes: 5 });
    await look(`/one-records/${citizen.id}`);
    app.clock.advance({ minutes: 1 });
    await look(`/one-records/by-number/${citizen.number}`, 'auditor', { 'x-purpose': 'AUDIT' });
    app.clock.advance({ days: 1 });
    await look(`/one-records/${citizen.id}/rows`, 'clerk', { 'x-purpose': 'BECAUSE' });
    expect(await readers(citizen.id)).toEqual([
      {
        day: '2026-11-25',
        kind: 'ROWS',
        what: { ar: 'سجلات الأنظمة القديمة', en: 'Rows of the old systems' },
        department: { ar: 'مركز خدمات الجمهور', en: 'One-Stop Shop' },
        role: 'clerk',
        position: { ar: 'موظف', en: 'Clerk' },
        name: null,
        purpose: null,
        times: 1,
        firstAt: '2026-11-25T08:06:00.000Z',
        lastAt: '2026-11-25T08:06:00.000Z',
      },
      expect.objectContaining({ day: '2026-11-24', role: 'auditor', department: null, purpose: 'AUDIT', times: 1 }),
      expect.objectContaining({
        kind: 'RECORD',
        role: 'clerk',
        times: 2,
        firstAt: '2026-11-24T08:00:00.000Z',
        lastAt: '2026-11-24T08:05:00.000Z',
      }),
    ]);
    const second = await app.app.get(Accesses).of(citizen.id, { page: 2, pageSize: 2 });
    expect([second.total, second.items.map(({ role }) => role)]).toEqual([3, ['clerk']]);
  });

  it('reads of an account also what was looked at for those who hold it together', async () => {
    const owner = await seedCitizen(app, [{ services: [{ movements: [['ILS', 5000, 0]] }] }]);
    await app.app.get(TakeOvers).run();
    const [serviceId] = owner.serviceIds;
    const account = await app.app.get(Store).reads(Account).findOneByOrFail({ legacyServiceId: serviceId! });
    const coOwner = await seedCitizen(app);
    await tie(account.legacyCitizenId!, coOwner.id);
    await look(`/billing/accounts/${account.id}/bills`, 'cashier');
    await look(`/billing/accounts/${account.id}/statement`, 'cashier');
    await look(`/one-records/${owner.id}/accounts`, 'cashier');
    expect((await readers(owner.id)).map(({ kind, role }) => [kind, role]).sort()).toEqual([
      ['ACCOUNT', 'cashier'],
      ['BILL', 'cashier'],
      ['STATEMENT', 'cashier'],
    ]);
    expect((await readers(coOwner.id)).map(({ kind }) => kind).sort()).toEqual(['BILL', 'STATEMENT']);
  });

  it('reads of lists that were asked about them alone', async () => {
    const [citizen, other] = [
      await seedCitizen(app, [{ services: [{ movements: [['ILS', 5000, 0]] }] }]),
      await seedCitizen(app),
    ];
    await app.app.get(TakeOvers).run();
    const [legacyServiceId] = citizen.serviceIds;
    const account = await app.app.get(Store).reads(Account).findOneByOrFail({ legacyServiceId: legacyServiceId! });
    const arabic = account.number.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    await look(`/billing/payers?oneRecordId=${citizen.id}`, 'cashier');
    await look(`/billing/payers?number=${encodeURIComponent(arabic)}`, 'cashier');
    await look(`/notifications/messages?oneRecordId=${citizen.id}`, 'supervisor');
    await look(`/water/requests?oneRecordId=${citizen.id}&pageSize=1`, 'officer');
    expect((await readers(citizen.id)).map(({ kind, role, times }) => [kind, role, times]).sort()).toEqual([
      ['ACCOUNT', 'cashier', 2],
      ['MESSAGE', 'supervisor', 1],
      ['SERVICE', 'officer', 1],
    ]);
    expect(await readers(other.id)).toEqual([]);
  });

  it('reads nothing of what was refused or not there', async () => {
    const citizen = await seedCitizen(app);
    const path = `/one-records/${citizen.id}/evidence`;
    expect((await app.request('GET', `${path}/9007199254740991`, { as: 'clerk' })).status).toBe(404);
    expect((await app.request('GET', `/one-records/${citizen.id}/transactions`, { as: 'cashier' })).status).toBe(403);
    const headers = { authorization: `Bearer ${await app.tokenOf('clerk')}` };
    const head = { method: 'HEAD' as const, url: `/api/v1/one-records/${citizen.id}`, headers };
    expect((await app.app.inject(head)).statusCode).toBe(200);
    expect(await readers(citizen.id)).toEqual([]);
  });

  it('reads of each look the request that made it, in the audit', async () => {
    const citizen = await seedCitizen(app);
    await look(`/one-records/${citizen.id}`, 'clerk', { 'x-request-id': 'look-1' });
    const [row] = await app.app.get(Store).reads(RecordAccess).findBy({ oneRecordId: citizen.id });
    expect(row).toMatchObject({ requestId: 'look-1', kind: 'RECORD' });
  });
});

it('where names are shown, the name of who looked', async () => {
  const named = await startTestApp({ ACCESS_NAMES: 'name' });
  try {
    const citizen = await seedCitizen(named);
    await named.request('GET', `/one-records/${citizen.id}`, { as: 'clerk' });
    expect((await named.app.get(Accesses).of(citizen.id, ALL)).items).toMatchObject([{ name: 'سناء كنعان' }]);
  } finally {
    await named.close();
  }
});
