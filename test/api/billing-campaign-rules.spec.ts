import { Proofs } from '../../src/billing';
import { startTestApp, type TestApp } from '../support/app';
import { charged, keyed } from '../support/charged';
import { tillDesk } from '../support/till';

let app: TestApp;
let desk: ReturnType<typeof tillDesk>;
let books: ReturnType<typeof charged>;
let made = 0;

beforeAll(async () => {
  app = await startTestApp();
  desk = tillDesk(app);
  books = charged(app);
  await desk.shift((await desk.till('R-1')).id);
});
afterAll(async () => {
  expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
  await app.close();
});

const TERMS = {
  nameAr: 'حملة تسوية المتأخرات',
  nameEn: 'Arrears campaign',
  decisionNumber: 'قرار المجلس 2026/112',
  kind: 'PERCENT_OF_ARREARS',
  currency: 'ILS',
  from: '2026-11-01',
  until: '2026-12-31',
  arrearsBefore: '2026-07-01',
  ratePpm: 400_000,
};
const draft = (terms: object = {}, as = 'officer', headers = keyed()) =>
  app.request('POST', '/billing/campaigns', { as, headers, body: { code: `R-${++made}`, ...TERMS, ...terms } });
const act = (id: number, verb: string, version: number, as = 'supervisor') =>
  app.request('POST', `/billing/campaigns/${id}/${verb}`, { as, headers: keyed(version), body: { reason: 'بقرار' } });
const read = async (id: number) => (await app.request('GET', `/billing/campaigns/${id}`, { as: 'cashier' })).body;
async function running(terms: object = {}): Promise<number> {
  const { body } = await draft(terms);
  expect((await act(body.id, 'approve', 1)).status).toBe(200);
  return body.id;
}
const end = async (id: number) => act(id, 'end', (await read(id)).version);

async function debtor(currency = 'ILS', amount = 100_000): Promise<number> {
  const { id } = await desk.account({ currency });
  await books.charge(id, amount, { dueOn: '2026-03-31' });
  return id;
}
const pay = (accountId: number, amount: string, line: object = {}, currency = 'ILS') =>
  desk.post('/payments', {
    payerName: 'سعاد النابلسي',
    lines: [{ accountId, amount, ...line }],
    tenders: [{ kind: 'CASH', currency, amount }],
  });
const relief = async (accountId: number) => {
  const body = { lines: [{ accountId }] };
  return (await app.request('POST', '/payments/quote', { as: 'clerk', body })).body.lines[0].relief.amount;
};

