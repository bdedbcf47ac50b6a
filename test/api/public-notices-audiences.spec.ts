import { UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { AudienceSources } from '../../src/notifications';
import type { Subscription } from '../../src/water/subscriptions/subscription.entity';
import { startTestApp, type TestApp } from '../support/app';
import { noticeDesk } from '../support/notices';
import { addLegacyRows } from '../support/one-records';
import { seedRecord } from '../support/records';
import { tillDesk } from '../support/till';
import { networkDesk } from '../support/water-network';

let app: TestApp;
let desk: ReturnType<typeof noticeDesk>;
let network: ReturnType<typeof networkDesk>;

beforeAll(async () => {
  app = await startTestApp();
  desk = noticeDesk(app);
  network = networkDesk(app);
});
afterAll(() => app.close());

/** All members of an audience, in pages of two. */
async function members(source: string, parameters: Record<string, unknown>): Promise<unknown[]> {
  const audience = app.app.get(AudienceSources, { strict: false }).require(source);
  const all: unknown[] = [];
  let after: string | null = null;
  do {
    const { members, next } = await audience.page(parameters, after, 2);
    expect(members.length).toBeLessThanOrEqual(2);
    all.push(...members);
    after = next;
  } while (after !== null);
  return all;
}
const record = (id: number) => ({ oneRecordId: id });
const refused = async (source: string, parameters: object) =>
  (await desk.draft({ audience: { source, parameters } })).body.errors;

describe('the debtors over an amount', () => {
  it('are people, by what all their accounts of a currency and service owe too late', async () => {
    const till = tillDesk(app);
    const late = { on: '2026-01-15' };
    const [two, small, other, none] = [
      await desk.person(),
      await desk.person(),
      await desk.person(),
      await desk.person(),
    ];
    for (let n = 0; n < 2; n++) await till.account({ oneRecordId: two.id, charges: [30_000], ...late });
    await till.account({ oneRecordId: small.id, charges: [50_000], ...late });
    await till.account({ oneRecordId: other.id, charges: [70_000], currency: 'JOD', ...late });
    await till.account({ oneRecordId: none.id });
    expect(await members('billing.debtors', { above: '500.00', currency: 'ILS' })).toEqual([record(two.id)]);
    // As notices say it that were written when it was asked for in minor units.
    expect(await members('billing.debtors', { above: 50_000, currency: 'ILS' })).toEqual([record(two.id)]);
    expect(await members('billing.debtors', { above: '499.99', currency: 'ILS' })).toEqual([
      record(two.id),
      record(small.id),
    ]);
    expect(await members('billing.debtors', { above: '0', currency: 'JOD', serviceType: 'WATER' })).toEqual([
      record(other.id),
    ]);
    expect(await members('billing.debtors', { above: '0', currency: 'ILS', serviceType: 'WASTE' })).toEqual([]);
  });

  it('are also those whose accounts the old systems kept under their rows', async () => {
    const { id, citizenIds } = await legacyRecord();
    const till = tillDesk(app);
    for (const legacyCitizenId of citizenIds) {
      const account = await till.account({ charges: [90_000], on: '2026-01-15' });
      await hold(account.id, { legacyCitizenId });
    }
    expect(await members('billing.debtors', { above: '1,700', currency: 'ILS' })).toEqual([record(id)]);
  });

  it.each([
    [{ currency: 'ILS' }, 'above', 'required'],
    [{ above: 200_000, currency: 'ILS' }, 'above', 'amount'],
    [{ above: 'x', currency: 'ILS' }, 'above', 'notAnAmount'],
    [{ above: '-1', currency: 'ILS' }, 'above', 'positive'],
    [{ above: '1.505', currency: 'ILS' }, 'above', 'tooManyDecimals'],
    [{ above: '1', currency: 'EUR' }, 'currency', 'isIn'],
    [{ above: '1', currency: 'ILS', serviceType: 'AIR' }, 'serviceType', 'isIn'],
  ])('refuses %j', async (parameters, name, code) => {
    expect(await refused('billing.debtors', parameters)).toEqual([{ pointer: `/audience/parameters/${name}`, code }]);
  });
});

describe('water subscribers', () => {
  it('of a zone, route or class are people, each once whatever the number of subscriptions', async () => {
    const [west, east] = [await network.zone(), await network.zone()];
    const [anna, basim] = [await desk.person(), await desk.person()];
    const route = { code: 'R-77', name: 'خط', zoneId: east.id, cycleMonths: 1 };
    const { body: made } = await app.request('POST', '/water/routes', { as: 'supervisor', body: route });
    const of = async (zoneId: number | null, oneRecordId: number, more: Partial<Subscription> = {}) => {
      const { accountId } = await network.subscription(zoneId, more);
      await hold(accountId, { oneRecordId });
    };
    await of(west.id, anna.id);
    await of(west.id, anna.id, { waterClass: 'COMMERCIAL' });
    await of(null, basim.id, { routeId: made.id });
    await of(west.id, basim.id, { state: 'CLOSED' });
    expect(await members('water.subscribers', { zone: west.code })).toEqual([record(anna.id)]);
    expect(await members('water.subscribers', { zone: east.code })).toEqual([record(basim.id)]);
    expect(await members('water.subscribers', { route: 'R-77' })).toEqual([record(basim.id)]);
    expect(await members('water.subscribers', { zone: west.code, waterClass: 'COMMERCIAL' })).toEqual([
      record(anna.id),
    ]);
    expect(await members('water.subscribers', { zone: west.code, waterClass: 'INDUSTRIAL' })).toEqual([]);
    const id = await desk.submitted({ audience: { source: 'water.subscribers', parameters: { zone: west.code } } });
    await desk.approve(id);
    await app.drain();
    expect(await desk.got(anna.phone)).toHaveLength(1);
  });

  it('without a record are reached at the phone of the old system, if that is asked for, once', async () => {
    const zone = await network.zone();
    const rows = await addLegacyRows(app, [
      { name: 'بلا سجل', phone: '0599700001' },
      { name: 'الهاتف نفسه', phone: '0599700001' },
      { name: 'بلا هاتف' },
    ]);
    for (const legacyCitizenId of rows) {
      const { accountId } = await network.subscription(zone.id);
      await hold(accountId, { legacyCitizenId });
    }
    expect(await members('water.subscribers', { zone: zone.code })).toEqual([]);
    expect(await members('water.subscribers', { zone: zone.code, withUnlinked: true })).toEqual([
      { phone: '+970599700001' },
    ]);
    // Whose phone it is gets the notice as who they are, and once.
    const owner = await desk.person({ phoneE164: '+970599700001' });
    await hold((await network.subscription(zone.id)).accountId, { oneRecordId: owner.id });
    expect(await members('water.subscribers', { zone: zone.code, withUnlinked: true })).toEqual([record(owner.id)]);
  });

  it.each([
    [{ zone: 'nowhere' }, 'zone', 'unknown'],
    [{ route: 'nowhere' }, 'route', 'unknown'],
    [{ withUnlinked: 'yes' }, 'withUnlinked', 'flag'],
    [{ zone: '' }, 'zone', 'text'],
  ])('refuses %j', async (parameters, name, code) => {
    expect(await refused('water.subscribers', parameters)).toEqual([{ pointer: `/audience/parameters/${name}`, code }]);
  });
});

describe('the records', () => {
  it('are those that are approved, all or as listed', async () => {
    const [person, drafted] = [await desk.person(), await desk.person({ state: 'DRAFT' })];
    const all = await members('citizens.all', {});
    expect(all).toContainEqual(record(person.id));
    expect(all).not.toContainEqual(record(drafted.id));
    expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(all.length);
    const listed = { oneRecordIds: [person.id, person.id, drafted.id] };
    expect(await members('citizens.listed', listed)).toEqual([record(person.id)]);
    expect(await refused('citizens.listed', listed)).toEqual([
      { pointer: '/audience/parameters/oneRecordIds', code: 'unknown' },
    ]);
  });
});

const hold = (id: number, holder: Partial<Account>) =>
  app.app.get(UnitOfWork).run(() => desk.store.update(Account, { id }, holder));

async function legacyRecord() {
  const seeded = await seedRecord(app, [{}, {}], { phoneE164: '+970598700000' });
  const links = await desk.store.sql<{ id: number }>(
    'SELECT "legacy_citizen_id" AS "id" FROM "one_record_links" WHERE "one_record_id" = ? ORDER BY "id"',
    [seeded.id],
  );
  return { id: seeded.id, citizenIds: links.map(({ id }) => Number(id)) };
}
