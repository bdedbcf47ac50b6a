import { writeFileSync } from 'node:fs';
import { textOf } from '@libs/testing';
import { Proofs } from '../../src/billing';
import { CutNotice } from '../../src/water/orders/cut.entity';
import { startTestApp, type TestApp } from '../support/app';
import { charged, keyed } from '../support/charged';
import { waterWorks, type WaterWorks } from '../support/water-works';

let app: TestApp;
let works: WaterWorks;
let books: ReturnType<typeof charged>;
beforeEach(async () => {
  app = await startTestApp();
  works = waterWorks(app);
  books = charged(app);
});
afterEach(async () => {
  expect(await books.faults()).toEqual([]);
  expect(await app.app.get(Proofs).run('CLI')).toMatchObject({ state: 'HOLDS' });
  await app.close();
});

/** Tuesday 2026-11-24; the notices of that day are over on Wednesday 2026-12-02. */
const TODAY = '2026-11-24';
const AFTER = '2026-12-02';
const on = (day: string) => {
  app.clock.set(`${day}T08:00:00.000Z`);
  app.forgetTokens();
};

/** Owes 1,500.00 since September and 1,000.00 since October. */
async function debtor(changes: Parameters<WaterWorks['subscription']>[0] = {}) {
  const subscription = await works.subscription(changes);
  const charges = [
    await books.charge(subscription.accountId, 150_000, { dueOn: '2026-09-30' }),
    await books.charge(subscription.accountId, 100_000, { dueOn: '2026-10-31' }),
  ];
  return { ...subscription, charges };
}

const listed = async (body: object = {}) =>
  (await works.post('/cut-runs', body)).body as { id: number; version: number };
const candidates = async (id: number) => (await works.get(`/cut-runs/${id}/candidates`)).body.items as any[];
const issue = ({ id, version }: { id: number; version: number }, as = 'supervisor') =>
  works.post(`/cut-runs/${id}/issue`, {}, { as, version });

/** The notices of a new list, served today. */
async function served(body: object = {}) {
  const run = await listed(body);
  expect((await issue(run)).status).toBe(200);
  const { items } = (await works.get(`/cut-notices?runId=${run.id}`)).body;
  for (const { serial, version } of items) await serve(serial, version);
  return (await works.get(`/cut-notices?runId=${run.id}`)).body.items as any[];
}
const serve = (serial: string, version: number, more: object = {}) =>
  works.post(
    `/cut-notices/${serial}/service`,
    { means: 'IN_PERSON', on: TODAY, to: 'المشترك', server: 'رائد سالم', ...more },
    { as: 'clerk', version },
  );
const ordered = async () => (await works.post('/orders', {}, { as: 'supervisor' })).body;
const execute = (order: { id: number; version: number }, body: object = {}, as = 'officer') =>
  works.post(
    `/orders/${order.id}/execute`,
    { on: AFTER, reading: 77, seal: 'S-9', photo: 'p/1.jpg', ...body },
    { as, version: order.version },
  );
const field = (body: object = {}) =>
  works.post('/field-lists', { kind: 'DISCONNECT', workOn: AFTER, crew: 'فرقة 1', ...body });
const order = async (id: number) => (await works.get(`/orders/${id}`)).body;

/** A debtor whose cut is ordered, on the day after the deadline. */
async function dueForCut(changes: Parameters<WaterWorks['subscription']>[0] = {}) {
  const subscription = await debtor(changes);
  const [notice] = await served();
  on(AFTER);
  const { orders } = await ordered();
  return { subscription, notice, cut: orders[0] };
}

async function planFor(recordId: number, accountId: number) {
  const terms = { currency: 'ILS', downPayment: '200', instalments: 3, firstDueOn: '2026-12-31' };
  const path = `/one-records/${recordId}/instalment-plans`;
  const { body: plan } = await app.request('POST', path, { as: 'officer', headers: keyed(), body: terms });
  await books.pay(accountId, 20_000);
  const activate = { as: 'officer', headers: keyed(plan.version), body: {} };
  expect((await app.request('POST', `/billing/instalment-plans/${plan.id}/activate`, activate)).status).toBe(200);
}

