import { Proofs } from '../../src/billing';
import { GatewayEvent, GatewayTransaction } from '../../src/billing/gateway/gateway.entity';
import { signed } from '../../src/billing/gateway/callback-signature';
import { SandboxGateway } from '../../src/billing/gateway/sandbox/sandbox-gateway';
import { startTestApp, type TestApp } from '../support/app';
import { onlineDesk } from '../support/online';

const SECRET = 'a-secret-between-the-gateway-and-this-test';

let app: TestApp;
let online: ReturnType<typeof onlineDesk>;

beforeAll(async () => {
  app = await startTestApp({ PAYMENT_GATEWAY: 'sandbox', PAYMENT_GATEWAY_SECRET: SECRET });
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
    expect(await code([line, { ...line, amount: '90.01' }])).toBe('billing.exceeds-balance');
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
});

describe('a callback', () => {
  it('fifty times at once makes one receipt', async () => {
    const paying = await online.paying({ amount: '100' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => online.callback(paying, { status: 'SUCCESS' })));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(answers.filter(({ body }) => body.outcome === 'ACCEPTED')).toHaveLength(1);
    expect(answers.filter(({ body }) => body.outcome === 'DUPLICATE')).toHaveLength(49);
    const receipts = await online.desk.store.sql<{ n: number }>(
      'SELECT COUNT(*) AS "n" FROM "payments" WHERE "one_record_id" = ?',
      [paying.oneRecordId],
    );
    expect(Number(receipts[0]!.n)).toBe(1);
    expect(await online.desk.balance(paying.accountId)).toBe(0);
    expect(await online.desk.store.reads(GatewayEvent).countBy({ transactionId: paying.id })).toBe(50);
  });

  it('counts only when its signature holds', async () => {
    const paying = await online.paying();
    const at = app.clock.now();
    const body = online.notice(paying, { status: 'SUCCESS' });
    const good = signed(SECRET, body, at).headers;
    const code = async (headers: object, payload = body) => (await online.deliver(payload, headers)).body.code;
    const events = () => online.desk.store.reads(GatewayEvent).countBy({});
    const before = await events();
    expect(await code({})).toBe('billing.callback-forged');
    expect(await code(signed('another secret of thirty-two letters', body, at).headers)).toBe(
      'billing.callback-forged',
    );
    expect(await code({ ...good, 'x-gateway-signature': 'zz' })).toBe('billing.callback-forged');
    expect(await code({ ...good, 'x-gateway-timestamp': String(Number(good['x-gateway-timestamp']) + 1) })).toBe(
      'billing.callback-forged',
    );
    expect(await code(good, Buffer.from(body.toString().replace('SUCCESS', 'FAILED ')))).toBe(
      'billing.callback-forged',
    );
    expect(await code(good, Buffer.concat([body, Buffer.from(' ')]))).toBe('billing.callback-forged');
    for (const when of ['2026-11-24T07:54:59.000Z', '2026-11-24T08:05:01.000Z']) {
      expect(await code(signed(SECRET, body, when).headers)).toBe('billing.callback-stale');
    }
    expect(await events()).toBe(before);
    expect((await online.get(paying.id)).body.state).toBe('PENDING');
    expect((await online.deliver(body, signed(SECRET, body, '2026-11-24T07:55:00.000Z').headers)).status).toBe(200);
    const again = await online.deliver(body, good, 'nobody');
    expect(again).toMatchObject({ status: 409, body: { code: 'billing.gateway-none' } });
  });

  it('cannot be read', async () => {
    const code = async (body: string) =>
      (await online.deliver(Buffer.from(body), signed(SECRET, Buffer.from(body), app.clock.now()).headers)).body.code;
    for (const body of ['[]', 'null', '{}', '{"reference":"SBX-1","status":"WON","currency":"ILS","amount":1}']) {
      expect(await code(body)).toBe('billing.callback-unreadable');
    }
    for (const amount of ['1.5', '"100"', '-1', '0', '1e300']) {
      expect(await code(`{"reference":"SBX-1","status":"SUCCESS","currency":"ILS","amount":${amount}}`)).toBe(
        'billing.callback-unreadable',
      );
    }
    expect(await code('{"reference":')).toBe('http.bad-request');
  });

  it('with another amount or currency harms nothing and is written down', async () => {
    const paying = await online.paying({ amount: '100' });
    for (const wrong of [{ amount: 9999 }, { amount: 1_000_000 }, { currency: 'JOD' }]) {
      expect(await online.callback(paying, { status: 'SUCCESS', ...wrong })).toMatchObject({
        status: 422,
        body: { code: 'billing.callback-mismatch' },
      });
    }
    const { body } = await online.get(paying.id);
    expect(body).toMatchObject({ state: 'PENDING', receiptSerial: null });
    expect(body.events.map(({ outcome }: any) => outcome)).toEqual(Array(3).fill('MISMATCH'));
    expect(await online.callback(paying, { status: 'SUCCESS' })).toMatchObject({ status: 200 });
  });

  it('of nobody’s transaction is refused and written down', async () => {
    const answer = await online.callback({ reference: 'SBX-nobody', amount: 100 }, { status: 'SUCCESS' });
    expect(answer).toMatchObject({ status: 404, body: { code: 'billing.callback-unknown' } });
    const [event] = await online.desk.store.reads(GatewayEvent).findBy({ outcome: 'UNKNOWN' });
    expect(event).toMatchObject({ transactionId: null, said: { reference: 'SBX-nobody' } });
  });

  it('of a failure after a success is ignored', async () => {
    const paying = await online.paying();
    await online.callback(paying, { status: 'SUCCESS' });
    for (const status of ['FAILED', 'EXPIRED', 'PENDING', 'REFUNDED']) {
      expect(await online.callback(paying, { status })).toMatchObject({ status: 200, body: { outcome: 'IGNORED' } });
    }
    expect((await online.get(paying.id)).body).toMatchObject({ state: 'SUCCESS', lastCallbackAt: app.clock.now() });
  });

  it('of a success after a failure is money: it pays what is still owed, or is an advance', async () => {
    const paying = await online.paying({ amount: '100', chargeIds: true });
    expect((await online.callback(paying, { status: 'FAILED', failureCode: 'DECLINED' })).body.outcome).toBe(
      'ACCEPTED',
    );
    expect((await online.get(paying.id)).body).toMatchObject({
      state: 'FAILED',
      failureCode: 'DECLINED',
      paidAt: null,
    });
    expect((await online.page(paying.link)).body).toContain('لم يتم الدفع');
    const { status } = await online.desk.pay(paying.accountId, '100', { kind: 'CARD' });
    expect(status).toBe(201);
    expect((await online.callback(paying, { status: 'SUCCESS' })).body.outcome).toBe('ACCEPTED_LATE');
    expect((await online.get(paying.id)).body).toMatchObject({ state: 'SUCCESS', failureCode: null });
    expect(await online.desk.balance(paying.accountId)).toBe(-10_000);
    expect((await online.callback(paying, { status: 'FAILED' })).body.outcome).toBe('IGNORED');
  });

  it('brings money of a closed account into suspense, from where it is put on another', async () => {
    const paying = await online.paying({ amount: '100' });
    await online.close(paying.accountId);
    const before = await online.desk.ledger('SUSPENSE');
    expect((await online.callback(paying, { status: 'SUCCESS' })).body.outcome).toBe('SUSPENSE');
    expect((await online.get(paying.id)).body).toMatchObject({
      state: 'SUCCESS',
      suspense: 'ACCOUNT_CLOSED',
      receiptSerial: null,
    });
    expect(await online.desk.ledger('SUSPENSE')).toBe(before - 10_000);
    expect((await online.page(paying.link)).body).toContain('تم الدفع');
    const work = await app.request('GET', '/gateway-transactions?suspense=true', { as: 'clerk' });
    expect(work.body.items.map(({ id }: any) => id)).toContain(paying.id);

    const { account } = await online.debtor([4000]);
    const jod = await online.desk.account({ currency: 'JOD' });
    const assign = (lines: object[], as = 'supervisor') =>
      online.desk.post(`/gateway-transactions/${paying.id}/assign`, { lines }, { as });
    const code = async (...lines: object[]) => (await assign(lines)).body.code;
    expect(await code({ accountId: account.id, amount: '99' })).toBe('billing.tenders-differ');
    expect(await code({ accountId: jod.id, amount: '100' })).toBe('billing.currency-mismatch');
    expect(await code({ accountId: paying.accountId, amount: '100' })).toBe('billing.account-closed');
    expect(await code({ accountId: 999_999_999, amount: '100' })).toBe('billing.account-unknown');
    expect((await assign([{ accountId: account.id, amount: '100' }], 'clerk')).status).toBe(403);
    const both = await Promise.all([
      assign([{ accountId: account.id, amount: '100' }]),
      assign([{ accountId: account.id, amount: '100' }]),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await code({ accountId: account.id, amount: '100' })).toBe('billing.not-in-suspense');
    expect((await online.get(paying.id)).body).toMatchObject({ suspense: null, receiptSerial: expect.any(String) });
    expect(await online.desk.ledger('SUSPENSE')).toBe(before);
    expect(await online.desk.ledger('GATEWAY_CLEARING', 'ILS', `gateway:${paying.id}`)).toBe(10_000);
    expect(await online.desk.balance(account.id)).toBe(-6000);
  });
});

describe('a refund', () => {
  const refund = (id: number, as = 'supervisor') =>
    online.desk.post(`/gateway-transactions/${id}/refund`, { reason: 'دفع المكلف مرتين' }, { as });

  it('reverses the payment at once and is asked of the gateway until it is done', async () => {
    const paying = await online.paid({ amount: '100' });
    expect((await refund(paying.id, 'cashier')).status).toBe(403);
    const serial = (await online.get(paying.id)).body.receiptSerial;
    const direct = await online.desk.post(
      `/payments/${serial}/reverse`,
      { reason: 'خطأ في الحساب' },
      { as: 'supervisor' },
    );
    expect(direct).toMatchObject({ status: 409, body: { code: 'billing.refund-through-gateway' } });

    const gateway = app.app.get(SandboxGateway);
    const down = jest.spyOn(gateway, 'refund').mockRejectedValueOnce(new Error('ECONNRESET'));
    const both = await Promise.all([refund(paying.id), refund(paying.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('billing.not-refundable');
    expect(await online.desk.balance(paying.accountId)).toBe(10_000);
    expect(await online.desk.ledger('GATEWAY_CLEARING', 'ILS', `gateway:${paying.id}`)).toBe(0);
    await app.drain();
    expect((await online.get(paying.id)).body).toMatchObject({ state: 'SUCCESS', refund: { refundedAt: null } });
    app.clock.advance({ minutes: 1 });
    await app.drain();
    down.mockRestore();
    const { body } = await online.get(paying.id);
    expect(body).toMatchObject({
      state: 'REFUNDED',
      refund: { reason: 'دفع المكلف مرتين', refundedAt: app.clock.now() },
    });
    expect(body.events.map(({ source, outcome }: any) => `${source} ${outcome}`)).toEqual([
      'CALLBACK ACCEPTED',
      'REFUND FAILED',
      'REFUND ACCEPTED',
    ]);
    expect(await gateway.status(paying.reference)).toMatchObject({ status: 'REFUNDED' });
    expect((await app.request('GET', `/payments/${serial}`, { as: 'clerk' })).body.state).toBe('REVERSED');
    expect((await online.callback(paying, { status: 'REFUNDED' })).body.outcome).toBe('DUPLICATE');
    expect((await online.callback(paying, { status: 'SUCCESS' })).body.outcome).toBe('DUPLICATE');
    expect((await online.page(paying.link)).body).toContain('رُدّ المبلغ');
    expect((await refund(paying.id)).status).toBe(409);
  });

  it('gives money out of suspense back', async () => {
    const paying = await online.paying({ amount: '50' });
    await online.close(paying.accountId);
    await online.act(paying, 'PAY');
    const before = await online.desk.ledger('SUSPENSE');
    expect((await refund(paying.id)).status).toBe(202);
    await app.drain();
    expect(await online.desk.ledger('SUSPENSE')).toBe(before + 5000);
    expect((await online.get(paying.id)).body).toMatchObject({ state: 'REFUNDED', suspense: null });
  });

  it('is of what was paid only, up to a limit', async () => {
    expect((await refund((await online.paying()).id)).body.code).toBe('billing.not-refundable');
    expect((await refund(999_999_999)).status).toBe(404);
    const large = await online.paid({ amount: '60000' });
    expect(await refund(large.id)).toMatchObject({ status: 403, body: { code: 'billing.above-limit' } });
    expect((await online.get(large.id)).body.refund).toBeNull();
  });
});

describe('the books', () => {
  it('hold, and have one payment a transaction', async () => {
    expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
    const all = await online.desk.store.reads(GatewayTransaction).find();
    const settled = all.filter(({ state, suspense }) => state === 'SUCCESS' && suspense === null);
    expect(settled.every(({ paymentId }) => paymentId !== null)).toBe(true);
  });
});
