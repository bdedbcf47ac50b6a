import { randomUUID } from 'node:crypto';
import { UnitOfWork } from '@libs/persistence';
import { Account, type ServiceType } from '../../src/billing/accounts/account.entity';
import type { TestApp } from '../support/app';
import { isolated, startCounter, type Counter } from '../support/counter';
import { seedRecord } from '../support/records';
import { tillDesk } from '../support/till';

jest.setTimeout(60_000);

describe('the till', () => {
  let app: TestApp;
  let desk: ReturnType<typeof tillDesk>;
  let counter: Counter;
  let page: Counter['page'];

  beforeAll(async () => {
    counter = await startCounter();
    ({ app, page } = counter);
    await page.clock.setFixedTime(app.clock.now());
    desk = tillDesk(app);
    await desk.till('OSS-1');
    const rate = { base: 'JOD', quote: 'ILS', rate: '5.12', source: 'سلطة النقد' };
    await desk.post('/exchange-rates', rate, { as: 'supervisor' });
  }, 60_000);
  afterAll(() => counter.close());

  const go = (path: string) => page.goto(`${counter.url}${path}`);
  /** Types into a finder and takes the first that it finds. */
  async function find(label: string, text: string): Promise<void> {
    const field = page.getByRole('textbox', { name: label });
    await field.fill(text);
    await page.getByRole('option').first().waitFor();
    await field.press('Enter');
  }

  /** A record that owes for water and waste in shekels, and for property in dinars where it is asked for. */
  async function payer(dinars = false) {
    const { id: oneRecordId } = await seedRecord(app, [], { documentKey: `other:${randomUUID()}` });
    const account = async (serviceType: ServiceType, charges: number[], currency = 'ILS') => {
      const made = await desk.account({ oneRecordId, charges, currency });
      await app.app.get(UnitOfWork).run(() => desk.store.update(Account, { id: made.id }, { serviceType }));
      return made.id;
    };
    const [water, waste] = [await account('WATER', [12_550, 9800]), await account('WASTE', [3000])];
    return { water, waste, property: dinars ? await account('PROPERTY', [100_000], 'JOD') : 0 };
  }

  const payments = async () => (await app.request('GET', '/payments', { as: 'supervisor' })).body.total as number;

  it('opens a shift, takes cash, gives change, prints, prints a copy and voids', async () => {
    const { water, waste } = await payer();
    await counter.login('cashier');
    await go('/till');
    await page.getByRole('heading', { name: 'فتح وردية' }).waitFor();
    expect(await counter.findings()).toEqual([]);
    await page.getByLabel('شيكل').fill('٢٠٠');
    await page.keyboard.press('F9');
    await find('ابحث عن الدافع', String(water));
    await page.getByTestId('total-ILS').getByText('253.50').waitFor();
    await page.getByRole('checkbox', { name: isolated('ادفع الحساب', waste) }).uncheck();
    await page.getByTestId('total-ILS').getByText('223.50').waitFor();
    await page.getByLabel('المقبوض نقداً').fill('250');
    await page.getByText('26.50').waitFor();
    await counter.shots('till');
    expect(await counter.findings()).toEqual([]);
    await page.getByRole('button', { name: 'اقبض واطبع الوصل' }).click();
    const sheet = page.getByRole('dialog').locator('iframe');
    await sheet.waitFor();
    await counter.shots('till-receipt');
    await page.getByRole('dialog').getByRole('button', { name: 'إغلاق' }).click();
    await page.getByRole('status', { name: 'تم القبض' }).getByText('26.50').waitFor();
    expect([await desk.balance(water), await desk.balance(waste)]).toEqual([0, 3000]);
    await page.keyboard.press('F8');
    await sheet.waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'إغلاق' }).click();
    await page.getByRole('link', { name: 'الوصل', exact: true }).click();
    await page.getByRole('heading', { name: /RC-/ }).waitFor();
    await page.getByRole('button', { name: 'اطبع نسخة' }).waitFor();
    await counter.shots('till-receipt-page');
    expect(await counter.findings()).toEqual([]);
    await page.getByRole('button', { name: 'إلغاء الوصل' }).click();
    await page.getByLabel('السبب').fill('سُجلت على حساب آخر');
    await page.getByRole('button', { name: 'تأكيد' }).click();
    await page.getByText('سُجلت على حساب آخر').waitFor();
    expect(await desk.balance(water)).toBe(22_350);
    await go('/till/receipts');
    await page.getByRole('link', { name: /RC-/ }).first().waitFor();
    await counter.shots('till-receipts');
    expect(await counter.findings()).toEqual([]);
    expect(counter.complaints()).toEqual([]);
  });

  it('takes cheque, card and dinars for shekels in one payment, and warns of a drawer', async () => {
    const { water, waste, property } = await payer(true);
    await counter.login('cashier', 'en');
    await go('/till');
    await find('Find the payer', String(water));
    await page.getByTestId('total-JOD').getByText('100.000').waitFor();
    await page.getByRole('textbox', { name: isolated('Amount on account', property) }).fill('40');
    await page.getByTestId('total-JOD').getByText('40.000').waitFor();
    await page.keyboard.press('Alt+Q');
    await page.getByLabel('Cheque number').fill('30001245');
    await page.getByLabel('Due date').fill('241126');
    await page.getByLabel('Bank code').fill('89');
    await page.getByLabel(/^Drawer( \*)?$/).fill('شركة النور التجارية');
    await page.getByText('No cheques of this drawer so far').waitFor();
    await page.getByLabel('Amount', { exact: true }).fill('100');
    await page.keyboard.press('Alt+W');
    await page.getByLabel('Amount', { exact: true }).last().fill('50.50');
    await page.getByLabel('Reference').fill('004512');
    // The cheque took the place of cash of which nothing was said.
    await page.keyboard.press('Alt+N');
    await page.getByRole('combobox', { name: 'Currency' }).first().click();
    await page.getByRole('option', { name: 'JOD' }).click();
    await page.getByText(/1.? .?JOD.? = .?5.12.? .?ILS/).waitFor();
    await page.getByLabel('Cash handed over').first().fill('21');
    await counter.shots('till-mixed');
    expect(await counter.findings()).toEqual([]);
    await page.getByRole('button', { name: 'Take and print the receipt' }).click();
    await page.getByRole('dialog').locator('iframe').waitFor();
    expect([await desk.balance(water), await desk.balance(waste), await desk.balance(property)]).toEqual([
      0, 0, 60_000,
    ]);
    await counter.shots('till-mixed-receipt');
  });

  it('is worked with the keyboard alone', async () => {
    const { waste } = await payer();
    await counter.login('cashier');
    await page.keyboard.press('Alt+4');
    await page.getByRole('textbox', { name: 'ابحث عن الدافع' }).waitFor();
    await page.keyboard.press('F2');
    await page.keyboard.type(String(waste));
    await page.keyboard.press('Enter');
    await page.getByTestId('total-ILS').getByText('253.50').waitFor();
    // What is handed over is asked next; F4 leads there from anywhere else.
    await page.keyboard.press('Tab');
    await page.keyboard.press('F4');
    await page.keyboard.type('300');
    await page.getByText('46.50').waitFor();
    await page.keyboard.press('F9');
    await page.getByRole('dialog').locator('iframe').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('status', { name: 'تم القبض' }).waitFor();
    await page.keyboard.press('F2');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('ابحث عن الدافع');
    expect(await desk.balance(waste)).toBe(0);
  });

  it('never takes a payment twice: a double click, an answer that is lost', async () => {
    const { water } = await payer();
    await counter.login('cashier');
    await go('/till');
    await find('ابحث عن الدافع', String(water));
    const before = await payments();
    const taken = (url: URL) => url.pathname === '/api/v1/payments';
    const keys: (string | undefined)[] = [];
    // The server takes the payment, and its answer goes astray; then only the proxy before it answers.
    await page.route(taken, async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 2) return route.continue();
      if (keys.length === 2) return route.fulfill({ status: 502 });
      await route.fetch();
      return route.abort('connectionreset');
    });
    const button = page.getByRole('button', { name: 'اقبض واطبع الوصل' });
    await button.click();
    await page.getByText('لم يصل جواب الخادم').waitFor();
    await counter.shots('till-lost');
    expect(await page.getByLabel('المقبوض نقداً').isDisabled()).toBe(true);
    expect(await page.getByTestId('total-ILS').innerText()).toContain('253.50');
    expect(await counter.findings()).toEqual([]);
    // Another payer in its place would be another attempt: that is asked first.
    await find('ابحث عن الدافع', String(water));
    await page.getByRole('dialog', { name: 'عمل غير محفوظ' }).getByRole('button', { name: 'ابقَ هنا' }).click();
    const again = page.getByRole('button', { name: 'أعد المحاولة' });
    const answer = page.waitForResponse((each) => taken(new URL(each.url())));
    await again.click();
    expect((await answer).status()).toBe(502);
    await page.locator('button[data-loading]').waitFor({ state: 'detached' });
    await again.dblclick();
    await page.getByRole('dialog').locator('iframe').waitFor();
    await page.unroute(taken);
    expect(keys).toEqual([keys[0], keys[0], keys[0]]);
    expect(await payments()).toBe(before + 1);
    expect(await desk.balance(water)).toBe(0);
  });

  it('says what is wrong where the balance changed meanwhile, and goes on', async () => {
    const { water } = await payer();
    await counter.login('cashier', 'en');
    await go('/till');
    await find('Find the payer', String(water));
    await page.getByRole('textbox', { name: isolated('Amount on account', water) }).fill('223.50');
    await page.getByTestId('total-ILS').getByText('253.50').waitFor();
    const ready = page.getByRole('button', { name: 'Take and print the receipt' });
    await ready.and(page.locator(':enabled')).waitFor();
    await desk.pay(water, '200.00');
    await ready.click();
    await page.getByRole('alert').getByText('The amount is more than what is owed on the account').waitFor();
    await page.getByLabel('Keep the surplus as an advance of the holder').waitFor();
    await page.getByRole('textbox', { name: isolated('Amount on account', water) }).fill('');
    await page.getByTestId('total-ILS').getByText('53.50').waitFor();
    await ready.and(page.locator(':enabled')).click();
    await page.getByRole('dialog').locator('iframe').waitFor();
    expect(await desk.balance(water)).toBe(0);
  });
});
