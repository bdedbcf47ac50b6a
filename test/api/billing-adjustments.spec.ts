import { startTestApp, type TestApp } from '../support/app';
import { charged, keyed } from '../support/charged';

const PAPER = { reason: 'قراءة عداد خاطئة', documentNumber: 'م.م 2026/114' };

describe('adjustments', () => {
  let app: TestApp;
  let books: ReturnType<typeof charged>;
  let water: number;
  beforeAll(async () => {
    app = await startTestApp();
    books = charged(app);
    [water] = (await books.record(['ILS'])).accountIds as [number];
  });
  afterAll(() => app.close());
  afterEach(async () => expect(await books.faults()).toEqual([]));

  const propose = (kind: string, body: object, as = 'clerk', headers = keyed()) =>
    app.request('POST', `/billing/adjustments/${kind}`, { as, headers, body: { ...PAPER, ...body } });
  const decide = (
    { id, version }: { id: number; version: number },
    verb: string,
    as: string,
    headers: Record<string, string> = keyed(version),
  ) =>
    app.request('POST', `/billing/adjustments/${id}/${verb}`, {
      as,
      headers,
      ...(verb !== 'approve' && { body: { reason: 'المستند لا يخص الحساب' } }),
    });
  const posted = async (kind: string, body: object) => {
    const { body: proposed } = await propose(kind, body);
    const answer = await decide(proposed, 'approve', 'supervisor');
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const newAccount = async (currency = 'ILS', opening = 0) => (await books.record([currency], opening)).accountIds[0]!;

  it('takes back part of a charge once another has approved it, and charges it again on reversal', async () => {
    const account = await newAccount();
    const chargeId = await books.charge(account, 30_000, { dueOn: '2026-10-31' });
    const income = (await books.ledger('INCOME')).ILS!;
    const { status, body: proposed } = await propose('credit-notes', { chargeId, amount: '125.50' });
    expect(status).toBe(201);
    expect(proposed).toMatchObject({
      kind: 'CREDIT_NOTE',
      state: 'PROPOSED',
      accountId: account,
      chargeId,
      head: 'WATER',
      currency: 'ILS',
      amount: '12550',
      formatted: '125.50',
      ...PAPER,
      serial: null,
      postingId: null,
      version: 1,
    });
    expect(await books.balance(account)).toBe(30_000);
    const { status: done, body } = await decide(proposed, 'approve', 'officer');
    expect(done).toBe(200);
    expect(body).toMatchObject({ state: 'POSTED', postedOn: '2026-11-24', version: 2 });
    expect(body.serial).toMatch(/^CN-OSS-2026-000001-\d\d$/);
    expect(await books.balance(account)).toBe(17_450);
    expect(await books.chargeRow(chargeId)).toMatchObject({ cancelled: 12_550, outstanding: 17_450 });
    expect((await books.ledger('INCOME')).ILS).toBe(income + 12_550);
    const reversed = await decide(body, 'reverse', 'supervisor');
    expect(reversed).toMatchObject({
      status: 200,
      body: { state: 'REVERSED', reversal: 'المستند لا يخص الحساب', version: 3 },
    });
    expect(reversed.body.reversalPostingId).toBeGreaterThan(body.postingId);
    expect(await books.balance(account)).toBe(30_000);
    expect((await books.ledger('INCOME')).ILS).toBe(income);
    const again = (await books.charges(account)).at(-1)!;
    expect(again).toMatchObject({ head: 'WATER', period: '2026-10', dueOn: '2026-10-31', outstanding: 12_550 });
    expect(await decide(reversed.body, 'reverse', 'supervisor')).toMatchObject({
      status: 409,
      body: { code: 'billing.adjustment-not-posted' },
    });
  });

  it('makes what was paid of a charge taken back an advance', async () => {
    const account = await newAccount();
    const chargeId = await books.charge(account, 10_000);
    await books.pay(account, 10_000);
    await posted('credit-notes', { chargeId, amount: '40' });
    expect(await books.balance(account)).toBe(-4000);
  });

  it('takes a charge of the old systems back at the expense of adjustments, not of this year’s income', async () => {
    const account = await newAccount('JOD', 7_125);
    const [opening] = await books.charges(account);
    const { amount, formatted } = await posted('credit-notes', { chargeId: opening!.id, amount: '7.125' });
    expect({ amount, formatted }).toEqual({ amount: '7125', formatted: '7.125' });
    expect(await books.balance(account)).toBe(0);
    expect((await books.ledger('ADJUSTMENTS')).JOD).toBe(7_125);
  });

  it('charges by a debit note, once, and takes it back whole', async () => {
    const account = await newAccount();
    const dates = { period: '2026-09', dueOn: '2026-12-15' };
    const body = await posted('debit-notes', { accountId: account, head: 'FEE', amount: '75', ...dates });
    expect(body.serial).toMatch(/^DN-OSS-2026-\d{6}-\d\d$/);
    const [made] = (await books.charges(account)).slice(-1);
    expect(made).toMatchObject({ head: 'FEE', amount: 7500, ...dates, source: `adjustment:${body.id}` });
    expect((await books.ledger('FEES')).ILS).toBe(-7500);
    await books.pay(account, 7500);
    await decide(body, 'reverse', 'supervisor');
    expect(await books.balance(account)).toBe(-7500);
    expect((await books.ledger('FEES')).ILS).toBe(0);
  });

  it('writes off what is unpaid of one charge, and brings it back', async () => {
    const account = await newAccount();
    await books.charge(account, 5000, { dueOn: '2026-01-31' });
    const chargeId = await books.charge(account, 20_000, { dueOn: '2026-06-30' });
    const body = await posted('write-offs', { chargeId, amount: '200.00' });
    expect(body.serial).toMatch(/^WO-OSS-2026-\d{6}-\d\d$/);
    expect(await books.balance(account)).toBe(5000);
    expect(await books.chargeRow(chargeId)).toMatchObject({ cancelled: 0, outstanding: 0 });
    const writtenOff = (await books.ledger('WRITE_OFFS')).ILS!;
    await decide(body, 'reverse', 'supervisor');
    expect(await books.chargeRow(chargeId)).toMatchObject({ outstanding: 20_000 });
    expect(await books.balance(account)).toBe(25_000);
    expect((await books.ledger('WRITE_OFFS')).ILS).toBe(writtenOff - 20_000);
  });

  it('is posted by another than who proposed it, whatever the amount', async () => {
    const chargeId = await books.charge(water, 100);
    for (const as of ['officer', 'supervisor']) {
      const { body } = await propose('credit-notes', { chargeId, amount: '0.01' }, as);
      expect(await decide(body, 'approve', as)).toMatchObject({ status: 403, body: { code: 'billing.four-eyes' } });
      expect((await decide(body, 'reject', as)).body).toMatchObject({ state: 'REJECTED' });
    }
    expect(await books.chargeRow(chargeId)).toMatchObject({ cancelled: 0 });
  });

  it.each([
    ['ILS', '500.00', '500.01'],
    ['JOD', '100.000', '100.001'],
    ['USD', '150.00', '150.01'],
  ])('in %s is approved by an officer up to %s, by a supervisor above', async (currency, most, above) => {
    const [first, second] = [await newAccount(currency), await newAccount(currency)];
    const large = (await propose('debit-notes', { accountId: first, head: 'OTHER', amount: above })).body;
    expect(await decide(large, 'approve', 'officer')).toMatchObject({
      status: 403,
      body: { code: 'billing.above-limit' },
    });
    expect(await books.balance(first)).toBe(0);
    expect((await decide(large, 'approve', 'supervisor')).status).toBe(200);
    const fits = (await propose('debit-notes', { accountId: second, head: 'OTHER', amount: most })).body;
    expect((await decide(fits, 'approve', 'officer')).status).toBe(200);
  });

  it('counts an officer’s limit over the account and month, so that small parts do not pass for a large amount', async () => {
    const account = await newAccount();
    const chargeId = await books.charge(account, 100_000);
    const part = async () => (await propose('credit-notes', { chargeId, amount: '300' })).body;
    expect((await decide(await part(), 'approve', 'officer')).status).toBe(200);
    expect((await decide(await part(), 'approve', 'officer2')).body.code).toBe('billing.above-limit');
    const writeOff = (await propose('write-offs', { chargeId, amount: '300' })).body;
    expect((await decide(writeOff, 'approve', 'officer')).status).toBe(200);
    expect(await books.balance(account)).toBe(40_000);
  });

  it('has one winner when two decide at once', async () => {
    const chargeId = await books.charge(water, 10_000);
    const before = await books.balance(water);
    const { body } = await propose('credit-notes', { chargeId, amount: '60' });
    const answers = await Promise.all([
      decide(body, 'approve', 'officer'),
      decide(body, 'approve', 'supervisor'),
      decide(body, 'reject', 'officer2'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
    const { body: after } = await app.request('GET', `/billing/adjustments/${body.id}`, { as: 'auditor' });
    expect(await books.balance(water)).toBe(after.state === 'POSTED' ? before - 6000 : before);
  });

  it('does not take back more than the charge, also when two proposals are approved', async () => {
    const account = await newAccount();
    const chargeId = await books.charge(account, 10_000);
    const [one, two] = [
      (await propose('credit-notes', { chargeId, amount: '60' })).body,
      (await propose('credit-notes', { chargeId, amount: '60' })).body,
    ];
    const answers = await Promise.all([one, two].map((each) => decide(each, 'approve', 'supervisor')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('billing.exceeds-charge');
    expect(await books.balance(account)).toBe(4000);
    const { body: list } = await app.request('GET', `/billing/adjustments?state=PROPOSED&accountId=${account}`, {
      as: 'officer',
    });
    expect(list).toMatchObject({ total: 1, items: [{ state: 'PROPOSED', version: 1 }] });
  });

  it('numbers what is posted without gaps, also where a posting is refused', async () => {
    const account = await newAccount();
    const chargeId = await books.charge(account, 1000);
    const numberOf = ({ serial }: { serial: string }) => Number(serial.split('-')[3]);
    const first = numberOf(await posted('write-offs', { chargeId, amount: '5' }));
    const { body: late } = await propose('write-offs', { chargeId, amount: '5' });
    await books.pay(account, 300);
    expect(await decide(late, 'approve', 'supervisor')).toMatchObject({
      status: 409,
      body: { code: 'billing.exceeds-charge' },
    });
    expect(numberOf(await posted('write-offs', { chargeId, amount: '2' }))).toBe(first + 1);
  });

  it('acts once for a key', async () => {
    const account = await newAccount();
    const chargeId = await books.charge(account, 1000);
    const key = keyed();
    const one = await propose('credit-notes', { chargeId, amount: '4' }, 'clerk', key);
    const same = await propose('credit-notes', { chargeId, amount: '4' }, 'clerk', key);
    expect(same.body).toEqual(one.body);
    expect(await propose('credit-notes', { chargeId, amount: '5' }, 'clerk', key)).toMatchObject({
      status: 422,
      body: { code: 'http.idempotency-mismatch' },
    });
    const approval = keyed(1);
    const answers = [await decide(one.body, 'approve', 'officer', approval)];
    answers.push(await decide(one.body, 'approve', 'officer', approval));
    expect(answers[1]).toMatchObject({ status: 200, body: answers[0]!.body });
    expect(await books.balance(account)).toBe(600);
    const reversal = keyed(2);
    await decide(one.body, 'reverse', 'supervisor', reversal);
    expect((await decide(one.body, 'reverse', 'supervisor', reversal)).body.state).toBe('REVERSED');
    expect(await books.balance(account)).toBe(1000);
    const bare = await app.request('POST', `/billing/adjustments/${one.body.id}/approve`, {
      as: 'officer',
      headers: { 'if-match': '"1"' },
    });
    expect(bare.body.code).toBe('http.idempotency-key-required');
  });

  it.each([
    ['no money', { amount: '0' }, 422, 'http.invalid'],
    ['a negative amount', { amount: '-5' }, 422, 'http.invalid'],
    ['three decimals of ILS', { amount: '1.005' }, 422, 'http.invalid'],
    ['words', { amount: 'five' }, 422, 'http.invalid'],
    ['more than the charge', { amount: '100.01' }, 409, 'billing.exceeds-charge'],
    ['no reason', { amount: '1', reason: ' ' }, 422, 'http.invalid'],
    ['no document', { amount: '1', documentNumber: undefined }, 422, 'http.invalid'],
    ['an unknown charge', { amount: '1', chargeId: 1 }, 422, 'http.invalid'],
  ])('on a charge is refused with %s', async (_, wrong, status, code) => {
    const chargeId = await books.charge(await newAccount(), 10_000);
    for (const kind of ['credit-notes', 'write-offs']) {
      const answer = await propose(kind, { chargeId, ...wrong });
      expect(answer).toMatchObject({ status, body: { code } });
    }
  });

  it('refuses to write off what is paid, unknown heads and accounts', async () => {
    const account = await newAccount();
    const chargeId = await books.charge(account, 1000);
    await books.pay(account, 1000);
    const codes = await Promise.all([
      propose('write-offs', { chargeId, amount: '1' }),
      propose('debit-notes', { accountId: account, head: 'NOTHING', amount: '1' }),
      propose('debit-notes', { accountId: 1, head: 'WATER', amount: '1' }),
      propose('debit-notes', { accountId: account, head: 'WATER', amount: '1', period: '2026-13' }),
    ]);
    expect(codes.map(({ body }) => body.code)).toEqual([
      'billing.charge-settled',
      'billing.head-unknown',
      'billing.account-unknown',
      'http.invalid',
    ]);
  });

  it('is for those whose work it is', async () => {
    const chargeId = await books.charge(water, 1000);
    const { body } = await propose('credit-notes', { chargeId, amount: '1' });
    const answers = await Promise.all([
      propose('credit-notes', { chargeId, amount: '1' }, 'cashier'),
      propose('write-offs', { chargeId, amount: '1' }, 'auditor'),
      propose('debit-notes', { accountId: water, head: 'WATER', amount: '1' }, 'administrator'),
      decide(body, 'approve', 'clerk2'),
      decide(body, 'reject', 'clerk'),
      decide(body, 'reverse', 'officer'),
      app.request('GET', '/billing/adjustments', { as: 'cashier' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(403));
    const missing = await decide({ id: body.id, version: 1 }, 'approve', 'officer', { 'idempotency-key': 'x' });
    expect(missing.status).toBe(428);
    expect((await decide({ id: 999_999_999, version: 1 }, 'approve', 'officer')).status).toBe(404);
    const rejected = (await decide(body, 'reject', 'officer')).body;
    expect(rejected).toMatchObject({ state: 'REJECTED', rejection: 'المستند لا يخص الحساب', postingId: null });
    expect((await decide(rejected, 'approve', 'officer')).body.code).toBe('billing.adjustment-not-open');
    expect((await decide(rejected, 'reverse', 'supervisor')).body.code).toBe('billing.adjustment-not-posted');
  });
});
