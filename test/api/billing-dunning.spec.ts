import { randomUUID } from 'node:crypto';
import { Store, UnitOfWork } from '@libs/persistence';
import { TakeOvers } from '../../src/billing';
import { Debtors } from '../../src/billing/dunning/debtors';
import { DunningWorker } from '../../src/billing/dunning/dunning-worker';
import { OneRecord } from '../../src/citizens/one-records/one-record.entity';
import { openAccounts } from '../support/bill-runs';
import { keyed } from '../support/charged';
import { dunningDesk, type VersionedWarning } from '../support/dunning';
import { seedRecord } from '../support/records';

describe('dunning runs', () => {
  const desk = dunningDesk();
  const { debtor, create, run, debtors, issue, listed, warningsOf, warned, verify, on } = desk;

  it('lists who owes what is overdue, and issues a warning that names type, amount and period of each charge', async () => {
    const { recordId, account, chargeIds } = await debtor();
    const made = await listed();
    expect(made).toMatchObject({
      state: 'LISTED',
      task: null,
      dueBy: '2026-11-09',
      debtors: { listed: 1, excluded: 0, warned: 0, settled: 0 },
      totals: [{ currency: 'ILS', amount: '50000', formatted: '500.00', charges: 2 }],
      leftOut: { inPlan: 0, objected: 0, warned: 0, withoutHolder: 0, belowLeast: 0 },
      failure: null,
    });
    expect(await debtors(made.id)).toEqual([
      expect.objectContaining({ state: 'LISTED', oneRecordId: recordId, legacyCitizenId: null, accountIds: [account] }),
    ]);
    expect((await issue(made.id)).body).toMatchObject({ task: 'ISSUE' });
    await desk.app.drain();
    expect(await run(made.id)).toMatchObject({ state: 'ISSUED', debtors: { listed: 0, warned: 1 } });
    const [warning] = await warningsOf(`oneRecordId=${recordId}`);
    expect(warning).toMatchObject({
      state: 'ISSUED',
      name: 'محمد أحمد خليل النابلسي',
      payDays: 15,
      deadlineOn: null,
      debts: [
        { chargeId: chargeIds[0], head: 'WATER', period: '2026-08', dueOn: '2026-08-31', amount: '30000' },
        { chargeId: chargeIds[1], head: 'WASTE', period: '2026-09', amount: '20000', outstanding: '20000' },
      ],
      totals: [{ currency: 'ILS', amount: '50000', outstanding: '50000', outstandingFormatted: '500.00' }],
    });
    expect(warning.serial).toMatch(/^WN-[A-Z]+-2026-000001-\d\d$/);
    expect(await verify(warning.serial)).toMatchObject({
      kind: 'PAYMENT_WARNING',
      status: 'VALID',
      holder: 'محمد أ. خ. ن.',
      totals: [{ currency: 'ILS', formatted: '500.00' }],
    });
    for (const query of [`accountId=${account}`, `runId=${made.id}`, 'state=ISSUED']) {
      expect(await warningsOf(query)).toHaveLength(1);
    }
    expect(await warningsOf(`deadlineBefore=2030-01-01`)).toEqual([]);
  });

  it('never warns twice of a charge, and of new ones by a warning of their own', async () => {
    const { account } = await debtor();
    await warned();
    expect(await listed()).toMatchObject({ debtors: { listed: 0 }, leftOut: { warned: 1 } });
    on('2026-11-25');
    const [second] = await warned();
    expect(second.debts).toEqual([expect.objectContaining({ dueOn: '2026-11-10', amount: '10000' })]);
    expect(await warningsOf(`accountId=${account}`)).toHaveLength(2);
  });

  it('is one warning a party, over all its accounts, and one for a payer row that no approved record holds', async () => {
    const { id } = await desk.books.record(['ILS', 'JOD']);
    const held = (await desk.app.request('GET', `/one-records/${id}/accounts`, { as: 'clerk' })).body.accounts;
    for (const { id: accountId } of held) await desk.books.charge(accountId, 5000, { dueOn: '2026-06-30' });
    await seedRecord(desk.app, [{ name: 'ورثة سعيد وشركاهم', services: [{ movements: [['ILS', 700, 0]] }] }], {
      state: 'DRAFT',
      documentKey: `other:${randomUUID()}`,
    });
    await desk.app.app.get(TakeOvers).run();
    const nobody = (await openAccounts(desk.app, 1))[0]!;
    await desk.books.charge(nobody, 100, { dueOn: '2026-06-30' });
    const { id: runId, leftOut } = await listed();
    expect(leftOut).toMatchObject({ withoutHolder: 1 });
    expect(await debtors(runId)).toEqual([
      expect.objectContaining({ oneRecordId: id, debts: [expect.anything(), expect.anything()] }),
      expect.objectContaining({ oneRecordId: null, name: 'ورثة سعيد وشركاهم', legacyCitizenId: expect.any(Number) }),
    ]);
  });

  it('warns who was listed by the payer row also when a record of it is approved before the issue', async () => {
    const { id: recordId } = await seedRecord(
      desk.app,
      ['سعيد', 'سعد'].map((name) => ({ name, services: [{ movements: [['ILS', 700, 0]] }] })),
      { state: 'DRAFT', documentKey: `other:${randomUUID()}` },
    );
    await desk.app.app.get(TakeOvers).run();
    const made = await listed();
    expect(made).toMatchObject({ debtors: { listed: 2 } });
    await desk.app.app
      .get(UnitOfWork)
      .run(() => desk.app.app.get(Store).update(OneRecord, { id: recordId }, { state: 'APPROVED' }));
    await issue(made.id);
    await desk.app.drain();
    expect(await run(made.id)).toMatchObject({ debtors: { listed: 0, warned: 2 } });
    const [warning, ...others] = await warningsOf(`runId=${made.id}`);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ oneRecordId: recordId, debts: [{ amount: '700' }, { amount: '700' }] });
    const warned = (await debtors(made.id)).map(({ warningId }: { warningId: number }) => warningId);
    expect(new Set(warned).size).toBe(1);
  });

  it('looks for services, least amounts by currency, days and accounts, and not for fewer days than the law', async () => {
    const [small, large] = [await debtor(), await debtor(2)];
    const least = [{ currency: 'ILS', amount: '600' }];
    expect(await listed({ least })).toMatchObject({ debtors: { listed: 1 }, leftOut: { belowLeast: 1 } });
    expect(await listed({ daysOverdue: 80 })).toMatchObject({ totals: [{ amount: '90000', charges: 2 }] });
    expect(await listed({ serviceTypes: ['RENT'] })).toMatchObject({ debtors: { listed: 0 } });
    expect(await listed({ accountIds: [small.account] })).toMatchObject({ totals: [{ amount: '50000' }] });
    expect(await listed({ serviceTypes: ['WATER'], accountIds: [large.account] })).toMatchObject({
      least: [],
      totals: [{ amount: '100000' }],
    });
    for (const wrong of [
      { daysOverdue: 14 },
      { serviceTypes: ['GOLD'] },
      { least: [{ currency: 'ILS', amount: '0' }] },
      { least: [{ currency: 'EGP', amount: '5' }] },
      { accountIds: [] },
    ]) {
      expect(await create(wrong)).toMatchObject({ status: 422, body: { code: 'http.invalid' } });
    }
  });

  it('spares accounts with an active plan, debtors that were excluded, and what was paid since', async () => {
    const [planned, excluded, payer, other] = [await debtor(), await debtor(), await debtor(), await debtor()];
    await desk.app.request('POST', `/one-records/${planned.recordId}/instalment-plans`, {
      as: 'officer',
      headers: keyed(),
      body: {
        ...{ currency: 'ILS', chargeIds: [planned.chargeIds[0]], downPayment: '0', instalments: 3 },
        firstDueOn: '2026-12-31',
      },
    });
    const made = await listed();
    expect(made).toMatchObject({ debtors: { listed: 3 }, leftOut: { inPlan: 1 } });
    const off = (await debtors(made.id)).find(
      ({ oneRecordId }: { oneRecordId: number }) => oneRecordId === excluded.recordId,
    );
    const exclude = (as = 'officer', id = off.id) =>
      desk.app.request('POST', `/billing/dunning-runs/${made.id}/debtors/${id}/exclude`, {
        as,
        body: { reason: 'مراجعة' },
      });
    expect((await exclude('clerk')).status).toBe(403);
    expect((await exclude('officer', 999_999_999)).status).toBe(404);
    expect((await exclude()).body).toMatchObject({ state: 'EXCLUDED', reason: 'مراجعة' });
    expect((await exclude()).body.code).toBe('billing.debtor-not-listed');
    await desk.books.pay(payer.account, 60_000);
    await issue(made.id);
    await desk.app.drain();
    expect(await run(made.id)).toMatchObject({ debtors: { listed: 0, excluded: 1, warned: 1, settled: 1 } });
    expect((await warningsOf(`runId=${made.id}`))[0]).toMatchObject({ oneRecordId: other.recordId });
    expect((await exclude()).body.code).toBe('billing.dunning-run-state');
  });

  it('is issued by another than who made the list, once, with numbers that have no gap, also when it was cut off', async () => {
    for (let n = 0; n < 5; n++) await debtor();
    const made = await listed();
    const own = await create({}, 'supervisor');
    await desk.app.drain();
    expect(await issue(own.body.id)).toMatchObject({ status: 403, body: { code: 'billing.dunning-own-list' } });
    const worker = desk.app.app.get(DunningWorker);
    worker.unit = 2;
    const key = keyed(made.version);
    const [first, again] = [await issue(made.id, 'supervisor', key), await issue(made.id, 'supervisor', key)];
    expect(again.body).toEqual(first.body);
    expect(await issue(made.id, 'supervisor2')).toMatchObject({ body: { code: 'billing.dunning-run-busy' } });
    await Promise.all([worker.work(made.id), worker.work(made.id), desk.app.drain()]);
    expect(await run(made.id)).toMatchObject({ state: 'ISSUED', debtors: { warned: 5 } });
    const numbers = (await warningsOf(`runId=${made.id}`)).map(({ serial }: VersionedWarning) => serial.split('-')[3]);
    expect(numbers).toEqual(['000005', '000004', '000003', '000002', '000001']);
    await issue(own.body.id, 'supervisor2');
    await desk.app.drain();
    expect(await run(own.body.id)).toMatchObject({ state: 'ISSUED', debtors: { warned: 0, settled: 5 } });
  });

  it('refuses what its state does not allow', async () => {
    const empty = await listed();
    expect(await issue(empty.id)).toMatchObject({ status: 409, body: { code: 'billing.dunning-run-empty' } });
    const cancel = async (id: number, as = 'officer') =>
      desk.app.request('POST', `/billing/dunning-runs/${id}/cancel`, {
        as,
        headers: { 'if-match': `"${(await run(id)).version}"` },
        body: { reason: 'قائمة قديمة' },
      });
    expect((await cancel(empty.id)).body).toMatchObject({ state: 'CANCELLED', reason: 'قائمة قديمة' });
    expect((await cancel(empty.id)).body.code).toBe('billing.dunning-run-state');
    const busy = (await create()).body;
    expect((await cancel(busy.id)).body.code).toBe('billing.dunning-run-busy');
    expect((await create({}, 'clerk')).status).toBe(403);
    expect((await issue(busy.id, 'officer2')).status).toBe(403);
    expect((await issue(busy.id, 'supervisor', keyed(9))).status).toBe(412);
    expect((await desk.app.request('GET', '/billing/dunning-runs/999999999', { as: 'auditor' })).status).toBe(404);
    const list = await desk.app.request('GET', '/billing/dunning-runs?state=CANCELLED', { as: 'auditor' });
    expect(list.body).toMatchObject({ total: 1, items: [{ debtors: { listed: 0 } }] });
  });

  it('is given up when its list cannot be made', async () => {
    const { id } = (await create()).body;
    const cancel = async () =>
      desk.app.request('POST', `/billing/dunning-runs/${id}/cancel`, {
        as: 'officer',
        headers: { 'if-match': `"${(await run(id)).version}"` },
        body: { reason: 'تعذر إعداد القائمة' },
      });
    expect((await cancel()).body.code).toBe('billing.dunning-run-busy');
    const found = jest.spyOn(desk.app.app.get(Debtors), 'find').mockRejectedValueOnce(new Error('no answer'));
    await expect(desk.app.app.get(DunningWorker).work(id)).rejects.toThrow('no answer');
    found.mockRestore();
    expect(await run(id)).toMatchObject({ state: 'DRAFT', task: 'LIST', failure: 'no answer' });
    expect((await issue(id)).body.code).toBe('billing.dunning-run-busy');
    expect((await cancel()).body).toMatchObject({ state: 'CANCELLED', task: null });
    await desk.app.drain();
    expect(await run(id)).toMatchObject({ state: 'CANCELLED', task: null, debtors: { listed: 0 } });
  });
});
