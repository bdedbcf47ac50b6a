import type { Principal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { RecordPrint } from '../../src/citizens/statements/record-print';
import { Statement } from '../../src/citizens/statements/statement.entity';
import { serialOf } from '@libs/serial';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord, type RowSeed } from '../support/records';
import { pages, PERSON, statementRequests } from '../support/statements';

const JSON_ONLY = { accept: 'application/json' };
type Requests = ReturnType<typeof statementRequests>;

describe('sheets of statements and what they prove', () => {
  let app: TestApp;
  let record: { id: number; runId: number; serviceIds: number[] };
  let issue: Requests['issue'];
  let verify: Requests['verify'];
  let pdf: Requests['pdf'];

  beforeAll(async () => {
    app = await startTestApp();
    record = await seedRecord(app, PERSON);
    ({ issue, verify, pdf } = statementRequests(app));
  });
  afterAll(() => app.close());

  const seeded = async (rows: RowSeed[] = [], changes: Parameters<typeof seedRecord>[2] = {}) =>
    (await seedRecord(app, rows, changes)).id;

  it('prints the original once and copies afterwards, in Arabic and in English', async () => {
    const { serial } = (await issue(record.id)).body;
    const first = await pdf(serial);
    expect(first.status).toBe(200);
    expect(first.headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
    expect(first.headers['content-disposition']).toBe(
      `inline; filename="statement-${serial}.pdf"; filename*=UTF-8''${encodeURIComponent(`كشف أرصدة ${serial}.pdf`)}`,
    );
    expect(first.raw.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pages(first.raw)).toBe(1);
    const others = await Promise.all([pdf(serial), pdf(serial, '?lang=en', 'cashier'), pdf(serial, '?lang=ar')]);
    for (const other of others) expect(other.raw.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await pdf(serial, '?lang=fr')).status).toBe(422);
    const headers = await app.request('HEAD', `/statements/${serial}/pdf`, { as: 'clerk' });
    expect(headers).toMatchObject({ status: 200, headers: { 'content-type': 'application/pdf' } });
    expect((await app.request('GET', `/statements/${serial}`, { as: 'clerk' })).body.prints).toBe(4);
    const audited = await app.app
      .get(Store)
      .sql<{ n: number }>(`SELECT COUNT(*) AS "n" FROM "audit_entries" WHERE "action" = 'citizens.statement-printed'`);
    expect(Number(audited[0]!.n)).toBe(4);
  });

  it('does not stand by a statement that somebody altered in the database', async () => {
    const { serial } = (await issue(record.id)).body;
    const [uow, store] = [app.app.get(UnitOfWork), app.app.get(Store)];
    const row = (await store.reads(Statement).findOneBy({ serial }))!;
    row.content.own.totals[0]!.balance = 0;
    await uow.run(() => store.update(Statement, { serial }, { content: row.content }));
    expect(await app.request('GET', `/statements/${serial}`, { as: 'clerk' })).toMatchObject({
      status: 409,
      body: { code: 'citizens.statement-altered' },
    });
    expect((await pdf(serial)).status).toBe(409);
    const page = await verify(serial);
    expect(page.body).toContain('لا يمكن تأكيد هذه الوثيقة');
    expect(page.body).not.toContain('دينار');
    expect(await verify(serial, JSON_ONLY)).toMatchObject({
      status: 200,
      body: { status: 'ALTERED', holder: null, totals: [] },
    });
  });

  describe('/verify', () => {
    it('shows strangers a page to compare with the paper, and no more of the person', async () => {
      app.clock.advance({ minutes: 1 });
      const { serial } = (await issue(record.id)).body;
      const { status, headers, body } = await verify(serial);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'x-robots-tag': 'noindex',
      });
      expect(body).toMatch(/^<!doctype html>\s*<html lang="ar" dir="rtl">/);
      for (const shown of [
        'كشف أرصدة صحيح',
        serial,
        '24/11/2026',
        'محمد أ. خ. ن.',
        '800.50',
        '4.750',
        'دائن',
        'بلدية نابلس',
      ]) {
        expect(body).toContain(shown);
      }
      for (const kept of ['النابلسي', '6782', '599000111', '<script', 'رفيديا', '9,000.00']) {
        expect(body).not.toContain(kept);
      }
    });

    it('answers programs in JSON', async () => {
      app.clock.advance({ minutes: 1 });
      const { serial } = (await issue(record.id)).body;
      expect(await verify(serial, JSON_ONLY)).toMatchObject({ status: 200, headers: { vary: 'Accept' } });
      expect((await verify(serial, JSON_ONLY)).body).toEqual({
        kind: 'STATEMENT_OF_BALANCES',
        status: 'VALID',
        serial,
        issuedOn: '2026-11-24',
        asOf: '2026-11-24',
        validUntil: null,
        holder: 'محمد أ. خ. ن.',
        totals: [
          { currency: 'ILS', balance: '80050', formatted: '800.50' },
          { currency: 'JOD', balance: '-4750', formatted: '-4.750' },
        ],
      });
    });

    it('says 404 of what is not ours, as a page and as a problem, and asks to check a mistyped number', async () => {
      const { serial } = (await issue(record.id)).body as { serial: string };
      const mistyped = serial.slice(0, -2) + String((Number(serial.slice(-2)) + 1) % 100).padStart(2, '0');
      const unknown = serialOf({ kind: 'ST', office: 'HQ', year: 2019, number: 1 });
      for (const [asked, page, code] of [
        [unknown, 'لا توجد وثيقة بهذا الرقم', 'verification.unknown'],
        ['اتصل على 0599000222', 'لا توجد وثيقة بهذا الرقم', 'verification.unknown'],
        [mistyped, 'تحقق من الرقم', 'verification.mistyped'],
      ] as const) {
        const html = await verify(asked);
        expect(html).toMatchObject({ status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
        expect(html.body).toContain(page);
        expect(html.body.includes(asked)).toBe(asked.startsWith('ST-'));
        expect(await verify(asked, JSON_ONLY)).toMatchObject({ status: 404, body: { code } });
      }
    });

    it('escapes what is stored, and does not repeat what is asked', async () => {
      const bad = `<script>alert(1)</script>"'&`;
      const asked = await verify(bad);
      expect(asked.status).toBe(404);
      expect(asked.body).not.toMatch(/alert|الرقم المتسلسل <span/);
      const rows: RowSeed[] = [
        { services: [{ type: bad, address: bad, movements: [['<b>', 100, 0]] }] },
        { relation: 'TENANT', services: [{ status: bad, movements: [['ILS', 5, 0]] }] },
      ];
      const nameParts = { given: '<script>\u202Eمحمد', father: bad, grandfather: bad, family: bad };
      const { serial } = (await issue(await seeded(rows, { nameParts }))).body;
      const { status, body } = await verify(serial);
      expect(status).toBe(200);
      expect(body).not.toMatch(/<script|<b>100|\u202E/);
      expect((await pdf(serial)).raw.subarray(0, 5).toString()).toBe('%PDF-');
    });
  });

  describe('print of the record', () => {
    const print = (id: number, query = '', as = 'clerk') =>
      app.request('GET', `/one-records/${id}/print${query}`, { as });

    it('is a PDF and is audited', async () => {
      const answer = await print(record.id);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toBe('application/pdf');
      expect(answer.headers['content-disposition']).toMatch(
        /^inline; filename="one-record-2026-\d{6}\.pdf"; filename\*=UTF-8''%D8/,
      );
      expect(pages(answer.raw)).toBe(1);
      expect((await print(record.id, '?lang=en')).raw.subarray(0, 5).toString()).toBe('%PDF-');
      const audited = await app.app
        .get(Store)
        .sql<{ actor_name: string }>(
          `SELECT "actor_name" FROM "audit_entries" WHERE "action" = 'citizens.one-record-printed'`,
        );
      expect(audited).toEqual([{ actor_name: 'clerk' }, { actor_name: 'clerk' }]);
    });

    it('shows under which legacy row each service stands, and the one name of a company', async () => {
      const rows: RowSeed[] = [
        { services: [{ type: 'مياه' }, { type: 'نفايات' }] },
        { relation: 'CO_OWNER', shareHundredths: 2550, docNo: '900000001', services: [{ type: 'مساهمة مشاريع' }] },
      ];
      const nameParts = { body: 'شركة المثال للتجارة' };
      const company = { partyType: 'COMPANY' as const, documentType: 'COMPANY_REGISTER' as const, nameParts };
      const caller: Principal = {
        userId: 1,
        username: 'clerk',
        role: 'clerk',
        departmentId: null,
        permissions: new Set(),
      };
      const { id } = await seedRecord(app, rows, company);
      const sheet = await app.app.get(RecordPrint).sheet(id, 'ar', caller);
      expect(sheet).toMatchObject({
        party: 'شركة',
        nameAr: 'شركة المثال للتجارة',
        document: { label: 'رقم السجل التجاري', number: '123456782' },
        legacyRows: [{ relation: 'الشخص نفسه' }, { relation: 'شريك في الملكية 25.5%' }],
      });
      const [own, shared] = sheet.legacyRows.map(({ citizenNumber }) => citizenNumber);
      expect(sheet.services).toMatchObject([
        { citizenNumber: own, type: 'مياه', relation: null },
        { citizenNumber: own, type: 'نفايات', relation: null },
        { citizenNumber: shared, type: 'مساهمة مشاريع', relation: 'شريك في الملكية 25.5%' },
      ]);
      expect(sheet.legacyRows[1]!.document!.number).toBe('*****0001');
      expect((await print(id, '?lang=en')).status).toBe(200);
    });

    it('prints a draft without a name, and refuses an unknown record', async () => {
      const draft = await seeded([], {
        state: 'DRAFT',
        approvedName: null,
        documentType: null,
        documentNumber: null,
        documentKey: null,
        phoneE164: null,
      });
      expect((await print(draft)).status).toBe(200);
      expect(await print(999_999_999)).toMatchObject({ status: 404, body: { code: 'http.not-found' } });
      expect((await print(record.id, '?lang=xx')).status).toBe(422);
    });
  });
});
