import { IdAllocator, UnitOfWork } from '@libs/persistence';
import { Reading } from '../../src/water/readings/reading.entity';
import type { TestApp } from '../support/app';
import { startCounter, type Counter } from '../support/counter';
import { seedRecord } from '../support/records';
import { waterWorks, type WaterWorks } from '../support/water-works';

/** A white dot. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
);

jest.setTimeout(60_000);

describe('the water desk', () => {
  let app: TestApp;
  let works: WaterWorks;
  let counter: Counter;
  let page: Counter['page'];
  let subscription: Awaited<ReturnType<WaterWorks['subscription']>>;

  beforeAll(async () => {
    counter = await startCounter();
    ({ app, page } = counter);
    await page.clock.setFixedTime(app.clock.now());
    works = waterWorks(app);
    const { id: oneRecordId } = await seedRecord(app, []);
    const { routeId } = await works.walk('R26');
    const place = { routeId, sequence: 369, openedOn: '2024-01-01', installedOn: '2024-01-01' };
    subscription = await works.subscription({ oneRecordId, serial: 'Z2409234', ...place });
    await twoYears();
  }, 60_000);
  afterAll(() => counter.close());

  const go = (path: string) => page.goto(`${counter.url}${path}`);
  const row = (text: string) => page.getByRole('row').filter({ hasText: text });

  /** 22 months of readings up to October 2026. */
  async function twoYears(): Promise<void> {
    const ids = app.app.get(IdAllocator);
    await app.app.get(UnitOfWork).run(async () => {
      let value = 0;
      for (let month = 0; month < 22; month++) {
        const consumption = 14 + ((month * 7) % 11);
        value += consumption;
        const period = `${month < 12 ? 2025 : 2026}-${String((month % 12) + 1).padStart(2, '0')}`;
        const read = { period, readOn: `${period}-25`, value, consumption, state: 'VALID' as const };
        await works.store.insert(Reading, {
          ...{ id: await ids.one(), version: 1, subscriptionId: subscription.id, ...read },
          ...{ installationId: subscription.installationId, standingInstallationId: subscription.installationId },
          ...{ source: 'FIELD', noAccess: null, anomalies: [], reader: '12', clientKey: null, note: null },
          ...{ capturedAt: app.clock.now(), receivedAt: app.clock.now(), recordedBy: null, decidedBy: null },
          ...{ decidedAt: null, legacyReadingId: null },
        });
      }
    });
  }

  it('finds a subscription by its meter, shows two years, and judges a reading at once', async () => {
    await counter.login('clerk');
    await go('/water');
    const find = page.getByRole('textbox', { name: 'ابحث عن اشتراك' });
    await find.fill('Z2409');
    await page.getByRole('option').filter({ hasText: 'محمد أحمد خليل النابلسي' }).waitFor();
    await counter.shots('water-found');
    expect(await counter.findings()).toEqual([]);
    await find.press('Enter');
    await page.getByRole('heading', { name: /الاشتراك/ }).waitFor();
    await page.locator('.recharts-bar-rectangle').first().waitFor();
    expect(await page.getByRole('row').count()).toBe(23);
    await counter.shots('water-subscription');
    expect(await counter.findings()).toEqual([]);
    await page.keyboard.press('F4');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('صورة', { exact: true }).click();
    await dialog.locator('input[type=file]').setInputFiles({ name: 'z.png', mimeType: 'image/png', buffer: PNG });
    await dialog.getByText('أُرفقت صورة').waitFor();
    const value = dialog.getByLabel(/^القراءة/);
    await value.fill('٩٩٩');
    await value.press('Enter');
    await page.getByRole('dialog').getByText('مشكوك فيها').waitFor();
    await page.getByRole('dialog').getByText('مرتفعة').waitFor();
    await counter.shots('water-judged');
    expect(await counter.findings()).toEqual([]);
    await page.keyboard.press('Enter');
    await row('2026-11').getByText('مشكوك فيها').waitFor();
    expect(counter.complaints()).toEqual([]);
  });

  it('decides a suspect, and says what a colleague did meanwhile', async () => {
    await counter.login('officer', 'en');
    await go('/water/suspects');
    await row('999').getByText('High').waitFor();
    await counter.shots('water-suspects');
    expect(await counter.findings()).toEqual([]);
    await row('999')
      .getByRole('button', { name: /^Photos/ })
      .click();
    await page.getByRole('dialog').locator('img').waitFor();
    await page.keyboard.press('Escape');
    await row('999').getByRole('button', { name: 'Confirm' }).click();
    await page.getByLabel('Reason').fill('the citizen filled a pool');
    const { body } = await works.get('/readings?state=SUSPECT');
    const [{ id, version }] = body.items;
    await works.post(`/readings/${id}/reject`, { reason: 'مصورة' }, { version });
    await page.getByRole('button', { name: 'Confirm' }).last().click();
    await page.getByRole('alert').getByText('The state of the reading does not allow it').waitFor();
    await page.getByText('No reading waits for a decision').waitFor();
    expect(await counter.findings()).toEqual([]);
    expect(await page.getByLabel('Reason').inputValue()).toBe('the citizen filled a pool');
  });

  it('takes photos of a reading from the list, and says what is none', async () => {
    await counter.login('clerk');
    await go(`/water/subscriptions/${subscription.id}`);
    await page.getByRole('button', { name: /قراءة دورة .?2026-10/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('لا صور بعد').waitFor();
    const file = dialog.locator('input[type=file]');
    await file.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(1_200_000) });
    await dialog.getByText('هذا الملف ليس صورة تُقرأ').waitFor();
    await counter.shots('water-photo-wrong');
    expect(await counter.findings()).toEqual([]);
    await file.setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await dialog.getByText('الملف ليس صورة JPEG أو PNG').waitFor();
    await file.setInputFiles({ name: 'z.png', mimeType: 'image/png', buffer: PNG });
    await dialog.locator('img').waitFor();
    await page.keyboard.press('Escape');
    await row('2026-10').getByText('صور').waitFor();
    expect((await works.get('/readings?period=2026-10')).body.items).toMatchObject([{ photos: 1 }]);
  });

  it('takes a request from the counter to its last step, each by who may', async () => {
    await counter.login('clerk');
    await go(`/water/subscriptions/${subscription.id}`);
    await page.getByRole('heading', { name: /الاشتراك/ }).waitFor();
    await page.keyboard.press('F6');
    await page.getByRole('radio', { name: 'تغيير فئة' }).check();
    await page.getByText('محمد أحمد خليل النابلسي').last().waitFor();
    await page.getByRole('combobox', { name: 'الفئة' }).click();
    await page.getByRole('option', { name: 'تجاري' }).click();
    await page.getByRole('checkbox', { name: 'صورة الهوية' }).check();
    await counter.shots('water-new-request');
    expect(await counter.findings()).toEqual([]);
    await page.keyboard.press('F9');
    await page.getByRole('heading', { name: /WR-/ }).waitFor();
    await counter.login('officer');
    await go('/water/requests');
    await page.getByRole('link', { name: /WR-/ }).click();
    await page.getByRole('checkbox', { name: 'رخصة المهنة' }).check();
    await counter.shots('water-request');
    expect(await counter.findings()).toEqual([]);
    for (const step of ['الوثائق مكتملة', 'تم الكشف', 'نُفذ']) {
      await page.getByRole('button', { name: step, exact: true }).click();
      await page.getByRole('button', { name: step, exact: true }).waitFor({ state: 'detached' });
    }
    expect(await works.now(subscription.id)).toMatchObject({ waterClass: 'COMMERCIAL' });
    await go('/water/orders');
    await page.getByText('لا أوامر').waitFor();
    expect(await counter.findings()).toEqual([]);
    expect(counter.complaints()).toEqual([]);
  });

  it('finds a holder by name and says when there is no subscription', async () => {
    await counter.login('clerk', 'en');
    await go('/water');
    await page.getByRole('textbox', { name: 'Find a subscription' }).fill('W999999');
    await page.getByText('No subscription has this number or name').waitFor();
    await go(`/water/subscriptions/${subscription.id}`);
    await page.getByRole('tab', { name: 'Bills' }).click();
    await page.getByText('No bills yet').waitFor();
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.getByRole('link', { name: /WR-/ }).waitFor();
    await counter.shots('water-tabs');
  });
});
