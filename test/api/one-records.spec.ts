import { addLegacyRows, nationalId, oneRecordFlow, pngOf } from '../support/one-records';
import { startTestApp, type TestApp } from '../support/app';

describe('one-records: from rows to an approved record', () => {
  let app: TestApp;
  let flow: ReturnType<typeof oneRecordFlow>;
  let seed = 100;
  beforeAll(async () => {
    app = await startTestApp();
    flow = oneRecordFlow(app);
  });
  afterAll(() => app.close());

  const freshId = () => nationalId(seed++);
  const row = async (name = 'خالد محمود النابلسي', docNo = '') =>
    (await addLegacyRows(app, [{ name, docNo, docType: docNo && 'هوية' }]))[0]!;
  const open = (body: unknown, as = 'clerk') => app.request('POST', '/one-records', { as, body });

  it.each(['', '*', 'abc', '"1', '1"', '"1", "2"', '-1', '"1.0"', '2147483648'])(
    'changes nothing on the version %p, which nobody read',
    async (version) => {
      const legacyCitizenId = await row();
      const { body } = await open({
        partyType: 'INDIVIDUAL',
        rows: [{ legacyCitizenId, relation: 'SAME_PERSON', approved: true }],
      });
      const path = `/one-records/${body.id}/revoke`;
      const revoke = { as: 'clerk', body: { reason: 'فُتح بالخطأ' } };
      const refused = await app.request('POST', path, { ...revoke, headers: { 'if-match': version } });
      expect([refused.status, refused.body.code]).toEqual([412, 'http.stale']);
      expect((await app.request('POST', path, revoke)).body.code).toBe('http.version-required');
      expect((await app.request('POST', path, { ...revoke, headers: { 'if-match': 'W/"1"' } })).status).toBe(200);
    },
  );

  it('takes a person from the rows of three systems to approval, a numbered transaction a step', async () => {
    const id = freshId();
    const [one, two, joint] = (await addLegacyRows(app, [
      {
        name: 'خالد محمود النابلسي',
        docType: 'هوية',
        docNo: id,
        phone: '0599123456',
        owes: [{ currency: 'ILS', amount: 12_550 }],
      },
      {
        name: 'خالد م سعيد النابلسي',
        owes: [
          { currency: 'JOD', amount: 7_000 },
          { currency: 'ILS', amount: 100 },
        ],
      },
      { name: 'خالد النابلسي وشركاه' },
    ])) as [number, number, number];
    const created = await open({
      partyType: 'INDIVIDUAL',
      rows: [
        { legacyCitizenId: one, relation: 'SAME_PERSON', approved: true },
        { legacyCitizenId: two, relation: 'SAME_PERSON' },
        { legacyCitizenId: joint, relation: 'CO_OWNER', shareHundredths: 5000 },
      ],
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ state: 'DRAFT', version: 1, approvedName: null });
    expect(created.body.number).toMatch(/^2026-\d{6}$/);
    expect(created.body.links).toMatchObject([
      { legacyCitizenId: one, approved: true, joint: false, maskedDocument: `*****${id.slice(-4)}` },
      { legacyCitizenId: two, approved: false, maskedDocument: null },
      { legacyCitizenId: joint, relation: 'CO_OWNER', shareHundredths: 5000, joint: true },
    ]);

    let record = await flow.done(flow.act('clerk', created.body, 'evidence', pngOf('flow')));
    const more = {
      latinName: { given: 'Khaled', father: 'Mahmoud', grandfather: 'Saeed', family: 'Nabulsi' },
      phone: '٠٥٩٩-١٢٣٤٥٦',
      email: 'khaled@example.com',
      bornOn: '1980-02-14',
      evidenceId: record.evidence[0].id,
    };
    record = await flow.done(flow.identify('clerk', record, id, more));
    expect(record).toMatchObject({
      approvedName: 'خالد محمود سعيد النابلسي',
      approvedLatinName: 'Khaled Mahmoud Saeed Nabulsi',
      documentNumber: id,
      phone: '+970599123456',
      phoneVerifiedAt: null,
    });
    record = await flow.done(flow.act('clerk', record, 'submit'));
    expect(record.state).toBe('PENDING_APPROVAL');
    const queue = await app.request('GET', '/one-records?state=PENDING_APPROVAL&partyType=INDIVIDUAL', {
      as: 'officer',
    });
    expect(queue.body.items).toMatchObject([{ id: record.id, maskedDocument: `*****${id.slice(-4)}` }]);
    expect(queue.body.items[0]).not.toHaveProperty('documentNumber');
    record = await flow.done(flow.act('officer', record, 'approve'));
    expect(record).toMatchObject({ state: 'APPROVED', version: 5, approvedAt: app.clock.now() });

    const log = await app.request('GET', `/one-records/${record.id}/transactions`, { as: 'auditor' });
    const actions = log.body.items.map(({ action }: { action: string }) => action);
    expect(actions).toEqual(['APPROVE', 'SUBMIT', 'IDENTIFY', 'ATTACH_EVIDENCE', 'CREATE']);
    expect(log.body.items[0]).toMatchObject({
      before: { state: 'PENDING_APPROVAL' },
      after: { state: 'APPROVED' },
      employeeName: 'ماهر دويكات',
    });
    expect(log.body.items[2].evidence).toBe(record.evidence[0].sha256);
    expect(log.body.items[4]).toMatchObject({ before: null, after: { state: 'DRAFT' } });

    const rows = await app.request('GET', `/one-records/${record.id}/rows`, { as: 'cashier' });
    expect(rows.status).toBe(200);
    expect(rows.body[0]).toMatchObject({
      maskedPhone: '+970*****3456',
      services: [{ type: 'مياه', balances: [{ currency: 'ILS', balance: '12550' }] }],
    });
    expect(rows.body[1].services).toHaveLength(2);
    const byNumber = await app.request('GET', `/one-records/by-number/${record.number}`, { as: 'clerk' });
    expect(byNumber.body.id).toBe(record.id);
    const start = await app.request('GET', `/one-records?number=${record.number.slice(0, 10)}`, { as: 'clerk' });
    expect(start.body.items.map((each: { id: number }) => each.id)).toContain(record.id);
    const scan = await app.request('GET', `/one-records/${record.id}/evidence/${more.evidenceId}`, { as: 'officer' });
    expect(scan.body).toMatchObject({ base64: pngOf('flow').base64, contentType: 'image/png' });
  });

  it('shows documents and phones in full only to those who may see them, and audits each look', async () => {
    const id = freshId();
    const record = await flow.approved([await row()], id, { phone: '0569000111', email: 'a@example.com' });
    const cashier = await app.request('GET', `/one-records/${record.id}`, { as: 'cashier' });
    expect(cashier.body).toMatchObject({
      documentNumber: null,
      maskedDocument: `*****${id.slice(-4)}`,
      phone: '+970*****0111',
    });
    expect(JSON.stringify(cashier.body)).not.toContain(id);
    const audit = await app.request('GET', '/audit?action=citizens.one-record.viewed', { as: 'auditor' });
    expect(audit.body.items[0]).toMatchObject({
      actor: 'cashier',
      detail: { id: record.id, number: record.number },
    });
  });

  describe('choosing rows', () => {
    it.each([
      ['none approved', [{ relation: 'SAME_PERSON' }]],
      ['an approved row that is a partner', [{ relation: 'PARTNER', approved: true }]],
      [
        'two approved',
        [
          { relation: 'SAME_PERSON', approved: true },
          { relation: 'SAME_PERSON', approved: true },
        ],
      ],
    ])('refuses %s', async (_, kinds) => {
      const rows = [];
      for (const kind of kinds) rows.push({ ...kind, legacyCitizenId: await row() });
      const { status, body } = await open({ partyType: 'INDIVIDUAL', rows });
      expect([status, body.code]).toEqual([422, 'citizens.approved-row']);
    });

    it('refuses unknown and repeated rows and a share of the same person', async () => {
      const known = { legacyCitizenId: await row(), relation: 'SAME_PERSON', approved: true };
      const create = async (second: object) => (await open({ partyType: 'INDIVIDUAL', rows: [known, second] })).body;
      expect(await create({ legacyCitizenId: 999_999_999, relation: 'TENANT' })).toMatchObject({
        code: 'citizens.row-unknown',
        legacyCitizenId: 999_999_999,
      });
      const again = { legacyCitizenId: known.legacyCitizenId, relation: 'TENANT' };
      expect((await create(again)).code).toBe('citizens.row-linked');
      const shared = { legacyCitizenId: await row(), relation: 'SAME_PERSON', shareHundredths: 100 };
      expect((await create(shared)).code).toBe('citizens.share-not-allowed');
      expect((await flow.create('clerk', [known.legacyCitizenId])).status).toBe(201);
    });

    it('keeps one holder of a row: the second is told who, and may link it as another relation', async () => {
      const shared = await row();
      const holder = await flow.draft([shared]);
      const other = await flow.draft([await row()]);
      const refused = await flow.act('clerk2', other, 'links', { legacyCitizenId: shared, relation: 'SAME_PERSON' });
      expect(refused.status).toBe(409);
      expect(refused.body).toMatchObject({
        code: 'citizens.row-held',
        legacyCitizenId: shared,
        holder: { id: holder.id, number: holder.number },
      });
      const linked = await flow.act('clerk2', other, 'links', { legacyCitizenId: shared, relation: 'CO_OWNER' });
      expect(linked.status).toBe(201);
      const changed = await flow.act('clerk2', linked.body, `links/${shared}`, { relation: 'SAME_PERSON' }, 'PATCH');
      expect(changed.body.code).toBe('citizens.row-held');
      const partner = { relation: 'PARTNER', shareHundredths: 3333 };
      const renamed = await flow.act('clerk2', linked.body, `links/${shared}`, partner, 'PATCH');
      expect(renamed.body.links[1]).toMatchObject(partner);
    });

    it('never joins two different valid national IDs, whoever asks', async () => {
      const [mine, theirs] = [freshId(), freshId()];
      const record = await flow.draft([await row('خالد محمود', mine)]);
      const stranger = await row('خالد محمود', theirs);
      const link = { legacyCitizenId: stranger, relation: 'SAME_PERSON' };
      for (const as of ['clerk', 'supervisor']) {
        const { status, body } = await flow.act(as, record, 'links', link);
        expect([status, body.code]).toEqual([409, 'citizens.different-person']);
      }
      expect((await flow.identify('clerk', record, theirs)).body.code).toBe('citizens.different-person');
      expect((await flow.create('clerk', [await row('أ ب', theirs), await row('أ ب', freshId())])).body.code).toBe(
        'citizens.different-person',
      );
      const badCheck = await row('خالد محمود', '123456789');
      expect((await flow.act('clerk', record, 'links', { ...link, legacyCitizenId: badCheck })).status).toBe(201);
    });

    it('remembers who is not the same person until that is lifted', async () => {
      const stranger = await row();
      const found = await flow.done(
        flow.act('clerk', await flow.draft([await row()]), 'not-same', {
          legacyCitizenId: stranger,
          reason: 'ابن عمه',
        }),
      );
      expect(found.notSame).toEqual([`T-${stranger}`]);
      const link = { legacyCitizenId: stranger, relation: 'SAME_PERSON' };
      const refused = await flow.act('clerk2', found, 'links', link);
      expect(refused.body).toMatchObject({ status: 409, code: 'citizens.not-same-person', reason: 'ابن عمه' });
      const related = await flow.done(flow.act('clerk2', found, 'links', { ...link, relation: 'CO_OWNER' }));
      const lifted = await flow.done(
        flow.act('clerk2', related, `not-same/${stranger}/lift`, { reason: 'ظهرت هويته' }),
      );
      expect(lifted.notSame).toEqual([]);
      const linked = await flow.done(
        flow.act('clerk2', lifted, `links/${stranger}`, { relation: 'SAME_PERSON' }, 'PATCH'),
      );
      const same = { legacyCitizenId: stranger, reason: 'شخص آخر' };
      expect((await flow.act('clerk', linked, 'not-same', same)).body.code).toBe('citizens.not-same-person');
      expect((await flow.act('clerk', linked, 'not-same', { ...same, legacyCitizenId: 999_999 })).status).toBe(422);
      expect((await flow.act('clerk', linked, `not-same/${stranger}/lift`, { reason: 'خطأ' })).status).toBe(404);
    });

    it('moves the approved row, only to the same person', async () => {
      const [one, two] = [await row(), await row()];
      const record = await flow.draft([one, two]);
      const choose = (held: typeof record, legacyCitizenId: number) =>
        flow.act('clerk', held, 'approved-row', { legacyCitizenId }, 'PUT');
      const moved = await flow.done(choose(record, two));
      expect(moved.links.map(({ approved }: { approved: boolean }) => approved)).toEqual([false, true]);
      expect((await choose(moved, await row())).body.code).toBe('citizens.row-not-linked');
      const partner = await flow.done(flow.act('clerk', moved, `links/${one}`, { relation: 'PARTNER' }, 'PATCH'));
      expect((await choose(partner, one)).body.code).toBe('citizens.approved-row');
      const refused = await flow.act('clerk', partner, `links/${two}`, { relation: 'TENANT' }, 'PATCH');
      expect(refused.body.code).toBe('citizens.approved-row-needed');
    });
  });
});
