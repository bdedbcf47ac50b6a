import { Account } from '../../src/billing/accounts/account.entity';
import { UnitOfWork } from '@libs/persistence';
import { startTestApp, type TestApp } from '../support/app';
import type { TestCitizen } from '../support/citizens';
import { onlineDesk } from '../support/online';
import { portalDesk, type PortalDesk } from '../support/portal';

let app: TestApp;
let portal: PortalDesk;
let online: ReturnType<typeof onlineDesk>;
let owner: TestCitizen;
let partner: TestCitizen;

beforeAll(async () => {
  app = await startTestApp({ PAYMENT_GATEWAY: 'sandbox' });
  [portal, online] = [portalDesk(app), onlineDesk(app)];
  const sami = { given: 'سامي', father: 'رائد', grandfather: 'وليد', family: 'عنبتاوي' };
  [owner, partner] = [await portal.citizen(), await portal.citizen({ nameParts: sami })];
  await portal.account(owner);
  await portal.share(owner, partner);
});
afterAll(() => app.close());

const line = (accountId: number, amount: string, more = {}) => ({ lines: [{ accountId, amount, ...more }] });
/** Opens the page and pays. */
async function finish({ page }: { page: string }, act = 'PAY', lost = false) {
  await online.act(await online.open(page), act, lost);
}

describe('a quote', () => {
  it('closes an account with the discount for early payment, and the payment closes it exactly', async () => {
    const { id } = await portal.account(owner, { charges: [100, 100, 10_000] });
    const days = { periodFrom: '2026-03', periodTo: '2026-03', opensOn: '2026-11-01', closesOn: '2026-11-30' };
    const window = { head: 'WATER', ...days, ratePpm: 80_000, documentNumber: '12/2026' };
    const made = await portal.till.post('/billing/discount-windows', window, { as: 'supervisor' });
    expect(made.status).toBe(201);
    const quote = (await portal.post(owner, '/me/payment-quotes', { lines: [{ accountId: id, amount: '50' }] })).body;
    expect(quote.lines).toMatchObject([
      {
        ...{ accountId: id, owed: { amount: '10200' }, closes: { amount: '9400' }, relief: { amount: '800' } },
        asked: { paid: { amount: '5000' }, left: { amount: '5200' } },
      },
    ]);
    expect((await portal.post(owner, '/me/payment-quotes')).body.lines).toMatchObject([{ accountId: id }]);
    const paid = await portal.post(owner, '/me/payments', line(id, '94.00'));
    await finish(paid.body);
    expect((await portal.get(owner, `/me/accounts/${id}`)).body).toMatchObject({ balance: '0', open: [] });
  });
});

describe('a payment', () => {
  it('is begun once for a key, paid at the gateway, and leaves a receipt to copy', async () => {
    const { id } = await portal.account(owner, { charges: [10_000] });
    const made = await portal.post(owner, '/me/payments', line(id, '60'), 'pay-1');
    expect(made).toMatchObject({ status: 201, body: { state: 'CREATED', payable: true, receiptSerial: null } });
    expect((await portal.post(owner, '/me/payments', line(id, '60'), 'pay-1')).body).toEqual(made.body);
    expect((await portal.post(owner, '/me/payments', line(id, '61'), 'pay-1')).body.code).toBe(
      'http.idempotency-mismatch',
    );
    await finish(made.body);
    const { body } = await portal.get(owner, `/me/payments/${made.body.id}`);
    expect(body).toMatchObject({ state: 'SUCCESS', payable: false, suspended: false, paidAt: app.clock.now() });
    const receipt = (await portal.get(owner, `/me/receipts/${body.receiptSerial}`)).body;
    expect(receipt).toMatchObject({ own: true, state: 'POSTED', channel: 'ONLINE', lines: [{ accountId: id }] });
    expect((await portal.get(owner, '/me/receipts')).body.items[0]).toEqual(receipt);
    expect((await portal.get(owner, `/me/receipts/${body.receiptSerial}/pdf`)).headers['content-type']).toBe(
      'application/pdf',
    );
    const { prints } = (await app.request('GET', `/payments/${body.receiptSerial}`, { as: 'clerk' })).body;
    expect(prints).toBe(1);
  });

  it('two at once with one key are one', async () => {
    const { id } = await portal.account(owner, { charges: [100] });
    const both = await Promise.all([1, 2].map(() => portal.post(owner, '/me/payments', line(id, '1'), 'twin')));
    expect(both[0]!.body).toEqual(both[1]!.body);
  });

  it('whose notice was lost is asked for', async () => {
    const { id } = await portal.account(owner, { charges: [100] });
    const { body } = await portal.post(owner, '/me/payments', line(id, '1'));
    await finish(body, 'PAY', true);
    expect((await portal.get(owner, `/me/payments/${body.id}`)).body.state).toBe('PENDING');
    expect((await portal.post(owner, `/me/payments/${body.id}/refresh`)).body.state).toBe('SUCCESS');
    expect((await portal.get(owner, '/me/payments?state=PENDING')).body.total).toBe(0);
  });

  it('of charges that are named pays these', async () => {
    const { id, chargeIds } = await portal.account(owner, { charges: [100, 200] });
    const { body } = await portal.post(owner, '/me/payments', line(id, '2', { chargeIds: [chargeIds[1]] }));
    await finish(body);
    expect((await portal.get(owner, `/me/accounts/${id}`)).body.open).toMatchObject([{ id: chargeIds[0] }]);
  });

  it('is refused where it would be wrong', async () => {
    const { id, chargeIds } = await portal.account(owner, { charges: [100] });
    const jod = await portal.account(owner, { currency: 'JOD', charges: [100] });
    const closed = await portal.account(owner, { charges: [100] });
    await app.app.get(UnitOfWork).run(() => portal.store.update(Account, { id: closed.id }, { state: 'CLOSED' }));
    const code = async (body: object) => (await portal.post(owner, '/me/payments', body)).body.code;
    expect(await code(line(id, '1.01'))).toBe('billing.exceeds-balance');
    expect(await code({ ...line(id, '1.01'), acceptAdvance: true })).toBeUndefined();
    expect(await code(line(id, '1.01', { chargeIds }))).toBe('billing.exceeds-charge');
    expect(await code(line(closed.id, '1'))).toBe('billing.account-closed');
    expect(await code({ lines: [...line(id, '1').lines, ...line(jod.id, '0.1').lines] })).toBe(
      'billing.currency-mismatch',
    );
    for (const lines of [
      [],
      [{ amount: '1' }],
      line(id, '0').lines,
      line(id, '1.001').lines,
      [...line(id, '1').lines, ...line(id, '1').lines],
    ]) {
      // prettier-ignore
      expect(await code({ lines })).toBe('http.invalid');
    }
    const none = await app.request('POST', '/me/payments', { token: owner.token, body: line(id, '1') });
    expect(none.body.code).toBe('http.idempotency-key-required');
  });

  it('names no account and no charge of another', async () => {
    const stranger = await portal.citizen();
    const { id, chargeIds } = await portal.account(stranger, { charges: [100] });
    const { id: own } = await portal.account(owner, { charges: [100] });
    for (const accountId of [id, 9_007_199_254_740_991]) {
      const { status, body } = await portal.post(owner, '/me/payments', line(accountId, '1'));
      expect([status, body.code]).toEqual([404, 'http.not-found']);
    }
    const codes = [];
    for (const chargeId of [chargeIds[0]!, 9_007_199_254_740_991]) {
      codes.push((await portal.post(owner, '/me/payments', line(own, '1', { chargeIds: [chargeId] }))).body.code);
    }
    expect(codes).toEqual(['billing.charge-settled', 'billing.charge-settled']);
  });
});

