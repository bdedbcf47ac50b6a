import { type Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { TakeOvers } from '../../src/billing';
import { Account } from '../../src/billing/accounts/account.entity';
import { Books } from '../../src/billing/books/books';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';

describe('periods of the books', () => {
  let app: TestApp;
  let accountId: number;

  beforeEach(async () => {
    app = await startTestApp();
    await seedRecord(app, [{ services: [{}] }]);
    await app.app.get(TakeOvers).run();
    accountId = (await app.app.get(Store).reads(Account).findOneBy({ currency: 'ILS' }))!.id;
  });
  afterEach(() => app.close());

  const close = (period: string, as = 'supervisor') => app.request('POST', `/billing/periods/${period}/close`, { as });
  const reopen = (period: string, reason: string | undefined = 'كتاب المدقق', as = 'supervisor') =>
    app.request('POST', `/billing/periods/${period}/reopen`, { as, body: { reason } });
  const code = ({ status, body }: { status: number; body: any }) => (status < 300 ? status : body.code);
  const charge = (on: string) =>
    app.app
      .get(Books)
      .post({
        kind: 'CHARGE',
        on,
        description: 'فاتورة',
        by: null,
        entries: [{ ledger: 'INCOME', currency: 'ILS', amount: -500 }],
        charges: [{ accountId, head: 'WATER', amount: 500 }],
      })
      .then(
        () => 'posted',
        (error: Problem) => error.code,
      );

  it('close in order once they are over, and take no posting from then on', async () => {
    expect(await charge('2026-08-15')).toBe('posted');
    expect(code(await close('2026-11'))).toBe('billing.period-not-over');
    expect(code(await close('2026-12'))).toBe('billing.period-not-over');
    expect(code(await close('2026-10'))).toBe('billing.period-order');
    expect(code(await close('2026-08'))).toBe(204);
    expect(code(await close('2026-08'))).toBe('billing.period-closed');
    expect(code(await close('2026-10'))).toBe('billing.period-order');
    expect(await charge('2026-08-31')).toBe('billing.period-closed');
    expect(await charge('2026-09-01')).toBe('posted');
    expect(code(await close('2026-09'))).toBe(204);
    const { body } = await app.request('GET', '/billing/periods?year=2026', { as: 'auditor' });
    expect(body.periods).toHaveLength(12);
    expect(body.periods[8]).toMatchObject({ period: '2026-09', state: 'CLOSED', over: true, reason: null });
    expect(body.periods[8].changedBy).toBeTruthy();
    expect(body.periods[10]).toMatchObject({ period: '2026-11', state: 'OPEN', over: false, changedAt: null });
  });

  it('open again from the last, for a reason, and close again', async () => {
    await charge('2026-08-15');
    for (const period of ['2026-08', '2026-09']) await close(period);
    expect(code(await reopen('2026-10'))).toBe('billing.period-open');
    expect(code(await reopen('2026-08'))).toBe('billing.period-order');
    expect(code(await reopen('2026-09', ''))).toBe('http.invalid');
    expect(code(await reopen('2026-09'))).toBe(204);
    expect(await charge('2026-09-30')).toBe('posted');
    expect(code(await reopen('2026-08'))).toBe(204);
    expect(code(await close('2026-09'))).toBe('billing.period-order');
    expect([code(await close('2026-08')), code(await close('2026-09'))]).toEqual([204, 204]);
    const audited = await app.request('GET', '/audit?action=billing.period-reopened', { as: 'auditor' });
    expect(audited.body.items.map(({ detail }: any) => detail)).toEqual([
      { period: '2026-08', reason: 'كتاب المدقق' },
      { period: '2026-09', reason: 'كتاب المدقق' },
    ]);
    const closings = await app.request('GET', '/audit?action=billing.period-closed', { as: 'auditor' });
    expect(closings.body.total).toBe(4);
  });

  it('are closed and opened by supervisors only, and once by two at a time', async () => {
    await charge('2026-08-15');
    for (const as of ['clerk', 'cashier', 'officer', 'auditor', 'administrator']) {
      expect((await close('2026-08', as)).status).toBe(403);
      expect((await reopen('2026-08', 'كتاب المدقق', as)).status).toBe(403);
    }
    const closed = (await Promise.all([close('2026-08'), close('2026-08'), close('2026-08')])).map(code);
    expect(closed.filter((each) => each === 204)).toHaveLength(1);
    expect(closed.filter((each) => each === 'billing.period-closed')).toHaveLength(2);
    const opened = (await Promise.all([reopen('2026-08'), reopen('2026-08')])).map(code);
    expect(opened.sort()).toEqual([204, 'billing.period-open']);
    for (const wrong of ['2026-13', '2026-00', '26-01', '2026-1'])
      expect(code(await close(wrong))).toBe('http.invalid');
    expect((await app.request('GET', '/billing/periods?year=1', { as: 'auditor' })).status).toBe(422);
  });
});
