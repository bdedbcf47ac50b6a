import { signBody } from '@libs/http';
import { noticeDesk } from '../support/notices';
import { startCounter, type Counter } from '../support/counter';

const SECRET = 'shared with the provider';

jest.setTimeout(60_000);

describe('notices and templates at the counter', () => {
  let counter: Counter;
  let page: Counter['page'];

  beforeAll(async () => {
    counter = await startCounter({ PROVIDER_CALLBACK_SECRET: SECRET });
    const desk = noticeDesk(counter.app);
    for (let people = 0; people < 3; people++) await desk.person();
    page = counter.page;
  }, 120_000);
  afterAll(() => counter.close());

  const findings: Record<string, string[]> = {};
  const look = async (name: string) => {
    await counter.shots(name);
    findings[name] = await counter.findings();
  };
  const dialog = () => page.getByRole('dialog');

  it('writes a notice, counts whom it reaches, and asks for approval', async () => {
    await counter.login('officer');
    await page.keyboard.press('Alt+M');
    await page.getByText('لا إشعارات بهذه الصفات').waitFor();
    await look('notices-empty');
    await page.keyboard.press('Alt+N');
    await page.getByLabel('العنوان بالعربية').fill('تعقيم شبكة المياه');
    await page.getByLabel('النص بالعربية').fill('يبدأ تعقيم الشبكة يوم الأحد، فلا تشربوا من الصنبور حتى المساء');
    await page.getByLabel('النص بالإنجليزية').fill('Chlorination begins on Sunday');
    await look('notice-new');
    await page.keyboard.press('Alt+S');
    await page.getByRole('heading', { name: 'تعقيم شبكة المياه' }).waitFor();
    await page.getByRole('button', { name: 'احتسب الجمهور والكلفة' }).click();
    await page.getByRole('row', { name: /^رسالة نصية 3/ }).waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'احتسب من جديد' }).waitFor();
    await look('notice-counted');
    await page.getByRole('button', { name: 'قدّمه للاعتماد' }).click();
    await page.getByText('بانتظار الاعتماد', { exact: true }).first().waitFor();
  });

  it('gives it back for a reason, and sends it once another approves', async () => {
    await counter.login('supervisor');
    await page.goto(`${counter.url}/notices`);
    await page.getByRole('link', { name: 'تعقيم شبكة المياه' }).click();
    await page.getByRole('button', { name: 'أعده لكاتبه' }).click();
    await dialog().getByLabel('السبب').fill('زد الساعة');
    await dialog().getByRole('button', { name: 'تأكيد' }).click();
    await page.getByText('زد الساعة').waitFor();
    await counter.login('officer');
    await page.goto(`${counter.url}/notices`);
    await page.getByRole('link', { name: 'تعقيم شبكة المياه' }).click();
    await page.getByRole('link', { name: 'تعديل' }).click();
    await page.getByLabel('النص بالعربية').fill('يبدأ تعقيم الشبكة يوم الأحد في الثامنة صباحاً');
    await page.getByRole('button', { name: 'حفظ المسودة' }).click();
    await page.getByText('في الثامنة صباحاً').waitFor();
    await page.getByRole('button', { name: /^احتسب/ }).click();
    await page.getByRole('row', { name: /^رسالة نصية 3/ }).waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'قدّمه للاعتماد' }).click();
    await page.getByText('قُدّم للاعتماد').waitFor();
    await counter.login('supervisor');
    await page.goto(`${counter.url}/notices`);
    await page.getByRole('link', { name: 'تعقيم شبكة المياه' }).click();
    await page.getByRole('heading', { name: 'تعقيم شبكة المياه' }).waitFor();
    await page.keyboard.press('Alt+S');
    await dialog().getByText('يصل إلى').waitFor();
    await look('notice-approve');
    await dialog().getByRole('button', { name: 'اعتماد وإرسال' }).click();
    await page.getByRole('heading', { level: 1 }).getByText('أُرسل').waitFor({ timeout: 30_000 });
    await page
      .getByRole('row', { name: /رسالة نصية/ })
      .last()
      .waitFor();
    await look('notice-sent');
  });

  it('shows templates as they arrive, and lets the next version be written', async () => {
    await counter.login('officer', 'en');
    await page.goto(`${counter.url}/notices/templates`);
    await page.getByRole('link', { name: 'citizens.code' }).first().click();
    await page.getByText('Segments', { exact: false }).first().waitFor();
    await look('template-en');
    await page.getByRole('link', { name: 'All templates' }).click();
    await page.getByRole('link', { name: 'New template' }).click();
    await page.getByLabel('Code').fill('notices.waste-fees');
    await page.getByRole('button', { name: 'Add a placeholder' }).click();
    await page.getByLabel('Name of the placeholder').fill('total');
    await page.getByRole('textbox', { name: /^Text/ }).fill('رسوم النفايات {{totl}}');
    await page.getByRole('button', { name: 'Save the version' }).click();
    await page.getByRole('alert').waitFor();
    await look('template-wrong-en');
    await page.getByRole('textbox', { name: /^Text/ }).fill('رسوم النفايات {{total}}');
    await page.getByRole('button', { name: 'Save the version' }).click();
    await page.getByRole('heading', { name: 'notices.waste-fees' }).waitFor();
    await counter.login('supervisor');
    await page.goto(`${counter.url}/notices/templates`);
    await page.getByLabel('الرمز').fill('notices.waste-fees');
    await page.getByRole('link', { name: 'notices.waste-fees' }).click();
    await page.getByRole('button', { name: 'اعتماد' }).click();
    await dialog().getByRole('button', { name: 'اعتماد' }).click();
    await page.getByText('معتمد', { exact: true }).waitFor();
    await look('template');
  });

  it('tells how messages arrive, and lets a clerk say what was done about one of a citizen', async () => {
    const text = JSON.stringify({ reference: 'MO-1', from: '+970599000771', text: 'متى تعود المياه إلى رفيديا؟' });
    const { timestamp, signature } = signBody(SECRET, Buffer.from(text), counter.app.clock.now());
    const signed = { 'x-provider-timestamp': timestamp, 'x-provider-signature': signature };
    const headers = { 'content-type': 'application/json', ...signed };
    const { status } = await counter.app.request('POST', '/sms/inbound/sandbox', { body: text, headers });
    expect(status).toBeLessThan(300);
    await page.getByRole('link', { name: 'كيف تصل الرسائل' }).click();
    await page
      .getByLabel('من', { exact: true })
      .fill(counter.app.clock.now().slice(0, 10).split('-').reverse().join(''));
    await page
      .getByLabel('إلى', { exact: true })
      .fill(counter.app.clock.now().slice(0, 10).split('-').reverse().join(''));
    await page
      .getByRole('row', { name: /^رسالة نصية 3/ })
      .first()
      .waitFor();
    await look('sending');
    await counter.login('clerk');
    await page.goto(`${counter.url}/notices/inbound`);
    await page.getByText('متى تعود المياه').waitFor();
    await look('inbound');
    await page.getByRole('button', { name: 'عولجت' }).click();
    await dialog().getByLabel('ما الذي جرى', { exact: false }).last().fill('أُبلغ قسم المياه');
    await dialog().getByRole('button', { name: 'احفظ' }).click();
    await page.getByText('لا رسائل تنتظر من يجيب').waitFor();
  });

  it('does not write over what a colleague changed behind the open form', async () => {
    const desk = noticeDesk(counter.app);
    const { id } = (await desk.draft()).body;
    await page.clock.install();
    await counter.login('officer');
    await page.goto(`${counter.url}/notices/${id}/edit`);
    await page.getByLabel('العنوان بالعربية').fill('تعقيم الخزانات');
    const { version, titleAr, channels, source } = await desk.get(id);
    const body = { titleAr, textAr: 'تأجل التعقيم', channels, audience: { source, parameters: {} } };
    const headers = { 'if-match': `"${version}"` };
    await counter.app.request('PUT', `/public-notices/${id}`, { as: 'officer2', body, headers });
    const read = page.waitForResponse((answer) => answer.url().endsWith(`/public-notices/${id}`));
    // The clerk comes back to the window, and the page reads the notice again.
    await page.clock.fastForward(15_000);
    await page.evaluate("dispatchEvent(new Event('visibilitychange'))");
    await read;
    await page.keyboard.press('Alt+S');
    await page.getByRole('dialog', { name: 'تغيّر السجل أثناء عملك' }).getByText('تأجل التعقيم').waitFor();
    expect((await desk.get(id)).textAr).toBe('تأجل التعقيم');
  });

  it('has no serious finding of axe on any page, and none complained', () => {
    expect(findings).toEqual(Object.fromEntries(Object.keys(findings).map((name) => [name, []])));
    expect(counter.complaints()).toEqual([]);
  });
});
