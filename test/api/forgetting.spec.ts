import { createHash } from 'node:crypto';
import { IdempotencyKey } from '@libs/http';
import { removeInPieces, Store, UnitOfWork } from '@libs/persistence';
import { Like } from 'typeorm';
import { TakeOvers } from '../../src/billing';
import { DEMO_PASSWORD } from '../../src/identity';
import { RefreshToken, Session } from '../../src/identity/auth/session.entities';
import { Forgetting } from '../../src/identity/limits/forgetting';
import { RateLimit } from '../../src/identity/limits/rate-limit.entity';
import { startTestApp, type TestApp } from '../support/app';
import { seedRecord } from '../support/records';

const STARTS = '2026-11-24T08:00:00.000Z';

let app: TestApp;
let store: Store;
beforeAll(async () => {
  app = await startTestApp({}, STARTS);
  store = app.app.get(Store);
});
afterAll(() => app.close());
beforeEach(() => {
  app.clock.set(STARTS);
  app.forgetTokens();
});

const forget = (days: number) => {
  app.clock.set(STARTS);
  app.clock.advance({ days });
  return app.app.get(Forgetting).forget();
};
const post = (path: string, body: object) => app.request('POST', path, { body });

it('an act can be asked for again for a month, and is answered as at first', async () => {
  const { id } = await seedRecord(app, [{ services: [{ movements: [['ILS', 50, 50, '2026-05-01']] }] }], {
    state: 'APPROVED',
  });
  await app.app.get(TakeOvers).run();
  const issue = () => {
    app.forgetTokens();
    const headers = { 'idempotency-key': 'forgetting-1' };
    return app.request('POST', `/one-records/${id}/clearances`, { as: 'clerk', body: {}, headers });
  };
  const first = await issue();
  expect(first.status).toBe(201);
  await forget(30);
  expect((await issue()).body).toEqual(first.body);
  await forget(31);
  expect(await store.reads(IdempotencyKey).existsBy({ idempotencyKey: 'forgetting-1' })).toBe(false);
});

describe('what is left of a session', () => {
  const tokensOf = (sessionId: number) => store.reads(RefreshToken).countBy({ sessionId });
  const sessionOf = (id: number) => store.reads(Session).existsBy({ id });
  const login = async () => {
    const { body } = await post('/auth/login', { username: 'clerk', password: DEMO_PASSWORD });
    const { refreshToken } = body as { refreshToken: string };
    const tokenHash = createHash('sha256').update(refreshToken).digest('hex');
    const { sessionId: id } = await store.reads(RefreshToken).findOneByOrFail({ tokenHash });
    return { id, refreshToken };
  };
  const refresh = async (refreshToken: string) => (await post('/auth/refresh', { refreshToken })).body;

  it('is its tokens until a month after their end, and then itself', async () => {
    const { id } = await login();
    await forget(44);
    expect([await tokensOf(id), await sessionOf(id)]).toEqual([1, true]);
    await forget(45);
    expect([await tokensOf(id), await sessionOf(id)]).toEqual([0, false]);
  });

  it('goes on where it is carried on: only its old tokens go, and a stolen one is known until then', async () => {
    const { id, refreshToken: stolen } = await login();
    let refreshToken = stolen;
    for (let days = 13; days <= 39; days += 13) {
      app.clock.set(STARTS);
      app.clock.advance({ days });
      refreshToken = (await refresh(refreshToken)).refreshToken as string;
    }
    await forget(45);
    expect([await tokensOf(id), await sessionOf(id)]).toEqual([3, true]);
    // The first is gone: it is unknown, and ends nothing.
    expect((await refresh(stolen)).code).toBe('identity.refresh-refused');
    const { refreshToken: next } = await refresh(refreshToken);
    expect(next).toEqual(expect.any(String));
    // One that is still kept tells of a thief.
    await refresh(refreshToken);
    expect((await refresh(next)).code).toBe('identity.refresh-refused');
  });
});

it('takes so many at most in a run, and goes on in the next', async () => {
  const uow = app.app.get(UnitOfWork);
  const rows = Array.from({ length: 2500 }, (_, at) => [`most-${at}`, app.clock.now()]);
  await uow.run(() => store.bulkInsert(RateLimit, ['id', 'usedUntil'], rows));
  const left = { id: Like('most-%') };
  const run = () => removeInPieces(store, uow, RateLimit, left, { by: 'usedUntil', most: 2000 });
  expect([await run(), await run(), await run()]).toEqual([2000, 500, 0]);
});
