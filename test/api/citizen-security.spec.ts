import { Store, UnitOfWork } from '@libs/persistence';
import { Like } from 'typeorm';
import { keyOfLogin, loginName } from '../../src/citizens/accounts/logins.rules';
import { AuditEntry } from '../../src/identity/audit/audit-entry.entity';
import { LoginGuard } from '../../src/identity/auth/session.entities';
import { Forgetting } from '../../src/identity/limits/forgetting';
import { RateLimit } from '../../src/identity/limits/rate-limit.entity';
import { OneTimeCode } from '../../src/identity/otp/one-time-code.entity';
import { PushSubscriptions } from '../../src/notifications';
import { startTestApp, type TestApp } from '../support/app';
import { BROWSER_KEYS } from '../support/browser-keys';
import { otherCode, phoneOf, seedCitizen, type TestCitizen } from '../support/citizens';

const OLD = 'olives of the eastern hill';
const NEW = 'thyme on the western hill';

let app: TestApp;
beforeAll(async () => (app = await startTestApp({ ACCESS_TOKEN_MINUTES: '100000' })));
afterAll(() => app.close());

const post = (path: string, body: object) => app.request('POST', `/citizen-auth/${path}`, { body });
const own = (citizen: { token: string }, method: string, path: string, body?: object) =>
  app.request(method, `/me/${path}`, { token: citizen.token, body });
const security = async (citizen: { token: string }) => (await own(citizen, 'GET', 'security')).body;
/** Of the citizen's own phone. */
const ownCode = async (citizen: TestCitizen, purpose: string) => {
  expect((await own(citizen, 'POST', 'security/codes', { purpose })).status).toBe(200);
  return phoneOf(app, citizen.phone).code();
};
const choose = async (citizen: TestCitizen, newPassphrase = OLD) =>
  own(citizen, 'PUT', 'security/passphrase', { newPassphrase, code: await ownCode(citizen, 'PASSPHRASE') });
const login = (citizen: TestCitizen, passphrase: string) => post('login', { login: citizen.number, passphrase });

