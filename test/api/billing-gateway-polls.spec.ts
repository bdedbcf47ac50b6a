import { SchedulerRegistry } from '@nestjs/schedule';
import { Proofs } from '../../src/billing';
import { Polls } from '../../src/billing/gateway/polls';
import { Reconciliations } from '../../src/billing/gateway/reconciliations';
import { SandboxGateway } from '../../src/billing/gateway/sandbox/sandbox-gateway';
import { startTestApp, type TestApp } from '../support/app';
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
const poll = () => app.app.get(Polls).open();
const stateOf = async (id: number) => (await online.get(id)).body.state;

describe('polling', () => {
  beforeAll(() => begin());
  afterAll(() => app.close());

  it('finds what was paid when its callback was lost', async () => {
    const [paid, failed, waiting] = [await online.paying(), await online.paying(), await online.paying()];
    await online.act(paid, 'PAY', true);
    await online.act(failed, 'FAIL', true);
    expect(await stateOf(paid.id)).toBe('PENDING');
    await poll();
    expect((await online.get(paid.id)).body).toMatchObject({
      state: 'SUCCESS',
      receiptSerial: expect.any(String),
      events: [{ source: 'POLL', outcome: 'ACCEPTED' }],
    });
    expect(await stateOf(failed.id)).toBe('FAILED');
    expect((await online.get(waiting.id)).body).toMatchObject({
      state: 'PENDING',
      lastPolledAt: app.clock.now(),
      events: [],
    });
    await poll();
    expect((await online.get(paid.id)).body.events).toHaveLength(1);
  });

  it('on demand finds the same, once', async () => {
    const paying = await online.paying();
    await online.act(paying, 'PAY', true);
    const ask = (as: string) => app.request('POST', `/gateway-transactions/${paying.id}/poll`, { as });
    expect((await ask('auditor')).status).toBe(403);
    const both = await Promise.all([ask('clerk'), ask('cashier')]);
    expect(both.map(({ body }) => body.state)).toEqual(['SUCCESS', 'SUCCESS']);
    expect(await online.desk.balance(paying.accountId)).toBe(0);
    expect((await app.request('POST', '/gateway-transactions/999999999/poll', { as: 'clerk' })).status).toBe(404);
    const down = jest.spyOn(app.app.get(SandboxGateway), 'status').mockRejectedValueOnce(new Error('ETIMEDOUT'));
    expect(await ask('clerk')).toMatchObject({ status: 502, body: { code: 'billing.gateway-failed' } });
    down.mockRestore();
  });

  it('ends links whose time is over, and stops at none that cannot be asked', async () => {
    const [untouched, open, asked] = [await online.started(), await online.paying(), await online.paying()];
    const down = jest.spyOn(app.app.get(SandboxGateway), 'status').mockRejectedValueOnce(new Error('ETIMEDOUT'));
    later({ hours: 24 });
    expect((await online.page(untouched.link)).body).toContain('انتهت مدة الرابط');
    expect((await online.open(untouched.link)).status).toBe(409);
    await poll();
    down.mockRestore();
    await poll();
    for (const { id } of [untouched, open, asked]) expect(await stateOf(id)).toBe('EXPIRED');
    expect((await online.get(open.id)).body).toMatchObject({ settledAt: app.clock.now(), paidAt: null });
  });

  it('brings money that came late into suspense where that is the policy', async () => {
    const [expired, failed] = [await online.paying(), await online.paying()];
    await online.act(expired, 'PAY_LATE');
    await online.act(failed, 'FAIL');
    await online.act(failed, 'PAY_LATE', true);
    await app.request('POST', `/gateway-transactions/${failed.id}/poll`, { as: 'clerk' });
    for (const { id, accountId } of [expired, failed]) {
      expect((await online.get(id)).body).toMatchObject({ state: 'SUCCESS', suspense: 'LATE', receiptSerial: null });
      expect(await online.desk.balance(accountId)).toBe(10_000);
    }
    expect((await online.get(expired.id)).body.events.map(({ outcome }: any) => outcome)).toEqual([
      'ACCEPTED',
      'SUSPENSE',
    ]);
    expect(await online.desk.ledger('SUSPENSE')).toBe(-20_000);
  });

  it('and callbacks at once, among payments at the counter, bring every amount once', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => online.paying()));
    for (const paying of all) await online.act(paying, 'PAY', true);
    const ask = (id: number) => app.request('POST', `/gateway-transactions/${id}/poll`, { as: 'clerk' });
    await online.desk.pay(all[0]!.accountId, '1', { kind: 'CARD' });
    const answers = await Promise.all(
      all.flatMap((paying) => [
        online.callback(paying, { status: 'SUCCESS' }),
        ask(paying.id),
        poll().then(() => ({ status: 200 })),
        online.desk.pay(paying.accountId, '1', { kind: 'CARD', acceptAdvance: true }),
        online.callback(paying, { status: 'SUCCESS' }),
      ]),
    );
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    for (const { id, accountId } of all) {
      const { body } = await online.get(id);
      expect(body).toMatchObject({ state: 'SUCCESS', suspense: null, receiptSerial: expect.any(String) });
      expect(body.events.filter(({ outcome }: any) => outcome === 'ACCEPTED')).toHaveLength(1);
      expect(await online.desk.balance(accountId)).toBe(accountId === all[0]!.accountId ? -200 : -100);
    }
  });

  it('leaves a session that is over as it is, whatever button is pressed', async () => {
    const paying = await online.paid();
    for (const act of ['PAY', 'FAIL', 'EXPIRE', 'PAY_LATE']) expect((await online.act(paying, act)).status).toBe(303);
    expect((await online.get(paying.id)).body.events).toHaveLength(1);
    expect((await online.act(paying, 'STEAL')).status).toBe(422);
    expect((await app.request('GET', '//sandbox-gateway/SBX-none')).status).toBe(404);
  });

  it('leaves the books in balance', async () => {
    expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
  });
});

