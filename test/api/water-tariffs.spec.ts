import { seedDemoTariffs } from '../../src/water';
import { startTestApp, type TestApp } from '../support/app';
import { JWU_17, JWU_42 } from '../support/tariff/jwu';
import { MONTHLY, waterDesk, type WaterDesk } from '../support/water';

let app: TestApp;
let desk: WaterDesk;
beforeEach(async () => {
  app = await startTestApp();
  desk = waterDesk(app);
});
afterEach(() => app.close());

const approve = (id: number, as = 'supervisor', version = 1) =>
  desk.post(`/water/tariffs/${id}/approve`, {}, as, version);

describe('a tariff', () => {
  it('is drafted, approved by another, found, and never changed afterwards', async () => {
    const { status, body: draft } = await desk.draft(JWU_42, { idleStates: ['HOLD'] });
    expect(status).toBe(201);
    expect(draft).toMatchObject({
      ...{ code: 'JWU-2024-01', waterClass: 'DOMESTIC', effectiveFrom: '2024-01-01', state: 'DRAFT', approval: null },
      ...{ data: JWU_42, idleStates: ['HOLD'], decisionNumber: '12/2026' },
    });
    const changed = await app.request('PUT', `/water/tariffs/${draft.id}`, {
      as: 'supervisor2',
      headers: { 'if-match': '"1"' },
      body: { ...body(), data: { ...JWU_42, approval: '12/2024' } },
    });
    expect(changed).toMatchObject({ status: 200, body: { version: 2, idleStates: [], data: { approval: '12/2024' } } });
    const own = await approve(draft.id, 'supervisor2', 2);
    expect(own).toMatchObject({ status: 403, body: { code: 'water.tariff-own-work' } });
    expect(await approve(draft.id, 'supervisor', 1)).toMatchObject({ status: 412 });
    const approved = await approve(draft.id, 'supervisor', 2);
    expect(approved).toMatchObject({ status: 200, body: { state: 'APPROVED', approval: 1, version: 3 } });
    const late = await app.request('PUT', `/water/tariffs/${draft.id}`, {
      as: 'officer',
      headers: { 'if-match': '"3"' },
      body: body(),
    });
    expect(late).toMatchObject({ status: 409, body: { code: 'water.tariff-state', state: 'APPROVED' } });
    expect(await approve(draft.id, 'supervisor', 3)).toMatchObject({
      status: 409,
      body: { code: 'water.tariff-state' },
    });
    const { body: list } = await app.request('GET', '/water/tariffs?waterClass=DOMESTIC&state=APPROVED', {
      as: 'clerk',
    });
    expect(list).toMatchObject({ total: 1, items: [{ id: draft.id }] });
    expect(await app.request('GET', `/water/tariffs/${draft.id}`, { as: 'auditor' })).toMatchObject({ status: 200 });
  });

  it('is refused with the place of every fault', async () => {
    const [first] = JWU_42.blocks.steps;
    const data = {
      ...JWU_42,
      class: 'PALACE',
      currency: 'JOD',
    };
    const broken = { ...JWU_42, blocks: { steps: [first, { over: '25', upTo: null, price: 7.2 }] }, colour: 'blue' };
    for (const path of ['/water/tariffs/validate', '/water/tariffs']) {
      const answer = await desk.post(path, path.endsWith('e') ? { data: broken } : { ...body(), data: broken });
      expect(answer).toMatchObject({ status: 422, body: { code: 'water.tariff-faults' } });
      expect(answer.body.errors).toEqual([
        { pointer: '/data/blocks/steps/1/price', code: 'not-text' },
        { pointer: '/data/blocks/steps/1/over', code: 'block-gap' },
        { pointer: '/data/colour', code: 'unknown-member' },
      ]);
      expect(answer.body.faults[1]).toMatchObject({ reasonAr: 'فجوة بين 20 و25 م³' });
    }
    const { body: strange } = await desk.post('/water/tariffs/validate', { data });
    expect(strange.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/data/class',
      '/data/currency',
    ]);
    const state = await desk.draft(JWU_42, { idleStates: ['HOLD', 'ACTIVE'] });
    expect(state).toMatchObject({ status: 422, body: { errors: [{ pointer: '/idleStates/1', code: 'isIn' }] } });
    expect(await desk.post('/water/tariffs/validate', { data: JWU_42 })).toMatchObject({
      status: 200,
      body: { code: 'JWU-2024-01', waterClass: 'DOMESTIC', effectiveFrom: '2024-01-01' },
    });
  });

  it('neither shares a code nor, once approved, the days of another; when that is retired it may', async () => {
    const first = await desk.tariff(JWU_42);
    expect(await desk.draft(JWU_42)).toMatchObject({ status: 409, body: { code: 'water.tariff-code-taken' } });
    const { body: second } = await desk.draft(JWU_17);
    const refused = await approve(second.id);
    expect(refused).toMatchObject({ status: 409, body: { code: 'water.tariff-overlap' } });
    await desk.retire(first);
    expect(await approve(second.id)).toMatchObject({ status: 200, body: { approval: 2 } });
    const again = await desk.post(`/water/tariffs/${first.id}/retire`, { reason: 'مكرر' }, 'supervisor', 3);
    expect(again).toMatchObject({ status: 409, body: { code: 'water.tariff-state' } });
  });

  it('of two that are approved at once and meet, one is', async () => {
    const drafts = [await desk.draft(JWU_42), await desk.draft(JWU_17)];
    const answers = await Promise.all(drafts.map(({ body: { id } }) => approve(id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('rates a consumption line by line, as a draft too', async () => {
    const sewered = { ...JWU_42, sewer: { percent: '20', of: ['WATER'] } };
    const { body: draft } = await desk.draft(sewered);
    const ask = (more: Record<string, unknown> = {}) =>
      desk.post('/water/tariffs/simulate', {
        ...{ tariffId: draft.id, waterClass: 'DOMESTIC', sizeMm: 15, units: 1, sewer: false },
        ...{ from: '2024-01-01', days: 31, consumption: '41', ...more },
      });
    const { body: dry } = await ask();
    expect(dry).toMatchObject({ total: '30550', formatted: '305.50', currency: 'ILS' });
    expect(dry.parts).toMatchObject([{ tariff: 'JWU-2024-01', days: 31, to: '2024-01-31', consumption: '41.000' }]);
    expect(dry.parts[0].lines).toMatchObject([
      { component: 'WATER', amount: '11000', quantity: '20.000', price: '5.50', percent: null },
      { component: 'WATER', amount: '14400', quantity: '20.000', price: '7.20' },
      { component: 'WATER', amount: '950', quantity: '1.000', price: '9.50' },
      { component: 'FIXED', amount: '4200', quantity: null, price: null },
    ]);
    expect((await ask({ sewer: true })).body).toMatchObject({ total: '35820' });
    expect((await ask({ units: 2 })).body).toMatchObject({ total: String(4200 + 40 * 550 + 720) });
    const none = await ask({ tariffId: undefined });
    expect(none).toMatchObject({ status: 409, body: { code: 'water.no-tariff' } });
    expect(none.body.faults[0]).toMatchObject({ code: 'no-tariff' });
    expect(await ask({ tariffId: 9 })).toMatchObject({ status: 404 });
    expect(await ask({ consumption: '1.2345' })).toMatchObject({ status: 422 });
    await approve(draft.id);
    expect((await ask({ tariffId: undefined })).body).toMatchObject({ total: '30550' });
  });

  it('is drafted by officers and approved by supervisors only', async () => {
    expect(await desk.draft(MONTHLY, {}, 'clerk')).toMatchObject({ status: 403 });
    const { body: draft } = await desk.draft();
    expect(await approve(draft.id, 'officer2')).toMatchObject({ status: 403 });
  });
});

it('the demo has the tariff of January 2024, and the one that took its place', async () => {
  for (let time = 0; time < 2; time++) await seedDemoTariffs(app.app);
  const { body: list } = await app.request('GET', '/water/tariffs', { as: 'clerk' });
  expect(list.items).toMatchObject([
    { code: 'JWU-2024-01-R', state: 'APPROVED' },
    { code: 'JWU-2024-01', state: 'RETIRED' },
  ]);
});

const body = () => ({
  ...{ titleAr: 'تعرفة منزلية', titleEn: 'Domestic tariff', data: JWU_42, idleStates: [] },
  ...{ decisionNumber: '12/2026', decidedOn: '2025-12-28' },
});
