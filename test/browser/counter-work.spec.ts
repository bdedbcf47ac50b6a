import { startCounter, type Counter } from '../support/counter';
import { addLegacyRows, nationalId, oneRecordFlow, type Held } from '../support/one-records';

jest.setTimeout(120_000);

describe('work at the counter is not lost', () => {
  let counter: Counter;
  let page: Counter['page'];
  let flow: ReturnType<typeof oneRecordFlow>;
  let next = 0;

  beforeAll(async () => {
    counter = await startCounter();
    page = counter.page;
    flow = oneRecordFlow(counter.app);
  }, 60_000);
  afterAll(() => counter.close());

  /** A draft of one row, opened by the clerk on the page. */
  async function openDraft(language: 'ar' | 'en' = 'ar'): Promise<Held & { nationalId: string }> {
    counter.app.forgetTokens();
    const id = nationalId(500 + next++);
    const rows = await addLegacyRows(counter.app, [
      { name: 'خالد محمود النابلسي', docType: 'هوية', docNo: id, owes: [{ currency: 'JOD', amount: 12_500 }] },
    ]);
    const draft = await flow.done(flow.identify('clerk', await flow.draft(rows), id, { phone: '0599123456' }));
    await counter.login('clerk', language);
    await page.goto(`${counter.url}/records/${draft.id}`);
    await phone(language).waitFor();
    return { ...draft, nationalId: id };
  }
  const phone = (language: 'ar' | 'en' = 'ar') =>
    page.getByLabel(language === 'ar' ? 'الهاتف' : 'Phone', { exact: true });
  const save = () => page.getByRole('button', { name: 'احفظ المسودة' }).click();
  const stored = async ({ id }: Held) => (await counter.app.request('GET', `/one-records/${id}`, { as: 'clerk' })).body;

  it('goes on when the access token has expired, without a word', async () => {
    const draft = await openDraft();
    await phone().fill('0599000001');
    counter.app.clock.advance({ minutes: 20 });
    await save();
    await page.getByText(/حُفظت المسودة/).waitFor();
    counter.app.forgetTokens();
    expect((await stored(draft)).phone).toBe('+970599000001');
  });

  it('keeps the form under a login when the session is over, and sends it afterwards', async () => {
    const draft = await openDraft();
    await phone().fill('0599000002');
    counter.app.clock.advance({ days: 20 });
    await save();
    const dialog = page.getByRole('dialog', { name: 'انتهت جلستك' });
    await dialog.waitFor();
    expect(await counter.findings()).toEqual([]);
    await dialog.getByRole('textbox', { name: 'كلمة المرور' }).fill('wrong');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').waitFor();
    await dialog.getByRole('textbox', { name: 'كلمة المرور' }).fill('Nablus-2026-demo');
    await page.keyboard.press('Enter');
    await page.getByText(/حُفظت المسودة/).waitFor();
    counter.app.forgetTokens();
    expect((await stored(draft)).phone).toBe('+970599000002');
  });

  it('says what a colleague changed meanwhile, and keeps what was typed', async () => {
    const draft = await openDraft();
    await phone().fill('0599000003');
    await flow.done(flow.identify('clerk2', draft, draft.nationalId, { phone: '0567000000' }));
    await save();
    const dialog = page.getByRole('dialog', { name: 'تغيّر السجل أثناء عملك' });
    const line = dialog.getByRole('row').filter({ hasText: 'الهاتف' });
    expect(await line.innerText()).toMatch(/\+970599123456[\s\S]*\+970567000000/);
    expect(await counter.findings()).toEqual([]);
    await dialog.getByRole('button', { name: 'تابع على النسخة الجديدة' }).click();
    expect(await phone().inputValue()).toBe('0599000003');
    await save();
    await page.getByText(/حُفظت المسودة/).waitFor();
    expect((await stored(draft)).phone).toBe('+970599000003');
  });

  it('stays when the network fails, and is sent when it is back', async () => {
    const draft = await openDraft();
    await phone().fill('0599000004');
    await counter.browser.context.setOffline(true);
    await page.getByText('لا اتصال بالشبكة', { exact: false }).waitFor();
    await save();
    await page.getByRole('alert').filter({ hasText: 'لم يُفقد شيء' }).waitFor();
    await counter.browser.context.setOffline(false);
    await save();
    await page.getByText(/حُفظت المسودة/).waitFor();
    expect((await stored(draft)).phone).toBe('+970599000004');
  });

  it('is not left unasked, and is still there after a step back', async () => {
    await openDraft();
    await phone().fill('0599000005');
    await page.getByRole('link', { name: 'البحث عن مواطن' }).click();
    await page.getByRole('dialog', { name: 'عمل غير محفوظ' }).getByRole('button', { name: 'ابقَ هنا' }).click();
    expect(await phone().inputValue()).toBe('0599000005');
    await page.getByRole('link', { name: 'البحث عن مواطن' }).click();
    await page.getByRole('button', { name: 'اترك الصفحة' }).click();
    await page.getByRole('searchbox').waitFor();
    await page.goBack();
    await phone().waitFor();
    expect(await phone().inputValue()).toBe('0599000005');
  });

  it('asks before the back button takes it away', async () => {
    const draft = await openDraft();
    await page.getByRole('link', { name: 'مقترحات المطابقة' }).click();
    await page.getByRole('heading', { name: 'مقترحات المطابقة' }).waitFor();
    await page.goBack();
    await phone().fill('0599000006');
    const asked = page.getByRole('dialog', { name: 'عمل غير محفوظ' });
    // Not awaited: it ends with the navigation, which is held up.
    const forward = () => void page.goForward().catch(() => undefined);
    forward();
    await asked.getByRole('button', { name: 'ابقَ هنا' }).click();
    expect(new URL(page.url()).pathname).toBe(`/counter/records/${draft.id}`);
    expect(await phone().inputValue()).toBe('0599000006');
    forward();
    await asked.getByRole('button', { name: 'اترك الصفحة' }).click();
    await page.getByRole('heading', { name: 'مقترحات المطابقة' }).waitFor();
  });

  it('tells what is wrong beside the field, in the language of the screen', async () => {
    await openDraft('en');
    await page.getByLabel('Father', { exact: true }).fill('');
    await phone('en').fill('12');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    const father = page.getByLabel('Father', { exact: true });
    await page.locator('[aria-invalid=true]').first().waitFor();
    expect(await father.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator(`#${await father.getAttribute('aria-describedby')}`).innerText()).toBe('Required');
    await father.fill('محمود');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByText('The phone number is not valid').first().waitFor();
    expect(await phone('en').getAttribute('aria-invalid')).toBe('true');
  });

  it('speaks Arabic and English, and writes the digits that are preferred', async () => {
    expect(await page.locator('html').getAttribute('dir')).toBe('ltr');
    await page.getByText('12.500').first().waitFor();
    await page.getByRole('button', { name: 'العربية' }).click();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    expect(await page.locator('html').getAttribute('lang')).toBe('ar');
    expect(await phone().inputValue()).toBe('12');
    await page.getByText('١٢٣', { exact: true }).click();
    await page.getByText('١٢٫٥٠٠').first().waitFor();
    await page.getByRole('button', { name: 'داكن' }).click();
    expect(await counter.findings()).toEqual([]);
    await counter.shots('draft-dark');
  });

  it('shows a cashier no page of the register that is not theirs', async () => {
    await counter.login('cashier');
    expect(await page.getByRole('link', { name: 'بانتظار الاعتماد' }).count()).toBe(0);
    await page.goto(`${counter.url}/approvals`);
    await page.getByText('ليست من صلاحياتك').waitFor();
    await page.goto(`${counter.url}/nowhere`);
    await page.getByText('لا توجد صفحة بهذا العنوان').waitFor();
  });
});