describe('a worker', () => {
  beforeAll(() => begin({ ROLE: 'all' }));
  afterAll(() => app.close());

  it('polls and reconciles by itself', async () => {
    const jobs = app.app.get(SchedulerRegistry);
    const paying = await online.paying();
    await online.act(paying, 'PAY', true);
    await jobs.getCronJob('gateway-poll').fireOnTick();
    expect(await stateOf(paying.id)).toBe('SUCCESS');
    later({ days: 1 });
    await jobs.getCronJob('gateway-reconciliation').fireOnTick();
    const { body } = await app.request('GET', '/gateway-reconciliations', { as: 'auditor' });
    expect(body.items).toMatchObject([{ day: '2026-11-24', state: 'AGREES', startedBy: null }]);
  });
});

describe('without a gateway', () => {
  beforeAll(() => begin({ PAYMENT_GATEWAY: 'none' }));
  afterAll(() => app.close());

  it('nothing is paid online, and the sandbox is not there', async () => {
    const { oneRecordId, account } = await online.debtor([10_000]);
    const made = await online.start({ oneRecordId, lines: [{ accountId: account.id, amount: '10' }] });
    expect(made).toMatchObject({ status: 409, body: { code: 'billing.gateway-none' } });
    const told = await online.callback({ reference: 'SBX-1', amount: 1 }, { status: 'SUCCESS' });
    expect(told.body.code).toBe('billing.gateway-none');
    expect((await app.request('GET', '//sandbox-gateway/SBX-1')).status).toBe(404);
    const asked = await app.request('POST', '/gateway-reconciliations', {
      as: 'supervisor',
      body: { day: '2026-11-24' },
    });
    expect(asked.body.code).toBe('billing.gateway-none');
    await poll();
    await app.app.get(Reconciliations).nightly();
    expect((await app.request('GET', '/gateway-transactions/open-clearing', { as: 'clerk' })).body.total).toBe(0);
  });
});
