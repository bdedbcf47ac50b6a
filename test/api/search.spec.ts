import { Store, UnitOfWork } from '@libs/persistence';
import { CitizenSearch } from '../../src/citizens';
import { CitizenName, SearchLogEntry } from '../../src/citizens/search/search.entities';
import { LegacyCitizen, LegacyMirror } from '../../src/legacy';
import { startTestApp, type TestApp } from '../support/app';
import { mirrorRows, type MirrorRow } from '../support/mirror-rows';
import { seedRecord } from '../support/records';

/** Invented; the valid IDs are valid by construction. */
const ROWS = {
  zuhair: ['زهير  طــارق سليمان الشكعة', 'هوية', '400000006', '0599000001'],
  zuhairShort: ['زهير طارق الشكعة', 'غير معروف', '', '+970599000001'],
  zuhairEight: ['زهير شكعه', 'هوية', '40000000'],
  zuhairTypo: ['زهر طارق سليمان الشكعة'],
  zuhairSwapped: ['الشكعة زهير طارق سليمان'],
  namesake: ['زهير طارق سليمان الشكعة', 'هوية', '900000001'],
  wife: ['رولا محمود جيطان', 'هوية', '800000002', '0599000001'],
  joint: ['زهير طارق الشكعة وشركاه', 'سجل تجاري', '562901743'],
  second: ['جمانة النابلسي وزهير الشكعة', 'هوية', '700000003'],
  heirs: ['ورثة عبد الرحمن أبو ليل', 'هوية', '000000000'],
  abu: ['عبدالرحمن ابوليل', 'جواز سفر', 'P614331'],
  latin: ['NABLUS TRADING CO.', 'سجل تجاري', '562901744'],
  percent: ['محمد [المصري] %_'],
} satisfies Record<string, MirrorRow>;
type RowName = keyof typeof ROWS;

