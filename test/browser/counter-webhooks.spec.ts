import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startCounter, type Counter } from '../support/counter';

jest.setTimeout(60_000);

describe('webhooks at the counter', () => {
  let counter: Counter;
  let page: Counter['page'];
  let receiver: Server;

  beforeAll(async () => {
    receiver = createServer((_, answer) => answer.writeHead(204).end()).listen(0, '127.0.0.1');
    counter = await startCounter({ WEBHOOK_ALLOW_PRIVATE: 'true' });
    page = counter.page;
  }, 60_000);
  afterAll(async () => {
    await counter.close();
    receiver.close();
  });

  const look = (name: string) => counter.look(name);

  it('registers an address, shows its secret once, tries it and suspends it', async () => {
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks`;
    await counter.login('administrator');
    await page.goto(`${counter.url}/admin/webhooks`);
    await page.getByText('لا عناوين مسجلة').waitFor();
    await page.keyboard.press('Alt+n');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('النظام').fill('نظام المحاسبة');
    await dialog.getByLabel('العنوان').fill(url);
    await dialog.getByRole('checkbox').first().check();
    await look('webhook-new');
    await dialog.getByRole('button', { name: 'تأكيد' }).click();
    await dialog.getByText(/^whsec_/).waitFor();
    await look('webhook-secret');
    await dialog.getByRole('button', { name: 'إغلاق' }).last().click();
    await page.getByRole('cell', { name: url }).waitFor();
    expect(await page.getByText(/whsec_/).count()).toBe(0);
    const act = async (name: string) => {
      await page.getByRole('button', { name: /^إجراءات/ }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await act('جرّبه');
    await page.getByText('أُرسلت تجربة').waitFor();
    await counter.app.drain();
    await page.getByText('وصل', { exact: true }).last().click();
    await page.getByRole('cell', { name: '204' }).waitFor();
    await look('webhooks');
    await act('عدّله');
    await dialog.getByLabel('العنوان').fill('ftp://erp.example.org/hooks');
    await page.keyboard.press('Enter');
    await dialog.getByText('يجب أن يبدأ بـ').waitFor();
    await look('webhook-change');
    // Somebody else was faster: what they changed is shown, and stays.
    const [was] = (await counter.app.request('GET', '/webhooks', { as: 'integration' })).body.items;
    await counter.app.request('PATCH', `/webhooks/${was.id}`, {
      as: 'integration',
      headers: { 'if-match': `"${was.version}"` },
      body: { description: 'نظام المحاسبة الجديد' },
    });
    await dialog.getByLabel('العنوان').fill(`${url}/2`);
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'نظام المحاسبة الجديد' }).waitFor();
    await look('webhook-stale');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'حفظ' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('row', { name: /نظام المحاسبة الجديد/ })
      .getByText(`${url}/2`)
      .waitFor();
    await act('أوقفه');
    await page
      .getByRole('row', { name: /نظام المحاسبة/ })
      .getByText('موقوف')
      .waitFor();
    await act('لا يُبلَّغ بعد اليوم');
    await dialog.getByText('لا رجوع عنه').waitFor();
    await dialog.getByRole('button', { name: 'لا يُبلَّغ بعد اليوم' }).click();
    await page
      .getByRole('row', { name: /نظام المحاسبة/ })
      .getByText('متقاعد')
      .waitFor();
    expect(counter.complaints()).toEqual([]);
  });
});
