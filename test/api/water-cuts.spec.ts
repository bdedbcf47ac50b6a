import { textOf } from '@libs/testing';
import { UnitOfWork } from '@libs/persistence';
import { CutNotice } from '../../src/water/orders/cut.entity';
import { keyed } from '../support/charged';
import { AFTER, cutDesk, TODAY } from '../support/water-cuts';

const desk = cutDesk();
const { on, debtor, listed, candidates, issue, served, serve, ordered, field, planFor } = desk;

describe('whose water would be cut', () => {
  it('owes enough bills and money, of the classes, walk and zone asked for', async () => {
    const west = await desk.works.walk('26');
    const shop = await debtor({ waterClass: 'COMMERCIAL', routeId: west.routeId });
    const home = await debtor();
    const small = await desk.works.subscription();
    await desk.books.charge(small.accountId, 199_999, { dueOn: '2026-09-30' });
    const one = await desk.works.subscription();
    await desk.books.charge(one.accountId, 900_000, { dueOn: '2026-09-30' });
    await debtor({ state: 'HOLD' });
    const of = async (body: object) => (await candidates((await listed(body)).id)).map((each) => each.subscriptionId);
    expect(await of({})).toEqual([shop.id, home.id]);
    expect(await of({ leastBills: 1, leastOwed: 1 })).toEqual([shop.id, home.id]);
    expect(await of({ leastOwed: 250_001 })).toEqual([]);
    expect(await of({ waterClasses: ['COMMERCIAL'] })).toEqual([shop.id]);
    expect(await of({ routeId: west.routeId })).toEqual([shop.id]);
    expect(await of({ zoneId: west.zoneId })).toEqual([shop.id]);
    expect(await of({ daysOverdue: 30 })).toEqual([]);
    const [candidate] = await candidates((await listed()).id);
    expect(candidate).toMatchObject({ bills: 2, owed: '250000', oldestDueOn: '2026-09-30', exemption: null });
    expect((await desk.works.post('/cut-runs', {}, { as: 'clerk' })).status).toBe(403);
  });

  it('says of each why it is exempt', async () => {
    const { zoneId, routeId } = await desk.works.walk('31');
    const { id: recordId } = await desk.books.record([]);
    const hospital = await debtor({ protection: 'HOSPITAL' });
    const patient = await debtor({ protection: 'LIFE_SUPPORT' });
    const planner = await debtor({ oneRecordId: recordId });
    await desk.books.charge(planner.accountId, 20_000, { dueOn: '2026-10-31' });
    await planFor(recordId, planner.accountId);
    const zone = await debtor({ routeId });
    const camp = await debtor({ waterClass: 'CAMP' });
    const decided = { fromOn: TODAY, reason: 'حالة طوارئ' };
    const declare = (body: object, as = 'supervisor') =>
      desk.works.post('/moratoriums', { ...decided, ...body }, { as });
    expect((await declare({ zoneId, decisionNumber: 'ق 1' })).status).toBe(201);
    await declare({ waterClass: 'CAMP', decisionNumber: 'ق 2', toOn: TODAY });
    expect((await declare({ zoneId: 999_999, decisionNumber: 'ق 3' })).status).toBe(422);
    expect((await declare({ toOn: '2026-11-23', decisionNumber: 'ق 3' })).status).toBe(422);
    expect((await declare({ decisionNumber: 'ق 3' }, 'officer')).status).toBe(403);
    const objector = await debtor();
    const dunning = { as: 'officer', headers: keyed(), body: { accountIds: [objector.accountId] } };
    const { body: made } = await desk.app.request('POST', '/billing/dunning-runs', dunning);
    await desk.app.drain();
    const { body: run } = await desk.app.request('GET', `/billing/dunning-runs/${made.id}`, { as: 'officer' });
    const warn = { as: 'supervisor', headers: keyed(run.version) };
    await desk.app.request('POST', `/billing/dunning-runs/${made.id}/issue`, warn);
    await desk.app.drain();
    // Nobody holds the account, so no warning goes out; the objection to the notice below suspends it all the same.
    const free = await debtor();
    const exempt = async () =>
      new Map(
        (await candidates((await listed()).id)).map((each) => [
          each.subscriptionId,
          [each.exemption, each.exemptionDetail],
        ]),
      );
    const first = await exempt();
    expect(first.get(hospital.id)).toEqual(['HOSPITAL', null]);
    expect(first.get(patient.id)).toEqual(['LIFE_SUPPORT', null]);
    expect(first.get(planner.id)).toEqual(['PLAN', null]);
    expect(first.get(zone.id)).toEqual(['MORATORIUM', 'ق 1']);
    expect(first.get(camp.id)).toEqual(['MORATORIUM', 'ق 2']);
    expect(first.get(free.id)).toEqual([null, null]);
    const notices = await served();
    expect(notices.map(({ subscriptionId }) => subscriptionId).sort()).toEqual([objector.id, free.id].sort());
    const { serial } = notices.find(({ subscriptionId }) => subscriptionId === free.id);
    expect((await exempt()).get(free.id)).toEqual(['NOTICE_OPEN', serial]);
    on(AFTER);
    expect((await ordered()).orders).toHaveLength(2);
    const later = await exempt();
    expect(later.get(free.id)).toEqual(['ORDER_OPEN', null]);
    expect(later.get(camp.id)).toEqual([null, null]);
    const [{ id, version }] = (await desk.works.get('/moratoriums')).body.slice(-1);
    const end = (at: number) => desk.works.post(`/moratoriums/${id}/end`, {}, { as: 'supervisor', version: at });
    expect((await end(version)).body).toMatchObject({ toOn: AFTER });
    expect((await end(version + 1)).body.code).toBe('water.moratorium-ended');
  });

  it('leaves out whom a court is to hear', async () => {
    const { id: recordId, accountIds } = await desk.books.record(['ILS']);
    const { id } = await desk.works.subscription({ oneRecordId: recordId, accountId: accountIds[0]! });
    const account = accountIds[0]!;
    await desk.books.charge(account, 150_000, { dueOn: '2026-09-30' });
    await desk.books.charge(account, 100_000, { dueOn: '2026-10-31' });
    const post = (path: string, as: string, body: object | undefined, headers: Record<string, string>) =>
      desk.app.request('POST', `/billing/${path}`, { as, headers, ...(body && { body }) });
    const { body: made } = await post('dunning-runs', 'officer', { accountIds: [account] }, keyed());
    await desk.app.drain();
    const { body: run } = await desk.app.request('GET', `/billing/dunning-runs/${made.id}`, { as: 'officer' });
    await post(`dunning-runs/${made.id}/issue`, 'supervisor', undefined, keyed(run.version));
    await desk.app.drain();
    const [warning] = (await desk.app.request('GET', `/billing/warnings?runId=${made.id}`, { as: 'clerk' })).body.items;
    const service = { means: 'IN_PERSON', on: TODAY, to: 'المكلف نفسه', server: 'رائد سالم' };
    await post(`warnings/${warning.serial}/serve`, 'clerk', service, keyed(warning.version));
    const objection = { on: TODAY, court: 'محكمة بداية نابلس', caseNumber: '214/2026', security: 'SECURITY' };
    const objected = await post(`warnings/${warning.serial}/object`, 'officer', objection, keyed(warning.version + 1));
    expect(objected.status).toBe(200);
    expect(await candidates((await listed()).id)).toMatchObject([{ subscriptionId: id, exemption: 'OBJECTION' }]);
  });
});

