import { textOf } from '@libs/testing';
import { startTestApp, type TestApp } from '../support/app';
import { tillDesk } from '../support/till';

/** A closed shift with cash, a card, a void, a float and a shortage, and its deposit. */
describe('the papers of the till', () => {
  let app: TestApp;
  let desk: ReturnType<typeof tillDesk>;
  let shiftId: number;
  let voided: string;
  let depositId: number;

  beforeAll(async () => {
    app = await startTestApp();
    desk = tillDesk(app);
    await desk.cashier('cashier-b');
    ({ id: shiftId } = await desk.shift((await desk.till('P-1')).id, 'cashier', [
      { currency: 'ILS', amount: '200.00' },
    ]));
    const account = await desk.account({ charges: [100_000] });
    const dinars = await desk.account({ currency: 'JOD', charges: [50_000] });
    await desk.pay(account.id, '150.00');
    await desk.pay(account.id, '50.00', { kind: 'CARD' });
    await desk.pay(dinars.id, '12.500', { currency: 'JOD' });
    voided = (await desk.pay(account.id, '24.00')).body.serial;
    await desk.post(`/payments/${voided}/void`, { reason: 'حساب آخر' });
  });
  afterAll(() => app.close());

  const get = (path: string, as = 'supervisor', method = 'GET') => app.request(method, path, { as });
  const text = (raw: Buffer) => textOf(raw).join('').replace(/\s+/g, '');
  const holds = (raw: Buffer, parts: string[]) => {
    const said = text(raw);
    for (const part of parts) expect(said).toContain(part.replace(/\s+/g, ''));
  };
  const report = () => `/shifts/${shiftId}/report.pdf`;
  const slip = () => `/deposits/${depositId}/slip.pdf`;

  it('are not there while the shift is open, so that the count stays blind', async () => {
    for (const method of ['GET', 'HEAD']) expect((await get(report(), 'cashier', method)).status).toBe(409);
    expect((await get(report())).body.code).toBe('billing.shift-not-counted');
  });

  it('a report says what was received, voided and counted, before and after the closing', async () => {
    await desk.count(shiftId, { ILS: [['200', 1], ['100', 1], ['20', 2], ['5', 1]], JOD: [['10', 1], ['1', 2], ['0.5', 1]] }); // prettier-ignore
    holds((await get(report(), 'cashier')).raw, ['جُردت ولم تُغلق بعد']);
    await desk.close(shiftId, 'supervisor', 'نقص خمسة شواكل');
    const { status, headers, raw } = await get(report());
    expect({ status, ...headers }).toMatchObject({
      status: 200,
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'content-disposition': expect.stringContaining(`inline; filename="shift-${shiftId}.pdf"`),
    });
    holds(raw, ['تقرير الوردية', String(shiftId), 'P-1', 'نقص خمسة شواكل', 'بطاقة بنكية', voided, 'حساب آخر']);
    holds(raw, ['العهدة الافتتاحية 200.00', 'النقد المتوقع 350.00', 'النقد المعدود 345.00', 'عجز 5.00']);
    holds(raw, ['12.500', 'مطابق', 'الملغى']);
    expect(text(raw)).not.toContain('المدفوعمنالصندوق');
    holds((await get(`${report()}?lang=en`)).raw, ['Short 5.00', 'Voided receipts', 'Cash expected 350.00']);
  });

  it('a slip names shifts and sums, and the bank as soon as it has confirmed', async () => {
    depositId = (await desk.post('/deposits', { shiftIds: [shiftId] }, { as: 'supervisor' })).body.id;
    const { status, headers, raw } = await get(slip(), 'officer');
    expect({ status, ...headers }).toMatchObject({ status: 200, 'content-type': 'application/pdf' });
    holds(raw, ['قسيمة إيداع', String(depositId), String(shiftId), 'مجموع الإيداع 145.00', '12.500', 'لا غير']);
    expect(text(raw)).not.toContain('778812');
    const body = { bankAccount: 'PS92-001', bankReference: '778812' };
    await desk.post(`/deposits/${depositId}/confirm`, body, { as: 'officer' });
    holds((await get(slip())).raw, ['PS92-001', '778812', 'رقم الإيداع لدى البنك']);
    const english = (await get(`${slip()}?lang=en`)).raw;
    holds(english, ['Nablus Municipality', 'Number at the bank']);
  });

  it('are for those who may see the shift and the deposit, and where there is one', async () => {
    for (const path of [report(), slip()]) {
      for (const method of ['GET', 'HEAD']) {
        expect((await get(path, 'auditor', method)).status).toBe(200);
        expect((await get(path, 'clerk', method)).status).toBe(403);
        expect((await get(path.replace(/\d+/, '999999999'), 'auditor', method)).status).toBe(404);
      }
      expect((await get(`${path}?lang=fr`)).status).toBe(422);
    }
    expect((await get(report(), 'cashier')).status).toBe(200);
    const token = await app.request('POST', '/auth/login', {
      body: { username: 'cashier-b', password: 'Nablus-2026-demo' },
    });
    for (const method of ['GET', 'HEAD']) {
      expect((await app.request(method, report(), { token: token.body.accessToken })).status).toBe(404);
    }
    expect((await get(slip(), 'cashier')).status).toBe(403);
  });
});
