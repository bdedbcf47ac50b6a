import { addDays, monthAfter } from '@libs/calendar';
import { Store } from '@libs/persistence';
import fc from 'fast-check';
import { Proofs } from '../../src/billing';
import { startTestApp, type TestApp } from '../support/app';
import { openAccounts } from '../support/bill-runs';
import { shareDesk, told } from '../support/shares';

let app: TestApp;
let desk: ReturnType<typeof shareDesk>;
let accountId: number;

beforeAll(async () => {
  app = await startTestApp();
  desk = shareDesk(app);
  [accountId] = (await openAccounts(app, 1, { serviceType: 'PROPERTY' })) as [number];
});
afterAll(async () => {
  const proof = await app.app.get(Proofs).run('CLI');
  await app.close();
  expect(proof).toMatchObject({ state: 'HOLDS', findings: [] });
});

describe('whatever is paid and taken back', () => {
  it('the settlements of all partners hold their parts of each month, exactly, and the ledger with them', async () => {
    const [one, two] = [await desk.partner('P-1'), await desk.partner('P-2')];
    await desk.rule(one, 'EDUCATION_TAX', '2027-01-01', 3333);
    await desk.rule(two, 'EDUCATION_TAX', '2027-01-01', 5001);
    const act = fc.record({
      pay: fc.integer({ min: 0, max: 3 }).map((kind) => kind > 0),
      amount: fc.integer({ min: 1, max: 99 }),
      back: fc.nat(40),
      pick: fc.nat(1000),
    });
    const month = fc.record({
      acts: fc.array(act, { maxLength: 6 }),
      settled: fc.array(fc.constantFrom(one, two), { maxLength: 2 }),
    });
    let period = '2027-01';
    const begin = (next: string) => {
      period = next;
      app.clock.set(`${next}-20T08:00:00.000Z`);
      app.forgetTokens();
    };
    begin(period);
    const payments: { id: number; on: string }[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(month, { minLength: 2, maxLength: 4 }), async (plan) => {
        for (const { acts, settled } of plan) {
          for (const { pay, amount, back, pick } of acts) {
            const day = addDays(`${period}-20`, -back);
            const on = day < '2027-01-01' ? '2027-01-01' : day;
            const known = payments[pick % payments.length];
            if (pay || !known) {
              const id = await desk.charge(on, amount, accountId, { head: 'EDUCATION_TAX' });
              payments.push({ id: await desk.credit(on, amount, accountId, id), on });
            } else {
              await desk.reverse(known.id, known.on > on ? known.on : on).catch(() => null);
            }
          }
          begin(monthAfter(period));
          for (const id of settled) {
            const { status, body } = await desk.settle(id, monthAfter(period, -1));
            if (status !== 201) expect(body.code).toBe('billing.nothing-to-settle');
          }
        }
        const last = monthAfter(period, -1);
        for (const id of [one, two]) {
          await desk.settle(id, last);
          expect((await desk.get(`/partners/${id}/preview?period=${last}`)).body.lines).toEqual([]);
        }
        const rows = await app.app.get(Store).sql<{ month: string; amount: number | string }>(
          `SELECT SUBSTRING(l."allocated_on", 1, 7) AS "month", SUM(l."amount") AS "amount" FROM "allocations" l
           JOIN "charges" c ON c."id" = l."charge_id" WHERE c."account_id" = ? AND l."allocated_on" < ?
           GROUP BY SUBSTRING(l."allocated_on", 1, 7)`,
          [accountId, `${period}-01`],
        );
        let total = 0;
        for (const [id, code, basisPoints] of [
          [one, 'P-1', 3333],
          [two, 'P-2', 5001],
        ] as const) {
          const { lines } = (await desk.get(`/partners/${id}/statement?from=2027-01-01&to=2099-12-31`)).body;
          const by = new Map<string, number>();
          for (const [of, , , share] of told(lines)) by.set(of, (by.get(of) ?? 0) + share);
          for (const { month: of, amount } of rows) {
            expect(Math.abs((by.get(of) ?? 0) - (Number(amount) * basisPoints) / 10_000)).toBeLessThanOrEqual(1);
          }
          const sum = [...by.values()].reduce((all, each) => all + each, 0);
          expect(-(await desk.ledger('THIRD_PARTY', code))).toBe(sum);
          total += sum;
        }
        const collected = rows.reduce((all, { amount }) => all + Number(amount), 0);
        expect(Math.abs(total - collected * 0.8334)).toBeLessThanOrEqual(rows.length);
      }),
      { numRuns: 8 },
    );
  });
});
