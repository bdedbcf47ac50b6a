import { Gateways } from '../../src/billing/gateway/gateways';
import { SandboxGateway } from '../../src/billing/gateway/sandbox/sandbox-gateway';
import { startTestApp, type TestApp } from '../support/app';
import { onlineDesk } from '../support/online';

let app: TestApp;
let online: ReturnType<typeof onlineDesk>;

beforeAll(async () => {
  app = await startTestApp({ PAYMENT_GATEWAY: 'sandbox' });
  online = onlineDesk(app);
});
afterAll(() => app.close());

describe('a link to pay', () => {
  it('is made for a record, opened by the payer, paid at the gateway, and answered with a receipt', async () => {
    const { oneRecordId, account } = await online.debtor([10_000, 5000]);
    const made = await online.start({ oneRecordId, lines: [{ accountId: account.id, amount: '120.00' }] });
    expect(made).toMatchObject({
      status: 201,
      body: { state: 'CREATED', reference: null, total: { amount: '12000' }, expiresAt: '2026-11-25T08:00:00.000Z' },
    });
    const { id, link } = made.body;
    expect(link).toMatch(/^http:\/\/localhost:3000\/pay\/[\w-]{43}$/);

    const page = await online.page(link);
    expect(page.status).toBe(200);
    expect(page.body).toContain('dir="rtl"');
    expect(page.body).toContain('محمد أ. خ. ن.');
    expect(page.body).not.toContain('النابلسي');
    expect(page.body).toContain('120.00');
    expect(page.body).not.toMatch(/<script|https?:\/\/(?!localhost:3000)/);

    const opened = await online.open(link);
    expect(opened.status).toBe(303);
    expect((await online.open(link)).headers.location).toBe(opened.headers.location);
    expect((await online.get(id)).body).toMatchObject({ state: 'PENDING', reference: expect.stringMatching(/^SBX-/) });
    const { body: gateway } = await app.request('GET', `/${String(opened.headers.location)}`);
    expect(gateway).toContain('بوابة دفع تجريبية');
    expect(gateway).toContain(link);

    expect((await online.act(opened, 'PAY')).status).toBe(303);
    const { body } = await online.get(id);
    expect(body).toMatchObject({
      state: 'SUCCESS',
      suspense: null,
      paidAt: app.clock.now(),
      receiptSerial: expect.stringMatching(/^RC-WEB-2026-/),
      events: [{ source: 'CALLBACK', outcome: 'ACCEPTED', said: { status: 'SUCCESS', amount: 12_000 } }],
    });
    expect(await online.desk.balance(account.id)).toBe(3000);
    expect(await online.desk.ledger('GATEWAY_CLEARING', 'ILS', `gateway:${id}`)).toBe(12_000);
    const receipt = await app.request('GET', `/payments/${body.receiptSerial}`, { as: 'clerk' });
    expect(receipt.body).toMatchObject({
      channel: 'ONLINE',
      cashierId: null,
      shiftId: null,
      tillCode: 'WEB',
      tenders: [{ kind: 'ONLINE', reference: body.reference }],
    });
    expect((await app.request('GET', `/payments/${body.receiptSerial}/pdf`, { as: 'clerk' })).status).toBe(200);
    const paid = await online.page(link);
    expect(paid.body).toContain('تم الدفع');
    expect(paid.body).toContain(`http://localhost:3000/verify/${body.receiptSerial}`);
    expect(paid.body).not.toContain('<form');
    expect(await online.page(link, 'application/json')).toMatchObject({
      body: { state: 'SUCCESS', payable: false, payer: 'محمد أ. خ. ن.', receiptSerial: body.receiptSerial },
    });
    expect((await online.open(link)).status).toBe(409);
    const clearing = await app.request('GET', '/gateway-transactions/open-clearing?pageSize=100', { as: 'auditor' });
    expect(clearing.body.items).toContainEqual({
      dimension: `gateway:${id}`,
      open: { currency: 'ILS', amount: '12000', formatted: '120.00' },
    });
  });

  it('is refused for what cannot be paid', async () => {
    const { oneRecordId, account } = await online.debtor([10_000]);
    const jod = await online.desk.account({ oneRecordId, currency: 'JOD', charges: [10_000] });
    const closed = await online.desk.account({ oneRecordId, charges: [10_000], state: 'CLOSED' });
    const stranger = await online.debtor([10_000]);
    const code = async (lines: object[], more: object = {}) =>
      (await online.start({ oneRecordId, lines, ...more })).body.code;
    const line = { accountId: account.id, amount: '10' };
    expect(await code([{ accountId: stranger.account.id, amount: '10' }])).toBe('billing.account-unknown');
    expect(await code([{ accountId: closed.id, amount: '10' }])).toBe('billing.account-closed');
    expect(await code([line, { accountId: jod.id, amount: '10' }])).toBe('billing.currency-mismatch');
    expect(await code([{ ...line, amount: '100.01' }])).toBe('billing.exceeds-balance');
    expect(await code([line, line])).toBe('http.invalid');
    expect(await code([{ ...line, chargeIds: stranger.account.chargeIds }])).toBe('billing.charge-settled');
    expect(await code([{ ...line, amount: '100.01', chargeIds: account.chargeIds }])).toBe('billing.exceeds-charge');
    for (const amount of ['0', '-1', '1.001', 'x']) expect(await code([{ ...line, amount }])).toBe('http.invalid');
    expect(await code([])).toBe('http.invalid');
    expect((await online.start({ oneRecordId: 999_999_999, lines: [line] })).status).toBe(404);
    expect((await online.start({ oneRecordId, lines: [{ ...line, amount: '150' }], acceptAdvance: true })).status).toBe(
      201,
    );
  });

  it('is made once for one key, and only by those who may', async () => {
    const { oneRecordId, account } = await online.debtor([10_000]);
    const request = { oneRecordId, lines: [{ accountId: account.id, amount: '10' }] };
    const [first, again] = [await online.start(request, 'once'), await online.start(request, 'once')];
    expect(again.body).toEqual(first.body);
    expect((await online.start({ ...request, acceptAdvance: true }, 'once')).status).toBe(422);
    expect((await online.desk.post('/gateway-transactions', request, { as: 'auditor' })).status).toBe(403);
    expect((await app.request('GET', `/gateway-transactions/${first.body.id}`, { as: 'integration' })).status).toBe(
      403,
    );
    const listed = await app.request('GET', `/gateway-transactions?oneRecordId=${oneRecordId}&state=CREATED`, {
      as: 'clerk',
    });
    expect(listed.body).toMatchObject({ total: 1, items: [{ id: first.body.id }] });
  });

  it('is opened once at the gateway, however many open it together', async () => {
    const { link, id } = await online.started();
    const opened = await Promise.all(Array.from({ length: 8 }, () => online.open(link)));
    expect(new Set(opened.map(({ headers }) => headers.location)).size).toBe(1);
    expect((await online.get(id)).body.reference).toBeTruthy();
  });

  it('cannot be guessed, and says nothing of what it does not know', async () => {
    const wrong = `http://localhost:3000/pay/${'A'.repeat(43)}`;
    for (const link of [wrong, `${wrong}A`, 'http://localhost:3000/pay/1', "http://localhost:3000/pay/'%20OR%201=1"]) {
      const page = await online.page(link);
      expect(page).toMatchObject({ status: 404, body: expect.stringContaining('رابط غير صحيح') });
      expect((await online.open(link)).status).toBe(404);
    }
    expect(await online.page(wrong, 'application/json')).toMatchObject({
      status: 404,
      body: { code: 'http.not-found' },
    });
  });

  it('leads nowhere else, whatever the request says of hosts and addresses', async () => {
    const { link } = await online.started();
    const path = new URL(link).pathname;
    const answer = await app.request('POST', `/${path}?returnUrl=https://evil.test&url=//evil.test`, {
      headers: { host: 'evil.test', 'x-forwarded-host': 'evil.test' },
    });
    expect(answer.headers.location).toMatch(/^\/sandbox-gateway\/SBX-[\w-]+$/);
    const page = await app.request('GET', `/${String(answer.headers.location)}`, { headers: { host: 'evil.test' } });
    expect(page.body).toContain(`href="${link}"`);
    expect(page.body).not.toContain('evil');
  });

  it('escapes what people wrote', async () => {
    const { link } = await online.started({ payerName: '<img src=x onerror=alert(1)> "Ali" & \'Co\'' });
    const { body } = await online.page(link);
    expect(body).not.toContain('<img');
    expect(body).toContain('&lt;img');
  });

  it('says that the gateway does not answer, and goes on when it does', async () => {
    const { link, id } = await online.started();
    const down = jest
      .spyOn(app.app.get(SandboxGateway), 'createSession')
      .mockRejectedValueOnce(new Error('ECONNREFUSED'));
    expect(await online.open(link)).toMatchObject({ status: 502, body: expect.stringContaining('لا تستجيب') });
    down.mockRestore();
    expect((await online.get(id)).body.state).toBe('CREATED');
    expect((await online.open(link)).status).toBe(303);
  });

  it('lets its form lead to the pages of the gateway, and to nobody else', async () => {
    const { oneRecordId, account } = await online.debtor([10_000]);
    const { link } = (await online.start({ oneRecordId, lines: [{ accountId: account.id, amount: '10.00' }] })).body;
    const policy = async (answer = online.page(link)) => (await answer).headers['content-security-policy'];
    expect(await policy()).toContain("form-action 'self';");
    const gateways = app.app.get(Gateways, { strict: false });
    const { current } = gateways;
    const elsewhere = Object.create(current, { payerOrigins: { value: ['https://pay.gateway.example'] } }) as object;
    Object.assign(gateways, { current: elsewhere });
    expect(await policy()).toContain("form-action 'self' https://pay.gateway.example;");
    expect(await policy(online.open(link))).toContain("form-action 'self' https://pay.gateway.example;");
    Object.assign(gateways, { current });
  });
});
