import { OneRecords } from '../../src/citizens';
import { startTestApp, type TestApp } from '../support/app';
import { addLegacyRows, nationalId, oneRecordFlow, type Held } from '../support/one-records';

const REASON = { reason: 'بناء على مراجعة الملف' };

describe('one-records: four eyes, states, proposals', () => {
  let app: TestApp;
  let flow: ReturnType<typeof oneRecordFlow>;
  let seed = 1000;
  beforeAll(async () => {
    app = await startTestApp();
    flow = oneRecordFlow(app);
  });
  afterAll(() => app.close());

  const freshId = () => nationalId(seed++);
  const row = async () => (await addLegacyRows(app, [{ name: 'سلمى يوسف عودة' }]))[0]!;
  const approved = async (more?: object) => flow.approved([await row()], freshId(), more);
  const activated = async (more: object = { phone: '0599000222' }) => {
    const record = await approved(more);
    const { version } = await app.app
      .get(OneRecords, { strict: false })
      .markActivated(record.id, '+970599000222', null);
    return { ...record, version };
  };
  const code = async (answer: ReturnType<typeof flow.act>) => {
    const { status, body } = await answer;
    return [status, body.code];
  };

  describe('approval', () => {
    it('needs rows, an approved row, a name and a document', async () => {
      const only = await row();
      const empty = await flow.done(flow.act('clerk', await flow.draft([only]), `links/${only}/unlink`, REASON));
      const { status, body } = await flow.act('clerk', empty, 'submit');
      expect([status, body.code]).toEqual([409, 'citizens.incomplete']);
      expect(body.errors).toEqual([
        { pointer: '/links', code: 'samePerson' },
        { pointer: '/links', code: 'approvedRow' },
        { pointer: '/name', code: 'required' },
        { pointer: '/document', code: 'required' },
      ]);
    });

    it('is refused to the maker, to the submitter and to whoever prepared any of it', async () => {
      const made = await flow.done(flow.create('officer', [await row()]));
      const identified = await flow.done(flow.identify('supervisor', made, freshId()));
      const pending = await flow.done(flow.act('supervisor2', identified, 'submit'));
      for (const as of ['officer', 'supervisor', 'supervisor2']) {
        expect(await code(flow.act(as, pending, 'approve'))).toEqual([403, 'citizens.four-eyes']);
        expect(await code(flow.act(as, pending, 'reject', REASON))).toEqual([403, 'citizens.four-eyes']);
      }
      expect(await code(flow.act('clerk', pending, 'approve'))).toEqual([403, 'http.forbidden']);
      expect((await flow.act('officer2', pending, 'approve')).body.state).toBe('APPROVED');
    });

    it('can be refused with a reason, which sends the record back to its maker', async () => {
      const pending = await flow.pending([await row()], freshId());
      expect(
        await code(flow.act('clerk', pending, 'links', { legacyCitizenId: await row(), relation: 'HEIR' })),
      ).toEqual([409, 'citizens.wrong-state']);
      const back = await flow.done(flow.act('officer', pending, 'reject', { reason: 'الصورة غير واضحة' }));
      expect(back.state).toBe('DRAFT');
      const log = await app.request('GET', `/one-records/${back.id}/transactions`, { as: 'clerk' });
      expect(log.body.items[0]).toMatchObject({ action: 'REJECT', reason: 'الصورة غير واضحة' });
      const again = await flow.done(flow.act('clerk', back, 'submit'));
      expect((await flow.act('officer', again, 'approve')).body.state).toBe('APPROVED');
    });
  });

  describe('after approval', () => {
    it('suspends and reinstates to what it was, and revokes for good, freeing rows and document', async () => {
      let record: Held = await activated();
      expect((await flow.act('officer', record, 'suspend', REASON)).status).toBe(403);
      record = await flow.done(flow.act('supervisor', record, 'suspend', REASON));
      expect(record.state).toBe('SUSPENDED');
      expect(await code(flow.act('supervisor', record, 'suspend', REASON))).toEqual([409, 'citizens.wrong-state']);
      record = await flow.done(flow.act('supervisor', record, 'reinstate', REASON));
      expect(record.state).toBe('ACTIVATED');
      expect(await code(flow.act('clerk', record, 'revoke', REASON))).toEqual([403, 'citizens.high-risk']);
      const revoked = await flow.done(flow.act('supervisor', record, 'revoke', REASON));
      expect(revoked).toMatchObject({ state: 'REVOKED', links: [] });
      expect(await code(flow.act('supervisor', revoked, 'reinstate', REASON))).toEqual([409, 'citizens.wrong-state']);
      const next = await flow.draft([record.links[0].legacyCitizenId]);
      expect((await flow.identify('clerk', next, record.documentNumber)).status).toBe(200);
    });

    it('lets a clerk give up a draft', async () => {
      expect((await flow.act('clerk2', await flow.draft([await row()]), 'revoke', REASON)).body.state).toBe('REVOKED');
    });

    it('takes rows away by a checker, once activated by a supervisor, the approved row never', async () => {
      const [first, second, third] = [await row(), await row(), await row()];
      const record = await flow.approved([first, second, third], freshId(), { phone: '0599000222' });
      expect(await code(flow.act('clerk', record, `links/${second}/unlink`, REASON))).toEqual([
        403,
        'citizens.high-risk',
      ]);
      const less = await flow.done(flow.act('officer', record, `links/${second}/unlink`, REASON));
      await app.app.get(OneRecords, { strict: false }).markActivated(record.id, '+970599000222', null);
      const held = { ...less, version: less.version + 1 };
      expect(await code(flow.act('officer', held, `links/${third}/unlink`, REASON))).toEqual([
        403,
        'citizens.high-risk',
      ]);
      expect(await code(flow.act('supervisor', held, `links/${first}/unlink`, REASON))).toEqual([
        409,
        'citizens.approved-row-needed',
      ]);
      const bare = await flow.done(flow.act('supervisor', held, `links/${third}/unlink`, REASON));
      expect(bare.links).toHaveLength(1);
      expect(await code(flow.act('supervisor', bare, `links/${third}/unlink`, REASON))).toEqual([
        409,
        'citizens.row-not-linked',
      ]);
    });

    it('activates once approved, for the phone that was approved', async () => {
      const records = app.app.get(OneRecords, { strict: false });
      const record = await approved({ phone: '0599000222' });
      await expect(records.markActivated(record.id, '+970599000223', null)).rejects.toMatchObject({
        code: 'citizens.phone-changed',
      });
      const active = await records.markActivated(record.id, '+970599000222', null);
      expect(active).toMatchObject({ state: 'ACTIVATED', phoneVerifiedAt: app.clock.now() });
      const moved = await records.setVerifiedPhone(record.id, '+970569000222', null, 'شريحة جديدة');
      expect(moved.phoneE164).toBe('+970569000222');
      const draft = await flow.draft([await row()]);
      await expect(records.markActivated(draft.id, '+970599000222', null)).rejects.toMatchObject({
        code: 'citizens.wrong-state',
      });
    });
  });

  describe('edit proposals', () => {
    const propose = (as: string, record: Held, changes: object, more: object = {}) =>
      flow.act(as, record, 'proposals', { changes, ...REASON, ...more });
    const decide = (as: string, { id, version }: Held, what: 'apply' | 'reject', body: object = {}) =>
      app.request('POST', `/citizens/proposals/${id}/${what}`, { as, body, headers: { 'if-match': `"${version}"` } });
    const withScan = async () => {
      const record = await approved();
      const base64 = Buffer.concat([Buffer.from('%PDF-1.7 '), Buffer.from(String(record.id))]).toString('base64');
      const scan = { fileName: 'a.pdf', contentType: 'application/pdf', base64 };
      const held = await flow.done(flow.act('clerk', record, 'evidence', scan));
      return { held, evidenceId: held.evidence[0].id };
    };
    const shown = async (id: number) => (await app.request('GET', `/one-records/${id}`, { as: 'clerk' })).body;

    it('change a contact by two people, on the version they were made on', async () => {
      const record = await approved();
      const proposal = await flow.done(propose('officer', record, { phone: '0569111222', email: 'salma@example.com' }));
      expect(proposal).toMatchObject({ state: 'PENDING', baseVersion: record.version });
      expect(await code(decide('clerk', proposal, 'apply'))).toEqual([403, 'http.forbidden']);
      expect(await code(decide('officer', proposal, 'apply'))).toEqual([403, 'citizens.four-eyes']);
      const queue = await app.request('GET', `/citizens/proposals?state=PENDING&oneRecordId=${record.id}`, {
        as: 'officer2',
      });
      expect(queue.body.items).toMatchObject([{ id: proposal.id }]);
      const applied = await flow.done(decide('officer2', proposal, 'apply'));
      expect(applied).toMatchObject({ state: 'APPLIED', version: 2 });
      expect(await shown(record.id)).toMatchObject({ phone: '+970569111222', email: 'salma@example.com', version: 5 });
      expect(await code(decide('officer2', proposal, 'apply'))).toEqual([412, 'http.stale']);
      expect(await code(decide('officer2', applied, 'reject', REASON))).toEqual([409, 'citizens.proposal-decided']);
      const log = await app.request('GET', `/one-records/${record.id}/transactions`, { as: 'clerk' });
      expect(log.body.items[0]).toMatchObject({ action: 'EDIT', reason: REASON.reason, employeeName: 'هبة قمحية' });
    });

    it('are outdated by any change in between, and can be turned down', async () => {
      const record = await approved();
      const proposal = await flow.done(propose('clerk', record, { email: 'one@example.com' }));
      await flow.done(flow.act('clerk2', record, 'not-same', { legacyCitizenId: await row(), ...REASON }));
      expect(await code(decide('officer', proposal, 'apply'))).toEqual([409, 'citizens.proposal-outdated']);
      expect((await app.request('GET', `/citizens/proposals/${proposal.id}`, { as: 'clerk' })).body.state).toBe(
        'PENDING',
      );
      const rejected = await flow.done(decide('officer', proposal, 'reject', REASON));
      expect(rejected).toMatchObject({ state: 'REJECTED', decision: REASON.reason });
      expect((await shown(record.id)).email).toBeNull();
    });

    it('correct a name with evidence, and a document with evidence and a supervisor', async () => {
      const { held, evidenceId } = await withScan();
      const name = { given: 'سلمى', father: 'يوسف', grandfather: 'أحمد', family: 'عودة' };
      expect(await code(propose('clerk', held, { name }))).toEqual([422, 'citizens.evidence-needed']);
      expect(await code(propose('clerk', held, { name }, { evidenceId: 999_999 }))).toEqual([
        422,
        'citizens.evidence-unknown',
      ]);
      expect(await code(propose('clerk', held, {}))).toEqual([422, 'citizens.proposal-empty']);
      const partial = propose('clerk', held, { name: { given: 'سلمى' } }, { evidenceId });
      expect(await code(partial)).toEqual([422, 'citizens.name-incomplete']);
      const number = freshId();
      const document = { type: 'NATIONAL_ID', number };
      const proposal = await flow.done(propose('clerk', held, { name, document }, { evidenceId }));
      expect(await code(decide('officer', proposal, 'apply'))).toEqual([403, 'citizens.high-risk']);
      await flow.done(decide('supervisor', proposal, 'apply'));
      const record = await shown(held.id);
      expect(record).toMatchObject({ approvedName: 'سلمى يوسف أحمد عودة', documentNumber: number });

      const invalid = number.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
      const typo = { document: { type: 'NATIONAL_ID', number: invalid } };
      const second = await flow.done(propose('clerk', record, typo, { evidenceId }));
      expect(await code(decide('supervisor', second, 'apply'))).toEqual([422, 'citizens.national-id-invalid']);
      await flow.done(decide('supervisor', second, 'apply', { overrideReason: 'هكذا في الهوية الأصلية' }));
      expect(await shown(held.id)).toMatchObject({
        documentNumber: invalid,
        idOverrideReason: 'هكذا في الهوية الأصلية',
      });
    });

    it('refuse a document that another record holds', async () => {
      const { held, evidenceId } = await withScan();
      const other = await approved();
      const document = { type: 'NATIONAL_ID', number: other.documentNumber };
      const proposal = await flow.done(propose('clerk', held, { document }, { evidenceId }));
      expect(await code(decide('supervisor', proposal, 'apply'))).toEqual([409, 'citizens.document-held']);
    });

    it('add rows and change how rows are tied', async () => {
      const record = await approved();
      const added = await row();
      const direct = flow.act('clerk', record, 'links', { legacyCitizenId: added, relation: 'SAME_PERSON' });
      expect(await code(direct)).toEqual([409, 'citizens.wrong-state']);
      const links = [{ legacyCitizenId: added, relation: 'SAME_PERSON' }];
      await flow.done(decide('officer', await flow.done(propose('clerk', record, { links })), 'apply'));
      const tied = await shown(record.id);
      expect(tied.links).toMatchObject([{ approved: true }, links[0]]);
      const partner = { links: [{ legacyCitizenId: added, relation: 'PARTNER', shareHundredths: 5000 }] };
      await flow.done(decide('officer', await flow.done(propose('clerk', tied, partner)), 'apply'));
      expect((await shown(record.id)).links[1]).toMatchObject(partner.links[0]!);
    });

    it('are for approved records, on the version read', async () => {
      const draft = await flow.draft([await row()]);
      expect(await code(propose('clerk', draft, { email: 'a@example.com' }))).toEqual([409, 'citizens.wrong-state']);
      const record = await approved();
      const stale = propose('clerk', { ...record, version: 1 }, { email: 'a@example.com' });
      expect(await code(stale)).toEqual([412, 'http.stale']);
      expect(await code(propose('auditor', record, { email: 'a@example.com' }))).toEqual([403, 'http.forbidden']);
      expect((await app.request('GET', '/citizens/proposals/999999', { as: 'clerk' })).status).toBe(404);
    });
  });
});
