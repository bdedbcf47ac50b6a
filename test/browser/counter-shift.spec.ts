import type { TestApp } from '../support/app';
import { isolated, startCounter, type Counter } from '../support/counter';
import { tillDesk } from '../support/till';

jest.setTimeout(60_000);

describe('a shift to its end', () => {
  let app: TestApp;
  let desk: ReturnType<typeof tillDesk>;
  let counter: Counter;
  let page: Counter['page'];
  let shiftId: number;

  beforeAll(async () => {
    counter = await startCounter();
    ({ app, page } = counter);
    await page.clock.setFixedTime(app.clock.now());
    desk = tillDesk(app);
    const { id } = await desk.account({ charges: [12_550] });
    ({ id: shiftId } = await desk.shift((await desk.till('OSS-1')).id, 'cashier', [
      { currency: 'ILS', amount: '200' },
    ]));
    await desk.pay(id, '125.50');
  }, 60_000);
  afterAll(() => counter.close());

  const go = (path: string) => page.goto(`${counter.url}${path}`);
  const pieces = (value: string) => page.getByLabel(isolated('عدد فئة', value, 'شيكل'));
  const close = () =>
    page
      .getByRole('dialog')
      .getByRole('button', { name: /^(إغلاق|Close)$/ })
      .click();

  it('is counted blind, piece by piece, by its cashier', async () => {
    await counter.login('cashier');
    await go('/till');
    await page.getByRole('link', { name: 'جرد الصندوق' }).click();
    await pieces('200.00').fill('١');
    await pieces('50.00').fill('2');
    await pieces('20.00').fill('1');
    await pieces('0.50').fill('1.5');
    expect(await page.getByRole('button', { name: 'سلّم الجرد' }).isDisabled()).toBe(true);
    await pieces('0.50').fill('1');
    await page.getByLabel('المعدود').first().getByText('320.50').waitFor();
    expect(await page.getByText('325.50').count()).toBe(0);
    await counter.shots('count');
    expect(await counter.findings()).toEqual([]);
    await page.keyboard.press('F9');
    await page.getByRole('dialog').getByRole('button', { name: 'سلّم الجرد' }).click();
    await page.getByText('نقص').waitFor();
    await page.getByText('325.50').waitFor();
    await counter.shots('shift');
    expect(await counter.findings()).toEqual([]);
    await page.keyboard.press('F8');
    await page.getByRole('dialog').locator('iframe').waitFor();
  });

  it('is closed by a supervisor, deposited, and confirmed by the bank', async () => {
    await counter.login('supervisor', 'en');
    await go('/till/shifts');
    expect(await counter.findings()).toEqual([]);
    await page.getByRole('link', { name: 'OSS-1' }).click();
    await page.getByText('Short').waitFor();
    await page.keyboard.press('F9');
    await page.getByLabel('Note').fill('five short');
    await page.getByRole('dialog').getByRole('button', { name: 'Close the shift' }).click();
    await page.getByRole('definition').getByText('five short').waitFor();
    expect((await app.request('GET', `/shifts/${shiftId}`, { as: 'supervisor' })).body.state).toBe('CLOSED');
    await go('/till/deposits');
    await page.getByRole('checkbox', { name: isolated('Choose shift', 'OSS-1') }).check();
    expect(await counter.findings()).toEqual([]);
    await page.keyboard.press('F9');
    await page.getByRole('dialog').locator('iframe').waitFor();
    await close();
    await page.getByRole('button', { name: 'The bank confirms' }).click();
    await page.getByLabel('Bank account').fill('PS92PALS000000000400123456702');
    await page.getByLabel('The bank’s number of the slip').fill('778812');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Confirmed by the bank').waitFor();
    await counter.shots('deposits');
    expect(counter.complaints()).toEqual([]);
  });

  it('lets a supervisor put a till into use, and shows a wrong field where it is', async () => {
    await counter.login('supervisor', 'ar');
    await go('/till/shifts');
    await page.getByRole('button', { name: 'صندوق جديد' }).click();
    await page.getByLabel('الرمز', { exact: false }).first().fill('رمز');
    await page.getByLabel('الاسم').fill('صندوق المالية');
    await page.getByRole('button', { name: 'احفظ' }).click();
    await page.getByText('الصيغة غير صحيحة').waitFor();
    await page.getByLabel('الرمز', { exact: false }).first().fill('FIN-1');
    await page.getByRole('button', { name: 'احفظ' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await app.request('GET', '/tills', { as: 'supervisor' })).body).toHaveLength(2);
  });
});
