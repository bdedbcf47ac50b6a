import { startTestApp, type TestApp } from '../support/app';
import { charged } from '../support/charged';
import { bankDesk, camt, CSV_HEAD, CSV_PROFILE, IBAN, OTHER_IBAN } from '../support/bank';
import { setPeriod } from '../support/bill-runs';
import { tillDesk } from '../support/till';

let app: TestApp;
let bank: ReturnType<typeof bankDesk>;
let desk: ReturnType<typeof tillDesk>;
let account: number;

beforeAll(async () => {
  app = await startTestApp();
  [bank, desk] = [bankDesk(app), tillDesk(app)];
  account = await bank.account();
});
afterAll(async () => {
  expect(await charged(app).faults()).toEqual([]);
  await app.close();
});

const DAY_20 = {
  id: 'S-20',
  opening: '1000.00',
  from: '2026-11-20',
  to: '2026-11-20',
  movements: [
    { amount: '350.25', from: 'سامر خليل عودة', text: 'فاتورة مياه عن شهر تشرين الأول', reference: 'X-1' },
    { amount: '-12.50', text: 'عمولة كشف حساب' },
  ],
};
const count = async (table: string) =>
  Number((await desk.store.sql<{ n: number }>(`SELECT COUNT(*) AS "n" FROM "${table}"`))[0]!.n);

