import { startTestApp, type TestApp } from '../support/app';
import { startBrowser, type Browser } from '../support/browser';
import { onlineDesk } from '../support/online';

jest.setTimeout(60_000);

describe('a link to pay, as the payer uses it', () => {
  let app: TestApp;
  let browser: Browser;
  let online: ReturnType<typeof onlineDesk>;
  let url: string;

  beforeAll(async () => {
    app = await startTestApp({ PAYMENT_GATEWAY: 'sandbox' });
    online = onlineDesk(app);
    await app.app.listen(0, '127.0.0.1');
    url = await app.app.getUrl();
    browser = await startBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await app.close();
  });

  it('leads to the gateway and back to the receipt, without a script and without an error', async () => {
    const { page, errors } = browser;
    const { link, accountId } = await online.started({ amount: '125.50' });
    const here = `${url}${new URL(link).pathname}`;
    await page.setViewportSize({ width: 420, height: 760 });
    await page.goto(here);
    await page.getByRole('button', { name: 'ادفع الآن' }).click();
    await page.getByRole('heading', { name: 'بوابة دفع تجريبية' }).waitFor();
    expect(await page.getByRole('link', { name: 'العودة إلى البلدية' }).getAttribute('href')).toBe(link);
    await page.getByRole('button', { name: 'ادفع Pay', exact: true }).click();
    await page.getByText('مدفوعة').waitFor();
    await page.goto(here);
    await page.getByRole('heading', { name: 'تم الدفع' }).waitFor();
    expect(await page.getByRole('link', { name: /^RC-WEB-/ }).count()).toBe(1);
    expect(await online.desk.balance(accountId)).toBe(0);
    expect(errors).toEqual([]);
  });
});