describe('my passphrase', () => {
  it('is chosen with a code, changed with the old one, and ends my other sessions', async () => {
    const citizen = await seedCitizen(app);
    expect(await own(citizen, 'PUT', 'security/passphrase', { newPassphrase: OLD })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/code', code: 'required' }] },
    });
    const code = await ownCode(citizen, 'PASSPHRASE');
    const wrong = await own(citizen, 'PUT', 'security/passphrase', { newPassphrase: OLD, code: otherCode(code) });
    expect(wrong.body.code).toBe('citizens.code-refused');
    expect((await own(citizen, 'PUT', 'security/passphrase', { newPassphrase: OLD, code })).status).toBe(204);
    expect((await security(citizen)).hasPassphrase).toBe(true);

    const other = { token: (await login(citizen, OLD)).body.accessToken };
    const change = (passphrase: string) =>
      own(citizen, 'PUT', 'security/passphrase', { newPassphrase: NEW, passphrase });
    expect((await change('not the old one')).body.code).toBe('citizens.passphrase-wrong');
    expect((await change(OLD)).status).toBe(204);
    expect((await own(other, 'GET', 'security')).status).toBe(401);
    expect((await own(citizen, 'GET', 'security')).status).toBe(200);
    expect((await login(citizen, OLD)).status).toBe(401);
    expect((await login(citizen, NEW)).status).toBe(200);
    expect((await phoneOf(app, citizen.phone).messages())[0]).toContain('تغيّرت كلمة سر حسابك');
  });

  it('is changed a few times a day, for each change sends a message that no limit holds back', async () => {
    const citizen = await seedCitizen(app);
    await choose(citizen);
    const change = (at: number) => {
      const [passphrase, newPassphrase] = [at === 0 ? OLD : `${NEW} ${at - 1}`, `${NEW} ${at}`];
      return own(citizen, 'PUT', 'security/passphrase', { newPassphrase, passphrase });
    };
    const statuses: number[] = [];
    for (let at = 0; at < 5; at++) statuses.push((await change(at)).status);
    expect(statuses).toEqual([204, 204, 204, 204, 429]);
    expect((await login(citizen, `${NEW} 3`)).status).toBe(200);
    app.clock.advance({ days: 1 });
    expect((await change(4)).status).toBe(204);
  });

  it('cannot be guessed from a session that was left open', async () => {
    const citizen = await seedCitizen(app);
    await choose(citizen);
    for (let guess = 0; guess < 5; guess++) {
      const body = { newPassphrase: NEW, passphrase: `guess number ${guess}` };
      expect((await own(citizen, 'PUT', 'security/passphrase', body)).status).toBe(422);
    }
    const locked = await own(citizen, 'PUT', 'security/passphrase', { newPassphrase: NEW, passphrase: OLD });
    expect([locked.status, locked.headers['retry-after']]).toEqual([429, '1800']);
  });

  it('is not locked by the login of staff, which strangers could use past the limits of ours', async () => {
    const citizen = await seedCitizen(app);
    await choose(citizen);
    const username = `citizen:${keyOfLogin(loginName(citizen.number))}`;
    for (let guess = 0; guess < 5; guess++)
      await app.request('POST', '/auth/login', { body: { username, password: `guess number ${guess}` } });
    expect((await login(citizen, OLD)).status).toBe(200);
  });

  it('is not built around what others know of me', async () => {
    const citizen = await seedCitizen(app);
    const code = await ownCode(citizen, 'PASSPHRASE');
    const set = (newPassphrase: string) => own(citizen, 'PUT', 'security/passphrase', { newPassphrase, code });
    for (const [newPassphrase, fault] of [
      ['too short', 'minLength'],
      ['aaaaaaaaaaaaaaaa', 'tooPlain'],
      [`my number ${citizen.documentNumber}`, 'containsPersonal'],
      [`call me at 0${citizen.phone.slice(4)}`, 'containsPersonal'],
      ['بيت النابلسي القديم', 'containsPersonal'],
    ] as const) {
      expect(await set(newPassphrase)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/newPassphrase', code: fault }] },
      });
    }
    // The code was right each time, and is not used up.
    expect((await set(OLD)).status).toBe(204);
  });

  it('forgotten is another by a code, and every session ends', async () => {
    const citizen = await seedCitizen(app);
    await choose(citizen);
    await post('codes', { login: citizen.number, phone: citizen.phone, purpose: 'PASSPHRASE' });
    app.clock.advance({ minutes: 1 });
    await post('codes', { login: citizen.number, phone: citizen.phone, purpose: 'PASSPHRASE' });
    const code = await phoneOf(app, citizen.phone).code();
    const reset = (given: string) => post('passphrase', { login: citizen.number, code: given, newPassphrase: NEW });
    expect((await reset(otherCode(code))).body.code).toBe('citizens.code-refused');
    expect((await reset(code)).status).toBe(204);
    expect((await reset(code)).body.code).toBe('citizens.code-refused');
    expect((await own(citizen, 'GET', 'security')).status).toBe(401);
    expect((await login(citizen, NEW)).status).toBe(200);
  });
});

describe('my sessions', () => {
  it('end one by one, all others at once, and when I log out', async () => {
    const citizen = await seedCitizen(app);
    await choose(citizen);
    const open = async () => ({ token: (await login(citizen, OLD)).body.accessToken as string });
    const [first, second, third] = [await open(), await open(), await open()];
    const list = async () => (await own(citizen, 'GET', 'sessions')).body as { id: number; current: boolean }[];
    expect(await list()).toHaveLength(4);
    const newest = (await list()).find(({ current }) => !current)!;
    expect((await own(citizen, 'DELETE', `sessions/${newest.id}`)).status).toBe(204);
    expect((await own(citizen, 'DELETE', `sessions/${newest.id}`)).status).toBe(404);
    expect((await own(third, 'GET', 'sessions')).status).toBe(401);
    expect((await app.request('POST', '/citizen-auth/logout', { token: second.token })).status).toBe(204);
    expect((await own(second, 'GET', 'sessions')).status).toBe(401);
    expect((await own(citizen, 'DELETE', 'sessions')).status).toBe(204);
    expect((await own(first, 'GET', 'sessions')).status).toBe(401);
    expect(await list()).toMatchObject([{ id: citizen.sessionId, current: true }]);
  });

  it('that have not been seen for the life of a refresh token are no longer listed', async () => {
    const citizen = await seedCitizen(app);
    await choose(citizen);
    const { refreshToken } = (await login(citizen, OLD)).body;
    app.clock.advance({ days: 14 });
    // Nor does a token whose life is over bring its session back there.
    expect((await post('refresh', { refreshToken })).status).toBe(401);
    expect((await own(citizen, 'GET', 'sessions')).body).toEqual([]);
    app.forgetTokens();
  });
});

