import { Proofs } from '../../src/billing';
import { startTestApp, type TestApp } from './app';
import { charged, keyed } from './charged';
import { waterWorks, type WaterWorks } from './water-works';

/** Tuesday; notices that are served on it are over on AFTER, a Wednesday. */
export const TODAY = '2026-11-24';
export const AFTER = '2026-12-02';

type Seed = Parameters<WaterWorks['subscription']>[0];

interface Versioned {
  id: number;
  version: number;
}

/** Debtors, and what is done until their water is cut; for each test an application of its own. */
export function cutDesk() {
  let app: TestApp;
  let works: WaterWorks;
  let books: ReturnType<typeof charged>;
  beforeEach(async () => {
    app = await startTestApp();
    works = waterWorks(app);
    books = charged(app);
  });
  afterEach(async () => {
    expect(await books.faults()).toEqual([]);
    expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
    await app.close();
  });

  const desk = {
    get app() {
      return app;
    },
    get works() {
      return works;
    },
    get books() {
      return books;
    },
    on(day: string) {
      app.clock.set(`${day}T08:00:00.000Z`);
      app.forgetTokens();
    },
    /** Owes 1,500.00 since September and 1,000.00 since October. */
    async debtor(changes: Seed = {}) {
      const subscription = await works.subscription(changes);
      await books.charge(subscription.accountId, 150_000, { dueOn: '2026-09-30' });
      await books.charge(subscription.accountId, 100_000, { dueOn: '2026-10-31' });
      return subscription;
    },
    listed: async (body: object = {}): Promise<Versioned> => (await works.post('/cut-runs', body)).body,
    candidates: async (id: number): Promise<any[]> => (await works.get(`/cut-runs/${id}/candidates`)).body.items,
    issue: ({ id, version }: Versioned, as = 'supervisor') => works.post(`/cut-runs/${id}/issue`, {}, { as, version }),
    serve: (serial: string, version: number, more: object = {}) => {
      const service = { means: 'IN_PERSON', on: TODAY, to: 'المشترك', server: 'رائد سالم', ...more };
      return works.post(`/cut-notices/${serial}/service`, service, { as: 'clerk', version });
    },
    /** The notices of a new list, served today. */
    async served(body: object = {}): Promise<any[]> {
      const run = await desk.listed(body);
      expect((await desk.issue(run)).status).toBe(200);
      const notices = async () => (await works.get(`/cut-notices?runId=${run.id}`)).body.items;
      for (const { serial, version } of await notices()) await desk.serve(serial, version);
      return notices();
    },
    ordered: async () => (await works.post('/orders', {}, { as: 'supervisor' })).body,
    execute: ({ id, version }: Versioned, body: object = {}, as = 'officer') => {
      const report = { on: AFTER, reading: 77, seal: 'S-9', photo: 'p/1.jpg', ...body };
      return works.post(`/orders/${id}/execute`, report, { as, version });
    },
    field: (body: object = {}) =>
      works.post('/field-lists', { kind: 'DISCONNECT', workOn: AFTER, crew: 'فرقة 1', ...body }),
    order: async (id: number) => (await works.get(`/orders/${id}`)).body,
    /** A debtor whose cut is ordered, on the day after the deadline. */
    async dueForCut(changes: Seed = {}) {
      const subscription = await desk.debtor(changes);
      const [notice] = await desk.served();
      desk.on(AFTER);
      const { orders } = await desk.ordered();
      return { subscription, notice, cut: orders[0] };
    },
    async planFor(recordId: number, accountId: number) {
      const terms = { currency: 'ILS', downPayment: '200', instalments: 3, firstDueOn: '2026-12-31' };
      const path = `/one-records/${recordId}/instalment-plans`;
      const { body: plan } = await app.request('POST', path, { as: 'officer', headers: keyed(), body: terms });
      await books.pay(accountId, 20_000);
      const activate = { as: 'officer', headers: keyed(plan.version), body: {} };
      const { status } = await app.request('POST', `/billing/instalment-plans/${plan.id}/activate`, activate);
      expect(status).toBe(200);
    },
  };
  return desk;
}
