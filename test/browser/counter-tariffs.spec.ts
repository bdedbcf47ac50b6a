import { startCounter, type Counter } from '../support/counter';
import { waterDesk } from '../support/water';

jest.setTimeout(60_000);

describe('water tariffs at the counter', () => {
  let counter: Counter;
  let page: Counter['page'];

  beforeAll(async () => {
    counter = await startCounter();
    await waterDesk(counter.app).tariff();
    page = counter.page;
  }, 120_000);
  afterAll(() => counter.close());

  const findings: Record<string, string[]> = {};
  const look = async (name: string) => {
    await counter.shots(name);
    findings[name] = await counter.findings();
  };
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });

  it('says what a consumption costs by what is approved', async () => {
    await counter.login('clerk');
    await page.keyboard.press('Alt+G');
    await row('JWU-2024-01').getByText('معتمدة').waitFor();
    await page.getByLabel('الاستهلاك (م³)').fill('٤١');
    await page.getByLabel('من يوم').fill('1/1/2026');
    await page.getByLabel('الأيام').fill('31');
    await page.getByRole('status').getByText('305.50').waitFor();
    await look('tariffs');
    await page.getByLabel('الفئة').and(page.locator('input')).last().click();
    await page.getByRole('option', { name: 'مخيم' }).click();
    await page.getByText('لا توجد تعرفة معتمدة').waitFor();
    expect(await page.getByRole('link', { name: 'تعرفة جديدة' }).count()).toBe(0);
  });

  it('is drafted as a copy, mended where the server finds faults, and shown before it is approved', async () => {
    await counter.login('officer', 'en');
    await page.getByRole('link', { name: 'Water tariffs' }).click();
    await row('JWU-2024-01').getByRole('link').click();
    await page.getByRole('heading', { name: 'JWU-2024-01' }).waitFor();
    await look('tariff-en');
    await page.getByRole('link', { name: 'A copy of it' }).click();
    await page.getByLabel('Code').fill('DOM-2027');
    await page.getByLabel('In force from').fill('01/01/2027');
    await page.getByLabel('Number of the decision').fill('3/2026');
    await page.getByLabel('Day of the decision').fill('20/11/2026');
    await page.getByLabel(/^Up to.* Block .?2/).fill('10');
    await page.getByLabel('Tax').and(page.locator('input')).click();
    await page.getByRole('option', { name: 'A percentage' }).click();
    await page.getByRole('group', { name: 'Tax' }).getByLabel('Value').fill('16');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    const faults = page.getByRole('alert').filter({ hasText: 'The tariff has faults' });
    await faults.getByText('/blocks/steps/1/upTo').waitFor();
    await look('tariff-faults-en');
    await page.getByLabel(/^Up to.* Block .?2/).fill('40');
    await page.getByRole('link', { name: 'Find a citizen' }).click();
    // The key of a fast clerk: it comes before the dialog has faded away and the focus is back.
    await page.getByRole('dialog', { name: 'Unsaved work' }).getByRole('button', { name: 'Stay here' }).waitFor();
    await page.evaluate(`(async () => {
      const button = document.querySelector('[role=dialog] [data-autofocus]');
      button.click();
      await null;
      button.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyS', altKey: true, bubbles: true }));
    })()`);
    await page.getByRole('heading', { name: 'DOM-2027' }).waitFor();
    await page.getByLabel('Consumption (m³)').fill('20');
    await page.getByLabel('Days').fill('31');
    // 20 × 5.50 + 42.00, and 16 % of the water: 17.60.
    await page.getByRole('status').getByText('169.60').waitFor();
    await look('tariff-draft-en');
  });

  it('is approved by another, and retired for a reason', async () => {
    await counter.login('supervisor');
    await page.goto(`${counter.url}/tariffs`);
    await row('DOM-2027').getByRole('link').click();
    await page.getByRole('heading', { name: 'DOM-2027' }).waitFor();
    await page.keyboard.press('Alt+S');
    await page.getByRole('dialog').getByText('01/01/2027').waitFor();
    await look('tariff-approve');
    await page.getByRole('dialog').getByRole('button', { name: 'اعتماد' }).click();
    await page.getByText('اعتُمدت التعرفة').waitFor();
    await page.getByText('معتمدة', { exact: true }).waitFor();
    await look('tariff');
    await page.getByRole('button', { name: 'إيقاف العمل بها' }).click();
    await page.getByRole('dialog').getByLabel('السبب').fill('أُلغي القرار');
    await page.getByRole('dialog').getByRole('button', { name: 'تأكيد' }).click();
    await page.getByText('أُلغي القرار').waitFor();
  });

  it('has no serious finding of axe on any page, and none complained', () => {
    expect(findings).toEqual(Object.fromEntries(Object.keys(findings).map((name) => [name, []])));
    expect(counter.complaints()).toEqual([]);
  });
});
