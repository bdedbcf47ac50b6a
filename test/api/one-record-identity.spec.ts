import { addLegacyRows, NAME, nationalId, oneRecordFlow, pngOf } from '../support/one-records';
import { startTestApp, type TestApp } from '../support/app';

describe('one-records: who the record is', () => {
  let app: TestApp;
  let flow: ReturnType<typeof oneRecordFlow>;
  let seed = 500;
  beforeAll(async () => {
    app = await startTestApp();
    flow = oneRecordFlow(app);
  });
  afterAll(() => app.close());

  const freshId = () => nationalId(seed++);
  const row = async (name = 'خالد محمود النابلسي') => (await addLegacyRows(app, [{ name }]))[0]!;

  const identity = { name: NAME, document: { type: 'NATIONAL_ID', number: nationalId(1) } };
  it.each([
    ['citizens.name-incomplete', { name: { ...NAME, grandfather: undefined } }],
    ['citizens.name-incomplete', { name: { ...NAME, father: '٠٠٧' } }],
    ['citizens.name-incomplete', { name: { body: 'خالد محمود سعيد النابلسي' } }],
    ['citizens.name-incomplete', { latinName: { ...NAME } }],
    ['citizens.name-joint', { name: { ...NAME, family: 'النابلسي وشركاه' } }],
    ['citizens.document-type', { document: { type: 'COMPANY_REGISTER', number: '562901743' } }],
    ['citizens.document-unusable', { document: { type: 'PASSPORT', number: '0000000' } }],
    ['citizens.phone-invalid', { phone: '0521234567' }],
    ['citizens.dates-impossible', { bornOn: '1999-01-01', diedOn: '1998-12-31' }],
    ['citizens.dates-impossible', { diedOn: '2026-11-25' }],
    ['citizens.evidence-unknown', { evidenceId: 999_999 }],
  ])('refuses %s: %j', async (code, wrong) => {
    const record = await flow.draft([await row()]);
    const { status, body } = await flow.act('clerk', record, 'identity', { ...identity, ...wrong }, 'PUT');
    expect([status, body.code]).toEqual([422, code]);
  });

  it('names each missing part of a name', async () => {
    const record = await flow.draft([await row()]);
    const name = { given: 'خالد', family: '...' };
    const { body } = await flow.act('clerk', record, 'identity', { ...identity, name }, 'PUT');
    expect(body.errors).toEqual([
      { pointer: '/name/father', code: 'required' },
      { pointer: '/name/grandfather', code: 'required' },
      { pointer: '/name/family', code: 'name' },
    ]);
  });

  it('completes an ID of eight digits, and keeps one holder of a document', async () => {
    const id = freshId();
    const first = await flow.done(flow.identify('clerk', await flow.draft([await row()]), id.slice(0, 8)));
    expect(first.documentNumber).toBe(id);
    const second = await flow.draft([await row()]);
    const refused = await flow.identify('clerk2', second, id);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({
      code: 'citizens.document-held',
      holder: { id: first.id, number: first.number },
    });
    await flow.done(flow.act('clerk', first, 'revoke', { reason: 'فُتح بالخطأ' }));
    expect((await flow.identify('clerk2', second, id)).status).toBe(200);
  });

  it('lets companies and estates have one name, and an estate the document of the deceased', async () => {
    const id = freshId();
    await flow.approved([await row()], id);
    const estate = await flow.done(flow.create('clerk', [await row('ورثة خالد النابلسي')], 'HEIRS'));
    const named = { name: { body: 'ورثة خالد محمود سعيد النابلسي' }, diedOn: '2020-05-01' };
    expect((await flow.identify('clerk', estate, id, named)).status).toBe(200);
    const company = await flow.done(flow.create('clerk', [await row('شركة المدينة للتجارة')], 'COMPANY'));
    const register = {
      name: { body: 'شركة المدينة للتجارة' },
      document: { type: 'COMPANY_REGISTER', number: '562901743' },
    };
    expect((await flow.identify('clerk', company, freshId(), named)).body.code).toBe('citizens.document-type');
    expect((await flow.act('clerk', company, 'identity', register, 'PUT')).body.documentNumber).toBe('562901743');
  });

  it('asks for a supervisor where the national ID fails its check', async () => {
    const bad = freshId().replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
    let record = await flow.done(flow.identify('clerk', await flow.draft([await row()]), bad));
    expect((await flow.act('clerk', record, 'submit')).body.code).toBe('citizens.national-id-invalid');
    expect((await flow.act('officer', record, 'override-id', { reason: 'الهوية بيدي' })).status).toBe(403);
    record = await flow.done(flow.act('supervisor', record, 'override-id', { reason: 'الهوية بيدي ورقمها هكذا' }));
    expect(record.idOverrideReason).toBe('الهوية بيدي ورقمها هكذا');
    expect((await flow.act('supervisor', record, 'override-id', { reason: 'مرة أخرى' })).body.code).toBe(
      'citizens.override-not-needed',
    );
    record = await flow.done(flow.act('clerk', record, 'submit'));
    expect((await flow.act('officer', record, 'approve')).body.state).toBe('APPROVED');
  });

  it('judges evidence by its bytes and keeps a file once', async () => {
    const record = await flow.draft([await row()]);
    const attach = (input: object) => flow.act('clerk', record, 'evidence', { ...pngOf('once'), ...input });
    for (const input of [
      { contentType: 'application/pdf' },
      { base64: Buffer.from('<html>').toString('base64') },
      { base64: 'not base64!' },
      { base64: Buffer.alloc(1024 * 1024 + 1, Buffer.from('89504e470d0a1a0a', 'hex')).toString('base64') },
    ]) {
      const { status } = await attach(input);
      expect(status).toBe(422);
    }
    const held = await flow.done(attach({}));
    expect((await flow.act('clerk', held, 'evidence', pngOf('once'))).body.code).toBe('citizens.evidence-known');
    const scan = `/one-records/${held.id}/evidence/${held.evidence[0].id}`;
    expect((await app.request('GET', scan, { as: 'cashier' })).status).toBe(403);
    expect((await app.request('GET', `/one-records/${held.id}/evidence/999999`, { as: 'clerk' })).status).toBe(404);
  });
});
