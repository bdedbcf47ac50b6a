import type { TestApp } from '../support/app';
import { startCounter, type Counter } from '../support/counter';
import { seedRecord } from '../support/records';

const REASON = 'الاسم والعنوان واحد';

jest.setTimeout(60_000);

describe('records that are one person, and one that is two', () => {
  let app: TestApp;
  let counter: Counter;
  let page: Counter['page'];
  let survivor: { id: number; number: string };
  let other: { id: number; number: string };

  beforeAll(async () => {
    counter = await startCounter();
    ({ app, page } = counter);
    await page.clock.setFixedTime(app.clock.now());
    const owed = { services: [{ movements: [['ILS', 12_550, 0]] as [string, number, number][] }] };
    survivor = await record([
      { name: 'محمد احمد النابلسي' },
      { name: 'محمد أحمد خليل', ...owed },
      { name: 'محمد خليل' },
    ]);
    other = await record([{ name: 'محمد نابلسي' }], {
      ...{ documentType: null, documentNumber: null, documentKey: null, phoneE164: null },
      nameParts: { given: 'محمد', father: 'خليل', family: 'نابلسي' },
    });
  }, 60_000);
  afterAll(() => counter.close());

  async function record(...seed: [Parameters<typeof seedRecord>[1], Parameters<typeof seedRecord>[2]?]) {
    const { id } = await seedRecord(app, ...seed);
    return { id, number: (await seen(id)).number as string };
  }
  const seen = async (id: number, follow = true) =>
    (await app.request('GET', `/one-records/${id}?follow=${follow}`, { as: 'auditor' })).body;
  const dialog = () => page.getByRole('dialog');
  const open = async (id: number) => {
    await page.goto(`${counter.url}/records/${id}`);
    await page.getByRole('tab', { name: 'الحركات' }).waitFor();
  };
  const give = async (reason: string, button = 'تأكيد') => {
    await dialog().getByLabel('السبب').fill(reason);
    await dialog().getByRole('button', { name: button }).click();
  };
  const look = (name: string) => counter.look(name);

  it('a row is unlinked by a checker on the version that was seen, and on the next after a change meanwhile', async () => {
    await counter.login('clerk');
    await open(survivor.id);
    await page.getByRole('tab', { name: 'المواطنون المرتبطون' }).click();
    await page.getByRole('cell', { name: 'محمد خليل' }).waitFor();
    expect(await page.getByRole('button', { name: 'فك الربط' }).count()).toBe(0);
    await counter.login('officer');
    await open(survivor.id);
    await page.getByRole('tab', { name: 'المواطنون المرتبطون' }).click();
    await page.getByRole('row', { name: 'محمد خليل' }).getByRole('button', { name: 'فك الربط' }).click();
    const { links, version } = await seen(survivor.id);
    const path = `/one-records/${survivor.id}/links/${links[1].legacyCitizenId}/unlink`;
    const meanwhile = { as: 'officer2', body: { reason: 'شخص آخر' }, headers: { 'If-Match': `"${version}"` } };
    expect((await app.request('POST', path, meanwhile)).status).toBe(200);
    await give('أخوه');
    await page.getByRole('dialog', { name: 'تغيّر السجل أثناء عملك' }).getByText('الشخص نفسه').waitFor();
    await look('unlink-stale');
    await page.getByRole('button', { name: 'تابع على النسخة الجديدة' }).click();
    await page.getByRole('dialog', { name: 'تغيّر السجل أثناء عملك' }).waitFor({ state: 'detached' });
    expect(await dialog().getByLabel('السبب').inputValue()).toBe('أخوه');
    await dialog().getByRole('button', { name: 'تأكيد' }).click();
    await page.getByText('فُك الربط').waitFor();
    expect((await seen(survivor.id)).links).toHaveLength(1);
  });

  it('another record is found by its number, compared, merged, and taken apart again', async () => {
    // Neither of those who changed its rows.
    await counter.login('supervisor');
    await open(survivor.id);
    await page.getByRole('button', { name: 'إجراءات أخرى' }).click();
    await page.getByRole('menuitem', { name: 'دمج سجل آخر في هذا' }).click();
    const find = page.getByRole('textbox', { name: 'السجل الآخر' });
    await find.fill(other.number);
    await page.getByRole('option').getByText('محمد خليل نابلسي').waitFor();
    await find.press('Enter');
    await dialog().getByText('الآخر: يُدمج فيه').waitFor();
    await dialog().getByRole('cell', { name: 'محمد خليل نابلسي' }).waitFor();
    await look('merge');
    await give(REASON);
    await dialog().waitFor({ state: 'detached' });
    expect(await seen(other.id, false)).toMatchObject({ state: 'MERGED_INTO', mergedIntoId: survivor.id });
    await open(other.id);
    await page.getByText('السجل الذي طلبته دُمج في هذا السجل').waitFor();
    await page.getByRole('tab', { name: 'الحركات' }).click();
    await page.getByRole('button', { name: 'إلغاء الدمج' }).click();
    await dialog().getByText('يعود السجلان كما كانا').waitFor();
    await look('unmerge');
    await give('شخصان');
    await dialog().waitFor({ state: 'detached' });
    expect(await seen(other.id)).toMatchObject({ id: other.id, state: 'APPROVED' });
  });

  it('some rows leave for a draft of their own, which opens', async () => {
    const { id } = await record([{ name: 'خالد' }, { name: 'خالد سعيد' }, { name: 'خالد سعيد ناصر' }], {
      ...{ documentType: null, documentNumber: null, documentKey: null },
    });
    await open(id);
    await page.getByRole('tab', { name: 'المواطنون المرتبطون' }).click();
    await page.getByRole('button', { name: 'فصل في سجل جديد' }).click();
    for (const name of ['خالد سعيد', 'خالد سعيد ناصر']) {
      await dialog()
        .getByRole('checkbox', { name: new RegExp(`^${name} \\d`) })
        .check();
    }
    await dialog()
      .getByRole('radio', { name: /^خالد سعيد ناصر/ })
      .check();
    await look('split');
    await give('أب وابنه');
    await page.getByText('خرجت السجلات إلى المسودة').waitFor();
    await page.getByRole('button', { name: 'أرسل للاعتماد' }).waitFor();
    const created = await seen(Number(page.url().split('/').at(-1)));
    expect(created.state).toBe('DRAFT');
    expect(created.links.map(({ rawName, approved }: any) => [rawName, approved])).toEqual([
      ['خالد سعيد', false],
      ['خالد سعيد ناصر', true],
    ]);
    expect(counter.complaints()).toEqual([]);
  });
});