describe('a notice of disconnection', () => {
  it('is issued by another than the maker of the list, once, to whom still owes', async () => {
    const [stays, pays] = [await debtor({ serial: 'M-77' }), await debtor()];
    const run = (await desk.works.post('/cut-runs', {}, { as: 'supervisor' })).body;
    expect((await issue(run)).body.code).toBe('water.cut-own-list');
    const other = await listed();
    await desk.books.pay(pays.accountId, 250_000);
    expect((await issue(other, 'officer')).status).toBe(403);
    const answers = await Promise.all([issue(other), issue(other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await issue({ ...other, version: 2 })).body.code).toBe('water.cut-run-state');
    const { items } = (await desk.works.get('/cut-notices')).body;
    expect(items).toMatchObject([
      { subscriptionId: stays.id, state: 'ISSUED', bills: 2, owed: '250000', noticeDays: 7 },
    ]);
    const [{ serial }] = items;
    expect(serial).toMatch(/^DW-/);
    const verified = await desk.app.request('GET', `//verify/${serial}`, { headers: { accept: 'application/json' } });
    expect(verified.body).toMatchObject({
      kind: 'DISCONNECTION_NOTICE',
      status: 'VALID',
      totals: [{ balance: '250000' }],
    });
    expect((await desk.works.post(`/cut-runs/${run.id}/cancel`, {}, { version: run.version })).body.state).toBe(
      'CANCELLED',
    );
  });

  it('is printed in Arabic, the second time as a copy, and a crew list as well', async () => {
    const { routeId, zoneId } = await desk.works.walk('26');
    await debtor({ serial: 'M-78', routeId, sequence: 12 });
    await debtor({ serial: 'M-79', routeId, sequence: 3 });
    const [first] = await served();
    const { zoneId: elsewhere } = await desk.works.walk('27');
    const count = async (query: string) => (await desk.works.get(`/cut-notices?${query}`)).body.total;
    expect(await Promise.all([count(`routeId=${routeId}`), count(`zoneId=${elsewhere}`)])).toEqual([2, 0]);
    expect(await count(`zoneId=${zoneId}&state=SERVED`)).toBe(2);
    const pdf = async (as = 'clerk') => desk.app.request('GET', `/water/cut-notices/${first.serial}/pdf`, { as });
    const original = await pdf();
    expect(original.headers['content-type']).toBe('application/pdf');
    const [text] = textOf(original.raw);
    for (const part of ['إخطار بالفصل', first.serial, '2,500.00', 'محضر التبليغ']) expect(text).toContain(part);
    expect(text).not.toContain('نسخة');
    expect(textOf((await pdf()).raw)[0]).toContain('نسخة');
    expect((await pdf('auditor')).status).toBe(403);
    const all = await desk.app.request('GET', `/water/cut-runs/${first.runId}/notices.pdf`, { as: 'clerk' });
    expect(textOf(all.raw)).toHaveLength(2);
    expect(textOf(all.raw).filter((page) => page.includes('نسخة'))).toHaveLength(1);
    const none = await desk.app.request('GET', `/water/cut-runs/${first.runId}/notices.pdf?part=2`, { as: 'clerk' });
    expect(none.body.code).toBe('water.no-cut-notices');
    on(AFTER);
    await ordered();
    const { status, body: list } = await field({ routeId });
    expect(status).toBe(201);
    expect(list.rows.map(({ sequence }: { sequence: number }) => sequence)).toEqual([3, 12]);
    const csv = await desk.app.request('GET', `/water/field-lists/${list.id}/csv`, { as: 'officer' });
    expect(csv.raw.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(csv.raw.toString('utf8').split('\r\n')[1]).toContain(',26,3,');
    const sheet = await desk.app.request('GET', `/water/field-lists/${list.id}/pdf`, { as: 'officer' });
    for (const part of ['كشف ميداني', 'أوامر فصل', 'M-79', 'خط السير 26', 'صفحة 1 من 1'])
      expect(textOf(sheet.raw)[0]).toContain(part);
    const lists = async (query: string) => (await desk.works.get(`/field-lists${query}`)).body;
    expect(await lists(`?workOn=${AFTER}`)).toMatchObject({ total: 1, items: [{ id: list.id, orders: 2, open: 2 }] });
    expect((await lists('?workOn=2026-12-03')).total).toBe(0);
    const [{ orderId, version }] = list.rows;
    await desk.execute({ id: orderId, version });
    expect(await lists('')).toMatchObject({ items: [{ orders: 2, open: 1 }] });
    const { rows } = (await desk.works.get(`/field-lists/${list.id}`)).body;
    expect(rows[0]).toMatchObject({ state: 'EXECUTED', executedOn: AFTER, reading: 77, seal: 'S-9' });
    expect((await desk.works.get('/field-lists', 'clerk')).status).toBe(403);
  });

  it('is served on paper, and suspended by an objection until it is decided', async () => {
    const { id } = await debtor();
    const run = await listed();
    await issue(run);
    const [{ serial, version }] = (await desk.works.get(`/cut-notices?runId=${run.id}`)).body.items;
    expect((await serve(serial, version, { means: 'SMS' })).body.code).toBe('water.no-service-by-message');
    expect((await serve(serial, version, { on: '2026-11-23' })).status).toBe(422);
    expect((await serve(serial, version, { on: '2026-11-25' })).status).toBe(422);
    expect((await serve(serial, version)).body).toMatchObject({ state: 'SERVED', deadlineOn: '2026-12-01' });
    expect((await serve(serial, version)).status).toBe(412);
    expect((await serve(serial, version + 1)).body.code).toBe('water.cut-notice-state');
    const object = { on: TODAY, documentNumber: 'وارد 9', reason: 'ليس عدادي' };
    const objected = await desk.works.post(`/cut-notices/${serial}/objection`, object, {
      as: 'clerk',
      version: version + 1,
    });
    expect(objected.body.state).toBe('OBJECTED');
    on(AFTER);
    expect(await ordered()).toEqual({ orders: [], cancelled: [], left: [] });
    const decide = (outcome: string, at: number, as = 'supervisor') =>
      desk.works.post(
        `/cut-notices/${serial}/objection/decision`,
        { outcome, decisionNumber: 'ق 7' },
        { as, version: at },
      );
    expect((await decide('DISMISSED', version + 2, 'officer')).status).toBe(403);
    expect((await decide('DISMISSED', version + 2)).body).toMatchObject({
      state: 'SERVED',
      objection: { outcome: 'DISMISSED' },
    });
    expect((await ordered()).orders).toMatchObject([
      { subscriptionId: id, kind: 'DISCONNECT', cause: 'DEBT', state: 'ISSUED' },
    ]);
  });

  it('that was upheld or withdrawn makes place for another, and one that was altered is not relied on', async () => {
    await debtor();
    const [{ serial, version }] = await served();
    const cancel = { reason: 'صدر بالخطأ' };
    const gone = await desk.works.post(`/cut-notices/${serial}/cancel`, cancel, { as: 'supervisor', version });
    expect(gone.body).toMatchObject({ state: 'CANCELLED', endReason: 'صدر بالخطأ' });
    const [again] = await served();
    const altered = {
      content: {
        ...(await desk.works.store.reads(CutNotice).findOneByOrFail({ serial: again.serial })).content,
        owed: 1,
      },
    };
    await desk.app.app.get(UnitOfWork).run(() => desk.works.store.update(CutNotice, { serial: again.serial }, altered));
    expect((await desk.works.get(`/cut-notices/${again.serial}`)).body.code).toBe('water.cut-notice-altered');
    expect((await desk.works.get('/cut-notices/DW-HQ-2026-999999-00')).status).toBe(404);
  });
});
