import type { TestApp } from '../support/app';
import { chequeDesk } from '../support/cheques';
import { isolated, startCounter, type Counter } from '../support/counter';

jest.setTimeout(60_000);

describe('cheques, rates, and a part of a payment taken back', () => {
  let app: TestApp;
  let desk: ReturnType<typeof chequeDesk>;
  let counter: Counter;
  let page: Counter['page'];
  let account: number;

  beforeAll(async () => {
    counter = await startCounter();
    ({ app, page } = counter);
    await page.clock.setFixedTime(app.clock.now());
    desk = chequeDesk(app);
    ({ id: account } = await desk.account({ charges: [50_000] }));
    await desk.shift((await desk.till('OSS-1')).id, 'cashier', [{ currency: 'ILS', amount: '200' }]);
  }, 60_000);
  afterAll(() => counter.close());

  const go = (path: string) => page.goto(`${counter.url}${path}`);
  const dialog = () => page.getByRole('dialog');
  const look = (name: string) => counter.look(name);

  it('go to the safe and to the bank, come back, and are made good', async () => {
    const [first, second] = [await desk.taken(account, '100'), await desk.taken(account, '70.50')];
    const numbers = await Promise.all([first, second].map(async ({ id }) => (await desk.get(id)).number as string));
    await counter.login('supervisor');
    await page.keyboard.press('Alt+h');
    for (const number of numbers) await page.getByRole('checkbox', { name: isolated('اختر الشيك', number) }).check();
    await page.keyboard.press('F6');
    await page.getByText('صارت الشيكات في الخزنة').waitFor();
    // They are of that day, and may go before the night makes them due.
    for (const number of numbers) await page.getByRole('checkbox', { name: isolated('اختر الشيك', number) }).check();
    await look('cheques');
    await page.keyboard.press('F9');
    await dialog().getByLabel('اسم البنك').fill('بنك المثال');
    await dialog().getByLabel('حساب البنك').fill('PS92PALS000000000400123456702');
    await dialog().getByRole('button', { name: 'أرسل إلى البنك' }).click();
    await dialog().locator('iframe').waitFor();
    await dialog().getByRole('button', { name: 'إغلاق' }).click();
    await counter.login('officer');
    await go('/cheques/deposits');
    await page.getByRole('button', { name: 'جواب البنك' }).click();
    const outcome = (number: string) =>
      dialog().getByRole('radiogroup', { name: isolated('جواب البنك عن الشيك', number) });
    await outcome(numbers[0]!).getByText('حصّله').click();
    await outcome(numbers[1]!).getByText('أعاده').click();
    await dialog().getByLabel('سبب الإعادة').fill('عدم كفاية الرصيد');
    await look('cheques-answer');
    await dialog().getByRole('button', { name: 'احفظ' }).click();
    await page.getByText('أجاب البنك', { exact: true }).waitFor();
    await look('cheque-deposits');
    expect([(await desk.get(first.id)).state, (await desk.get(second.id)).state]).toEqual(['CLEARED', 'RETURNED']);

    const { body: paid } = await desk.pay(account, '200');
    await go(`/cheques/${second.id}`);
    await page.getByText('عدم كفاية الرصيد').waitFor();
    await page.getByRole('button', { name: 'دُفع بديله' }).click();
    await dialog().getByLabel('رقم الوصل البديل').fill(paid.serial);
    await dialog().getByRole('button', { name: 'تأكيد' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1 }).getByText('دُفع بديله').waitFor();
    await look('cheque');
  });

  it('takes a part of a payment back, out of the open drawer, and shows it on the receipt', async () => {
    const { id } = await desk.account({ charges: [12_550] });
    const { body: paid } = await desk.pay(id, '125.50');
    await counter.login('supervisor');
    await go(`/till/receipts/${paid.serial}`);
    await page.getByRole('button', { name: 'إعادة جزء' }).click();
    const back = dialog().getByRole('textbox', { name: isolated('يُعاد من', id) });
    await back.fill('125.51');
    await dialog().getByText('أكثر مما بقي').waitFor();
    await dialog().getByLabel('السبب').fill('قُبض أكثر من المطلوب');
    expect(await dialog().getByRole('button', { name: 'تأكيد' }).isDisabled()).toBe(true);
    await back.fill('٢٥٫٥٠');
    await look('refund-part');
    await dialog().getByRole('button', { name: 'تأكيد' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('أُعيد من هذا الوصل').waitFor();
    await page.getByText('قُبض أكثر من المطلوب').waitFor();
    await look('refund-receipt');
    expect(await desk.balance(id)).toBe(2550);
  });

  it('enters the rate of a day, and asks once more about one far from the last', async () => {
    await counter.login('supervisor', 'en');
    await page.keyboard.press('Alt+e');
    await page.getByText('No rates yet').waitFor();
    const enter = async (rate: string) => {
      await page.keyboard.press('Alt+n');
      await dialog().getByLabel('Rate', { exact: false }).first().fill(rate);
      await dialog().getByLabel('Source').fill('Monetary Authority');
      await dialog().getByRole('button', { name: 'Save' }).click();
    };
    await enter('٥٫١٢');
    await page.getByText(/5\.12/).waitFor();
    await enter('51.2');
    await dialog().getByLabel('It is far from the rate before').check();
    await look('rates');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByText(/51\.2/).waitFor();
    expect(counter.complaints()).toEqual([]);
  });

  it('takes a part back once, though its answer was lost and the dialog closed', async () => {
    const { id } = await desk.account({ charges: [10_000] });
    const { body: paid } = await desk.pay(id, '100');
    await counter.login('supervisor');
    await go(`/till/receipts/${paid.serial}`);
    const back = async () => {
      await page.getByRole('button', { name: 'إعادة جزء' }).click();
      await dialog()
        .getByRole('textbox', { name: isolated('يُعاد من', id) })
        .fill('30');
      await dialog().getByLabel('السبب').fill('قُبض أكثر من المطلوب');
      await dialog().getByRole('button', { name: 'تأكيد' }).click();
    };
    const taken = '**/partial-reversal';
    await page.route(taken, async (route) => (await route.fetch(), route.abort('connectionreset')));
    await back();
    await dialog().getByRole('alert').waitFor();
    await page.unroute(taken);
    await dialog().getByRole('button', { name: 'إلغاء' }).click();
    await page.getByText('أُعيد من هذا الوصل').waitFor();
    await back();
    await dialog().waitFor({ state: 'detached' });
    expect(await desk.balance(id)).toBe(3000);
  });
});
