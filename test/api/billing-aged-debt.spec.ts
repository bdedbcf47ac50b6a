import { Store } from '@libs/persistence';
import { addDays, localDateOf } from '@libs/calendar';
import fc from 'fast-check';
import { Proofs, TakeOvers } from '../../src/billing';
import { Accounts } from '../../src/billing/accounts/accounts';
import { Books } from '../../src/billing/books/books';
import { Charge } from '../../src/billing/books/open-item.entity';
import { AgedDebt } from '../../src/billing/reports/aged-debt';
import { startTestApp, type TestApp } from '../support/app';
import { openAccounts } from '../support/bill-runs';
import { seedRecord } from '../support/records';

const PAGE = { page: 1, pageSize: 10_000 };

describe('aged debt as of a day', () => {
  let app: TestApp;
  let books: Books;
  let aged: AgedDebt;

  beforeAll(async () => {
    app = await startTestApp({}, '2026-03-01T08:00:00.000Z');
    [books, aged] = [app.app.get(Books), app.app.get(AgedDebt)];
  });
  afterAll(async () => {
    const proof = await app.app.get(Proofs).run('CLI');
    await app.close();
    expect(proof).toMatchObject({ state: 'HOLDS', findings: [] });
  });

  const today = () => localDateOf(app.clock.now());

  interface Act {
    kind: 'charge' | 'pay' | 'waive' | 'reverse' | 'cancel';
    account: number;
    amount: number;
    pick: number;
    /** Days that it is dated back, where that is asked for. */
    back: number;
  }
  const acts = fc.array(
    fc.record<Act>({
      kind: fc.constantFrom('charge', 'charge', 'pay', 'pay', 'waive', 'reverse', 'cancel'),
      account: fc.nat(2),
      amount: fc.integer({ min: 1, max: 500 }),
      pick: fc.nat(1000),
      back: fc.nat(6),
    }),
    { maxLength: 5 },
  );
  const days = fc.array(acts, { minLength: 3, maxLength: 7 });

  /** Does what is asked to accounts of a currency; what the books refuse is left out. */
  function actor(accountIds: number[], currency: string) {
    const made: { postingId: number; on: string }[] = [];
    const charges: { id: number; on: string }[] = [];
    const shared = { by: null, description: 'اختبار' };
    return async ({ kind, account, amount, pick, back }: Act, backwards: boolean) => {
      const accountId = accountIds[account]!;
      const day = backwards ? addDays(today(), -back) : today();
      const after = (on: string) => (on > day ? on : day);
      if (kind === 'reverse') {
        const one = made[pick % made.length];
        if (!one) return;
        await books
          .reverse({ ...shared, postingId: one.postingId, on: after(one.on), reason: 'خطأ' })
          .catch(() => null);
        return;
      }
      if (kind === 'cancel') {
        const one = charges[pick % charges.length];
        const charge = one && (await app.app.get(Store).reads(Charge).findOneBy({ id: one.id }));
        if (!charge || charge.amount === charge.cancelled) return;
        const part = Math.min(amount, charge.amount - charge.cancelled);
        const entries = [{ ledger: 'INCOME' as const, currency, amount: part }];
        const chargesBack = [{ id: charge.id, amount: part }];
        await books.post({ ...shared, kind: 'CREDIT_NOTE', on: after(one.on), entries, chargesBack });
        return;
      }
      const [debit, ledger] = [kind === 'charge', kind === 'pay' ? 'CASH' : kind === 'waive' ? 'WAIVERS' : 'INCOME'];
      const posted = await books.post({
        ...shared,
        kind: debit ? 'CHARGE' : kind === 'pay' ? 'PAYMENT' : 'WAIVER',
        on: day,
        entries: [{ ledger: ledger as 'CASH', currency, amount: debit ? -amount : amount }],
        ...(debit
          ? { charges: [{ accountId, head: 'WASTE', amount, dueOn: addDays(day, 20 - (pick % 80)) }] }
          : { credits: [{ accountId, amount }] }),
      });
      made.push({ postingId: posted.postingId, on: day });
      charges.push(...posted.chargeIds.map((id) => ({ id, on: day })));
    };
  }
  const nextDay = () => app.clock.advance({ days: 1 });

  it('says later what it said on the day, and of each account what the ledger says', async () => {
    await fc.assert(
      fc.asyncProperty(days, async (plan) => {
        const ids = await openAccounts(app, 3);
        const act = actor(ids, 'ILS');
        const seen: { day: string; summary: unknown; accounts: unknown }[] = [];
        for (const list of plan) {
          for (const each of list) await act(each, false);
          seen.push({ day: today(), summary: await aged.summary(), accounts: await aged.byAccount({}, PAGE) });
          nextDay();
        }
        for (const { day, summary, accounts } of seen) {
          expect(await aged.summary(day)).toEqual(summary);
          const page = await aged.byAccount({ asOf: day }, PAGE);
          expect(page).toEqual(accounts);
          const balances = await app.app.get(Accounts).balances(ids, day);
          const owed = new Map(page.items.map(({ accountId, total }) => [accountId, total]));
          for (const id of ids) expect(owed.get(id) ?? 0).toBe(Math.max(balances.get(id)!, 0));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('equals the ledger less advances on every day, also when postings are dated back', async () => {
    await fc.assert(
      fc.asyncProperty(days, async (plan) => {
        const act = actor(await openAccounts(app, 3, { currency: 'JOD' }), 'JOD');
        const first = today();
        for (const list of plan) {
          for (const each of list) await act(each, true);
          nextDay();
        }
        for (let day = addDays(first, -7); day <= today(); day = addDays(day, 1)) {
          const total = (await aged.summary(day)).totals.find(({ currency }) => currency === 'JOD');
          const [row] = await app.app.get(Store).sql<{ sum: number | string | null }>(
            `SELECT SUM("amount") AS "sum" FROM "ledger_entries"
             WHERE "ledger" = 'RECEIVABLE' AND "currency" = 'JOD' AND "posted_on" <= ?`,
            [day],
          );
          const { owed = 0, advances = 0, balance = 0, beforeTakeOver = 0 } = total ?? {};
          expect([owed - advances, balance, beforeTakeOver]).toEqual([balance, Number(row!.sum ?? 0), 0]);
          expect(owed).toBeGreaterThanOrEqual(0);
          expect(advances).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('is asked by people: whole, by account and of a record, and not of a day to come', async () => {
    app.forgetTokens();
    const record = await seedRecord(app, [{}]);
    const [id] = (await openAccounts(app, 1, { currency: 'USD', oneRecordId: record.id })) as [number];
    const act = actor([id], 'USD');
    const start = today();
    const doing = (kind: Act['kind'], amount: number) => act({ kind, account: 0, amount, pick: 60, back: 0 }, false);
    await doing('charge', 700);
    nextDay();
    await doing('pay', 1000);
    nextDay();
    app.forgetTokens();
    const get = (path: string, as = 'auditor') => app.request('GET', path, { as });
    const usd = (body: any) => body.totals.find(({ currency }: any) => currency === 'USD');
    expect(usd((await get(`/billing/reports/aged-debt?asOf=${start}`)).body)).toEqual({
      currency: 'USD',
      owed: '700',
      advances: '0',
      balance: '700',
      beforeTakeOver: '0',
    });
    const now = (await get('/billing/reports/aged-debt')).body;
    expect(usd(now)).toMatchObject({ owed: '0', advances: '300', balance: '-300' });
    expect(now.advances).toContainEqual({ currency: 'USD', amount: '300' });
    const accounts = (await get(`/billing/reports/aged-debt/accounts?asOf=${start}&currency=USD`)).body;
    expect(accounts).toMatchObject({ total: 1, items: [{ accountId: id, total: '700' }] });
    const bucket = accounts.items[0].buckets.find(({ amount }: any) => amount !== '0');
    expect(bucket).toEqual({ bucket: 'DAYS_31_60', amount: '700' });
    const ofRecord = (query = '') => get(`/one-records/${record.id}/aged-debt${query}`, 'clerk');
    expect((await ofRecord(`?asOf=${start}`)).body.accounts).toEqual(accounts.items);
    expect((await ofRecord()).body.accounts).toEqual([]);
    const refused = { status: 422, body: { errors: [{ pointer: '/asOf', code: 'notAfterToday' }] } };
    const tomorrow = addDays(today(), 1);
    for (const path of ['/billing/reports/aged-debt', '/billing/reports/aged-debt/accounts']) {
      expect(await get(`${path}?asOf=${tomorrow}`)).toMatchObject(refused);
      expect((await get(`${path}?asOf=2026-02-30`)).status).toBe(422);
    }
    expect(await ofRecord(`?asOf=${tomorrow}`)).toMatchObject(refused);
  });

  it('says which part of the balance is from before a take-over', async () => {
    await seedRecord(
      app,
      [{ services: [{ movements: [['USD', 10_000, 0, '2020-03-15'], ['USD', 0, 4000, '2020-04-01']] }] }], // prettier-ignore
      { documentKey: 'other:aged', documentNumber: '900000001' },
    );
    await app.app.get(TakeOvers).run();
    const usd = async (day: string) => (await aged.summary(day)).totals.find(({ currency }) => currency === 'USD')!;
    expect(await usd('2020-03-20')).toMatchObject({ owed: 6000, balance: 10_000, beforeTakeOver: 4000 });
    expect(await usd('2020-04-01')).toMatchObject({ owed: 6000, balance: 6000, beforeTakeOver: 0 });
  });
});
