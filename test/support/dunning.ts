import { Proofs } from '../../src/billing';
import { WarningReview } from '../../src/billing/dunning/warning-review';
import { startTestApp, type TestApp } from './app';
import { charged, keyed } from './charged';

export interface VersionedWarning {
  serial: string;
  version: number;
}

/** Debtors, dunning runs and warnings, and what is asked of them; for each test an application of its own. */
export function dunningDesk() {
  let app: TestApp;
  let books: ReturnType<typeof charged>;
  beforeEach(async () => {
    app = await startTestApp();
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
    get books() {
      return books;
    },
    on(day: string) {
      app.clock.set(`${day}T08:00:00.000Z`);
      app.forgetTokens();
    },
    /** A record that owes: 300.00 due 31/08, 200.00 due 30/09, and 100.00 that is not overdue yet. */
    async debtor(factor = 1) {
      const { id, accountIds } = await books.record(['ILS']);
      const [account] = accountIds as [number];
      const chargeIds = [
        await books.charge(account, 30_000 * factor, { dueOn: '2026-08-31' }),
        await books.charge(account, 20_000 * factor, { dueOn: '2026-09-30', head: 'WASTE' }),
      ];
      await books.charge(account, 10_000, { dueOn: '2026-11-10' });
      return { recordId: id, account, chargeIds };
    },
    create: (body: object = {}, as = 'officer', headers = keyed()) =>
      app.request('POST', '/billing/dunning-runs', { as, headers, body }),
    run: async (id: number) => (await app.request('GET', `/billing/dunning-runs/${id}`, { as: 'auditor' })).body,
    debtors: async (id: number) =>
      (await app.request('GET', `/billing/dunning-runs/${id}/debtors`, { as: 'officer' })).body.items,
    issue: async (id: number, as = 'supervisor', headers?: Record<string, string>) =>
      app.request('POST', `/billing/dunning-runs/${id}/issue`, {
        as,
        headers: headers ?? keyed((await desk.run(id)).version),
      }),
    async listed(body: object = {}) {
      const { body: made, status } = await desk.create(body);
      expect(status).toBe(201);
      await app.drain();
      return desk.run(made.id);
    },
    warningsOf: async (query: string) =>
      (await app.request('GET', `/billing/warnings?${query}`, { as: 'clerk' })).body.items,
    /** The warnings of a new run. */
    async warned(body: object = {}) {
      const { id } = await desk.listed(body);
      expect((await desk.issue(id)).status).toBe(202);
      await app.drain();
      return desk.warningsOf(`runId=${id}`);
    },
    read: async (serial: string) => (await app.request('GET', `/billing/warnings/${serial}`, { as: 'clerk' })).body,
    act: ({ serial, version }: VersionedWarning, verb: string, body: object, as = 'supervisor') =>
      app.request('POST', `/billing/warnings/${serial}/${verb}`, {
        as,
        headers: { 'if-match': `"${version}"` },
        body,
      }),
    review: () => app.app.get(WarningReview).run(),
    verify: async (serial: string) =>
      (await app.request('GET', `//verify/${serial}`, { headers: { accept: 'application/json' } })).body,
  };
  return desk;
}