describe('a campaign', () => {
  it('is drafted by one, approved by another, and changed only before that', async () => {
    const headers = keyed();
    const body = { code: 'spring', ...TERMS, budget: '1000.50', serviceTypes: ['WATER'] };
    const { body: made } = await app.request('POST', '/billing/campaigns', { as: 'supervisor', headers, body });
    expect(made).toMatchObject({ code: 'SPRING', state: 'DRAFT', budget: '100050', withoutPlan: true, version: 1 });
    const again = await app.request('POST', '/billing/campaigns', { as: 'supervisor', headers, body });
    expect(again.body).toEqual(made);
    expect(await draft({ code: 'SPRING' })).toMatchObject({
      status: 409,
      body: { code: 'billing.campaign-code-taken' },
    });
    expect((await draft({}, 'clerk')).status).toBe(403);
    expect((await act(made.id, 'approve', 1, 'officer')).status).toBe(403);
    expect(await act(made.id, 'approve', 1)).toMatchObject({
      status: 403,
      body: { code: 'billing.campaign-four-eyes' },
    });
    const put = (version: number, changes: object = {}) =>
      app.request('PUT', `/billing/campaigns/${made.id}`, {
        as: 'officer',
        headers: { 'if-match': `"${version}"` },
        body: { code: 'SPRING', ...TERMS, ...changes },
      });
    expect(await put(1, { ratePpm: 300_000 })).toMatchObject({ body: { ratePpm: 300_000, budget: null, version: 2 } });
    expect((await put(1)).status).toBe(412);
    expect((await act(made.id, 'approve', 1)).status).toBe(412);
    expect(await act(made.id, 'approve', 2)).toMatchObject({
      body: { state: 'APPROVED', approvedBy: expect.any(Number) },
    });
    expect((await put(3)).body.code).toBe('billing.campaign-not-draft');
    expect((await act(made.id, 'approve', 3)).body.code).toBe('billing.campaign-not-draft');
    expect((await act(made.id, 'suspend', 3, 'officer')).status).toBe(403);
    expect((await act(made.id, 'resume', 3)).body.code).toBe('billing.campaign-state');
    expect((await end(made.id)).body.state).toBe('ENDED');
    expect((await end(made.id)).body.code).toBe('billing.campaign-state');
    const { body: list } = await app.request('GET', '/billing/campaigns?state=ENDED', { as: 'auditor' });
    expect(list.items.map(({ code }: any) => code)).toEqual(['SPRING']);
    for (const path of ['', '/report', '/grants', '/debtors']) {
      expect((await app.request('GET', `/billing/campaigns/999999${path}`, { as: 'supervisor' })).status).toBe(404);
    }
    expect((await app.request('GET', `/billing/campaigns/${made.id}/report`, { as: 'clerk' })).status).toBe(403);
  });

  it('has terms that fit its kind', async () => {
    const none = undefined;
    const donor = {
      kind: 'DONOR',
      ratePpm: none,
      donorName: 'صندوق الزكاة',
      donorPpm: 600_000,
      municipalityPpm: 400_000,
    };
    const wrong: [object, string, string][] = [
      [{ until: '2026-10-31' }, '/until', 'notBeforeFrom'],
      [{ arrearsBefore: '2026-11-02' }, '/arrearsBefore', 'notAfterFrom'],
      [{ arrearsBefore: none }, '/arrearsBefore', 'required'],
      [{ ratePpm: none }, '/ratePpm', 'required'],
      [{ ratePpm: 1_000_000 }, '/ratePpm', 'lessThanWhole'],
      [{ donorName: 'أحد' }, '/donorName', 'notOfKind'],
      [{ kind: 'COMPLIANT_BONUS', compliantMonths: 12 }, '/arrearsBefore', 'notOfKind'],
      [{ kind: 'COMPLIANT_BONUS', arrearsBefore: none }, '/compliantMonths', 'required'],
      [{ ...donor, donorPpm: 600_001 }, '/municipalityPpm', 'moreThanWhole'],
      [{ ...donor, minimumPayment: '5' }, '/minimumPayment', 'nothingToPay'],
      [{ ...donor, donorName: none }, '/donorName', 'required'],
      [{ serviceTypes: ['GAS'] }, '/serviceTypes/0', 'unknown'],
      [{ budget: '0' }, '/budget', 'positive'],
      [{ minimumPayment: '1.005' }, '/minimumPayment', 'tooManyDecimals'],
      [{ code: 'no blanks' }, '/code', 'pattern'],
    ];
    for (const [terms, pointer, code] of wrong) {
      expect((await draft(terms)).body).toMatchObject({ code: 'http.invalid', errors: [{ pointer, code }] });
    }
  });

  it('grants on its days, while it is approved and not suspended', async () => {
    const account = await debtor();
    const { body: drafted } = await draft();
    expect(await relief(account)).toBe('0');
    await act(drafted.id, 'approve', 1);
    expect(await relief(account)).toBe('40000');
    await act(drafted.id, 'suspend', 2);
    expect(await relief(account)).toBe('0');
    expect((await pay(account, '600', { relief: '400' })).body.code).toBe('billing.relief-differs');
    await act(drafted.id, 'resume', 3);
    expect(await relief(account)).toBe('40000');
    await end(drafted.id);
    for (const days of [{ from: '2026-11-25' }, { from: '2026-10-01', until: '2026-11-23' }]) {
      const id = await running(days);
      expect(await read(id)).toMatchObject({ phase: days.until ? 'OVER' : 'UPCOMING' });
      expect(await relief(account)).toBe('0');
      await end(id);
    }
  });

  it('grants to accounts of its currency and services, outside plans, for the least payment asked', async () => {
    const account = await debtor();
    const dinar = await debtor('JOD', 100_005);
    for (const terms of [{ serviceTypes: ['WASTE', 'RENT'] }, { currency: 'JOD' }]) {
      const id = await running(terms);
      expect(await relief(account)).toBe('0');
      // 40 % of JOD 100.005 is 40.002.
      if (terms.currency) expect((await pay(dinar, '60.003', {}, 'JOD')).body.reliefs[0].granted.amount).toBe('40002');
      await end(id);
    }
    const least = await running({ minimumPayment: '700' });
    const asked = { lines: [{ accountId: account, amount: '699.99' }] };
    const { body } = await app.request('POST', '/payments/quote', { as: 'cashier', body: asked });
    expect(body.lines[0]).toMatchObject({
      closes: { amount: '70000' },
      relief: { amount: '30000' },
      asked: { reliefs: [] },
    });
    await end(least);

    const { id: recordId, accountIds } = await books.record(['ILS']);
    const planned = accountIds[0]!;
    await books.charge(planned, 100_000, { dueOn: '2026-03-31' });
    const terms = { currency: 'ILS', downPayment: '0', instalments: 4, firstDueOn: '2026-12-01' };
    const headers = keyed();
    await app.request('POST', `/one-records/${recordId}/instalment-plans`, { as: 'officer', headers, body: terms });
    const strict = await running();
    expect(await relief(planned)).toBe('0');
    await end(strict);
    const open = await running({ withoutPlan: false });
    expect(await relief(planned)).toBe('40000');
    // Of a record without lines: its own accounts that owe.
    const { body: all } = await app.request('POST', '/payments/quote', {
      as: 'clerk',
      body: { oneRecordId: recordId },
    });
    expect(all).toMatchObject({ lines: [{ accountId: planned }], totals: [{ currency: 'ILS', amount: '60000' }] });
    await end(open);
  });

  it('is not spent beyond its budget by payers at once, and none of them is charged for a relief that is gone', async () => {
    const id = await running({ budget: '1000' });
    const accounts = await Promise.all(Array.from({ length: 4 }, () => debtor()));
    const answers = await Promise.all(accounts.map((account) => pay(account, '600', { relief: '400' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({
      code: 'billing.relief-differs',
      relief: '0',
    });
    expect(await read(id)).toMatchObject({ spent: { amount: '80000' }, left: { amount: '20000' } });
    const balances = await Promise.all(accounts.map((account) => desk.balance(account)));
    expect(balances.sort((a, b) => a - b)).toEqual([0, 0, 100_000, 100_000]);

    const paid = answers.find(({ status }) => status === 201)!.body.serial;
    const voids = await Promise.all(
      [1, 2].map(() => desk.post(`/payments/${paid}/void`, { reason: 'خطأ' }, { as: 'supervisor' })),
    );
    expect(voids.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await read(id)).toMatchObject({ spent: { amount: '40000' } });
    const [grants] = await desk.store.sql<{ sum: number | string }>(
      'SELECT SUM("amount") AS "sum" FROM "campaign_grants" WHERE "campaign_id" = ?',
      [id],
    );
    expect(Number(grants!.sum)).toBe(40_000);
    await end(id);
  });

  it('shares one budget among the accounts of a payment, and gives way to what spares the payer more', async () => {
    const small = await running({ budget: '500' });
    const [first, second] = [await debtor(), await debtor()];
    const two = {
      payerName: 'سعاد',
      lines: [first, second].map((accountId) => ({ accountId, amount: '600' })),
      tenders: [{ kind: 'CASH', currency: 'ILS', amount: '1200' }],
    };
    const { body } = await desk.post('/payments', two);
    expect(body.reliefs).toMatchObject([{ accountId: first, granted: { amount: '40000' } }]);
    const half = await running({ kind: 'MATCHING', ratePpm: 900_000 });
    const third = await debtor();
    // 90 % of 526.32 is 473.69, of which 473.68 closes 1,000.00; 40 % would have left 600.00 to pay.
    expect((await pay(third, '526.32')).body.reliefs).toMatchObject([{ granted: { amount: '47368' } }]);
    for (const id of [small, half]) await end(id);
  });
});

describe('a quote', () => {
  it('is asked for accounts that are there, each once, or a record', async () => {
    const ask = (body: object, as = 'clerk') => app.request('POST', '/payments/quote', { as, body });
    const account = await debtor();
    expect((await ask({})).body).toMatchObject({ errors: [{ pointer: '/lines', code: 'required' }] });
    const twice = [{ accountId: account }, { accountId: account }];
    expect((await ask({ lines: twice })).body.errors).toEqual([{ pointer: '/lines/1/accountId', code: 'duplicate' }]);
    expect((await ask({ lines: [{ accountId: 999_999 }] })).body.code).toBe('billing.account-unknown');
    expect((await ask({ lines: [{ accountId: account, amount: '-1' }] })).status).toBe(422);
    expect((await ask({ oneRecordId: 999_999 })).status).toBe(404);
    expect((await ask({ lines: [{ accountId: account }] }, 'administrator')).status).toBe(403);
    expect((await ask({ lines: [{ accountId: account, amount: '1200' }] })).body.lines[0]).toMatchObject({
      closes: { amount: '100000' },
      asked: { left: { amount: '0' }, surplus: { amount: '20000' } },
    });
  });
});