describe('an account that two share', () => {
  let id: number;
  beforeAll(async () => {
    ({ id } = await portal.account(owner, { charges: [10_000] }));
  });

  it('is paid by either, and neither learns who the other is', async () => {
    expect((await portal.get(partner, `/me/accounts/${id}`)).body).toMatchObject({
      ...{ shared: true, relation: 'CO_OWNER', balance: '10000', address: null },
    });
    const { body } = await portal.post(partner, '/me/payments', line(id, '40'));
    await finish(body);
    const { receiptSerial } = (await portal.get(partner, `/me/payments/${body.id}`)).body;
    expect((await portal.get(partner, `/me/receipts/${receiptSerial}/pdf`)).status).toBe(200);
    const seen = await portal.get(owner, `/me/receipts/${receiptSerial}`);
    expect(seen.body).toMatchObject({ own: false, payerName: null, lines: [{ accountId: id }] });
    expect((await portal.get(owner, `/me/receipts/${receiptSerial}/pdf`)).status).toBe(404);
    expect((await portal.get(owner, `/me/payments/${body.id}`)).status).toBe(404);
    expect((await portal.get(owner, `/me/accounts/${id}`)).body.balance).toBe('6000');
  });

  it('shows what was paid on it, and nothing that somebody typed', async () => {
    const { items } = (await portal.get(partner, `/me/accounts/${id}/movements`)).body;
    expect(items).toMatchObject([
      { kind: 'PAYMENT', amount: '-4000', description: null, document: expect.stringMatching(/^RC-WEB-/) },
      { kind: 'CHARGE', description: null },
    ]);
  });

  it('is in nobody’s total but the holder’s', async () => {
    const { accounts, totals } = (await portal.get(partner, '/me/accounts')).body;
    expect(accounts.length).toBeGreaterThan(0);
    expect(totals).toEqual([]);
  });

  it('keeps a receipt at the till to its holder, and its other lines from the partner', async () => {
    const { id: alone } = await portal.account(await portal.citizen(), { charges: [100] });
    await online.desk.pay(id, '10');
    const lines = [{ accountId: id, amount: '10' }, { accountId: alone, amount: '1' }]; // prettier-ignore
    const mixed = { oneRecordId: owner.oneRecordId, lines, tenders: [{ kind: 'CASH', currency: 'ILS', amount: '11' }] };
    const { status, body } = await online.desk.post('/payments', mixed);
    expect(status).toBe(201);
    expect((await portal.get(owner, `/me/receipts/${body.serial}`)).body).toMatchObject({ own: true, lines: [{}, {}] });
    const seen = (await portal.get(partner, `/me/receipts/${body.serial}`)).body;
    expect(seen).toMatchObject({ own: false, payerName: null });
    expect(seen.lines.map(({ accountId }: { accountId: number }) => accountId)).toEqual([id]);
    const [mixedOne, anybodys] = (await portal.get(owner, '/me/receipts')).body.items;
    expect([mixedOne.own, anybodys.own]).toEqual([true, true]);
    const [, unnamed] = (await portal.get(partner, '/me/receipts')).body.items;
    expect(unnamed).toMatchObject({ own: false, payerName: null });
  });
});
