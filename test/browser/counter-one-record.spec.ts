import { startCounter, type Counter } from '../support/counter';

const NAME = 'فاطمة قاسم هشام الخياط';

jest.setTimeout(120_000);

describe('OneRecord at the counter', () => {
  let counter: Counter;
  let page: Counter['page'];

  beforeAll(async () => {
    counter = await startCounter({}, true);
    // The register is matched a minute after it was taken in.
    counter.app.clock.advance({ minutes: 2 });
    await counter.app.drain();
    page = counter.page;
  }, 120_000);
  afterAll(() => counter.close());

  const row = (citNo: string) => page.locator('tr[data-line]').filter({ hasText: citNo });
  const findings: Record<string, string[]> = {};
  const look = async (name: string) => {
    await counter.shots(name);
    findings[name] = await counter.findings();
  };
  const pdf = (path: RegExp) =>
    page.waitForResponse((answer) => path.test(answer.url()) && answer.headers()['content-type'] === 'application/pdf');

  it('finds, links and submits a citizen with three rows in at most eight actions', async () => {
    await counter.login('clerk');
    await look('search-empty');
    let actions = 0;
    const act = async (action: Promise<void>) => {
      await action;
      actions++;
    };
    await act(page.getByRole('searchbox').fill(NAME));
    await row('1406').getByText('اسم العائلة مطابق').waitFor();
    for (const citNo of ['1406', '1399', '1401']) await act(row(citNo).click());
    await page.getByText('475.440').waitFor();
    await look('search');
    await act(page.getByRole('button', { name: 'سجل موحد جديد' }).click());
    await page.getByLabel('رقم الوثيقة').and(page.locator('input[value="997949631"]')).waitFor();
    await look('new-record');
    await act(page.getByLabel('الاسم الأول', { exact: true }).fill('فاطمة'));
    await act(page.getByRole('button', { name: 'أرسل للاعتماد' }).click());
    await page.getByText('السجل بانتظار من يعتمده').waitFor();
    expect(actions).toBeLessThanOrEqual(8);
    await look('record-pending');
  });

  it('says that nothing was found of what was asked alone, however slow the line', async () => {
    await page.getByRole('link', { name: 'البحث' }).first().click();
    const nothing = page.getByText('لا سجل يشبه');
    await page.getByRole('searchbox').fill('قققققق');
    await nothing.waitFor();
    const path = '**/api/v1/citizens/search';
    let answer = () => {};
    const asked = new Promise<void>((reached) => {
      void page.route(path, async (route) => {
        const answered = new Promise<void>((done) => (answer = done));
        reached();
        await answered;
        await route.continue();
      });
    });
    await page.getByRole('searchbox').fill('فاطمة قاسم الخياط');
    await asked;
    expect(await nothing.count()).toBe(0);
    answer();
    await row('1406').waitFor();
    await page.unroute(path);
  });

  it('folds rows of another given name below the results', async () => {
    await page.getByRole('link', { name: 'البحث' }).first().click();
    await page.getByRole('searchbox').fill('عائشة محمد محمد جاكوس');
    const folded = page.getByRole('button', { name: /^سجلات باسم أول آخر/ });
    await folded.waitFor();
    await row('3839').waitFor();
    expect(await row('3851').count()).toBe(0);
    await folded.click();
    await row('3851').getByText('اسم أول آخر', { exact: true }).waitFor();
    await look('search-kin');
  });

  it('is decided by another person, side by side with the old row and what changed', async () => {
    await counter.login('officer');
    await page.getByRole('link', { name: 'بانتظار الاعتماد' }).click();
    await page.getByRole('button', { name: NAME }).click();
    const name = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'الاسم' }) });
    await name.getByText('فاطمه قاسم هشام الخياط').waitFor();
    expect(await name.getAttribute('class')).toContain('changed');
    await look('queue');
    await page.getByRole('button', { name: 'اعتماد' }).click();
    await page.getByText('لا شيء بانتظارك').waitFor();
  });

  it('shows the record, prints it and a statement of balances, and sends the code', async () => {
    await counter.login('clerk');
    await page.getByRole('searchbox').fill('997949631');
    await row('1406').getByRole('link').click();
    await page.getByRole('heading', { name: NAME }).waitFor();
    await page.getByText('عين بيت الماء عمارة 39').waitFor();
    await look('record');
    for (const tab of ['المواطنون المرتبطون', 'الحركات', 'كشوف الأرصدة']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('tabpanel').locator('table, svg').first().waitFor();
      await look(`record ${tab}`);
    }
    const record = pdf(/\/print\?lang=ar$/);
    await page.getByRole('button', { name: 'طباعة السجل' }).click();
    await record;
    await page.locator('iframe[src^="blob:"]').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'إغلاق' }).click();

    const statement = pdf(/\/statements\/ST-[^/]+\/pdf\?lang=ar$/);
    await page.keyboard.press('Alt+k');
    await statement;
    await page.getByRole('dialog').getByRole('button', { name: 'طباعة' }).waitFor();
    await look('statement');
    await page.getByRole('dialog').getByRole('button', { name: 'إغلاق' }).click();

    await page.getByRole('button', { name: 'إرسال كود التفعيل' }).click();
    await page.getByText('أُرسل الكود إلى').waitFor();
    await page.getByRole('button', { name: 'إرسال كود التفعيل' }).click();
    await page.getByText('انتظر').or(page.getByText('قبل')).first().waitFor();
  });

  it('corrects an approved record by an edit with a scan, which a supervisor applies', async () => {
    await page.getByRole('button', { name: 'تعديل البيانات' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('اسم الجد', { exact: true }).fill('هاشم');
    await dialog.getByLabel('سبب التعديل').fill('الاسم في الهوية هاشم');
    await dialog.getByRole('button', { name: 'أرسل التعديل للاعتماد' }).click();
    await dialog.getByRole('alert').getByText('تصحيح الاسم أو الوثيقة يحتاج إلى مرفق').waitFor();
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const file = { name: 'هوية.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') };
    await dialog.locator('input[type=file]').setInputFiles(file);
    await dialog.getByText('هوية.png').waitFor();
    await look('edit');
    await dialog.getByRole('button', { name: 'أرسل التعديل للاعتماد' }).click();
    await page.getByText('أُرسل التعديل للاعتماد').waitFor();

    await counter.login('supervisor');
    await page.keyboard.press('Alt+2');
    await page.getByText('تعديلات').click();
    await page.getByRole('button', { name: 'الاسم في الهوية هاشم' }).click();
    await page.getByRole('img', { name: 'هوية.png' }).waitFor();
    await page.getByText('فاطمة قاسم هاشم الخياط').waitFor();
    await look('edit-decision');
    await page.keyboard.press('Alt+a');
    await page.getByText('لا شيء بانتظارك').waitFor();
  });

  it('tells who did what, and that the chain is whole', async () => {
    await page.keyboard.press('Alt+1');
    await page.getByRole('searchbox').fill('997949631');
    await row('1406').getByRole('link').click();
    await page.getByRole('tab', { name: 'الحركات' }).click();
    await page.getByText('سلسلة حركات').getByText('سليمة').waitFor();
    await page.getByText('الاسم في الهوية هاشم').waitFor();
    await look('history');
  });

  it('goes from login to print by keyboard alone, in English', async () => {
    await counter.login('clerk', 'en');
    await page.getByRole('searchbox').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('رنا أحمد نزار بزاري');
    await row('7030').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByText('Selected:').waitFor();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(2);
    await look('search-en');
    await page.keyboard.press('Alt+n');
    await page.getByLabel('Document number').and(page.locator('input:not([value=""])')).waitFor();
    await look('new-record-en');
    await page.keyboard.press('Alt+s');
    await page.getByText('awaits its checker').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Print record').waitFor();
    await look('keys-en');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const printed = pdf(/\/print\?lang=en$/);
    await page.keyboard.press('Alt+p');
    await printed;
    await look('print-en');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('opens a draft from a proposal of the matching, and remembers who is somebody else', async () => {
    await counter.login('clerk2');
    await page.keyboard.press('Alt+3');
    await page.getByRole('button', { name: /^انظر/ }).first().waitFor();
    await look('proposals');
    await page.getByRole('button', { name: /^انظر/ }).first().click();
    await page.getByText('المقارنة').waitFor();
    await look('proposal');
    await page.keyboard.press('Alt+a');
    await page.getByRole('button', { name: 'أرسل للاعتماد' }).waitFor();
    await look('draft');
    await page.keyboard.press('Alt+3');
    await page.getByRole('button', { name: /^انظر/ }).first().click();
    await page.getByRole('button', { name: 'ليسوا الشخص نفسه' }).click();
    await page.getByRole('dialog').getByLabel('السبب').fill('أخوان باسم متقارب');
    await page.getByRole('dialog').getByRole('button', { name: 'تأكيد' }).click();
    await page.getByText('سُجّل أنهم ليسوا الشخص نفسه').waitFor();
  });

  it('is a page that axe and the console have nothing serious against', () => {
    expect(Object.entries(findings).filter(([, found]) => found.length > 0)).toEqual([]);
    expect(Object.keys(findings).length).toBeGreaterThan(10);
    expect(counter.complaints()).toEqual([]);
  });
});
