import { textOf } from '@libs/testing';
import { ChequeMaturing } from '../../src/billing/cheques/cheque-maturing';
import { startTestApp, type TestApp } from '../support/app';
import { chequeDesk } from '../support/cheques';

const LATER = '2027-01-15';

let app: TestApp;
let desk: ReturnType<typeof chequeDesk>;
let shift: { id: number };
let account: { id: number; chargeIds: number[] };

beforeAll(async () => {
  app = await startTestApp({ CASHIER_VOID_LIMITS: 'ILS:5000,JOD:1000' });
  desk = chequeDesk(app);
  shift = await desk.shift((await desk.till('CQ-1')).id);
});
afterAll(async () => {
  expect(await desk.proof()).toEqual([]);
  await app.close();
});
beforeEach(async () => {
  account = await desk.account({ charges: [10_000, 20_000] });
});

const line = (amount: string, more: object = {}) => ({ accountId: account.id, amount, ...more });
/** Without the marks that a PDF sets between digits. */
const plain = (pdf: Buffer) =>
  textOf(pdf)
    .join('\n')
    .replace(/\u200b/g, '');
const states = async (id: number) => (await desk.get(id)).events.map(({ to }: { to: string }) => to);

describe('a cheque at the till', () => {
  it('that is due counts at once, provisionally', async () => {
    const { id, serial } = await desk.taken(account.id, '300');
    expect(await desk.balance(account.id)).toBe(0);
    expect(await desk.books(id)).toEqual([30_000, 0]);
    const { body } = await app.request('GET', `/payments/${serial}`, { as: 'cashier' });
    expect(body.tenders[0]).toMatchObject({ kind: 'CHEQUE', cheque: { id, relief: 'NOW', bank: 'بنك المثال' } });
    expect(body.lines[0]).toMatchObject({ deferred: { amount: '0' } });
    expect(await desk.get(id)).toMatchObject({ state: 'RECEIVED', receipt: serial, drawerKey: 'AC:89:1234567' });
  });

  it('that is post-dated counts nothing until it clears', async () => {
    const { id, serial } = await desk.taken(account.id, '300', { dueOn: LATER });
    expect(await desk.balance(account.id)).toBe(30_000);
    expect(await desk.books(id)).toEqual([30_000, -30_000]);
    const { body } = await app.request('GET', `/payments/${serial}`, { as: 'cashier' });
    expect(body.lines[0]).toMatchObject({ charges: [], deferred: { amount: '30000' }, paid: { amount: '30000' } });
    expect((await desk.get(id)).lines).toEqual([
      { accountId: account.id, amount: '30000', chargeIds: null, creditId: null },
    ]);
  });

  it('mixes with cash: money first, then what is due, then by due date, over several accounts', async () => {
    const other = await desk.account({ charges: [5000] });
    const { status, body } = await desk.take(
      [line('300'), { accountId: other.id, amount: '50' }],
      [
        desk.tender('120', { dueOn: '2027-02-01' }),
        desk.tender('80', { dueOn: LATER }),
        desk.tender('50', { dueOn: '2026-11-20' }),
        { kind: 'CASH', currency: 'ILS', amount: '100' },
      ],
    );
    expect(status).toBe(201);
    // 100 in cash and 50 that is due on the first account; 80 and 70 of 120 later; the other 50 later on the second.
    expect(await desk.balance(account.id)).toBe(15_000);
    expect(await desk.balance(other.id)).toBe(5000);
    const [last, next, due] = body.tenders.map(({ cheque }: any) => cheque?.id);
    const parts = async (id: number) =>
      (await desk.get(id)).lines.map(({ accountId, amount, creditId }: any) => [accountId, amount, creditId !== null]);
    expect(await parts(due)).toEqual([[account.id, '5000', true]]);
    expect(await parts(next)).toEqual([[account.id, '8000', false]]);
    expect(await parts(last)).toEqual([
      [account.id, '7000', false],
      [other.id, '5000', false],
    ]);
  });

  it('is not taken twice, not even by two at once', async () => {
    const seed = { number: '777', dueOn: LATER };
    const one = () => desk.take([line('10')], [desk.tender('10', seed)]);
    const both = await Promise.all([one(), one()]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('billing.cheque-taken');
    const again = (more: object) => desk.take([line('10')], [desk.tender('10', { ...seed, ...more })]);
    expect((await again({ number: '٧٧٧' })).body.code).toBe('billing.cheque-taken');
    expect((await again({ drawerAccount: undefined })).body.code).toBe('billing.cheque-taken');
    expect((await again({ drawerAccount: '99' })).status).toBe(201);
    expect((await again({ bank: '21' })).status).toBe(201);
    const twice = desk.tender('5', { number: '778' });
    const code = (body: any) => body.errors[0].code;
    expect(code((await desk.take([line('10')], [twice, twice])).body)).toBe('twice');
  });

  it('refuses what is no cheque', async () => {
    const refused = async (tender: object, lines = [line('10')]) => (await desk.take(lines, [tender])).body;
    const plain = { kind: 'CHEQUE', currency: 'ILS', amount: '10' };
    expect((await refused(plain)).errors).toEqual([{ pointer: '/tenders/0/cheque', code: 'required' }]);
    expect((await refused({ ...plain, kind: 'CASH', cheque: desk.cheque() })).errors[0].code).toBe('chequeOnly');
    expect((await refused(desk.tender('10', { dueOn: '2026-05-01' }))).errors[0].code).toBe('stale');
    expect((await refused(desk.tender('10', { number: '12a' }))).errors[0].pointer).toContain('number');
    const pays = { currency: 'ILS', amount: '10' };
    expect((await refused({ ...desk.tender('2', {}, 'JOD'), pays })).errors[0].code).toBe('ownCurrency');
    expect((await refused({ ...desk.tender('10'), tendered: '20' })).errors[0].code).toBe('cashOnly');
  });

  it('promises no more than is owed, unless an advance is agreed to', async () => {
    expect((await desk.take([line('300.01')], [desk.tender('300.01', { dueOn: LATER })])).body.code).toBe(
      'billing.exceeds-balance',
    );
    await desk.taken(account.id, '250', { dueOn: LATER });
    const more = [desk.tender('60', { dueOn: LATER })];
    expect((await desk.take([line('60')], more)).body.code).toBe('billing.exceeds-balance');
    expect((await desk.take([line('60')], more, { acceptAdvance: true })).status).toBe(201);
    const [first] = account.chargeIds;
    const directed = (amount: string) =>
      desk.take([line(amount, { chargeIds: [first] })], [desk.tender(amount, { dueOn: LATER })]);
    expect((await directed('100.01')).body.code).toBe('billing.exceeds-charge');
    await desk.pay(account.id, '100', { chargeIds: [first!] });
    expect((await directed('50')).body.code).toBe('billing.charge-settled');
    const closed = await desk.account({ charges: [100], state: 'CLOSED' });
    const onClosed = [{ accountId: closed.id, amount: '1' }];
    expect((await desk.take(onClosed, [desk.tender('1', { dueOn: LATER })])).body.code).toBe('billing.account-closed');
  });

  it('is one when it is sent twice with one key', async () => {
    const tenders = [desk.tender('300', { dueOn: LATER })];
    const send = () => desk.take([line('300')], tenders, {}, { key: 'cheque-once' });
    const [first, second] = [await send(), await send()];
    expect(second).toMatchObject({ status: 201, body: first.body });
  });

  it('stands on the receipt, which says what counts now', async () => {
    const { body } = await desk.take(
      [line('300')],
      [{ kind: 'CASH', currency: 'ILS', amount: '100' }, desk.tender('200', { dueOn: LATER })],
    );
    const { raw, status } = await app.request('GET', `/payments/${body.serial}/pdf?lang=en`, { as: 'cashier' });
    expect(status).toBe(200);
    const text = plain(raw);
    expect(text).toContain(body.tenders[1].cheque.number);
    expect(text).toContain('A cheque settles the debt only once it is collected.');
    expect(text).toContain('200.00 once the cheque clears');
  });
});

describe('the way to the bank', () => {
  it('is through the safe, on the day', async () => {
    const { id } = await desk.taken(account.id, '100', { dueOn: '2026-11-25' });
    expect((await desk.deposit(id)).body.code).toBe('billing.cheque-not-due');
    expect((await desk.hold(id)).body).toMatchObject([{ id, state: 'HELD' }]);
    expect((await desk.hold(id)).body.code).toBe('billing.cheque-state');
    expect(await app.app.get(ChequeMaturing).run()).toBe(0);
    expect(await desk.later(1, () => app.app.get(ChequeMaturing).run())).toBe(1);
    expect((await desk.get(id)).state).toBe('DUE');
    expect((await desk.hold(999_999_999)).status).toBe(404);
    expect(await states(id)).toEqual(['RECEIVED', 'HELD', 'DUE']);
    const sight = await desk.taken(account.id, '100');
    expect((await desk.deposit(sight.id)).body).toMatchObject({ code: 'billing.cheque-state', state: 'RECEIVED' });
  });

  it('ends with the money at the bank, and what waited for it is paid', async () => {
    const { id } = await desk.taken(account.id, '300', { dueOn: LATER });
    const sight = await desk.taken((await desk.account({ charges: [700] })).id, '7');
    const bank = await desk.ledger('BANK');
    const depositId = await desk.later(60, async () => {
      const made = await desk.atBank(id, sight.id);
      const first = await desk.answer(made, { cleared: [id], reference: '778812' });
      expect(first).toMatchObject({ status: 200, body: { state: 'IN_TRANSIT' } });
      expect(first.body.cheques).toMatchObject([
        { id, outcome: 'CLEARED', state: 'CLEARED', bankReference: '778812' },
        { id: sight.id, outcome: 'PENDING', state: 'DEPOSITED' },
      ]);
      expect((await desk.answer(made, { cleared: [sight.id] })).body.state).toBe('SETTLED');
      return made;
    });
    expect(await desk.balance(account.id)).toBe(0);
    expect(await desk.books(id)).toEqual([0, 0]);
    expect(await desk.ledger('BANK')).toBe(bank + 30_700);
    expect(await desk.books(sight.id)).toEqual([0, 0]);
    const { events, lines } = await desk.get(id);
    expect(events.at(-1)).toMatchObject({ from: 'DEPOSITED', to: 'CLEARED', postingId: expect.any(Number) });
    expect(lines[0].creditId).toEqual(expect.any(Number));
    const { raw } = await app.request('GET', `/cheque-deposits/${depositId}/pdf?lang=en`, { as: 'officer' });
    expect(plain(raw)).toContain('307.00');
    const list = await app.request('GET', '/cheque-deposits', { as: 'auditor' });
    expect(list.body.items[0]).toMatchObject({ id: depositId, state: 'SETTLED' });
  });

  it('finds the charge paid meanwhile: the oldest is paid then, or it is an advance', async () => {
    const [first] = account.chargeIds;
    const seed = { dueOn: '2026-11-25' };
    const { id } = await desk.taken(account.id, '100', seed, { acceptAdvance: true });
    const { body } = await desk.take([line('100', { chargeIds: [first] })], [desk.tender('100', seed)], {
      acceptAdvance: true,
    });
    const directed = body.tenders[0].cheque.id;
    await desk.pay(account.id, '280');
    expect((await desk.later(1, () => desk.clear(id))).status).toBe(200);
    expect(await desk.balance(account.id)).toBe(-8000);
    expect((await desk.later(1, () => desk.clear(directed))).status).toBe(200);
    expect(await desk.balance(account.id)).toBe(-18_000);
    expect(await desk.outstanding(account.id)).toEqual([0, 0]);
  });

  it('pays a directed charge first, though an older one is open', async () => {
    const [, second] = account.chargeIds;
    const lines = [line('40', { chargeIds: [second] }), line('30', { chargeIds: [second] })];
    const { body } = await desk.take(lines, [desk.tender('70', { dueOn: '2026-11-25' })]);
    expect((await desk.later(1, () => desk.clear(body.tenders[0].cheque.id))).status).toBe(200);
    expect(await desk.outstanding(account.id)).toEqual([10_000, 13_000]);
  });

  it('leaves the money in suspense when the account was closed meanwhile', async () => {
    const { id } = await desk.taken(account.id, '100', { dueOn: '2026-11-25' });
    await desk.closeAccount(account.id);
    expect((await desk.later(1, () => desk.clear(id))).status).toBe(200);
    expect(await desk.ledger('SUSPENSE', 'ILS', `cheque:${id}`)).toBe(-10_000);
  });

  it('is answered once, by whoever is first', async () => {
    const { id } = await desk.taken(account.id, '100');
    const depositId = await desk.atBank(id);
    const both = await Promise.all([
      desk.answer(depositId, { cleared: [id] }),
      desk.answer(depositId, { returned: [{ chequeId: id, reason: 'توقيع مختلف' }] }, 'supervisor'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)!.body.code).toBe('billing.cheque-state');
    expect((await desk.get(id)).events).toHaveLength(4);
    const stranger = await desk.taken(account.id, '10');
    expect((await desk.answer(depositId, { cleared: [stranger.id] })).body.code).toBe('billing.cheque-not-in-deposit');
    expect((await desk.answer(depositId, {})).status).toBe(422);
    const twice = { cleared: [id], returned: [{ chequeId: id, reason: 'مرتين' }] };
    expect((await desk.answer(depositId, twice)).body.errors[0].code).toBe('twice');
    expect((await desk.answer(999_999_999, { cleared: [id] })).status).toBe(404);
  });
});

describe('the lists', () => {
  it('are by day, by drawer, by shift', async () => {
    const drawer = { drawer: 'مؤسسة الأمل', drawerId: '900000001' };
    const kept = await desk.taken(account.id, '10', { ...drawer, dueOn: '2027-05-01' });
    const dinars = await desk.account({ currency: 'JOD', charges: [5000] });
    await desk.take(
      [{ accountId: dinars.id, amount: '5' }],
      [desk.tender('5', { ...drawer, dueOn: '2027-05-01' }, 'JOD')],
    );
    const diary = await app.request('GET', '/cheques/diary?from=2027-05-01&to=2027-05-31', { as: 'cashier' });
    expect(diary.body).toMatchObject([
      { dueOn: '2027-05-01', count: 1, sum: { currency: 'ILS', amount: '1000' } },
      { dueOn: '2027-05-01', count: 1, sum: { currency: 'JOD', amount: '5000' } },
    ]);
    const sight = await desk.taken(account.id, '20', drawer);
    await desk.bounce(sight.id);
    const name = encodeURIComponent('الامل');
    const drawers = await app.request('GET', `/cheques/drawers?name=${name}`, { as: 'officer' });
    expect(drawers.body.items).toMatchObject([
      { drawerKey: 'ID:900000001', name: drawer.drawer, cheques: 3, cleared: 0, returned: 1, grade: 'C' },
    ]);
    expect((await app.request('GET', '/cheques/drawers', { as: 'officer' })).body.items[0].returned).toBe(1);
    const list = async (query: string) => (await app.request('GET', `/cheques?${query}`, { as: 'clerk' })).body;
    expect((await list('drawerKey=ID:900000001&state=RETURNED')).items).toMatchObject([{ id: sight.id, returns: 1 }]);
    expect((await list('dueFrom=2027-05-01&dueTo=2027-05-01')).total).toBe(2);
    const { number } = await desk.get(kept.id);
    expect((await list(`number=${number}&shiftId=${shift.id}`)).total).toBe(1);
    expect((await app.request('GET', '/cheques/diary?from=2027-05-01', { as: 'cashier' })).status).toBe(422);
    expect((await app.request('GET', '/cheques/999999999', { as: 'cashier' })).status).toBe(404);
  });

  it('are for those who may', async () => {
    const forbidden = async (method: string, path: string, as: string) =>
      (method === 'GET' ? await app.request('GET', path, { as }) : await desk.post(path, {}, { as })).body.code;
    expect(await forbidden('GET', '/cheques', 'integration')).toBe('http.forbidden');
    expect(await forbidden('POST', '/cheques/hold', 'cashier')).toBe('http.forbidden');
    expect(await forbidden('POST', '/cheques/1/replace', 'cashier')).toBe('http.forbidden');
    expect(await forbidden('POST', '/cheques/1/refer', 'officer')).toBe('http.forbidden');
    expect(await forbidden('POST', '/cheque-deposits', 'officer')).toBe('http.forbidden');
    expect(await forbidden('POST', '/cheque-deposits/1/outcomes', 'cashier')).toBe('http.forbidden');
    expect(await forbidden('GET', '/cheque-deposits', 'cashier')).toBe('http.forbidden');
  });

  it('stand in the report of the shift', async () => {
    const till = await desk.till('CQ-2');
    await desk.cashier('cashier-q');
    const own = await desk.shift(till.id, 'cashier-q');
    const { body } = await desk.take([line('10')], [desk.tender('10')], {}, { as: 'cashier-q' });
    await desk.count(own.id, {}, 'cashier-q');
    const report = await app.request('GET', `/shifts/${own.id}/report`, { as: 'supervisor' });
    expect(report.body.cheques).toMatchObject([
      { number: body.tenders[0].cheque.number, state: 'RECEIVED', sum: { amount: '1000' } },
    ]);
  });
});
