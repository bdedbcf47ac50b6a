import { rmSync } from 'node:fs';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { OutboxMessage } from '@libs/outbox';
import { startCounter, type Counter } from '../support/counter';
import { editLines, makeExtract } from '../support/extract';

jest.setTimeout(60_000);

describe('the administration at the counter', () => {
  let counter: Counter;
  let page: Counter['page'];
  let extract: string;
  let whole: string[];

  beforeAll(async () => {
    extract = makeExtract(60);
    editLines(extract, 'services', (lines) => {
      whole = lines;
      return [...lines.slice(0, -1), lines.at(-2)!];
    });
    counter = await startCounter({ LEGACY_EXTRACT_DIR: extract });
    page = counter.page;
  }, 120_000);
  afterAll(async () => {
    await counter.close();
    rmSync(extract, { recursive: true, force: true });
  });

  const findings: Record<string, string[]> = {};
  const look = async (name: string) => {
    await counter.shots(name);
    findings[name] = await counter.findings();
  };
  const row = (text: string | RegExp) => page.getByRole('row').filter({ hasText: text });
  const section = (name: string) =>
    page.getByRole('navigation', { name: 'الإدارة' }).getByRole('link', { name }).click();
  const dialog = () => page.getByRole('dialog');
  const api = (method: string, path: string, body?: unknown, version?: number) =>
    counter.app.request(method, path, {
      as: 'administrator',
      body,
      headers: version === undefined ? {} : { 'if-match': `"${version}"` },
    });

  it('adds a user, by the keyboard alone', async () => {
    await counter.login('administrator');
    await page.keyboard.press('Alt+0');
    await page.getByRole('heading', { name: 'المستخدمون' }).waitFor();
    await row('cashier').waitFor();
    await look('admin-users');
    await page.keyboard.press('Alt+N');
    await dialog().getByLabel('اسم المستخدم').waitFor();
    await page.keyboard.type('r.kanaan');
    await page.keyboard.press('Tab');
    await page.keyboard.type('رائد كنعان');
    await page.keyboard.press('Enter');
    await page.keyboard.type('short');
    await page.keyboard.press('Enter');
    await dialog().getByText('أقصر مما يجب').waitFor();
    await look('admin-user-new');
    await dialog().getByRole('button', { name: 'اقترح كلمة' }).focus();
    await page.keyboard.press('Enter');
    await dialog().getByLabel('اسم المستخدم').focus();
    await page.keyboard.press('Enter');
    await row('r.kanaan').waitFor();
    expect((await api('GET', '/users?text=kanaan')).body.items).toMatchObject([
      { username: 'r.kanaan', role: 'clerk', state: 'ACTIVE' },
    ]);
  });

  it('shows what a colleague changed meanwhile, and keeps what was typed', async () => {
    const [user] = (await api('GET', '/users?text=kanaan')).body.items;
    await row('r.kanaan').getByRole('button', { name: 'تعديل' }).click();
    await dialog().getByLabel('الاسم').fill('رائد سمير كنعان');
    await api('PATCH', `/users/${user.id}`, { role: 'officer' }, user.version);
    await dialog().getByRole('button', { name: 'حفظ' }).click();
    const changed = page.getByRole('dialog', { name: 'تغيّر السجل أثناء عملك' });
    await changed.getByRole('row', { name: 'الدور موظف شباك مدقق' }).waitFor();
    await look('admin-user-stale');
    // Escape closes what lies above, not the form below it.
    await page.keyboard.press('Escape');
    await changed.waitFor({ state: 'detached' });
    expect(await dialog().getByLabel('الاسم').inputValue()).toBe('رائد سمير كنعان');
    await dialog().getByText('موقوف').click();
    await dialog().getByRole('button', { name: 'حفظ' }).click();
    await row('رائد سمير كنعان').getByText('موقوف').waitFor();
  });

  it('goes on from where a dialog was opened', async () => {
    const edit = row('رائد سمير كنعان').getByRole('button', { name: 'تعديل' });
    await edit.click();
    await dialog().getByLabel('الاسم').waitFor();
    await page.keyboard.press('Escape');
    await edit.and(page.locator(':focus')).waitFor();
  });

  it('sets a password and ends a lock', async () => {
    for (let failed = 0; failed < 5; failed++) {
      await counter.app.request('POST', '/auth/login', { body: { username: 'clerk2', password: 'not the password' } });
    }
    await page.getByLabel('ابحث بالاسم').fill('clerk2');
    await row('clerk2').getByText('مقفل مؤقتاً').waitFor();
    await row('clerk2').getByRole('button', { name: 'رفع القفل' }).click();
    await page.getByText('رُفع القفل').waitFor();
    await row('clerk2').getByText('مقفل مؤقتاً').waitFor({ state: 'detached' });
    await row('clerk2').getByRole('button', { name: 'كلمة المرور' }).click();
    await dialog().getByLabel('كلمة مرور جديدة').fill('bread and thyme');
    await dialog().getByRole('button', { name: 'تأكيد' }).click();
    await page.getByText('وُضعت كلمة المرور الجديدة').waitFor();
    const login = { body: { username: 'clerk2', password: 'bread and thyme' } };
    expect((await counter.app.request('POST', '/auth/login', login)).status).toBe(200);
  });

  it('tells what each role may do, and keeps the departments', async () => {
    await section('الأدوار والصلاحيات');
    await page.getByLabel('ابحث في الصلاحيات').fill('billing.payment.take');
    const cells = row('billing.payment.take').getByRole('img');
    await cells.first().waitFor();
    const told = await cells.evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label')));
    expect(told.filter((each) => each === 'مسموح')).toHaveLength(1);
    await page.getByLabel('ابحث في الصلاحيات').fill('');
    await look('admin-roles');
    await section('الدوائر');
    await page.getByRole('button', { name: 'دائرة جديدة' }).click();
    await dialog().getByLabel('الرمز').fill('roads');
    await dialog().getByLabel('الاسم بالعربية').fill('الطرق');
    await dialog().getByLabel('الاسم بالإنجليزية').fill('Roads');
    await dialog().getByRole('button', { name: 'حفظ' }).click();
    await row('ROADS').getByText('مفتوحة').waitFor();
    await row('ROADS').getByRole('button', { name: 'تعديل' }).click();
    await dialog().getByRole('switch', { name: 'مفتوحة' }).click();
    await dialog().getByRole('button', { name: 'حفظ' }).click();
    await row('ROADS').getByText('مغلقة').waitFor();
    await look('admin-departments');
  });

  it('starts an import and follows it to its refused lines', async () => {
    await section('استيراد الأنظمة القديمة');
    await page.getByText('لم يُستورد شيء بعد').waitFor();
    await look('admin-legacy-empty');
    await page.getByRole('button', { name: 'ابدأ استيراداً' }).click();
    await dialog().getByRole('button', { name: 'ابدأ استيراداً' }).click();
    await row('من الشاشة').getByText('مختلفة').waitFor({ timeout: 30_000 });
    editLines(extract, 'services', () => whole);
    await page.keyboard.press('Alt+N');
    await dialog().getByRole('button', { name: 'ابدأ استيراداً' }).click();
    await row('من الشاشة').filter({ hasText: 'تم' }).waitFor({ timeout: 30_000 });
    await look('admin-legacy');
    await row('مختلفة').getByRole('link').click();
    await page.getByText('100%').waitFor();
    await row('رقم مكرر: السطر المتأخر').last().waitFor();
    await look('admin-legacy-run');
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'ملف CSV' }).click();
    expect((await saving).suggestedFilename()).toMatch(/^rejects-\d+\.csv$/);
  });

  it('looks into a dead letter and tries it again', async () => {
    await section('المهام والرسائل العالقة');
    await page.getByText('لا رسائل متوقفة').waitFor();
    await look('admin-jobs-empty');
    const [store, uow, ids] = [Store, UnitOfWork, IdAllocator].map((part) => counter.app.app.get(part as never)) as [
      Store,
      UnitOfWork,
      IdAllocator,
    ];
    const at = counter.app.clock.now();
    await uow.run(async () =>
      store.insert(OutboxMessage, {
        ...{ id: await ids.one(), type: 'billing.proof', lane: 'BULK', state: 'DEAD', payload: {} },
        ...{
          availableAt: at,
          attempts: 5,
          postponed: 0,
          lockedBy: null,
          lockedUntil: null,
          doneAt: null,
          createdAt: at,
        },
        lastError: 'ConnectionError: the database went away\n    at Proofs.prove',
      }),
    );
    const states = page.getByRole('radiogroup');
    await states.getByText('تمت', { exact: true }).click();
    await states.getByText('متوقفة', { exact: true }).click();
    await row('billing.proof').getByRole('button', { name: 'التفاصيل' }).click();
    await dialog().getByText('the database went away').waitFor();
    await look('admin-jobs-message');
    await dialog().getByRole('button', { name: 'أعد المحاولة' }).click();
    await page.getByText('أُعيدت إلى الصف').waitFor();
    await page.getByText('لا رسائل متوقفة').waitFor();
  });

  it('searches the audit and saves what was found', async () => {
    await section('سجل التدقيق');
    await page.getByLabel('العمل').fill('identity.user.create');
    const found = row('identity.user.create');
    await found.getByRole('button').click();
    await page.getByText('"username": "r.kanaan"').waitFor();
    expect(await found.count()).toBe(1);
    await look('admin-audit');
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'ملف CSV' }).click();
    expect((await saving).suggestedFilename()).toBe('audit.csv');
    await page.getByLabel('العمل').fill('nothing.at-all');
    await page.getByText('لا شيء بهذه الصفات').waitFor();
  });

  it('closes a month, opens it again for a reason, and proves the books', async () => {
    await counter.login('supervisor');
    await page.keyboard.press('Alt+0');
    await section('الأشهر وبرهان الدفاتر');
    await row('10/2026').getByRole('button', { name: 'أغلق الشهر' }).click();
    await dialog().getByRole('button', { name: 'أغلق الشهر' }).click();
    await row('10/2026').getByText('مغلق').waitFor();
    await row('10/2026').getByRole('button', { name: 'أعد فتحه' }).click();
    await dialog().getByLabel('السبب').fill('كتاب المدقق رقم 12');
    await look('admin-month-reopen');
    await dialog().getByRole('button', { name: 'تأكيد' }).click();
    await row('10/2026').getByText('كتاب المدقق رقم 12').waitFor();
    await page.getByRole('button', { name: 'برهن الآن' }).click();
    await row('صحيحة').first().waitFor({ timeout: 30_000 });
    await look('admin-months');
  });

  it('shows the same in English, and a failure with a way on', async () => {
    await counter.login('administrator', 'en');
    await page.getByRole('link', { name: 'Administration' }).click();
    await page.getByRole('heading', { name: 'Users' }).waitFor();
    await row('supervisor').first().waitFor();
    await look('admin-users-en');
    await page.route('**/api/v1/departments*', (route) => route.abort());
    await page.getByRole('link', { name: 'Departments' }).click();
    await page.getByText('The server cannot be reached').waitFor({ timeout: 20_000 });
    await look('admin-offline-en');
    await page.unroute('**/api/v1/departments*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await row('ROADS').getByText('Closed').waitFor();
    for (const [name, shown] of [
      ['Roles and permissions', 'billing.account.read'],
      ['Imports of the old systems', 'From the screen'],
      ['Jobs and dead letters', 'Nothing has stopped'],
      ['Months and proof', 'Hold'],
      ['Audit', 'identity.login'],
    ] as const) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByText(shown).first().waitFor();
      await look(`admin-${name}-en`);
    }
  });

  it('is not for a clerk', async () => {
    await counter.login('clerk');
    expect(await page.getByRole('link', { name: 'الإدارة' }).count()).toBe(0);
    await page.goto(`${counter.url}/admin/users`);
    await page.getByText('ليست من صلاحياتك').waitFor();
  });

  it('has no serious finding of axe on any page, and none complained', () => {
    expect(findings).toEqual(Object.fromEntries(Object.keys(findings).map((name) => [name, []])));
    expect(counter.complaints().filter((text) => !text.includes('ERR_FAILED'))).toEqual([]);
  });
});
