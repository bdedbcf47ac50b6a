import { DEMO_PASSWORD } from '../../src/identity';
import { startCounter, type Counter } from '../support/counter';

jest.setTimeout(60_000);

describe('who sits at the counter', () => {
  let counter: Counter;
  let page: Counter['page'];
  beforeAll(async () => {
    counter = await startCounter();
    page = counter.page;
  }, 60_000);
  afterAll(() => counter.close());

  it('reads a refusal in the other language as soon as the screen speaks that', async () => {
    await page.goto(counter.url);
    await page.getByLabel('اسم المستخدم').fill('clerk');
    await page.getByRole('textbox', { name: 'كلمة المرور' }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByText('اسم المستخدم أو كلمة المرور غير صحيحة').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('The username or the password is not right').waitFor();
  });

  it('changes the own password with the old one', async () => {
    await counter.login('clerk');
    const open = async () => {
      await page.getByRole('button', { name: /^حسابي/ }).click();
      await page.getByRole('menuitem', { name: 'تغيير كلمة المرور' }).click();
    };
    const dialog = page.getByRole('dialog');
    const change = async (old: string, next: string) => {
      await dialog.getByRole('textbox', { name: 'كلمة المرور الحالية' }).fill(old);
      await dialog.getByRole('textbox', { name: 'كلمة المرور الجديدة' }).fill(next);
      await page.keyboard.press('Enter');
    };
    await open();
    await change('not the password', 'bread and thyme');
    await dialog.getByText('كلمة المرور الحالية غير صحيحة').waitFor();
    await change(DEMO_PASSWORD, 'short');
    await dialog.getByText('أقصر مما يجب').waitFor();
    await counter.shots('own-password');
    expect(await counter.findings()).toEqual([]);
    await change(DEMO_PASSWORD, 'bread and thyme');
    await page.getByText('تغيّرت كلمة مرورك').waitFor();
    const login = { body: { username: 'clerk', password: 'bread and thyme' } };
    expect((await counter.app.request('POST', '/auth/login', login)).status).toBe(200);
    expect(counter.complaints()).toEqual([]);
  });
});