describe('whose water would be cut', () => {
  it('owes enough bills and money, of the classes, walk and zone asked for', async () => {
    const west = await works.walk('26');
    const shop = await debtor({ waterClass: 'COMMERCIAL', routeId: west.routeId });
    const home = await debtor();
    const small = await works.subscription();
    await books.charge(small.accountId, 199_999, { dueOn: '2026-09-30' });
    const one = await works.subscription();
    await books.charge(one.accountId, 900_000, { dueOn: '2026-09-30' });
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
    expect((await works.post('/cut-runs', {}, { as: 'clerk' })).status).toBe(403);
  });

  it('says of each why it is exempt', async () => {
    const { zoneId, routeId } = await works.walk('31');
    const { id: recordId } = await books.record([]);
    const hospital = await debtor({ protection: 'HOSPITAL' });
    const patient = await debtor({ protection: 'LIFE_SUPPORT' });
    const planner = await debtor({ oneRecordId: recordId });
    await books.charge(planner.accountId, 20_000, { dueOn: '2026-10-31' });
    await planFor(recordId, planner.accountId);
    const zone = await debtor({ routeId });
    const camp = await debtor({ waterClass: 'CAMP' });
    const decided = { fromOn: TODAY, reason: 'حالة طوارئ' };
    const declare = (body: object, as = 'supervisor') => works.post('/moratoriums', { ...decided, ...body }, { as });
    expect((await declare({ zoneId, decisionNumber: 'ق 1' })).status).toBe(201);
    await declare({ waterClass: 'CAMP', decisionNumber: 'ق 2', toOn: TODAY });
    expect((await declare({ zoneId: 999_999, decisionNumber: 'ق 3' })).status).toBe(422);
    expect((await declare({ toOn: '2026-11-23', decisionNumber: 'ق 3' })).status).toBe(422);
    expect((await declare({ decisionNumber: 'ق 3' }, 'officer')).status).toBe(403);
    const objector = await debtor();
    const dunning = { as: 'officer', headers: keyed(), body: { accountIds: [objector.accountId] } };
    const { body: made } = await app.request('POST', '/billing/dunning-runs', dunning);
    await app.drain();
    const { body: run } = await app.request('GET', `/billing/dunning-runs/${made.id}`, { as: 'officer' });
    const warn = { as: 'supervisor', headers: keyed(run.version) };
    await app.request('POST', `/billing/dunning-runs/${made.id}/issue`, warn);
    await app.drain();
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
    const [{ id, version }] = (await works.get('/moratoriums')).body.slice(-1);
    const end = (at: number) => works.post(`/moratoriums/${id}/end`, {}, { as: 'supervisor', version: at });
    expect((await end(version)).body).toMatchObject({ toOn: AFTER });
    expect((await end(version + 1)).body.code).toBe('water.moratorium-ended');
  });

  it('leaves out whom a court is to hear', async () => {
    const { id: recordId, accountIds } = await books.record(['ILS']);
    const { id } = await works.subscription({ oneRecordId: recordId, accountId: accountIds[0]! });
    const account = accountIds[0]!;
    await books.charge(account, 150_000, { dueOn: '2026-09-30' });
    await books.charge(account, 100_000, { dueOn: '2026-10-31' });
    const post = (path: string, as: string, body: object | undefined, headers: Record<string, string>) =>
      app.request('POST', `/billing/${path}`, { as, headers, ...(body && { body }) });
    const { body: made } = await post('dunning-runs', 'officer', { accountIds: [account] }, keyed());
    await app.drain();
    const { body: run } = await app.request('GET', `/billing/dunning-runs/${made.id}`, { as: 'officer' });
    await post(`dunning-runs/${made.id}/issue`, 'supervisor', undefined, keyed(run.version));
    await app.drain();
    const [warning] = (await app.request('GET', `/billing/warnings?runId=${made.id}`, { as: 'clerk' })).body.items;
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
    const run = (await works.post('/cut-runs', {}, { as: 'supervisor' })).body;
    expect((await issue(run)).body.code).toBe('water.cut-own-list');
    const other = await listed();
    await books.pay(pays.accountId, 250_000);
    expect((await issue(other, 'officer')).status).toBe(403);
    const answers = await Promise.all([issue(other), issue(other)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await issue({ ...other, version: 2 })).body.code).toBe('water.cut-run-state');
    const { items } = (await works.get('/cut-notices')).body;
    expect(items).toMatchObject([
      { subscriptionId: stays.id, state: 'ISSUED', bills: 2, owed: '250000', noticeDays: 7 },
    ]);
    const [{ serial }] = items;
    expect(serial).toMatch(/^DW-/);
    const verified = await app.request('GET', `//verify/${serial}`, { headers: { accept: 'application/json' } });
    expect(verified.body).toMatchObject({
      kind: 'DISCONNECTION_NOTICE',
      status: 'VALID',
      totals: [{ balance: '250000' }],
    });
    expect((await works.post(`/cut-runs/${run.id}/cancel`, {}, { version: run.version })).body.state).toBe('CANCELLED');
  });

  it('is printed in Arabic, the second time as a copy, and a crew list as well', async () => {
    const { routeId } = await works.walk('26');
    await debtor({ serial: 'M-78', routeId, sequence: 12 });
    await debtor({ serial: 'M-79', routeId, sequence: 3 });
    const [first] = await served();
    const pdf = async (as = 'clerk') => app.request('GET', `/water/cut-notices/${first.serial}/pdf`, { as });
    const original = await pdf();
    expect(original.headers['content-type']).toBe('application/pdf');
    const [text] = textOf(original.raw);
    for (const part of ['إخطار بالفصل', first.serial, '2,500.00', 'محضر التبليغ']) expect(text).toContain(part);
    expect(text).not.toContain('نسخة');
    expect(textOf((await pdf()).raw)[0]).toContain('نسخة');
    expect((await pdf('auditor')).status).toBe(403);
    on(AFTER);
    await ordered();
    const { status, body: list } = await field({ routeId });
    expect(status).toBe(201);
    expect(list.rows.map(({ sequence }: { sequence: number }) => sequence)).toEqual([3, 12]);
    const csv = await app.request('GET', `/water/field-lists/${list.id}/csv`, { as: 'officer' });
    expect(csv.raw.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(csv.raw.toString('utf8').split('\r\n')[1]).toContain(',26,3,');
    const sheet = await app.request('GET', `/water/field-lists/${list.id}/pdf`, { as: 'officer' });
    for (const part of ['كشف ميداني', 'أوامر فصل', 'M-79']) expect(textOf(sheet.raw)[0]).toContain(part);
    if (process.env.KEEP_PDF) {
      writeFileSync(`${process.env.KEEP_PDF}/notice.pdf`, original.raw);
      writeFileSync(`${process.env.KEEP_PDF}/list.pdf`, sheet.raw);
    }
  });

  it('is served on paper, and suspended by an objection until it is decided', async () => {
    const { id } = await debtor();
    const run = await listed();
    await issue(run);
    const [{ serial, version }] = (await works.get(`/cut-notices?runId=${run.id}`)).body.items;
    expect((await serve(serial, version, { means: 'SMS' })).body.code).toBe('water.no-service-by-message');
    expect((await serve(serial, version, { on: '2026-11-23' })).status).toBe(422);
    expect((await serve(serial, version, { on: '2026-11-25' })).status).toBe(422);
    expect((await serve(serial, version)).body).toMatchObject({ state: 'SERVED', deadlineOn: '2026-12-01' });
    expect((await serve(serial, version)).status).toBe(412);
    expect((await serve(serial, version + 1)).body.code).toBe('water.cut-notice-state');
    const object = { on: TODAY, documentNumber: 'وارد 9', reason: 'ليس عدادي' };
    const objected = await works.post(`/cut-notices/${serial}/objection`, object, {
      as: 'clerk',
      version: version + 1,
    });
    expect(objected.body.state).toBe('OBJECTED');
    on(AFTER);
    expect(await ordered()).toEqual({ orders: [], cancelled: [], left: [] });
    const decide = (outcome: string, at: number, as = 'supervisor') =>
      works.post(`/cut-notices/${serial}/objection/decision`, { outcome, decisionNumber: 'ق 7' }, { as, version: at });
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
    const gone = await works.post(`/cut-notices/${serial}/cancel`, cancel, { as: 'supervisor', version });
    expect(gone.body).toMatchObject({ state: 'CANCELLED', endReason: 'صدر بالخطأ' });
    const [again] = await served();
    const altered = {
      content: { ...(await works.store.reads(CutNotice).findOneByOrFail({ serial: again.serial })).content, owed: 1 },
    };
    const { UnitOfWork } = await import('@libs/persistence');
    await app.app.get(UnitOfWork).run(() => works.store.update(CutNotice, { serial: again.serial }, altered));
    expect((await works.get(`/cut-notices/${again.serial}`)).body.code).toBe('water.cut-notice-altered');
    expect((await works.get('/cut-notices/DW-HQ-2026-999999-00')).status).toBe(404);
  });
});

describe('an order to cut', () => {
  it('comes after the days of the notice, and is carried out with photo, seal and reading', async () => {
    const { id } = await debtor({ serial: 'M-1' });
    await served();
    on('2026-12-01');
    expect((await ordered()).orders).toEqual([]);
    on(AFTER);
    const [cut] = (await ordered()).orders;
    expect((await works.post('/orders', {}, { as: 'officer' })).status).toBe(403);
    expect((await ordered()).orders).toEqual([]);
    const done = await execute(cut);
    expect(done.body).toMatchObject({
      state: 'EXECUTED',
      executedOn: AFTER,
      reading: 77,
      seal: 'S-9',
      photo: 'p/1.jpg',
    });
    expect(await works.now(id)).toMatchObject({ state: 'DISCONNECTED', disconnection: 'DEBT' });
    expect((await works.events(id)).at(-1)).toMatchObject({
      toState: 'DISCONNECTED',
      documentType: 'water-order',
      documentId: String(cut.id),
    });
    expect((await execute(done.body)).body.code).toBe('water.order-state');
  });

  it('is carried out once though two crews report it, and again under the same key', async () => {
    const { cut } = await dueForCut();
    const both = await Promise.all([execute(cut), execute(cut)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const { cut: second } = await dueForCutAgain();
    const path = `/water/orders/${second.id}/execute`;
    const same = { as: 'officer', headers: keyed(second.version, 'crew-1'), body: { on: AFTER } };
    const first = await app.request('POST', path, same);
    expect(first.body.state).toBe('EXECUTED');
    expect((await app.request('POST', path, same)).body).toEqual(first.body);
  });

  /** Another debtor, beside those of before. */
  async function dueForCutAgain() {
    on(TODAY);
    return dueForCut();
  }

  it('never on a day off, nor before one', async () => {
    const { cut } = await dueForCut();
    const holiday = { day: '2026-12-07', nameAr: 'عطلة', nameEn: 'Holiday' };
    expect((await works.post('/holidays', holiday, { as: 'supervisor' })).status).toBe(201);
    expect((await works.post('/holidays', holiday, { as: 'supervisor' })).body.code).toBe('water.holiday-known');
    expect((await works.post('/holidays', holiday)).status).toBe(403);
    for (const day of ['2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06', '2026-12-07']) {
      on(day);
      expect([day, (await execute(cut, { on: day })).body.code]).toEqual([day, 'water.before-holiday']);
      expect([day, (await field({ workOn: day })).body.code]).toEqual([day, 'water.before-holiday']);
    }
    on('2026-12-08');
    expect((await field({ workOn: '2026-12-07' })).status).toBe(422);
    expect((await execute(cut, { on: '2026-12-09' })).status).toBe(422);
    expect((await execute(cut, { on: '2026-12-08' })).body.state).toBe('EXECUTED');
  });

  it('is cancelled when the debt was paid before it was ordered, before the list, or between list and door', async () => {
    const [early, middle, late, owing] = [await debtor(), await debtor(), await debtor(), await debtor()];
    await served();
    on(AFTER);
    await books.pay(early.accountId, 250_000);
    const first = await ordered();
    expect(first.cancelled).toMatchObject([{ why: 'PAID' }]);
    const cutOf = ({ id }: { id: number }) => first.orders.find((each: any) => each.subscriptionId === id);
    // Below what the list asked for is enough: with 1,500 owed no water is cut.
    await books.pay(middle.accountId, 100_000);
    const list = (await field()).body;
    expect(list.cancelled).toEqual([cutOf(middle).id]);
    expect(list.rows.map((row: any) => row.orderId)).toEqual([cutOf(late).id, cutOf(owing).id]);
    await books.pay(late.accountId, 250_000);
    const [{ version }] = list.rows;
    expect((await execute({ id: cutOf(late).id, version })).body).toMatchObject({
      state: 'CANCELLED',
      endReason: 'PAID',
      endedBy: null,
    });
    expect((await works.now(late.id)).state).toBe('ACTIVE');
    // At once: whichever comes first, nobody who had paid is cut off, and nobody is cut off twice.
    const [race] = await Promise.all([
      execute({ id: cutOf(owing).id, version: list.rows[1].version }),
      books.pay(owing.accountId, 250_000),
    ]);
    expect(['EXECUTED', 'CANCELLED']).toContain(race.body.state);
    expect((await works.now(owing.id)).state).toBe(race.body.state === 'EXECUTED' ? 'DISCONNECTED' : 'ACTIVE');
    expect((await order(cutOf(middle).id)).endReason).toBe('PAID');
  });

  it('is cancelled by a plan, and waits where something else stands in its way', async () => {
    const { id: recordId } = await books.record([]);
    const { subscription, cut } = await dueForCut({ oneRecordId: recordId });
    const protect = (protection: string, version: number) =>
      works.post(
        `/subscriptions/${subscription.id}/protection`,
        { protection, reason: 'تقرير طبي' },
        { as: 'supervisor', version },
      );
    await protect('LIFE_SUPPORT', (await works.now(subscription.id)).version);
    expect((await execute(cut)).body).toMatchObject({ code: 'water.cut-exempt', why: 'LIFE_SUPPORT' });
    const list = (await field()).body;
    expect(list).toMatchObject({ rows: [], cancelled: [], left: [{ orderId: cut.id, why: 'LIFE_SUPPORT' }] });
    await protect('NONE', (await works.now(subscription.id)).version);
    await books.charge(subscription.accountId, 20_000, { dueOn: '2026-10-31' });
    await planFor(recordId, subscription.accountId);
    expect((await execute(cut)).body).toMatchObject({ state: 'CANCELLED', endReason: 'PLAN' });
  });

  it('fails, is taken back, and may be ordered again', async () => {
    const { cut } = await dueForCut();
    const reason = { reason: 'الباب مغلق' };
    expect((await works.post(`/orders/${cut.id}/fail`, reason, { version: cut.version, as: 'clerk' })).status).toBe(
      403,
    );
    expect((await works.post(`/orders/${cut.id}/fail`, reason, { version: cut.version })).body.state).toBe('FAILED');
    const [again] = (await ordered()).orders;
    const cancel = (as: string) => works.post(`/orders/${again.id}/cancel`, reason, { version: again.version, as });
    expect((await cancel('officer')).status).toBe(403);
    expect((await cancel('supervisor')).body).toMatchObject({ state: 'CANCELLED', endReason: 'الباب مغلق' });
    expect((await ordered()).orders).toHaveLength(1);
    expect((await works.get('/orders?state=ISSUED&kind=DISCONNECT')).body.total).toBe(1);
  });
});

describe('water that is restored', () => {
  const reconnect = (id: number, key?: string) =>
    works.post(`/subscriptions/${id}/reconnection`, undefined, { as: 'clerk', ...(key && { key }) });

  it('after payment, with the fee, within a day', async () => {
    const { subscription, cut } = await dueForCut();
    expect((await reconnect(subscription.id)).body.code).toBe('water.subscription-state');
    await execute(cut);
    expect((await reconnect(subscription.id)).body).toMatchObject({ code: 'water.debt-unsettled', owed: '250000' });
    await books.pay(subscription.accountId, 250_000);
    const made = await reconnect(subscription.id, 'again');
    expect(made.body).toMatchObject({ kind: 'RECONNECT', cause: 'DEBT', dueAt: '2026-12-03T08:00:00.000Z' });
    expect((await reconnect(subscription.id, 'again')).body).toEqual(made.body);
    expect((await reconnect(subscription.id)).status).toBe(409);
    expect(await books.chargeRow(made.body.feeChargeIds[0])).toMatchObject({
      head: 'RECONNECTION',
      amount: 5000,
      outstanding: 5000,
    });
    expect(await books.ledger('FEES')).toEqual({ ILS: -5000 });
    const list = (await field({ kind: 'RECONNECT', workOn: '2026-12-04' })).body;
    expect(list.rows).toMatchObject([{ orderId: made.body.id }]);
    await execute({ id: made.body.id, version: list.rows[0].version });
    expect(await works.now(subscription.id)).toMatchObject({ state: 'ACTIVE', disconnection: null });
  });

  it('after a plan, and after a cut for tampering', async () => {
    const { id: recordId } = await books.record([]);
    const { subscription, cut } = await dueForCut({ oneRecordId: recordId });
    await execute(cut);
    await planFor(recordId, subscription.accountId);
    expect((await reconnect(subscription.id)).status).toBe(201);
    const other = await works.subscription();
    const tamper = { reason: 'ختم مكسور، محضر 31' };
    const made = await works.post(`/subscriptions/${other.id}/tamper-order`, tamper, { as: 'supervisor' });
    expect((await works.post(`/subscriptions/${other.id}/tamper-order`, tamper, { as: 'supervisor' })).body.code).toBe(
      'water.order-open',
    );
    await execute(made.body);
    expect(await works.now(other.id)).toMatchObject({ state: 'DISCONNECTED', disconnection: 'TAMPER' });
    expect((await reconnect(other.id)).body).toMatchObject({ cause: 'TAMPER' });
  });
});
