import { Store, UnitOfWork } from '@libs/persistence';
import { Proofs } from '../../src/billing';
import { GatewayReconciliation, GatewayTransaction } from '../../src/billing/gateway/gateway.entity';
import { Reconciliations } from '../../src/billing/gateway/reconciliations';
import { SandboxSession } from '../../src/billing/gateway/sandbox/sandbox.entity';
import { SandboxGateway } from '../../src/billing/gateway/sandbox/sandbox-gateway';
import { startTestApp, type TestApp } from '../support/app';
import { olderIds } from '../support/older-ids';
import { onlineDesk } from '../support/online';

let app: TestApp;
let online: ReturnType<typeof onlineDesk>;

const begin = async (settings: Record<string, string> = {}) => {
  app = await startTestApp({ PAYMENT_GATEWAY: 'sandbox', LATE_PAYMENTS: 'suspense', ...settings });
  online = onlineDesk(app);
};
const later = (duration: object) => {
  app.clock.advance(duration);
  app.forgetTokens();
};

describe('reconciliation', () => {
  beforeAll(() => begin({ LATE_PAYMENTS: 'accept' }));
  afterAll(() => app.close());

  const start = (day: string, as = 'supervisor') =>
    app.request('POST', '/gateway-reconciliations', { as, body: { day } });
  const last = async () => (await app.request('GET', '/gateway-reconciliations', { as: 'auditor' })).body.items[0];
  const run = async (day: string) => {
    expect((await start(day)).status).toBe(202);
    await app.drain();
    return last();
  };
  /** As if one of the two had kept another book. */
  const meddle = (work: (store: typeof online.desk.store) => Promise<unknown>) =>
    app.app.get(UnitOfWork).run(() => work(online.desk.store));

  it('agrees when both lists are the same, refunds and currencies included', async () => {
    const [first, second] = [await online.paid({ amount: '70' }), await online.paid({ amount: '30' })];
    await online.paying();
    await online.desk.post(`/gateway-transactions/${second.id}/refund`, { reason: 'خطأ' }, { as: 'supervisor' });
    await app.drain();
    const made = await run('2026-11-24');
    const totals = [{ currency: 'ILS', amount: '10000', formatted: '100.00', count: 2 }];
    expect(made).toMatchObject({
      state: 'AGREES',
      ours: totals,
      theirs: totals,
      findings: [],
      startedBy: expect.any(Number),
    });
    expect(await run('2026-11-23')).toMatchObject({ state: 'AGREES', ours: [], theirs: [] });
    expect(first.id).toBeGreaterThan(0);
  });

  it('finds every kind of difference, takes over what was paid, and agrees afterwards', async () => {
    const unheard = await online.paying();
    await online.act(unheard, 'PAY', true);
    const late = await online.paying();
    await online.act(late, 'EXPIRE');
    await online.act(late, 'PAY_LATE', true);
    const [forgotten, changed, returned, foreign] = [
      await online.paid(),
      await online.paid(),
      await online.paid(),
      await online.paid(),
    ];
    const at = ({ reference }: { reference: string }) => ({ reference });
    const paidAt = app.clock.now();
    await meddle(async (store) => {
      await store.update(SandboxSession, at(forgotten), { paidAt: null, state: 'OPEN' });
      await store.update(SandboxSession, at(changed), { amount: 1 });
      await store.update(SandboxSession, at(returned), { state: 'REFUNDED' });
      await store.update(GatewayTransaction, at(foreign), { reference: 'SBX-other' });
    });
    const made = await run('2026-11-24');
    const of = (id: number | null, kind: string, corrected = false) => ({
      kind,
      transactionId: id,
      reference: expect.any(String),
      corrected,
    });
    expect(made.state).toBe('DIFFERS');
    expect(made.findings).toHaveLength(7);
    expect(made.findings).toEqual(
      expect.arrayContaining([
        of(unheard.id, 'NOT_SUCCESSFUL_HERE', true),
        of(late.id, 'NOT_SUCCESSFUL_HERE', true),
        of(forgotten.id, 'UNKNOWN_THERE'),
        of(changed.id, 'AMOUNT_DIFFERS'),
        of(returned.id, 'REFUND_DIFFERS'),
        of(null, 'UNKNOWN_HERE'),
        of(foreign.id, 'UNKNOWN_THERE'),
      ]),
    );
    expect(await online.desk.balance(unheard.accountId)).toBe(0);
    expect((await online.get(late.id)).body).toMatchObject({ lastPolledAt: null });
    expect((await online.get(late.id)).body.events.at(-1)).toMatchObject({
      source: 'RECONCILIATION',
      outcome: 'ACCEPTED_LATE',
    });
    await meddle(async (store) => {
      await store.update(SandboxSession, at(forgotten), { paidAt, state: 'PAID' });
      await store.update(SandboxSession, at(changed), { amount: changed.amount });
      await store.update(SandboxSession, at(returned), { state: 'PAID' });
      await store.update(GatewayTransaction, { id: foreign.id }, { reference: foreign.reference });
    });
    expect(await run('2026-11-24')).toMatchObject({ state: 'AGREES' });
  });

  it('says so when the gateway gives no list', async () => {
    const down = jest.spyOn(app.app.get(SandboxGateway), 'paid').mockRejectedValueOnce(new Error('ETIMEDOUT'));
    expect(await run('2026-11-24')).toMatchObject({ state: 'FAILED', theirs: [], failure: 'billing.gateway-failed' });
    down.mockRestore();
  });

  it('is asked for by those who may, for days that have been, one at a time', async () => {
    expect((await start('2026-11-24', 'clerk')).status).toBe(403);
    expect((await start('2026-11-25')).body.code).toBe('billing.date-in-future');
    expect((await start('2026-02-30')).body.code).toBe('http.invalid');
    const both = await Promise.all([start('2026-11-22'), start('2026-11-22', 'administrator')]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
    await app.drain();
    expect((await app.request('GET', '/gateway-reconciliations', { as: 'clerk' })).status).toBe(403);
  });

  it('makes up at night for the nights that were missed', async () => {
    later({ days: 3 });
    await app.app.get(Reconciliations).nightly();
    const { body } = await app.request('GET', '/gateway-reconciliations?pageSize=3', { as: 'auditor' });
    // The day of the runs before was not over when they were asked for.
    expect(body.items.map(({ day, startedBy }: any) => [day, startedBy])).toEqual([
      ['2026-11-26', null],
      ['2026-11-25', null],
      ['2026-11-24', null],
    ]);
    await app.app.get(Reconciliations).nightly();
    expect((await last()).id).toBe(body.items[0].id);
  });

  it('stops at a night on which the gateway does not answer, and begins with it the next time', async () => {
    later({ days: 2 });
    const paid = jest.spyOn(app.app.get(SandboxGateway), 'paid').mockRejectedValueOnce(new Error('no answer'));
    const nights = async () => {
      await app.app.get(Reconciliations).nightly();
      const { body } = await app.request('GET', '/gateway-reconciliations?pageSize=2', { as: 'auditor' });
      return body.items.map(({ day, state }: any) => [day, state]);
    };
    expect((await nights())[0]).toEqual(['2026-11-27', 'FAILED']);
    expect(await nights()).toEqual([
      ['2026-11-28', 'AGREES'],
      ['2026-11-27', 'AGREES'],
    ]);
    paid.mockRestore();
  });

  it('tells the night from a look by hand on the day itself, whichever process it was', async () => {
    const older = await olderIds(app);
    await run(app.clock.now().slice(0, 10));
    older();
    later({ days: 1 });
    await app.app.get(Reconciliations).nightly();
    const made = () => app.app.get(Store).reads(GatewayReconciliation).countBy({});
    const before = await made();
    await app.app.get(Reconciliations).nightly();
    expect(await made()).toBe(before);
  });

  it('leaves the books in balance', async () => {
    expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
  });
});
