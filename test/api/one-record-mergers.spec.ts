import { Store } from '@libs/persistence';
import { OneRecords } from '../../src/citizens';
import { startTestApp, type TestApp } from '../support/app';
import { addLegacyRows, nationalId, oneRecordFlow, type Held } from '../support/one-records';

const REASON = { reason: 'السجلان لشخص واحد' };

describe('one-records: merge, split, unlink', () => {
  let app: TestApp;
  let flow: ReturnType<typeof oneRecordFlow>;
  let seed = 2000;
  beforeAll(async () => {
    app = await startTestApp();
    flow = oneRecordFlow(app);
  });
  afterAll(() => app.close());

  const row = async (amount = 0) =>
    (await addLegacyRows(app, [{ name: 'عمر حسن زيد', owes: amount ? [{ currency: 'ILS', amount }] : [] }]))[0]!;
  const passport = () => ({ document: { type: 'PASSPORT', number: `P${seed++}99` } });
  const approved = async (citizenIds: number[], more?: object) => flow.approved(citizenIds, nationalId(seed++), more);
  const merge = (as: string, into: Held, from: Held) =>
    flow.act(as, into, 'merge', { otherId: from.id, otherVersion: from.version, ...REASON });
  const show = (id: number) => app.request('GET', `/one-records/${id}?follow=false`, { as: 'clerk' });
  const log = async (id: number) =>
    (await app.request('GET', `/one-records/${id}/transactions`, { as: 'auditor' })).body.items;
  const money = () =>
    app.app
      .get(Store)
      .sql('SELECT "id", "service_id", "debit", "credit", "currency" FROM "legacy_movements" ORDER BY "id"');
  const code = async (answer: ReturnType<typeof flow.act>) => {
    const { status, body } = await answer;
    return [status, body.code];
  };

  it('unlink restores exactly what was before the link, and moves no money', async () => {
    const record = await flow.draft([await row()]);
    const [added, before] = [await row(5000), await money()];
    const linked = await flow.done(
      flow.act('clerk', record, 'links', { legacyCitizenId: added, relation: 'SAME_PERSON' }),
    );
    const unlinked = await flow.done(flow.act('clerk', linked, `links/${added}/unlink`, REASON));
    expect({ ...unlinked, version: 0 }).toEqual({ ...record, version: 0 });
    const [unlink, link] = await log(record.id);
    expect(unlink).toMatchObject({ action: 'UNLINK', reason: REASON.reason, before: link.after, after: link.before });
    expect(await money()).toEqual(before);
    expect((await flow.create('clerk2', [added])).status).toBe(201);
  });

  it('merge keeps the survivor, leads the other there, and is undone exactly', async () => {
    const shared = await row();
    const [a, b] = [await row(100), await row(200)];
    const one = await approved([a]);
    const partner = { legacyCitizenId: shared, relation: 'PARTNER', shareHundredths: 5000 };
    let draft = await flow.done(flow.identify('clerk', await flow.draft([b]), '', passport()));
    draft = await flow.done(flow.act('clerk', draft, 'links', partner));
    draft = await flow.done(flow.act('clerk', draft, 'not-same', { legacyCitizenId: await row(), ...REASON }));
    const two = await flow.done(flow.act('officer', await flow.done(flow.act('clerk', draft, 'submit')), 'approve'));
    const before = await money();

    const { record, related } = await flow.done(merge('officer', one, two));
    expect(record).toMatchObject({ id: one.id, number: one.number, approvedName: one.approvedName, state: 'APPROVED' });
    expect(record.links.map((link: Held) => [link.legacyCitizenId, link.approved])).toEqual([
      [a, true],
      [b, false],
      [shared, false],
    ]);
    expect(record.notSame).toEqual(two.notSame);
    expect(related).toMatchObject({ state: 'MERGED_INTO', mergedIntoId: one.id, links: [], notSame: [] });
    for (const path of [`/one-records/${two.id}`, `/one-records/by-number/${two.number}`]) {
      const { status, headers, raw } = await app.request('GET', path, { as: 'clerk' });
      expect([status, headers.location, raw.length]).toEqual([308, `/api/v1/one-records/${one.id}`, 0]);
    }
    expect((await log(two.id))[0]).toMatchObject({ action: 'MERGE', oneRecordId: one.id, relatedRecordId: two.id });
    expect((await log(one.id))[0].transactionNumber).toBe((await log(two.id))[0].transactionNumber);

    const undone = await flow.done(flow.act('officer', related, 'unmerge', REASON));
    expect({ ...undone.related, version: 0 }).toEqual({ ...two, version: 0 });
    expect({ ...undone.record, version: 0 }).toEqual({ ...one, version: 0 });
    const [unmerge, merged] = await log(two.id);
    expect([unmerge.before, unmerge.after]).toEqual([merged.after, merged.before]);
    expect((await app.request('GET', `/one-records/${two.id}`, { as: 'clerk' })).status).toBe(200);
    expect(await money()).toEqual(before);
    expect(await code(flow.act('officer', undone.related, 'unmerge', REASON))).toEqual([409, 'citizens.wrong-state']);
  });

  it('follows a chain of merges to the last survivor', async () => {
    const [one, two, three] = [
      await approved([await row()], passport()),
      await approved([await row()], passport()),
      await approved([await row()], passport()),
    ];
    const first = await flow.done(merge('officer', two, one));
    await flow.done(merge('officer', three, first.record));
    const { headers } = await app.request('GET', `/one-records/${one.id}`, { as: 'clerk' });
    expect(headers.location).toBe(`/api/v1/one-records/${three.id}`);
    expect((await app.app.get(OneRecords, { strict: false }).getSurvivor(one.id)).id).toBe(three.id);
    expect(await code(flow.act('officer', (await show(one.id)).body, 'unmerge', REASON))).toEqual([
      409,
      'citizens.unmerge-impossible',
    ]);
  });

  it('a merge is not undone when what it moved was changed since', async () => {
    const b = await row();
    const { record, related } = await flow.done(
      merge('officer', await approved([await row()], passport()), await approved([b], passport())),
    );
    await flow.done(flow.act('officer', record, `links/${b}/unlink`, REASON));
    expect(await code(flow.act('officer', related, 'unmerge', REASON))).toEqual([409, 'citizens.unmerge-impossible']);
    expect((await show(related.id)).body.state).toBe('MERGED_INTO');
  });

  it('a merge is not undone while another record holds its document', async () => {
    const document = passport();
    const { related } = await flow.done(
      merge('officer', await approved([await row()], passport()), await approved([await row()], document)),
    );
    await flow.done(flow.identify('clerk', await flow.draft([await row()]), '', document));
    expect(await code(flow.act('officer', related, 'unmerge', REASON))).toEqual([409, 'citizens.document-held']);
  });

  it('merge is refused to makers, between different people, and where rows disagree', async () => {
    const one = await approved([await row()]);
    const two = await approved([await row()]);
    expect(await code(merge('officer', one, two))).toEqual([409, 'citizens.different-person']);
    expect(await code(merge('officer', one, one))).toEqual([422, 'citizens.merge-self']);
    expect(await code(merge('clerk', one, two))).toEqual([403, 'http.forbidden']);
    expect(await code(merge('officer', one, { id: 999_999, version: 1 }))).toEqual([404, 'http.not-found']);
    expect(await code(merge('officer', one, { ...two, version: 1 }))).toEqual([412, 'http.stale']);
    const draft = await flow.draft([await row()]);
    expect(await code(merge('officer', one, draft))).toEqual([409, 'citizens.wrong-state']);

    const made = await flow.done(flow.create('officer2', [await row()]));
    const sent = await flow.done(
      flow.act('officer2', await flow.done(flow.identify('officer2', made, '', passport())), 'submit'),
    );
    const own = await flow.done(flow.act('officer', sent, 'approve'));
    expect(await code(merge('officer2', one, own))).toEqual([403, 'citizens.four-eyes']);
    const helped = await flow.done(flow.identify('officer2', await flow.draft([await row()]), '', passport()));
    const theirs = await flow.done(
      flow.act('officer', await flow.done(flow.act('clerk', helped, 'submit')), 'approve'),
    );
    expect(await code(merge('officer2', one, theirs))).toEqual([403, 'citizens.four-eyes']);

    const shared = await row();
    const linked = async (relation: string) => {
      const record = await flow.done(flow.identify('clerk', await flow.draft([await row()]), '', passport()));
      const more = await flow.done(flow.act('clerk', record, 'links', { legacyCitizenId: shared, relation }));
      return flow.done(flow.act('officer', await flow.done(flow.act('clerk', more, 'submit')), 'approve'));
    };
    const [partner, tenant, tenantToo] = [await linked('PARTNER'), await linked('TENANT'), await linked('TENANT')];
    expect(await code(merge('officer', partner, tenant))).toEqual([409, 'citizens.merge-conflict']);
    const { record, related } = await flow.done(merge('officer', tenant, tenantToo));
    expect(record.links.filter((link: Held) => link.legacyCitizenId === shared)).toHaveLength(1);
    const undone = await flow.done(flow.act('officer', related, 'unmerge', REASON));
    expect(undone.related.links).toEqual(tenantToo.links);

    const stranger = await row();
    const knowing = await flow.done(
      flow.act('clerk', await approved([await row()], passport()), 'not-same', {
        legacyCitizenId: stranger,
        ...REASON,
      }),
    );
    expect(await code(merge('officer', knowing, await approved([stranger], passport())))).toEqual([
      409,
      'citizens.not-same-person',
    ]);
  });

  it('merge of an activated record needs a supervisor', async () => {
    const one = await approved([await row()], { ...passport(), phone: '0599000333' });
    const two = await approved([await row()], passport());
    await app.app.get(OneRecords, { strict: false }).markActivated(one.id, '+970599000333', null);
    const held = { ...one, version: one.version + 1 };
    expect(await code(merge('officer', held, two))).toEqual([403, 'citizens.high-risk']);
    expect((await merge('supervisor', held, two)).status).toBe(200);
  });

  it('split sends rows to a draft of their own, which needs its own identity and approval', async () => {
    const [a, b, c] = [await row(100), await row(200), await row(300)];
    const record = await approved([a, b, c]);
    const before = await money();
    const body = { legacyCitizenIds: [b, c], approvedRow: c, ...REASON };
    expect(await code(flow.act('clerk', record, 'split', body))).toEqual([403, 'http.forbidden']);
    expect(await code(flow.act('officer', record, 'split', { ...body, approvedRow: a }))).toEqual([
      422,
      'citizens.approved-row',
    ]);
    expect(await code(flow.act('officer', record, 'split', { ...body, legacyCitizenIds: [a, c] }))).toEqual([
      409,
      'citizens.approved-row-needed',
    ]);
    const foreign = { ...body, legacyCitizenIds: [c, await row()] };
    expect(await code(flow.act('officer', record, 'split', foreign))).toEqual([409, 'citizens.row-not-linked']);

    const answer = await flow.act('officer', record, 'split', body);
    expect(answer.status).toBe(201);
    const { record: rest, related } = answer.body;
    expect(rest.links.map((link: Held) => link.legacyCitizenId)).toEqual([a]);
    expect(related).toMatchObject({
      state: 'DRAFT',
      approvedName: null,
      links: [
        { legacyCitizenId: b, approved: false },
        { legacyCitizenId: c, approved: true },
      ],
    });
    expect(related.number).not.toBe(record.number);
    expect((await log(related.id))[0]).toMatchObject({
      action: 'SPLIT',
      oneRecordId: record.id,
      relatedRecordId: related.id,
    });
    const named = await flow.done(flow.identify('clerk', related, '', passport()));
    const sent = await flow.done(flow.act('clerk', named, 'submit'));
    expect(await code(flow.act('officer', sent, 'approve'))).toEqual([403, 'citizens.four-eyes']);
    const other = await flow.done(flow.act('officer2', sent, 'approve'));
    const back = await flow.done(merge('supervisor', rest, other));
    expect(back.record.links).toEqual(record.links);
    expect(await money()).toEqual(before);
  });
});
