import type { TestApp } from '../support/app';
import { charged } from '../support/charged';
import { isolated, startCounter, type Counter } from '../support/counter';
import { AFTER, TODAY } from '../support/water-cuts';
import { waterWorks, type WaterWorks } from '../support/water-works';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

jest.setTimeout(60_000);

describe('from the notice to the cut', () => {
  let app: TestApp;
  let works: WaterWorks;
  let counter: Counter;
  let page: Counter['page'];
  let runId: number;
  let serials: string[];

  beforeAll(async () => {
    counter = await startCounter();
    ({ app, page } = counter);
    works = waterWorks(app);
    const books = charged(app);
    const { routeId } = await works.walk('26');
    for (let debtor = 0; debtor < 3; debtor++) {
      const place = { routeId, sequence: (3 - debtor) * 10, serial: `M-${debtor}` };
      const { accountId } = await works.subscription(place);
      await books.charge(accountId, 150_000, { dueOn: '2026-09-30' });
      await books.charge(accountId, 100_000, { dueOn: '2026-10-31' });
    }
    const { body: run } = await works.post('/cut-runs', { routeId });
    await works.post(`/cut-runs/${run.id}/issue`, {}, { as: 'supervisor', version: run.version });
    runId = run.id;
    const { items } = (await works.get(`/cut-notices?runId=${runId}`)).body;
    serials = items.map(({ serial }: { serial: string }) => serial).sort();
    await page.clock.setFixedTime(app.clock.now());
  }, 60_000);
  afterAll(() => counter.close());

  const dialog = () => page.getByRole('dialog');
  const press = (name: string) => dialog().getByRole('button', { name, exact: true }).click();
  const closed = () => dialog().waitFor({ state: 'detached' });
  const look = (name: string) => counter.look(name);
  const at = async (day: string) => {
    app.clock.set(`${day}T08:00:00.000Z`);
    app.forgetTokens();
    await page.clock.setFixedTime(app.clock.now());
  };

  it('a clerk finds the notices, records how one was served, and prints it', async () => {
    await counter.login('clerk');
    await page.keyboard.press('Alt+x');
    await page.getByRole('link', { name: 'إخطارات الفصل' }).click();
    for (const serial of serials) await page.getByText(serial).waitFor();
    await look('notices');
    const find = page.getByLabel('رقم الإخطار');
    await find.fill(serials[0]!);
    await find.press('Enter');
    await page.getByText('المهلة لا تبدأ قبل التبليغ').waitFor();
    // Whom the clerk is not may not decide.
    expect(await page.getByRole('button', { name: 'اسحب الإخطار' }).count()).toBe(0);
    await page.keyboard.press('F4');
    expect(await dialog().getByRole('button', { name: 'احفظ' }).isDisabled()).toBe(true);
    await dialog().getByLabel('في آخر عنوان').check();
    await dialog()
      .getByLabel(/استلمه عنه/)
      .fill('زوجته سلمى حامد');
    await dialog().getByLabel('المُبلّغ').fill('رائد سالم');
    await dialog().getByLabel('يوم التبليغ').fill('23/11/2026');
    await press('احفظ');
    await dialog().getByText('ليس يوماً صالحاً لهذا').waitFor();
    await look('notice-serve');
    await dialog().getByLabel('يوم التبليغ').fill('24/11/2026');
    await dialog().getByLabel('يوم التبليغ').press('Enter');
    await closed();
    await page.getByText('زوجته سلمى حامد').waitFor();
    await page.getByText('01/12/2026').waitFor();
    await look('notice-served');
    await page.keyboard.press('F8');
    await dialog().locator('iframe').waitFor();
    await press('إغلاق');
    await closed();
  });

  it('an objection is entered by a clerk and decided by a supervisor; one save however often it is pressed', async () => {
    await page.keyboard.press('F6');
    await dialog().getByLabel('رقم الوارد').fill('وارد 2026/912');
    await dialog().getByLabel('سبب الاعتراض').fill('القراءة لا تخص عدادي');
    await dialog().getByRole('button', { name: 'احفظ' }).dblclick();
    await closed();
    await page.getByText('لم يُبتّ فيه').waitFor();
    await look('notice-objected');
    await counter.login('supervisor');
    await page.keyboard.press('Alt+x');
    await page.getByRole('link', { name: 'إخطارات الفصل' }).click();
    await page.getByText('عليه اعتراض', { exact: true }).first().click();
    await page.getByRole('link', { name: serials[0]! }).click();
    await page.getByText('لم يُبتّ فيه').waitFor();
    await page.keyboard.press('F7');
    await dialog().getByLabel('رقم القرار').fill('ق 2026/77');
    await look('notice-decide');
    await press('احفظ');
    await closed();
    await page.getByText('رفض: يبقى الإخطار').waitFor();
    const { body } = await works.get(`/cut-notices/${serials[0]}`);
    expect(body).toMatchObject({ state: 'SERVED', objection: { outcome: 'DISMISSED', decisionNumber: 'ق 2026/77' } });
  });

  it('shows what a colleague did meanwhile, and a number that nobody has', async () => {
    await page.goto(`${counter.url}/water/orders/notices/${serials[1]}`);
    await page.getByText('المهلة لا تبدأ قبل التبليغ').waitFor();
    await page.keyboard.press('F4');
    await dialog().getByLabel('استلمه').fill('المشترك نفسه');
    await dialog().getByLabel('المُبلّغ').fill('رائد سالم');
    const { version } = (await works.get(`/cut-notices/${serials[1]}`)).body;
    const service = { means: 'IN_PERSON', on: TODAY, to: 'المشترك', server: 'سامر' };
    await works.post(`/cut-notices/${serials[1]}/service`, service, { as: 'clerk', version });
    await press('احفظ');
    await page.getByRole('button', { name: 'تابع على النسخة الجديدة' }).click();
    await press('إلغاء');
    await closed();
    await page.getByText('سامر').waitFor();
    await page.goto(`${counter.url}/water/orders/notices/DW-OSS-2026-999999-00`);
    await page.getByRole('alert').waitFor();
    await look('notice-none');
  });

  it('a crew list is made, printed, and answered order by order, with a photo', async () => {
    const { version } = (await works.get(`/cut-notices/${serials[2]}`)).body;
    const service = { means: 'IN_PERSON', on: TODAY, to: 'المشترك', server: 'رائد سالم' };
    await works.post(`/cut-notices/${serials[2]}/service`, service, { as: 'clerk', version });
    await at(AFTER);
    await works.post('/orders', {}, { as: 'supervisor' });
    await counter.login('officer');
    await page.keyboard.press('Alt+x');
    await page.getByRole('link', { name: 'كشوف الطواقم' }).click();
    await page.getByText('لا كشوف لهذا اليوم').waitFor();
    await look('crew-lists-none');
    await page.keyboard.press('F6');
    await dialog().getByLabel('الطاقم').fill('فرقة رفيديا، رائد سالم');
    await dialog().getByLabel('يوم العمل').fill('01/12/2026');
    await press('أعدّ الكشف');
    await dialog().getByText('ليس يوماً صالحاً لهذا').waitFor();
    await look('crew-list-make');
    await dialog().getByLabel('يوم العمل').fill('02/12/2026');
    await press('أعدّ الكشف');
    await dialog().getByText('أُعدّ الكشف').waitFor();
    await look('crew-list-made');
    await dialog().getByRole('link', { name: 'افتح الكشف' }).click();
    await page.getByRole('heading', { name: isolated('خط السير', 26) }).waitFor();
    expect(await page.getByRole('row').nth(1).textContent()).toContain('10');
    await look('crew-list');
    await page.keyboard.press('F8');
    await dialog().locator('iframe').waitFor();
    await press('إغلاق');
    await closed();

    await page.getByRole('button', { name: 'نُفذ', exact: true }).first().click();
    await dialog().getByLabel('قراءة العداد عند التنفيذ').fill('٧٧');
    await dialog().getByLabel('رقم الختم').fill('S-9');
    const file = dialog().locator('input[type=file]');
    await file.setInputFiles({ name: 'x.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-') });
    await dialog().getByText('هذا الملف ليس صورة تُقرأ').waitFor();
    await file.setInputFiles({ name: 'z.png', mimeType: 'image/png', buffer: PNG });
    await dialog().getByText('أُرفقت صورة').waitFor();
    await look('crew-execute');
    await press('نُفذ');
    await closed();
    await page.getByRole('button', { name: /^صور/ }).click();
    await dialog().locator('img').waitFor();
    await look('order-photos');
    await page.keyboard.press('Escape');
    await closed();

    await page.getByRole('button', { name: 'لم يُنفذ' }).first().click();
    await dialog().getByLabel('أبرز إيصال دفع').check();
    expect(await dialog().getByRole('button', { name: 'احفظ' }).isDisabled()).toBe(true);
    await dialog().getByLabel('رقم الإيصال').fill('RC-1');
    await look('crew-fail');
    await press('احفظ');
    await closed();
    await page.getByText('أبرز إيصال دفع: RC-1').waitFor();
    await page.getByText(/القراءة .?77.? · الختم .?S-9/).waitFor();
    await look('crew-list-answered');
    const { items } = (await works.get('/orders?state=EXECUTED')).body;
    expect(items).toMatchObject([{ reading: 77, seal: 'S-9' }]);
    expect(counter.complaints()).toEqual([]);
  });

  it('are not for a cashier, who sees no lists', async () => {
    await counter.login('cashier');
    await page.goto(`${counter.url}/water/orders/lists`);
    await page.getByRole('navigation').first().waitFor();
    await look('crew-not-allowed');
  });
});
