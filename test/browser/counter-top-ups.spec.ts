import type { TestApp } from '../support/app';
import { startCounter, type Counter } from '../support/counter';
import { prepaidDesk } from '../support/prepaid';

jest.setTimeout(60_000);

describe('water bought in advance', () => {
  let app: TestApp;
  let prepaid: ReturnType<typeof prepaidDesk>;
  let counter: Counter;
  let page: Counter['page'];
  let subscription: Awaited<ReturnType<typeof prepaid.subscription>>;
  let tillId: number;

  beforeAll(async () => {
    counter = await startCounter({ WATER_TOKEN_VENDOR: 'sandbox' });
    ({ app, page } = counter);
    prepaid = prepaidDesk(app);
    await prepaid.desk.tariff();
    tillId = (await prepaid.till.till('W1')).id;
    subscription = await prepaid.subscription();
    await page.clock.setFixedTime(app.clock.now());
  }, 60_000);
  afterAll(() => counter.close());

  const dialog = () => page.getByRole('dialog');
  const press = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
  const closed = () => dialog().waitFor({ state: 'detached' });
  const look = (name: string) => counter.look(name);
  const open = async () => {
    await page.goto(`${counter.url}/water/subscriptions/${subscription.id}`);
    await page.getByText('مسبق الدفع').waitFor();
  };

  it('is sold in an open shift alone, by cashiers', async () => {
    await counter.login('clerk');
    await open();
    expect(await page.getByRole('button', { name: 'اشحن رصيداً' }).count()).toBe(0);
    await page.getByRole('tab', { name: 'شحن الرصيد' }).click();
    await page.getByText('لم يُشحن رصيد بعد').waitFor();
    await counter.login('cashier');
    await open();
    await page.keyboard.press('F7');
    await dialog().getByText('افتح ورديتك').waitFor();
    await look('top-up-no-shift');
    await page.keyboard.press('Escape');
    await closed();
    await prepaid.till.shift(tillId);
  });

  it('says what an amount buys, and of which blocks', async () => {
    await page.reload();
    await page.getByText('مسبق الدفع').waitFor();
    await page.keyboard.press('F7');
    const amount = dialog().getByLabel('المبلغ بالشيكل');
    const take = dialog().getByRole('button', { name: 'اقبض وأصدر الرمز' });
    await amount.fill('خمسون');
    await dialog().getByText('ليس مبلغاً').waitFor();
    expect(await take.isDisabled()).toBe(true);
    await amount.fill('1');
    await dialog().getByText('أقل مبلغ يشتري مياهاً').waitFor();
    await look('top-up-too-small');
    expect(await take.isDisabled()).toBe(true);
    await amount.fill('١٧٥٫٥');
    await dialog().getByRole('table', { name: 'الشرائح' }).getByText('7.20').waitFor();
    expect(await dialog().getByRole('table', { name: 'الشرائح' }).getByRole('row').count()).toBe(3);
    await dialog().getByLabel('سلّم نقداً').fill('100');
    await dialog().getByText('أقل من المبلغ').waitFor();
    await dialog().getByLabel('سلّم نقداً').fill('200');
    await dialog().getByTestId('change').getByText('24.50').waitFor();
    await look('top-up-quote');
  });

  it('is sold once though the answer is lost; the token is shown, and printed as a slip', async () => {
    await page.route('**/top-ups', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await dialog().getByLabel('سلّم نقداً').press('Enter');
    await dialog().getByText('لم يصل جواب الخادم').waitFor();
    await look('top-up-lost');
    await press('إلغاء');
    await closed();
    await page.unroute('**/top-ups');
    // Opened again, it is still the one whose answer was lost.
    await page.keyboard.press('F7');
    await dialog().getByText('لم يصل جواب الخادم').waitFor();
    expect(await dialog().getByLabel('المبلغ بالشيكل').inputValue()).toBe('175.50');
    await press('أعد الإرسال نفسه');
    const { token } = await (async () => {
      await dialog().getByRole('group', { name: 'رمز الشحن' }).waitFor();
      const { items, total } = (await prepaid.list(subscription.id)).body;
      expect(total).toBe(1);
      return items[0];
    })();
    expect(await dialog().getByRole('group', { name: 'رمز الشحن' }).textContent()).toBe(token);
    await look('top-up-sold');
    await press('اطبع القسيمة');
    await page.locator('iframe').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('iframe').waitFor({ state: 'detached' });
    await press('تم');
    await closed();
    await page.getByRole('tab', { name: 'شحن الرصيد' }).click();
    await page.getByText('صدر الرمز').waitFor();
    await look('top-ups');
  });

  it('is cancelled by a supervisor, who states that the token was not entered', async () => {
    await counter.login('supervisor', 'en');
    await page.goto(`${counter.url}/water/subscriptions/${subscription.id}`);
    await page.getByRole('tab', { name: 'Top-ups' }).click();
    await page.getByRole('button', { name: 'Cancel the top-up' }).click();
    await dialog().getByLabel('Reason').fill('charged another meter');
    expect(await dialog().getByRole('button', { name: 'Confirm' }).isDisabled()).toBe(true);
    await dialog().getByLabel('The token that was given out').check();
    await look('top-up-cancel');
    await press('Confirm');
    await closed();
    await page.getByText('Cancelled').waitFor();
    expect(counter.complaints().filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
  });
});