describe('search of the register', () => {
  let app: TestApp;
  let ids: Record<RowName, number>;

  beforeAll(async () => {
    app = await startTestApp();
    const { runId } = await seedRecord(app, [
      {
        name: 'محمد احمد النابلسي',
        services: [
          {
            movements: [
              ['JOD', 35_250, 250],
              ['ILS', 0, 500],
            ],
          },
        ],
      },
    ]);
    ids = await mirrorRows(app, runId, ROWS);
    await app.app.get(CitizenSearch, { strict: false }).rebuild();
  });
  afterAll(() => app.close());

  const rename = async (id: number, rawName: string) => {
    await app.app.get(Store).update(LegacyCitizen, { id }, { rawName });
    await app.app.get(LegacyMirror, { strict: false }).announce([{ id, rawName }]);
  };
  const search = (text: string, { as = 'clerk', limit = 20, purpose = 'COUNTER_SERVICE' } = {}) =>
    app.request('POST', '/citizens/search', { as, body: { text, purpose, limit } });
  const found = async (text: string): Promise<string[]> => {
    const { status, body } = await search(text);
    expect(status).toBe(200);
    const names = Object.keys(ids) as RowName[];
    return body.items.map(
      (item: { citizenId: number }) => names.find((name) => ids[name] === item.citizenId) ?? 'other',
    );
  };

  it('finds a person by name with parts missing, in any order, with one letter wrong', async () => {
    for (const text of [
      'زهير طارق سليمان الشكعة',
      'الشكعه زهير',
      'زهير سليمان شكعة',
      'زهير الشكعة',
      'م. زهير طـارق الشكعة',
    ]) {
      const rows = await found(text);
      expect(rows).toEqual(
        expect.arrayContaining([
          'zuhair',
          'zuhairShort',
          'zuhairEight',
          'zuhairTypo',
          'zuhairSwapped',
          'joint',
          'second',
        ]),
      );
    }
    expect((await found('زهيير الشكعة'))[0]).toMatch(/^zuhair|namesake/);
    expect(await found('عبد الرحمن أبو ليل')).toEqual(expect.arrayContaining(['heirs', 'abu']));
    expect(await found('nablus trading')).toEqual(['latin']);
    expect(await found('Zuhair Tareq Shakaa')).toEqual(expect.arrayContaining(['zuhair', 'zuhairShort']));
  });

  it('ranks the whole name before its parts, and says why in both languages', async () => {
    const rows = await found('زهير طارق سليمان الشكعة');
    expect(rows.slice(0, 2).sort()).toEqual(['namesake', 'zuhair']);
    const { body } = await search('زهير طارق سليمان الشكعة');
    const typo = body.items.find((item: { citizenId: number }) => item.citizenId === ids.zuhairTypo);
    expect(typo.why[0]).toEqual({ ar: 'الاسم الأول يختلف بحرف', en: 'given name differs by one letter' });
    expect(body.items.every((item: { why: unknown[] }) => item.why.length > 0)).toBe(true);
    expect(body.total).toBe(body.items.length);
  });

  it.each([
    ['400000006', ['zuhair', 'zuhairEight']],
    ['٤٠٠٠٠٠٠٠٦', ['zuhair', 'zuhairEight']],
    ['4-0000000-6', ['zuhair', 'zuhairEight']],
    ['40000000', ['zuhair', 'zuhairEight']],
    ['P614331', ['abu']],
    ['562901743', ['joint']],
    ['0599000001', ['wife', 'zuhair', 'zuhairShort']],
    ['+970 59 900 0001', ['wife', 'zuhair', 'zuhairShort']],
  ])('finds by the number %s', async (text, rows) => {
    expect((await found(text)).sort()).toEqual(rows);
  });

  it('finds by citizen number and by service number', async () => {
    expect(await found(`C${ids.latin}`)).toEqual(['latin']);
    const [service] = await app.app.get(Store).sql<{ srv_no: string }>('SELECT "srv_no" FROM "legacy_services"');
    expect(await found(service!.srv_no)).toEqual(['other']);
  });

  it('puts an ID before a name and never offers another valid ID', async () => {
    const rows = await found('زهير طارق سليمان الشكعة 400000006');
    expect(rows.slice(0, 2).sort()).toEqual(['zuhair', 'zuhairEight']);
    expect(rows).toContain('zuhairShort');
    expect(rows).not.toContain('namesake');
    expect(rows).toContain('second');
    expect((await found('رولا جيطان 400000006'))[0]).toMatch(/^zuhair/);
  });

  it('finds nothing for what is nobody, and takes any text as text', async () => {
    for (const text of ['ققققق', '...', '%', '[', "' OR 1=1 --", '\u200f\u200f؟', '123456789012345678']) {
      expect(await found(text)).toEqual([]);
    }
    expect(await found('[المصري] %')).toEqual(['percent']);
  });

  it('masks numbers, strips bidi controls, flags joint rows and names the OneRecord', async () => {
    const { body } = await search('زهير الشكعة');
    const of = (name: RowName) => body.items.find((item: { citizenId: number }) => item.citizenId === ids[name]);
    expect(of('zuhair')).toMatchObject({
      docNo: '*****0006',
      phone: '+970*****0001',
      docType: 'هوية',
      joint: false,
      vanished: false,
      services: 0,
      oneRecord: null,
    });
    expect(of('joint').joint).toBe(true);
    const held = (await search('محمد احمد النابلسي')).body.items[0];
    expect(held).toMatchObject({ services: 1, oneRecord: { state: 'APPROVED', relation: 'SAME_PERSON' } });
  });

  it('refuses what is no search, and those who may not', async () => {
    const bad = [{}, { text: 'x' }, { text: '', purpose: 'LINKING' }, { text: 'x', purpose: 'FUN' }];
    const more = [
      { text: 'ا'.repeat(201), purpose: 'LINKING' },
      { text: 'x', purpose: 'LINKING', limit: 51 },
    ];
    for (const body of [...bad, ...more]) {
      expect((await app.request('POST', '/citizens/search', { as: 'clerk', body })).body.code).toBe('http.invalid');
    }
    expect((await search('زهير', { as: 'administrator' })).status).toBe(403);
    expect((await app.request('POST', '/citizens/search', { body: {} })).status).toBe(401);
  });

  it('logs each search with its purpose; auditors alone read the log', async () => {
    await search('زهـير الشكعة ٤٠٠٠٠٠٠٠٦', { purpose: 'COMPLAINT' });
    const { body } = await app.request('GET', '/citizens/search-log?purpose=COMPLAINT', { as: 'auditor' });
    expect(body.items[0]).toMatchObject({
      purpose: 'COMPLAINT',
      kind: 'BOTH',
      question: 'زهير الشكعه 400000006',
      user: 'سناء كنعان',
    });
    expect(body.items[0].hits).toBeGreaterThan(1);
    const { userId } = body.items[0];
    expect((await app.request('GET', `/citizens/search-log?userId=${userId + 1}`, { as: 'auditor' })).body.total).toBe(
      0,
    );
    for (const as of ['clerk', 'supervisor', 'administrator']) {
      expect((await app.request('GET', '/citizens/search-log', { as })).status).toBe(403);
    }
    expect(await app.app.get(Store).reads(SearchLogEntry).countBy({ purpose: 'COMPLAINT' })).toBe(1);
  });

  it('shows a row in full, with its services and balances in each currency', async () => {
    const { body } = await app.request('GET', `/citizens/rows/${ids.zuhair}`, { as: 'officer' });
    expect(body).toMatchObject({
      rawName: 'زهير  طــارق سليمان الشكعة',
      normalizedName: 'زهير طارق سليمان الشكعه',
      documentKey: 'national-id:400000006',
      validId: true,
      phoneE164: '+970599000001',
      services: [],
      oneRecord: null,
    });
    const audited = await app.request('GET', '/audit?action=citizens.row.viewed', { as: 'auditor' });
    expect(audited.body.items[0]).toMatchObject({ actor: 'officer', detail: { citizenId: ids.zuhair } });
    const held = (await search('محمد احمد النابلسي')).body.items[0].citizenId;
    const { body: row } = await app.request('GET', `/citizens/rows/${held}`, { as: 'clerk' });
    expect(row.oneRecord.relation).toBe('SAME_PERSON');
    expect(row.services[0].balances).toEqual([
      { currency: 'ILS', balance: '-500' },
      { currency: 'JOD', balance: '35000' },
    ]);
    for (const path of ['/citizens/rows/1', '/citizens/rows/1/related']) {
      expect((await app.request('GET', path, { as: 'clerk' })).status).toBe(404);
    }
    expect((await app.request('GET', `/citizens/rows/${held}`, { as: 'administrator' })).status).toBe(403);
    for (const as of ['cashier', 'integration']) {
      const { raw, body: masked } = await app.request('GET', `/citizens/rows/${ids.zuhair}`, { as });
      expect(masked).toMatchObject({ rawDocNo: '*****0006', documentKey: null, phoneE164: null, validId: true });
      expect(raw.toString()).not.toMatch(/400000006|599000001/);
    }
    expect((await app.request('GET', '/citizens/rows/x', { as: 'clerk' })).status).toBe(422);
  });

  it('lists related rows: same document, same phone, similar name, and who only shares a phone', async () => {
    const { body } = await app.request('GET', `/citizens/rows/${ids.zuhair}/related`, { as: 'clerk' });
    const order = body.items.map((item: { citizenId: number }) => item.citizenId);
    expect(order[0]).toBe(ids.zuhairEight);
    expect(order).toEqual(expect.arrayContaining([ids.zuhairShort, ids.zuhairTypo, ids.joint]));
    expect(order).not.toContain(ids.zuhair);
    expect(order).not.toContain(ids.namesake);
    const wife = body.items.find((item: { citizenId: number }) => item.citizenId === ids.wife);
    expect(wife.why[0].en).toContain('another person');
    expect(wife.score).toBeLessThan(0.3);
  });

  it('follows a changed name, and builds its index again', async () => {
    const uow = app.app.get(UnitOfWork);
    await uow.run(() => rename(ids.percent, 'صفوان الدويك'));
    expect(await found('صفوان الدويك')).toEqual(['percent']);
    expect(await found('محمد المصري')).not.toContain('percent');
    const store = app.app.get(Store);
    const index = async () => [
      await store.sql(
        `SELECT n."citizen_id", f."name" FROM "citizen_names" n JOIN "name_forms" f ON f."id" = n."form_id"
         ORDER BY n."citizen_id", f."name"`,
      ),
      await store.sql(
        `SELECT k."form_key", f."name" FROM "name_form_keys" k JOIN "name_forms" f ON f."id" = k."form_id"
         ORDER BY k."form_key", f."name"`,
      ),
    ];
    await app.app.get(CitizenSearch, { strict: false }).rebuild();
    const before = await index();
    await uow.run(() => store.remove(CitizenName, { citizenId: ids.zuhair }));
    expect(await index()).not.toEqual(before);
    expect(await app.app.get(CitizenSearch, { strict: false }).rebuild()).toBe(Object.keys(ROWS).length + 1);
    expect(await index()).toEqual(before);
  });

  it('forgets words of a unit that was rolled back', async () => {
    const uow = app.app.get(UnitOfWork);
    const failing = uow.run(async () => {
      await rename(ids.latin, 'غزوان الصيرفي');
      throw new Error('the import stops here');
    });
    await expect(failing).rejects.toThrow('the import stops here');
    expect(await found('غزوان')).toEqual([]);
    await uow.run(() => rename(ids.latin, 'غزوان الصيرفي'));
    expect(await found('غزوان')).toEqual(['latin']);
  });
});
