import { UnitOfWork } from '@libs/persistence';
import { Proofs } from '../../src/billing';
import { GatewayEvent, GatewayTransaction } from '../../src/billing/gateway/gateway.entity';
import { signed } from '../../src/billing/gateway/callback-signature';
import { Refunds } from '../../src/billing/gateway/refunds';
import { SandboxGateway } from '../../src/billing/gateway/sandbox/sandbox-gateway';
import { PhoneCooling } from '../../src/citizens';
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
    expect((await online.page(paying.link)).body).toContain('يقيّده موظف على حسابك');
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

  it('waits until a change of the citizen’s phone has settled', async () => {
    const { id, oneRecordId } = await online.paid({ amount: '30' });
    const change = { oldPhone: '+970599000111', newPhone: '+970569000111', changedBy: null, undoHash: null };
    await app.app.get(UnitOfWork).run(() => app.app.get(PhoneCooling).begin({ oneRecordId, ...change }));
    expect(await refund(id)).toMatchObject({ status: 409, body: { code: 'citizens.cooling' } });
    app.clock.advance({ hours: 48 });
    app.forgetTokens();
    expect((await refund(id)).status).toBe(202);
  });

  it('gives money out of suspense back', async () => {
    const paying = await online.paying({ amount: '50' });
    await online.close(paying.accountId);
    await online.act(paying, 'PAY');
    const before = await online.desk.ledger('SUSPENSE');
    expect((await refund(paying.id)).status).toBe(202);
    const assigned = await online.desk.post(
      `/gateway-transactions/${paying.id}/assign`,
      { lines: [{ accountId: paying.accountId, amount: '50' }] },
      { as: 'supervisor' },
    );
    expect(assigned.body.code).toBe('billing.not-in-suspense');
    await app.drain();
    expect(await online.desk.ledger('SUSPENSE')).toBe(before + 5000);
    const { body } = await online.get(paying.id);
    expect(body).toMatchObject({ state: 'REFUNDED', suspense: null });
    await app.app.get(Refunds).giveBack({ transactionId: paying.id });
    expect((await online.get(paying.id)).body).toEqual(body);
  });

  it('is of what was paid only, up to a limit', async () => {
    expect((await refund((await online.paying()).id)).body.code).toBe('billing.not-refundable');
    expect((await refund(999_999_999)).status).toBe(404);
    const large = [await online.paying({ amount: '60000' }), await online.paying({ amount: '60000' })];
    await online.close(large[1]!.accountId);
    for (const paying of large) {
      await online.act(paying, 'PAY');
      expect(await refund(paying.id)).toMatchObject({ status: 403, body: { code: 'billing.above-limit' } });
      expect((await online.get(paying.id)).body).toMatchObject({ state: 'SUCCESS', refund: null });
    }
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
