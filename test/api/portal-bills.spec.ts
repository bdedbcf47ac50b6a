import { textOf } from '@libs/testing';
import { startTestApp, type TestApp } from '../support/app';
import { runRequests } from '../support/bill-runs';
import type { TestCitizen } from '../support/citizens';
import { portalDesk, type PortalDesk } from '../support/portal';
import { waterDesk } from '../support/water';

const UNKNOWN = 9_007_199_254_740_991;

let app: TestApp;
let portal: PortalDesk;
let owner: TestCitizen;
let partner: TestCitizen;
let stranger: TestCitizen;
let bill: { id: number; accountId: number; serial: string; totalDue: string };

/** A water bill of October on the owner's account, which the partner shares. */
beforeAll(async () => {
  app = await startTestApp({ PAYMENT_GATEWAY: 'sandbox', PORTAL_LIMITS: 'BILL_LOOKUP:8' });
  portal = portalDesk(app);
  [owner, partner, stranger] = [await portal.citizen(), await portal.citizen(SAMI), await portal.citizen()];
  const { id: accountId } = await portal.account(owner);
  await portal.share(owner, partner);
  const desk = waterDesk(app);
  await desk.tariff();
  const { routeId } = await desk.route();
  const subscription = await desk.subscription({ accountId, routeId });
  await desk.read(subscription, '2026-10-31', 41);
  const parameters = [{ name: 'routeId', value: String(routeId) }];
  await runRequests(app).made('ISSUED', { feeder: 'water', period: '2026-10', parameters });
  const { body } = await portal.get(owner, '/me/bills');
  bill = { ...body.items[0], totalDue: '305.50' };
});
afterAll(() => app.close());

const SAMI = { nameParts: { given: 'سامي', father: 'رائد', grandfather: 'وليد', family: 'عنبتاوي' } };

describe('the bills of a citizen', () => {
  it('are listed, newest first, of all accounts or of one', async () => {
    const { body } = await portal.get(owner, `/me/bills?accountId=${bill.accountId}`);
    expect(body).toMatchObject({ total: 1, items: [{ id: bill.id, state: 'ISSUED', amount: '30550' }] });
    for (const accountId of [bill.accountId, UNKNOWN]) {
      expect((await portal.get(stranger, `/me/bills?accountId=${accountId}`)).status).toBe(404);
    }
    expect((await portal.get(stranger, '/me/bills')).body).toMatchObject({ items: [], total: 0 });
  });

  it('say how the water was priced, block by block', async () => {
    const { body } = await portal.get(owner, `/me/bills/${bill.id}`);
    expect(body).toMatchObject({ totalDue: '30550', holder: { name: 'محمد أحمد خليل النابلسي' } });
    expect(body.detail.blocks).toMatchObject([
      { quantity: '20', rate: '5.50', amount: 11_000 },
      { quantity: '20', rate: '7.20', amount: 14_400 },
      { quantity: '1', rate: '9.50', amount: 950 },
    ]);
    expect(body.detail.chart.bars.at(-1)).toMatchObject({ value: 41 });
    expect(body.detail.address).toBe('رفيديا');
  });

  it('are printed', async () => {
    const { status, raw, headers } = await portal.get(owner, `/me/bills/${bill.id}/pdf?lang=en`);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'application/pdf', 'no-store']);
    expect(textOf(raw).join(' ')).toContain(bill.serial);
  });

  it('show who shares the account what is owed, and not whose it is or where', async () => {
    const { body } = await portal.get(partner, `/me/bills/${bill.id}`);
    expect(body).toMatchObject({ totalDue: '30550', holder: { name: 'محمد أ. خ. ن.', oneRecordNumber: null } });
    expect(body.account.address).toBeNull();
    expect(body.detail.address).toBeNull();
    expect(JSON.stringify(body)).not.toMatch(/النابلسي|رفيديا/);
    const own = textOf((await portal.get(owner, `/me/bills/${bill.id}/pdf?lang=en`)).raw).join(' ');
    const shared = textOf((await portal.get(partner, `/me/bills/${bill.id}/pdf?lang=en`)).raw).join(' ');
    expect(own).toContain(owner.number);
    expect(shared).not.toContain(owner.number);
  });

  it('of another are not there', async () => {
    for (const path of [`/me/bills/${bill.id}`, `/me/bills/${bill.id}/pdf`, `/me/bills/${UNKNOWN}`]) {
      expect((await portal.get(stranger, path)).body.code).toBe('http.not-found');
    }
  });
});

