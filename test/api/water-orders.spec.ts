import { keyed } from '../support/charged';
import { AFTER, cutDesk, TODAY } from '../support/water-cuts';

const desk = cutDesk();
const { on, debtor, served, ordered, execute, field, order, dueForCut, planFor } = desk;

describe('an order to cut', () => {
  it('comes after the days of the notice, and is carried out with photo, seal and reading', async () => {
    const { id } = await debtor({ serial: 'M-1' });
    await served();
    on('2026-12-01');
    expect((await ordered()).orders).toEqual([]);
    on(AFTER);
    const [cut] = (await ordered()).orders;
    expect((await desk.works.post('/orders', {}, { as: 'officer' })).status).toBe(403);
    expect((await ordered()).orders).toEqual([]);
    const done = await execute(cut);
    expect(done.body).toMatchObject({
      state: 'EXECUTED',
      executedOn: AFTER,
      reading: 77,
      seal: 'S-9',
      photo: 'p/1.jpg',
    });
    expect(await desk.works.now(id)).toMatchObject({ state: 'DISCONNECTED', disconnection: 'DEBT' });
    expect((await desk.works.events(id)).at(-1)).toMatchObject({
      toState: 'DISCONNECTED',
      documentType: 'water-order',
      documentId: String(cut.id),
    });
    expect((await execute(done.body)).body.code).toBe('water.cut-order-state');
  });

  it('is carried out once though two crews report it, and again under the same key', async () => {
    const { cut } = await dueForCut();
    const both = await Promise.all([execute(cut), execute(cut)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const { cut: second } = await dueForCutAgain();
    const path = `/water/orders/${second.id}/execute`;
    const same = { as: 'officer', headers: keyed(second.version, 'crew-1'), body: { on: AFTER } };
    const first = await desk.app.request('POST', path, same);
    expect(first.body.state).toBe('EXECUTED');
    expect((await desk.app.request('POST', path, same)).body).toEqual(first.body);
  });

  /** Another debtor, beside those of before. */
  async function dueForCutAgain() {
    on(TODAY);
    return dueForCut();
  }

  it('never on a day off, nor before one', async () => {
    const { cut } = await dueForCut();
    const holiday = { day: '2026-12-07', nameAr: 'عطلة', nameEn: 'Holiday' };
    expect((await desk.works.post('/holidays', holiday, { as: 'supervisor' })).status).toBe(201);
    expect((await desk.works.post('/holidays', holiday, { as: 'supervisor' })).body.code).toBe('water.holiday-known');
    expect((await desk.works.post('/holidays', holiday)).status).toBe(403);
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
    await desk.books.pay(early.accountId, 250_000);
    const first = await ordered();
    expect(first.cancelled).toMatchObject([{ why: 'PAID' }]);
    const cutOf = ({ id }: { id: number }) => first.orders.find((each: any) => each.subscriptionId === id);
    // Below what the list asked for is enough: with 1,500 owed no water is cut.
    await desk.books.pay(middle.accountId, 100_000);
    const list = (await field()).body;
    expect(list.cancelled).toEqual([cutOf(middle).id]);
    expect(list.rows.map((row: any) => row.orderId)).toEqual([cutOf(late).id, cutOf(owing).id]);
    await desk.books.pay(late.accountId, 250_000);
    const [{ version }] = list.rows;
    expect((await execute({ id: cutOf(late).id, version })).body).toMatchObject({
      state: 'CANCELLED',
      endReason: 'PAID',
      endedBy: null,
    });
    expect((await desk.works.now(late.id)).state).toBe('ACTIVE');
    // At once: whichever comes first, nobody who had paid is cut off, and nobody is cut off twice.
    const [race] = await Promise.all([
      execute({ id: cutOf(owing).id, version: list.rows[1].version }),
      desk.books.pay(owing.accountId, 250_000),
    ]);
    expect(['EXECUTED', 'CANCELLED']).toContain(race.body.state);
    expect((await desk.works.now(owing.id)).state).toBe(race.body.state === 'EXECUTED' ? 'DISCONNECTED' : 'ACTIVE');
    expect((await order(cutOf(middle).id)).endReason).toBe('PAID');
  });

  it('is cancelled by a plan, and waits where something else stands in its way', async () => {
    const { id: recordId } = await desk.books.record([]);
    const { subscription, cut } = await dueForCut({ oneRecordId: recordId });
    const protect = (protection: string, version: number) =>
      desk.works.post(
        `/subscriptions/${subscription.id}/protection`,
        { protection, reason: 'تقرير طبي' },
        { as: 'supervisor', version },
      );
    await protect('LIFE_SUPPORT', (await desk.works.now(subscription.id)).version);
    expect((await execute(cut)).body).toMatchObject({ code: 'water.cut-exempt', why: 'LIFE_SUPPORT' });
    const list = (await field()).body;
    expect(list).toMatchObject({ rows: [], cancelled: [], left: [{ orderId: cut.id, why: 'LIFE_SUPPORT' }] });
    await protect('NONE', (await desk.works.now(subscription.id)).version);
    await desk.books.charge(subscription.accountId, 20_000, { dueOn: '2026-10-31' });
    await planFor(recordId, subscription.accountId);
    expect((await execute(cut)).body).toMatchObject({ state: 'CANCELLED', endReason: 'PLAN' });
  });

  it('waits where another order is open or the water is off, and stops no other', async () => {
    const [tampered, other, held] = [await debtor(), await debtor(), await debtor()];
    const serial = (await served()).map((notice) => [notice.subscriptionId, notice.serial]);
    const serialOf = new Map<number, string>(serial as [number, string][]);
    const reason = { reason: 'ختم مكسور، محضر 31' };
    await desk.works.post(`/subscriptions/${tampered.id}/tamper-order`, reason, { as: 'supervisor' });
    const { version } = await desk.works.now(held.id);
    await desk.works.post(`/subscriptions/${held.id}/state`, { ...reason, state: 'HOLD' }, { version });
    on(AFTER);
    expect(await ordered()).toMatchObject({
      orders: [{ subscriptionId: other.id, cause: 'DEBT' }],
      cancelled: [],
      left: [
        { serial: serialOf.get(tampered.id), why: 'ORDER_OPEN', detail: null },
        { serial: serialOf.get(held.id), why: 'NOT_ACTIVE', detail: 'HOLD' },
      ],
    });
  });

  it('fails, is taken back, and may be ordered again', async () => {
    const { cut } = await dueForCut();
    const reason = { reason: 'الباب مغلق' };
    expect(
      (await desk.works.post(`/orders/${cut.id}/fail`, reason, { version: cut.version, as: 'clerk' })).status,
    ).toBe(403);
    expect((await desk.works.post(`/orders/${cut.id}/fail`, reason, { version: cut.version })).body.state).toBe(
      'FAILED',
    );
    const [again] = (await ordered()).orders;
    const cancel = (as: string) =>
      desk.works.post(`/orders/${again.id}/cancel`, reason, { version: again.version, as });
    expect((await cancel('officer')).status).toBe(403);
    expect((await cancel('supervisor')).body).toMatchObject({ state: 'CANCELLED', endReason: 'الباب مغلق' });
    expect((await ordered()).orders).toHaveLength(1);
    expect((await desk.works.get('/orders?state=ISSUED&kind=DISCONNECT')).body.total).toBe(1);
  });
});

describe('water that is restored', () => {
  const reconnect = (id: number, key?: string) =>
    desk.works.post(`/subscriptions/${id}/reconnection`, undefined, { as: 'clerk', ...(key && { key }) });

  it('after payment, with the fee, within a day', async () => {
    const { subscription, cut } = await dueForCut();
    expect((await reconnect(subscription.id)).body.code).toBe('water.subscription-state');
    await execute(cut);
    expect((await reconnect(subscription.id)).body).toMatchObject({ code: 'water.debt-unsettled', owed: '250000' });
    await desk.books.pay(subscription.accountId, 250_000);
    const made = await reconnect(subscription.id, 'again');
    expect(made.body).toMatchObject({ kind: 'RECONNECT', cause: 'DEBT', dueAt: '2026-12-03T08:00:00.000Z' });
    expect((await reconnect(subscription.id, 'again')).body).toEqual(made.body);
    expect((await reconnect(subscription.id)).status).toBe(409);
    expect(await desk.books.chargeRow(made.body.feeChargeIds[0])).toMatchObject({
      head: 'RECONNECTION',
      amount: 5000,
      outstanding: 5000,
    });
    expect(await desk.books.ledger('FEES')).toEqual({ ILS: -5000 });
    const list = (await field({ kind: 'RECONNECT', workOn: '2026-12-04' })).body;
    expect(list.rows).toMatchObject([{ orderId: made.body.id }]);
    await execute({ id: made.body.id, version: list.rows[0].version });
    expect(await desk.works.now(subscription.id)).toMatchObject({ state: 'ACTIVE', disconnection: null });
  });

  it('is charged once, though an order failed or was taken back before', async () => {
    const { subscription, cut } = await dueForCut();
    await execute(cut);
    await desk.books.pay(subscription.accountId, 250_000);
    const reason = { reason: 'الباب مغلق' };
    for (const [verb, as] of [
      ['fail', 'officer'],
      ['cancel', 'supervisor'],
    ] as const) {
      const { body } = await reconnect(subscription.id);
      const path = `/orders/${body.id}/${verb}`;
      expect((await desk.works.post(path, reason, { version: body.version, as })).status).toBe(200);
      expect(await desk.books.balance(subscription.accountId)).toBe(0);
    }
    expect((await reconnect(subscription.id)).status).toBe(201);
    expect(await desk.books.balance(subscription.accountId)).toBe(5000);
  });

  it('after a plan, and after a cut for tampering', async () => {
    const { id: recordId } = await desk.books.record([]);
    const { subscription, cut } = await dueForCut({ oneRecordId: recordId });
    await execute(cut);
    await planFor(recordId, subscription.accountId);
    expect((await reconnect(subscription.id)).status).toBe(201);
    const other = await desk.works.subscription();
    const tamper = { reason: 'ختم مكسور، محضر 31' };
    const made = await desk.works.post(`/subscriptions/${other.id}/tamper-order`, tamper, { as: 'supervisor' });
    expect(
      (await desk.works.post(`/subscriptions/${other.id}/tamper-order`, tamper, { as: 'supervisor' })).body.code,
    ).toBe('water.order-open');
    await execute(made.body);
    expect(await desk.works.now(other.id)).toMatchObject({ state: 'DISCONNECTED', disconnection: 'TAMPER' });
    expect((await reconnect(other.id)).body).toMatchObject({ cause: 'TAMPER' });
  });

  it('is not cut for tampering where a life depends on it, known before or after the order', async () => {
    const tamper = (id: number) =>
      desk.works.post(`/subscriptions/${id}/tamper-order`, { reason: 'ختم مكسور' }, { as: 'supervisor' });
    const exempt = (why: string) => ({ status: 409, body: { code: 'water.cut-exempt', why } });
    desk.on(AFTER);
    const clinic = await desk.works.subscription({ protection: 'HOSPITAL' });
    expect(await tamper(clinic.id)).toMatchObject(exempt('HOSPITAL'));
    const { id } = await desk.works.subscription();
    const { body: order } = await tamper(id);
    const protection = { protection: 'LIFE_SUPPORT', reason: 'تقرير طبي' };
    const path = `/subscriptions/${id}/protection`;
    expect((await desk.works.post(path, protection, { version: 1, as: 'supervisor' })).status).toBe(200);
    expect(await execute(order)).toMatchObject(exempt('LIFE_SUPPORT'));
    expect(await desk.works.now(id)).toMatchObject({ state: 'ACTIVE' });
  });
});
