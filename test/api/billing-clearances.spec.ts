import { Store, UnitOfWork } from '@libs/persistence';
import { textOf } from '@libs/testing';
import { TakeOvers } from '../../src/billing';
import { Clearance } from '../../src/billing/clearances/clearance.entity';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord, type ServiceSeed } from '../support/records';
import { tillDesk } from '../support/till';

const owing = (debit: number, credit: number, more: Partial<ServiceSeed> = {}): ServiceSeed => ({
  movements: [
    ['ILS', debit, 0, '2026-05-01'],
    ['ILS', 0, credit, '2026-06-01'],
  ],
  ...more,
});

describe('clearance certificates', () => {
  let app: TestApp;
  let keys = 0;
  beforeAll(async () => (app = await startTestApp()));
  afterAll(() => app.close());

  async function record(services: ServiceSeed[], state: 'APPROVED' | 'DRAFT' = 'APPROVED'): Promise<number> {
    const { id } = await seedRecord(app, [{ services }], { state });
    await app.app.get(TakeOvers).run();
    return id;
  }
  const issue = (id: number, body: object = {}, { as = 'clerk', key = `clearance-${++keys}` } = {}) =>
    app.request('POST', `/one-records/${id}/clearances`, { as, body, headers: { 'idempotency-key': key } });
  const revoke = (serial: string, as = 'supervisor') =>
    app.request('POST', `/clearances/${serial}/revoke`, { as, body: { reason: 'شيك راجع رقم 1042' } });
  const verify = async (serial: string) =>
    (await app.request('GET', `//verify/${serial}`, { headers: { accept: 'application/json' } })).body;

  it('is issued where all is paid, and verified by its serial', async () => {
    const id = await record([owing(5000, 5000), owing(7000, 8000, { type: 'نفايات' })]);
    const { status, body } = await issue(id, { purpose: 'ترخيص بناء' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'VALID', validUntil: '2026-12-24', purpose: 'ترخيص بناء', revokedAt: null });
    expect(body.accounts.map((each: { serviceType: string }) => each.serviceType).sort()).toEqual(['WASTE', 'WATER']);
    expect(body.verifyUrl).toMatch(new RegExp(`/verify/${body.serial}$`));
    expect(await verify(body.serial)).toMatchObject({
      kind: 'CLEARANCE_CERTIFICATE',
      status: 'VALID',
      holder: 'محمد أ. خ. ن.',
      validUntil: '2026-12-24',
    });
    expect((await app.request('GET', `/clearances/${body.serial}`, { as: 'auditor' })).body).toEqual(body);
    expect((await app.request('GET', `/one-records/${id}/clearances`, { as: 'clerk' })).body).toMatchObject({
      total: 1,
    });
  });

  it('falls with the payment that it rests on, and not with one whose debt is not due', async () => {
    const id = await record([owing(5000, 0)]);
    const accounts = await app.request('GET', `/one-records/${id}/accounts`, { as: 'clerk' });
    const [{ id: accountId }] = accounts.body.accounts;
    const desk = tillDesk(app);
    await desk.shift((await desk.till('CL-1')).id);
    const paid = await desk.pay(accountId, '50');
    const advance = await desk.pay(accountId, '20', { acceptAdvance: true });
    const { serial } = (await issue(id)).body;
    const undo = (receipt: string) => desk.post(`/payments/${receipt}/void`, { reason: 'خطأ في الإدخال' });
    const read = async () => (await app.request('GET', `/clearances/${serial}`, { as: 'clerk' })).body;
    expect((await undo(advance.body.serial)).status).toBe(200);
    expect(await read()).toMatchObject({ state: 'VALID' });
    expect((await undo(paid.body.serial)).status).toBe(200);
    expect(await read()).toMatchObject({
      state: 'REVOKED',
      revokedReason: expect.stringContaining(paid.body.serial),
    });
  });

  it('names every account that is overdue, and asks only for the services that are wanted', async () => {
    const id = await record([owing(5000, 1000), owing(7000, 7000, { type: 'نفايات' })]);
    const refused = await issue(id);
    expect(refused).toMatchObject({ status: 409, body: { code: 'billing.debts-overdue' } });
    expect(refused.body.accounts).toEqual([
      expect.objectContaining({ currency: 'ILS', overdue: '4000', formatted: '40.00' }),
    ]);
    expect((await issue(id, { serviceTypes: ['WASTE'] })).status).toBe(201);
    expect(await issue(id, { serviceTypes: ['RENT'] })).toMatchObject({ body: { code: 'billing.no-accounts' } });
    expect(await issue(id, { serviceTypes: ['GOLD'] })).toMatchObject({ status: 422 });
  });

  it('is for approved records only, and only for those who may', async () => {
    const id = await record([owing(1, 1)], 'DRAFT');
    expect(await issue(id)).toMatchObject({ status: 409, body: { code: 'billing.record-not-approved' } });
    expect((await issue(999_999_999)).status).toBe(404);
    expect((await issue(id, {}, { as: 'auditor' })).status).toBe(403);
  });

  it('is given once for one key, with numbers that have no gap', async () => {
    const id = await record([owing(1, 1)]);
    const [first, again] = [await issue(id, {}, { key: 'once' }), await issue(id, {}, { key: 'once' })];
    expect(again.body).toEqual(first.body);
    const many = await Promise.all(Array.from({ length: 8 }, () => issue(id)));
    const numbers = many.map(({ body }) => Number(body.serial.split('-')[3])).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, at) => numbers[0]! + at));
  });

  it('is printed as an original once, then as copies, and marked when it is revoked', async () => {
    const id = await record([owing(1, 1)]);
    const { serial } = (await issue(id)).body;
    const pdf = () => app.request('GET', `/clearances/${serial}/pdf`, { as: 'clerk' });
    const shown = async () => textOf((await pdf()).raw).join();
    expect((await app.request('HEAD', `/clearances/${serial}/pdf`, { as: 'clerk' })).status).toBe(200);
    const original = await shown();
    expect(original).toContain(serial);
    expect(original).not.toContain('نسخة');
    expect(await shown()).toContain('نسخة');
    await revoke(serial);
    expect(await shown()).toContain('شيك راجع رقم 1042');
    expect((await app.request('GET', `/clearances/${serial}`, { as: 'clerk' })).body.prints).toBe(3);
  });

  it('is neither shown nor printed once it was altered in the database', async () => {
    const id = await record([owing(1, 1)]);
    const { serial } = (await issue(id)).body;
    const [store, uow] = [app.app.get(Store), app.app.get(UnitOfWork)];
    const { content } = (await store.reads(Clearance).findOneBy({ serial }))!;
    const longer = { ...content, validUntil: '2036-12-24' };
    await uow.run(() => store.update(Clearance, { serial }, { content: longer }));
    for (const path of [serial, `${serial}/pdf`]) {
      const answer = await app.request('GET', `/clearances/${path}`, { as: 'clerk' });
      expect(answer).toMatchObject({ status: 409, body: { code: 'billing.clearance-altered' } });
    }
    expect(await verify(serial)).toMatchObject({ status: 'ALTERED', holder: null });
  });

  it('is found by its serial as people type it', async () => {
    const { serial } = (await issue(await record([owing(1, 1)]))).body;
    const typed = encodeURIComponent(serial.toLowerCase().replace('2026', '٢٠٢٦'));
    expect((await app.request('GET', `/clearances/${typed}`, { as: 'clerk' })).body.serial).toBe(serial);
  });

  it('is revoked once, by a supervisor, and expires by itself', async () => {
    const id = await record([owing(1, 1)]);
    const [{ serial }, other] = [(await issue(id)).body, (await issue(id)).body];
    expect((await revoke(serial, 'clerk')).status).toBe(403);
    const both = await Promise.all([revoke(serial), revoke(serial, 'supervisor2')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await verify(serial)).status).toBe('REVOKED');
    expect((await revoke('CL-HQ-2026-999999-00')).status).toBe(404);
    app.clock.advance({ days: 31 });
    expect((await verify(other.serial)).status).toBe('EXPIRED');
  });
});