describe('bank accounts', () => {
  it('are registered once an IBAN and currency, by those who may', async () => {
    const body = {
      name: 'الحساب الجاري',
      bank: 'بنك تجريبي',
      iban: 'ps74 NBLS 0000 0000 0400 1234 5670 2',
      currency: 'ILS',
    };
    const create = (more: object, as = 'supervisor') =>
      app.request('POST', '/bank-accounts', { as, body: { ...body, ...more } });
    expect(await create({})).toMatchObject({ status: 409, body: { code: 'billing.bank-account-taken' } });
    expect(await create({ iban: 'PS00NBLS000000000400123456702' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/iban', code: 'iban' }] },
    });
    expect((await create({}, 'officer')).status).toBe(403);
    const wrong = { ...CSV_PROFILE, columns: { ...CSV_PROFILE.columns, credit: undefined } };
    expect(await create({ currency: 'USD', csvProfile: wrong })).toMatchObject({
      status: 422,
      body: { code: 'billing.csv-profile-invalid', faults: [{ code: 'profile-invalid', path: 'columns' }] },
    });
    expect((await create({ currency: 'USD' }, 'administrator')).body).toMatchObject({ iban: IBAN, active: true });
    expect((await app.request('GET', '/bank-accounts', { as: 'officer' })).body).toHaveLength(2);
  });

  it('are taken out of use by the version that was read', async () => {
    const id = await bank.account(OTHER_IBAN, { currency: 'JOD' });
    const change = (version: number, body: object) =>
      app.request('PATCH', `/bank-accounts/${id}`, { as: 'supervisor', body, headers: { 'if-match': `"${version}"` } });
    expect((await change(1, { active: false, number: '77' })).body).toMatchObject({
      active: false,
      number: '77',
      version: 2,
    });
    expect((await change(1, { active: true })).status).toBe(412);
    expect((await bank.import(id, camt(DAY_20))).body.code).toBe('billing.bank-account-out-of-use');
  });
});

describe('an import', () => {
  it('posts each movement to the bank and into suspense', async () => {
    const { status, body } = await bank.import(account, camt(DAY_20));
    expect(status).toBe(200);
    expect(body.statements).toMatchObject([
      {
        reference: 'S-20',
        openingBalance: '100000',
        closingBalance: '133775',
        gap: '0',
        lines: 2,
        amount: '33775',
        repeated: 0,
      },
    ]);
    const [received, fee] = await bank.linesOf(body.statements[0].id);
    expect(received).toMatchObject({
      amount: '35025',
      open: '35025',
      state: 'OPEN',
      days: 4,
      counterparty: 'سامر خليل عودة',
      references: ['X-1'],
      description: 'فاتورة مياه عن شهر تشرين الأول',
    });
    expect(fee).toMatchObject({ amount: '-1250', open: '-1250', description: 'عمولة كشف حساب' });
    expect(await desk.ledger('BANK', 'ILS', IBAN)).toBe(33_775);
    expect(await desk.ledger('SUSPENSE', 'ILS', `bank-line:${received.id}`)).toBe(-35_025);
  });

  it('of the same file, one after the other or at once, gives the same answer', async () => {
    const before = await count('ledger_entries');
    const again = await Promise.all([1, 2, 3].map(() => bank.import(account, camt(DAY_20))));
    expect(new Set(again.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(again[0]!.body.statements[0]).toMatchObject({ reference: 'S-20', lines: 2 });
    expect(await count('ledger_entries')).toBe(before);
  });

  it('of a file that overlaps takes what is new, and tells what is missing until it comes', async () => {
    const third = { amount: '40.00', bankReference: 'S-22-1' };
    const wide = camt({ ...DAY_20, id: 'M-11', from: '2026-11-20', to: '2026-11-21', movements: [
      ...DAY_20.movements.map((each, at) => ({ ...each, day: '2026-11-20', bankReference: `S-20-${at + 1}` })),
      { amount: '99.00', day: '2026-11-21' },
    ] }); // prettier-ignore
    const overlap = (await bank.import(account, wide)).body.statements[0];
    expect(overlap).toMatchObject({ lines: 1, amount: '9900', repeated: 2, repeatedAmount: '33775', gap: '0' });
    const later = camt({
      id: 'S-23',
      opening: '1476.75',
      from: '2026-11-23',
      to: '2026-11-23',
      movements: [{ amount: '5.00' }],
    });
    expect((await bank.import(account, later)).body.statements[0]).toMatchObject({ gap: '4000', lines: 1 });
    expect(await bank.reconciliation(account)).toMatchObject({
      closingBalance: '148175',
      ledger: '44175',
      opening: '100000',
      missing: '4000',
      other: '0',
      agrees: false,
    });
    const between = camt({ id: 'S-22', opening: '1436.75', from: '2026-11-22', to: '2026-11-22', movements: [third] });
    expect((await bank.import(account, between)).body.statements[0]).toMatchObject({ gap: '0' });
    const { items } = (await app.request('GET', `/bank-accounts/${account}/statements`, { as: 'auditor' })).body;
    expect(items.map(({ reference, gap }: any) => [reference, gap])).toEqual([
      ['S-23', '0'],
      ['S-22', '0'],
      ['M-11', '0'],
      ['S-20', '0'],
    ]);
    expect(await bank.reconciliation(account)).toMatchObject({ missing: '0', difference: '-100000', agrees: true });
  });

  it('posts a day of a closed month today', async () => {
    await setPeriod(app, '2026-10', 'CLOSED');
    const old = camt({
      id: 'S-0',
      opening: '900.00',
      from: '2026-10-31',
      to: '2026-10-31',
      movements: [{ amount: '100.00' }],
    });
    const { body } = await bank.import(account, old);
    const [line] = await bank.linesOf(body.statements[0].id);
    const [entry] = await desk.store.sql<{ posted_on: string }>(
      'SELECT "posted_on" FROM "ledger_entries" WHERE "dimension" = ?',
      [`bank-line:${line.id}`],
    );
    expect(line.bookedOn).toBe('2026-10-31');
    expect(entry!.posted_on).toBe('2026-11-24');
  });
});

describe('a CSV file', () => {
  let csv: number;
  beforeAll(async () => {
    csv = await bank.account(OTHER_IBAN, { csvProfile: CSV_PROFILE });
  });
  const send = (rows: string[], query = '') =>
    bank.import(csv, [CSV_HEAD, ...rows].join('\r\n'), { type: 'text/csv; charset=utf-8', query });
  const FIRST = '٢٠/١١/٢٠٢٦,20011,ليلى حسن الأغبر,"رسوم، نفايات",,٥٠٫٠٠,١٥٠٫٠٠';

  it('is read by the profile of the account', async () => {
    const { body } = await send([FIRST, '20/11/2026,,,عمولة,1.50,,148.50', 'المجموع,,,,1.50,50.00,']);
    expect(body.statements[0]).toMatchObject({
      format: 'csv',
      openingBalance: '10000',
      closingBalance: '14850',
      lines: 2,
    });
    const [line] = await bank.linesOf(body.statements[0].id);
    expect(line).toMatchObject({ counterparty: 'ليلى حسن الأغبر', description: 'رسوم، نفايات', bankReference: null });
  });

  it('that has lines of an earlier one takes only those after, though the bank numbers none', async () => {
    const second = await send([FIRST, '20/11/2026,,,عمولة,1.50,,148.50', '21/11/2026,,,عمولة,1.50,,147.00']);
    expect(second.body.statements[0]).toMatchObject({ lines: 1, repeated: 2, gap: '0' });
    // On one day and alike, but after it by its balance.
    const more = await send(['21/11/2026,,,عمولة,1.50,,145.50']);
    expect(more.body.statements[0]).toMatchObject({ lines: 1, repeated: 0, gap: '0' });
    expect(await desk.ledger('BANK', 'ILS', OTHER_IBAN)).toBe(5000 - 450);
  });

  it('that cannot be read is refused whole, line by line', async () => {
    const before = await count('bank_lines');
    const { status, body } = await send([FIRST, '31/02/2026,,,x,,1.00,151.00', '22/11/2026,,,x,,1.005,152.00']);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: 'billing.statement-unreadable',
      faults: [
        { line: 4, path: 'التاريخ', code: 'date-invalid', reasonAr: '31/02/2026 ليس تاريخاً صحيحاً' },
        { line: 5, path: 'دائن', code: 'amount-decimals' },
      ],
    });
    expect(await count('bank_lines')).toBe(before);
  });

  it('takes balances from the paper, which must hold', async () => {
    const plain = await bank.account('PS92PALS000000000400123456702', {
      csvProfile: { ...CSV_PROFILE, headerRow: 0, columns: { bookedOn: '1', reference: '2', amount: '3' } },
    });
    const file = '23/11/2026,R-1,-10.00\r\n';
    const send = (query: string) => bank.import(plain, file, { type: 'text/csv', query });
    expect((await send('?openingBalance=5.00&closingBalance=5.00')).body.faults[0].code).toBe('balance-mismatch');
    expect((await send('?openingBalance=x')).body.errors).toEqual([
      { pointer: '/openingBalance', code: 'notAnAmount' },
    ]);
    const { body } = await send('?openingBalance=5.00&closingBalance=-5.00');
    expect(body.statements[0]).toMatchObject({ openingBalance: '500', closingBalance: '-500' });
  });
});

describe('an import is refused', () => {
  it('without a file, a profile, or a statement of the account', async () => {
    const ask = (file: string, options: object = {}) => bank.import(account, file, options);
    expect(
      (await app.request('POST', `/bank-accounts/${account}/statements`, { as: 'officer', body: {} })).status,
    ).toBe(415);
    expect((await ask('x', { type: 'text/plain' })).status).toBe(415);
    expect((await ask('a,b', { type: 'text/csv' })).body.code).toBe('billing.csv-profile-missing');
    expect((await ask(camt({ ...DAY_20, iban: OTHER_IBAN }))).body.code).toBe('billing.statement-of-another-account');
    expect(await ask('<a>')).toMatchObject({ status: 422, body: { code: 'billing.statement-unreadable' } });
    expect((await ask(`${' '.repeat(10 * 1024 * 1024)}<a/>`)).status).toBe(413);
    expect((await bank.import(999_999, camt(DAY_20))).status).toBe(404);
    const future = camt({ ...DAY_20, id: 'S-25', from: '2026-11-25', to: '2026-11-25' });
    expect((await ask(future)).body.code).toBe('billing.date-in-future');
    for (const as of ['clerk', 'cashier', 'auditor', 'administrator'])
      expect((await ask('<a/>', { as })).status).toBe(403);
  });

  it('and no other route takes a file', async () => {
    const headers = { 'content-type': 'text/xml', 'idempotency-key': 'file' };
    expect((await app.request('POST', '/payments', { as: 'cashier', body: '<a/>', headers })).status).toBe(415);
  });
});