it('limits that are free again are forgotten, failures out of their window, and codes after a week', async () => {
  const store = app.app.get(Store);
  await post('codes', { login: '2026-999999', phone: '0599123456', purpose: 'LOGIN' });
  await post('login', { login: '2026-999999', passphrase: OLD });
  app.clock.advance({ minutes: 2 });
  await app.app.get(Forgetting).forget();
  // The pause of a minute is over, the limits of hours and days are not.
  expect((await store.reads(RateLimit).find()).every(({ usedUntil }) => usedUntil > app.clock.now())).toBe(true);
  expect(await store.reads(RateLimit).exists()).toBe(true);
  expect(await store.reads(LoginGuard).countBy({})).toBe(1);
  const citizen = await seedCitizen(app);
  await ownCode(citizen, 'PASSPHRASE');
  app.clock.advance({ days: 7 });
  await app.app.get(Forgetting).forget();
  expect(await store.reads(RateLimit).exists()).toBe(false);
  expect(await store.reads(LoginGuard).exists()).toBe(false);
  expect(await store.reads(OneTimeCode).exists()).toBe(true);
  app.clock.advance({ seconds: 1 });
  await app.app.get(Forgetting).forget();
  expect(await store.reads(OneTimeCode).exists()).toBe(false);
});

it('forgets however much there is, in units of a thousand', async () => {
  const [store, uow] = [app.app.get(Store), app.app.get(UnitOfWork)];
  const old = Array.from({ length: 2500 }, (_, at) => [`flood-${at}`, app.clock.now()]);
  await uow.run(() => store.bulkInsert(RateLimit, ['id', 'usedUntil'], old));
  app.clock.advance({ seconds: 1 });
  const run = jest.spyOn(uow, 'run');
  await app.app.get(Forgetting).forget();
  expect(run).toHaveBeenCalledTimes(3);
  run.mockRestore();
  expect(await store.reads(RateLimit).countBy({ id: Like('flood-%') })).toBe(0);
});

describe('a citizen at the counter who has lost the phone', () => {
  it('has every session ended and the browsers with them, for a reason that the audit keeps', async () => {
    const citizen = await seedCitizen(app);
    const path = `/one-records/${citizen.id}/sessions`;
    app.forgetTokens();
    const browser = { endpoint: `https://fcm.googleapis.com/fcm/send/${citizen.id}`, keys: BROWSER_KEYS };
    expect((await own(citizen, 'POST', 'push-subscriptions', browser)).status).toBe(201);
    expect((await app.request('GET', path, { as: 'clerk' })).body).toMatchObject([{ device: null }]);
    const end = (as: string, body: object = { reason: 'فقد هاتفه وحضر بهويته' }) =>
      app.request('POST', `${path}/end`, { as, body });
    expect([(await end('cashier')).status, (await end('clerk', {})).status]).toEqual([403, 422]);
    expect(await end('clerk')).toMatchObject({ status: 200, body: { ended: 1 } });
    expect((await own(citizen, 'GET', 'security')).status).toBe(401);
    expect(await app.app.get(PushSubscriptions).list(citizen.id)).toEqual([]);
    expect((await end('clerk')).body).toEqual({ ended: 0 });
    const entries = await app.app.get(Store).reads(AuditEntry).findBy({ action: 'citizens.sessions-ended' });
    const detail = { oneRecordId: citizen.id, ended: 1, reason: 'فقد هاتفه وحضر بهويته' };
    expect(entries.map((entry) => entry.detail)).toContainEqual(detail);
    expect(
      (await app.request('POST', '/one-records/999999999/sessions/end', { as: 'clerk', body: { reason: 'x' } })).status,
    ).toBe(404);
  });
});
