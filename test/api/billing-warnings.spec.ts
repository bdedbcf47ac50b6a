import { Store, UnitOfWork } from '@libs/persistence';
import { textOf } from '@libs/testing';
import { Warning } from '../../src/billing/dunning/warning.entity';
import { dunningDesk, type VersionedWarning } from '../support/dunning';

const SERVED = { means: 'IN_PERSON', on: '2026-11-24', to: 'المكلف نفسه', server: 'رائد سالم' };

describe('warnings', () => {
  const desk = dunningDesk();
  const { debtor, listed, warned, read, act, review, verify, on } = desk;

  it('is served by the means of the law, and never by a text message', async () => {
    await debtor();
    const [warning] = await warned();
    on('2026-12-01');
    const serve = (body: object, as = 'clerk') => act(warning, 'serve', { ...SERVED, ...body }, as);
    expect(await serve({ means: 'SMS' })).toMatchObject({ status: 422, body: { code: 'billing.sms-is-no-service' } });
    const pointers = async (body: object) => (await serve(body)).body.errors?.map((each: any) => each.pointer);
    expect(await pointers({ means: 'REGISTERED_MAIL' })).toEqual(['/mailNumber']);
    expect(await pointers({ to: undefined })).toEqual(['/to']);
    expect(await pointers({ refused: true })).toEqual(['/witness']);
    expect(await pointers({ means: 'LAST_ADDRESS', to: undefined })).toEqual(['/witness']);
    expect(await pointers({ on: '2026-11-23' })).toEqual(['/on']);
    expect(await pointers({ on: '2026-12-02' })).toEqual(['/on']);
    expect((await serve({}, 'cashier')).status).toBe(403);
    const { status, body } = await serve({ on: '2026-11-30', refused: true, witness: 'الجار' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'SERVED',
      deadlineOn: '2026-12-15',
      service: { means: 'IN_PERSON', on: '2026-11-30', witness: 'الجار', refused: true, mailNumber: null },
    });
    expect((await serve({})).status).toBe(412);
    expect((await act(body, 'serve', SERVED)).body).toMatchObject({ code: 'billing.warning-state', state: 'SERVED' });
  });

  it('expires after the days of the law, and is then referred', async () => {
    await debtor();
    const [warning] = await warned();
    const { body: served } = await act(warning, 'serve', SERVED);
    const refer = (target: VersionedWarning, as?: string) => act(target, 'refer', { number: 'ق.ق 31' }, as);
    on('2026-12-09');
    expect(await review()).toEqual({});
    expect((await refer(served)).body.code).toBe('billing.warning-state');
    on('2026-12-10');
    expect((await read(warning.serial)).state).toBe('EXPIRED');
    expect(await review()).toEqual({ EXPIRED: 1 });
    expect(await review()).toEqual({});
    expect((await refer(await read(warning.serial), 'officer')).status).toBe(403);
    const { body } = await refer(await read(warning.serial));
    expect(body).toMatchObject({ state: 'REFERRED', referral: { number: 'ق.ق 31' } });
    expect(await listed()).toMatchObject({ totals: [{ amount: '10000' }] });
  });

  it('ends when it is paid, and comes back where it stood when the payment falls through', async () => {
    const { account, chargeIds } = await debtor();
    const [warning] = await warned();
    await act(warning, 'serve', SERVED);
    await desk.books.pay(account, 10_000, { chargeIds: [chargeIds[0]!] });
    expect((await read(warning.serial)).totals).toMatchObject([{ amount: '50000', outstanding: '40000' }]);
    const cheque = await desk.books.pay(account, 40_000);
    const paid = await read(warning.serial);
    expect(paid).toMatchObject({ state: 'PAID', totals: [{ outstanding: '0' }] });
    on('2026-12-10');
    expect((await act(paid, 'refer', { number: '1' })).body).toMatchObject({ state: 'PAID' });
    expect(await review()).toEqual({ PAID: 1 });
    await desk.books.reversePayment(cheque);
    expect(await read(warning.serial)).toMatchObject({ state: 'EXPIRED', totals: [{ outstanding: '40000' }] });
    expect(await listed()).toMatchObject({ totals: [{ amount: '50000' }] });
    expect(await review()).toEqual({ EXPIRED: 1 });
    expect(await listed()).toMatchObject({ totals: [{ amount: '10000' }], leftOut: { warned: 0 } });
  });

  it('leaves a charge to the warning that took it up meanwhile', async () => {
    const { account } = await debtor();
    const [first] = await warned();
    const cheque = await desk.books.pay(account, 50_000);
    expect(await review()).toEqual({ PAID: 1 });
    await desk.books.reversePayment(cheque);
    const [second] = await warned();
    expect(second.totals).toMatchObject([{ amount: '50000' }]);
    expect(await review()).toEqual({});
    expect((await read(first.serial)).state).toBe('PAID');
  });

  it('is suspended by an objection in time, with payment or security, until the court decides', async () => {
    await debtor();
    const [warning] = await warned();
    const { body: served } = await act(warning, 'serve', SERVED);
    on('2026-12-12');
    await review();
    const expired = await read(warning.serial);
    const objection = { on: '2026-12-09', court: 'محكمة بداية نابلس', caseNumber: '214/2026', security: 'SECURITY' };
    const object = (body: object, as = 'officer') => act(expired, 'object', { ...objection, ...body }, as);
    expect(await object({ on: '2026-12-10' })).toMatchObject({ status: 409, body: { code: 'billing.objection-late' } });
    expect((await object({ on: '2026-11-23' })).status).toBe(422);
    expect((await object({ security: 'NONE' })).status).toBe(422);
    expect((await object({}, 'clerk')).status).toBe(403);
    expect((await act(served, 'object', objection)).status).toBe(412);
    const { body: objected } = await object({});
    expect(objected).toMatchObject({ state: 'OBJECTED', objection: { ...objection, decision: null } });
    for (const [verb, body] of [
      ['refer', { number: '1' }],
      ['withdraw', { reason: 'لا يلزم' }],
    ] as const) {
      expect((await act(objected, verb, body)).body.code).toBe('billing.warning-state');
    }
    expect(await listed()).toMatchObject({ debtors: { listed: 0 }, leftOut: { objected: 1 } });
    expect(
      (await act(objected, 'decide-objection', { outcome: 'UPHELD', on: '2026-12-08', number: '77' })).status,
    ).toBe(422);
    const dismissed = await act(objected, 'decide-objection', { outcome: 'DISMISSED', on: '2026-12-12', number: '77' });
    expect(dismissed.body).toMatchObject({ state: 'EXPIRED', objection: { decision: { outcome: 'DISMISSED' } } });
  });

  it('ends when the court upholds the objection, or a supervisor withdraws it; its charges may be warned of again', async () => {
    await debtor();
    const [warning] = await warned();
    const { body: served } = await act(warning, 'serve', SERVED);
    const objection = { on: '2026-11-24', court: 'محكمة بداية نابلس', caseNumber: '214/2026', security: 'PAYMENT' };
    const { body: objected } = await act(served, 'object', objection);
    const upheld = await act(objected, 'decide-objection', { outcome: 'UPHELD', on: '2026-11-24', number: '77' });
    expect(upheld.body).toMatchObject({ state: 'WITHDRAWN', withdrawnReason: 'الاعتراض مقبول' });
    const [again] = await warned();
    expect((await act(again, 'withdraw', { reason: 'خطأ في التبليغ' }, 'officer')).status).toBe(403);
    const both = await Promise.all(
      ['supervisor', 'supervisor2'].map((as) => act(again, 'withdraw', { reason: 'خطأ' }, as)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await verify(again.serial)).status).toBe('REVOKED');
    expect(await review()).toEqual({});
    expect(await listed()).toMatchObject({ debtors: { listed: 1 } });
  });

  it('is printed as an original once, then as copies; a run is printed in one file', async () => {
    await debtor();
    await debtor(2);
    const [second, first] = await warned();
    const pdf = async (path: string, as = 'clerk') => desk.app.request('GET', `/billing/${path}`, { as });
    const text = async (path: string) => textOf((await pdf(path)).raw);
    const one = `warnings/${first.serial}/pdf`;
    expect((await desk.app.request('HEAD', `/billing/${one}`, { as: 'clerk' })).status).toBe(200);
    const [original] = await text(one);
    for (const said of [first.serial, 'أثمان مياه', '2026-08', '500.00', '(27)']) expect(original).toContain(said);
    expect(original).not.toContain('نسخة');
    const all = `dunning-runs/${first.runId}/warnings.pdf`;
    expect((await desk.app.request('HEAD', `/billing/${all}`, { as: 'clerk' })).status).toBe(200);
    const pages = await text(all);
    expect(pages).toHaveLength(2);
    expect(pages[0]).toContain('نسخة');
    expect(pages[1]).toContain(second.serial);
    expect(pages[1]).not.toContain('نسخة');
    for (const page of pages) expect(page).toContain('صفحة 1 من 1');
    expect((await read(first.serial)).prints).toBe(2);
    await act(await read(first.serial), 'withdraw', { reason: 'بيع العقار' });
    expect((await text(one))[0]).toContain('بيع العقار');
    expect(await text(all)).toHaveLength(1);
    expect((await pdf(`${all}?part=2`)).body.code).toBe('billing.no-warnings');
    expect((await pdf(one, 'cashier')).status).toBe(403);
  });

  it('is neither shown nor served once it was altered in the database', async () => {
    await debtor();
    const [warning] = await warned();
    const [store, uow] = [desk.app.app.get(Store), desk.app.app.get(UnitOfWork)];
    const { content } = (await store.reads(Warning).findOneBy({ serial: warning.serial }))!;
    await uow.run(() => store.update(Warning, { serial: warning.serial }, { content: { ...content, payDays: 90 } }));
    expect(await read(warning.serial)).toMatchObject({ code: 'billing.warning-altered' });
    expect((await act(warning, 'serve', SERVED)).body.code).toBe('billing.warning-altered');
    expect(await verify(warning.serial)).toMatchObject({ status: 'ALTERED', holder: null, totals: [] });
    expect(await read('WN-HQ-2026-999999-00')).toMatchObject({ status: 404 });
  });
});
