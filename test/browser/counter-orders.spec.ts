import type { TestApp } from '../support/app';
import { charged } from '../support/charged';
import { startCounter, type Counter } from '../support/counter';
import { AFTER, TODAY } from '../support/water-cuts';
import { waterWorks, type WaterWorks } from '../support/water-works';

jest.setTimeout(60_000);

describe('cuts', () => {
  let app: TestApp;
  let works: WaterWorks;
  let counter: Counter;
  let page: Counter['page'];
  let serials: string[];

  beforeAll(async () => {
    counter = await startCounter();
    ({ app, page } = counter);
    works = waterWorks(app);
    const books = charged(app);
    const accounts: number[] = [];
    for (let debtor = 0; debtor < 2; debtor++) {
      const { accountId } = await works.subscription();
      accounts.push(accountId);
      await books.charge(accountId, 150_000, { dueOn: '2026-09-30' });
      await books.charge(accountId, 100_000, { dueOn: '2026-10-31' });
    }
    const { body: run } = await works.post('/cut-runs', {});
    await works.post(`/cut-runs/${run.id}/issue`, {}, { as: 'supervisor', version: run.version });
    const { items } = (await works.get(`/cut-notices?runId=${run.id}`)).body;
    for (const { serial, version } of items) {
      const service = { means: 'IN_PERSON', on: TODAY, to: 'المشترك', server: 'رائد سالم' };
      await works.post(`/cut-notices/${serial}/service`, service, { as: 'clerk', version });
    }
    serials = items.map(({ serial }: { serial: string }) => serial);
    app.clock.set(`${AFTER}T08:00:00.000Z`);
    app.forgetTokens();
    await page.clock.setFixedTime(app.clock.now());
    await books.pay(accounts[0]!, 250_000);
  }, 60_000);
  afterAll(() => counter.close());

  const dialog = () => page.getByRole('dialog');
  const look = (name: string) => counter.look(name);

  it('are ordered by a supervisor for served notices whose days are over, and not for what was paid', async () => {
    await counter.login('supervisor');
    await page.keyboard.press('Alt+x');
    await page.getByText('لا أوامر').waitFor();
    await page.keyboard.press('F6');
    await dialog().getByText('انتهت المهلة').first().waitFor();
    for (const serial of serials) await dialog().getByText(serial).waitFor();
    await look('cuts');
    await dialog().getByRole('button', { name: 'أصدر الأوامر' }).click();
    await dialog().getByText('صدرت أوامر').waitFor();
    await dialog().getByText('دُفع').waitFor();
    await look('cuts-ordered');
    await dialog().getByRole('button', { name: 'إغلاق' }).last().click();
    await page.getByRole('row').filter({ hasText: 'فصل' }).getByText('صادر').waitFor();
  });

  it('are answered on the version that was seen; after a change meanwhile the same form goes on', async () => {
    await counter.login('officer');
    await page.keyboard.press('Alt+x');
    await page.getByRole('button', { name: 'نُفذ' }).click();
    await dialog().getByLabel('قراءة العداد').fill('77');
    await dialog().getByLabel('الختم').fill('S-9');
    // The crew is given its list behind the open form.
    const list = { kind: 'DISCONNECT', workOn: AFTER, crew: 'فرقة 1' };
    expect((await works.post('/field-lists', list, { as: 'officer2' })).status).toBe(201);
    await dialog().getByRole('button', { name: 'نُفذ' }).click();
    const changed = page.getByRole('dialog', { name: 'تغيّر السجل أثناء عملك' });
    await changed.getByText('قائمة الطاقم').waitFor();
    await look('order-stale');
    await changed.getByRole('button', { name: 'تابع على النسخة الجديدة' }).click();
    await changed.waitFor({ state: 'detached' });
    expect(await dialog().getByLabel('الختم').inputValue()).toBe('S-9');
    await dialog().getByRole('button', { name: 'نُفذ' }).click();
    await dialog().waitFor({ state: 'detached' });
    const { items } = (await works.get('/orders?state=EXECUTED')).body;
    expect(items).toMatchObject([{ reading: 77, seal: 'S-9' }]);
    expect(counter.complaints()).toEqual([]);
  });
});