describe('a bill in hand', () => {
  const lookUp = (serial: string, totalDue: string, as = stranger) =>
    portal.post(as, '/me/bill-look-ups', { serial, totalDue });

  it('is found by its number and total, and says no name', async () => {
    const { status, body } = await lookUp(bill.serial.toLowerCase(), bill.totalDue);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ billToken: expect.any(String), tokenUntil: '2026-11-24T08:30:00.000Z', serial: bill.serial },
      ...{ serviceType: 'WATER', period: '2026-10', dueOn: '2026-12-15' },
      open: { currency: 'ILS', amount: '30550', formatted: '305.50' },
    });
  });

  it('is quoted and paid by another citizen, who gets the receipt', async () => {
    const { billToken } = (await lookUp(bill.serial, bill.totalDue)).body;
    const quote = await portal.post(stranger, '/me/payment-quotes', { lines: [{ billToken }] });
    expect(quote.body).toMatchObject({ totals: [{ amount: '30550' }], lines: [{ accountId: bill.accountId }] });
    const made = await portal.post(stranger, '/me/payments', { lines: [{ billToken, amount: '100' }] });
    expect(made).toMatchObject({ status: 201, body: { state: 'CREATED', payable: true, total: { amount: '10000' } } });
    const page = `/${new URL(made.body.page).pathname}`;
    const { headers } = await app.request('POST', page);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await app.request('POST', `/${String(headers.location)}`, { headers: form, body: 'act=PAY' });
    const { body } = await portal.get(stranger, `/me/payments/${made.body.id}`);
    expect(body).toMatchObject({ state: 'SUCCESS', payable: false, receiptSerial: expect.stringMatching(/^RC-WEB-/) });
    expect((await portal.get(stranger, `/me/receipts/${body.receiptSerial}`)).body).toMatchObject({
      own: true,
      lines: [{ accountId: bill.accountId, paid: { amount: '10000' } }],
    });
    const seen = (await portal.get(owner, `/me/receipts/${body.receiptSerial}`)).body;
    expect(seen).toMatchObject({ own: false, payerName: null, lines: [{ paid: { amount: '10000' } }] });
    expect((await portal.get(owner, `/me/receipts/${body.receiptSerial}/pdf`)).status).toBe(404);
    expect((await portal.get(owner, `/me/accounts/${bill.accountId}`)).body.balance).toBe('20550');
  });

  it('takes no more than is left of it, and no advance', async () => {
    const { billToken } = (await lookUp(bill.serial, bill.totalDue)).body;
    const pay = (amount: string, more = {}) =>
      portal.post(stranger, '/me/payments', { lines: [{ billToken, amount }], ...more });
    expect((await pay('205.51')).body.code).toBe('billing.exceeds-charge');
    expect((await pay('1', { acceptAdvance: true })).body.errors).toMatchObject([{ pointer: '/acceptAdvance' }]);
    const twice = { lines: [{ billToken, accountId: bill.accountId, amount: '1' }] };
    expect((await portal.post(stranger, '/me/payments', twice)).body.errors).toMatchObject([{ code: 'accountOrBill' }]);
    const named = { lines: [{ billToken, chargeIds: [1], amount: '1' }] };
    expect((await portal.post(stranger, '/me/payments', named)).body.errors).toMatchObject([{ code: 'notWithBill' }]);
  });

  it('is named by nothing but a look-up of the same citizen, for half an hour', async () => {
    const { billToken } = (await lookUp(bill.serial, bill.totalDue)).body;
    const refused = async (citizen: TestCitizen, token: string) =>
      (await portal.post(citizen, '/me/payments', { lines: [{ billToken: token, amount: '1' }] })).body.code;
    expect(await refused(owner, billToken)).toBe('portal.bill-token');
    expect(await refused(stranger, `${billToken.slice(0, -1)}-`)).toBe('portal.bill-token');
    expect(await refused(stranger, 'x')).toBe('portal.bill-token');
    const direct = { lines: [{ accountId: bill.accountId, amount: '1' }] };
    expect((await portal.post(stranger, '/me/payments', direct)).body.code).toBe('http.not-found');
    expect((await portal.post(stranger, '/me/payment-quotes', direct)).body.code).toBe('http.not-found');
  });

  it('is not guessed: a wrong total is like no bill, and every look-up counts', async () => {
    const answers = [];
    for (const [serial, total] of [
      [bill.serial, '305.51'],
      ['BL-OSS-2026-999999-00', '1'],
      ['؟', '1'],
      [bill.serial, 'x'],
    ]) {
      // prettier-ignore
      const { status, body } = await lookUp(serial!, total!);
      answers.push([status, body.code, body.title]);
    }
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(answers[0]).toEqual([404, 'http.not-found', expect.any(String)]);
    const { status, body } = await lookUp(bill.serial, bill.totalDue);
    expect([status, body.code, body.most, body.again]).toEqual([429, 'portal.daily-limit', 8, '2026-11-25']);
    expect((await lookUp(bill.serial, bill.totalDue, partner)).status).toBe(200);
  });
});
