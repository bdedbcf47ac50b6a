import { Store, UnitOfWork } from '@libs/persistence';
import { OneRecords } from '../../src/citizens/one-records/one-records';
import { OneRecord } from '../../src/citizens/one-records/one-record.entity';
import { CitizenAccount } from '../../src/citizens/accounts/citizen-account.entity';
import { AuditEntry } from '../../src/identity/audit/audit-entry.entity';
import { Session } from '../../src/identity/auth/session.entities';
import { startTestApp, type TestApp } from '../support/app';
import { otherCode, phoneOf, seedCitizen, type TestCitizen } from '../support/citizens';

const PASSPHRASE = 'olives of the eastern hill';

let app: TestApp;
beforeAll(async () => (app = await startTestApp({ ACCESS_TOKEN_MINUTES: '100000' })));
afterAll(() => app.close());

const post = (path: string, body: object) => app.request('POST', `/citizen-auth/${path}`, { body });
const ask = ({ number, phone }: TestCitizen, purpose = 'LOGIN') => post('codes', { login: number, phone, purpose });
const asked = async (citizen: TestCitizen, purpose = 'LOGIN') => {
  expect((await ask(citizen, purpose)).status).toBe(202);
  return phoneOf(app, citizen.phone).code();
};
const loginByCode = (login: string, code: string, device?: string) =>
  post('login-by-code', { login, code, ...(device && { device }) });
const login = (login: string, passphrase = PASSPHRASE, more: object = {}) =>
  post('login', { login, passphrase, ...more });
const security = (token: string) => app.request('GET', '/me/security', { token });

/** A citizen who has chosen a passphrase, by a code as who forgot one does. */
const withPassphrase = async (): Promise<TestCitizen> => {
  const citizen = await seedCitizen(app);
  const code = await asked(citizen, 'PASSPHRASE');
  expect((await post('passphrase', { login: citizen.number, code, newPassphrase: PASSPHRASE })).status).toBe(204);
  return citizen;
};

describe('a code', () => {
  it('logs a citizen in by the number of the record or of the ID, in any digits', async () => {
    const citizen = await seedCitizen(app);
    const first = await loginByCode(citizen.number, await asked(citizen), ' هاتف \u202Eسامي\u202C ');
    expect(first).toMatchObject({ status: 200, body: { recordNumber: citizen.number, expiresIn: 6_000_000 } });
    expect((await security(first.body.accessToken)).body).toEqual({
      phone: `+970*****${citizen.phone.slice(-4)}`,
      hasPassphrase: false,
      secondStep: false,
      coolingUntil: null,
    });
    app.clock.advance({ minutes: 1 });
    const arabic = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    const login = arabic(citizen.documentNumber);
    await post('codes', { login, phone: arabic(`0${citizen.phone.slice(4)}`), purpose: 'LOGIN' });
    const second = await loginByCode(login, arabic(await phoneOf(app, citizen.phone).code()));
    expect(second).toMatchObject({ status: 200, body: { recordNumber: citizen.number } });
    const sessions = (await app.request('GET', '/me/sessions', { token: second.body.accessToken })).body;
    expect(sessions.map(({ device, network, current }: any) => ({ device, network, current }))).toEqual([
      { device: null, network: '127.0.*.*', current: true },
      { device: 'هاتف سامي', network: '127.0.*.*', current: false },
      { device: null, network: null, current: false },
    ]);
  });

  it('opens an account to a citizen who was activated before there were any', async () => {
    const store = app.app.get(Store);
    const fresh = await seedCitizen(app, [], { phoneVerifiedAt: null });
    await app.app.get(UnitOfWork).run(async () => {
      await store.remove(Session, { id: fresh.sessionId });
      await store.remove(CitizenAccount, { id: fresh.accountId });
    });
    expect((await loginByCode(fresh.number, await asked(fresh))).status).toBe(200);
    const opened = await store.reads(CitizenAccount).findOneBy({ oneRecordId: fresh.id });
    expect(opened).toMatchObject({ homeRecordId: fresh.id, passphraseHash: null });
    const record = (await app.request('GET', `/one-records/${fresh.id}`, { as: 'auditor' })).body;
    expect(record.phoneVerifiedAt).toBe(app.clock.now());
  });

  it('of a phone that another unit takes away at this moment opens nothing, though a read may still say it', async () => {
    const citizen = await seedCitizen(app);
    const [code, another] = [await asked(citizen), await asked(citizen, 'PASSPHRASE')];
    const records = app.app.get(OneRecords, { strict: false });
    const before = await records.get(citizen.id);
    const phoneE164 = '+970599777099';
    await app.app.get(UnitOfWork).run(() => app.app.get(Store).update(OneRecord, { id: citizen.id }, { phoneE164 }));
    const read = jest.spyOn(records, 'get').mockResolvedValue(before);
    const forgotten = { login: citizen.number, code: another, newPassphrase: PASSPHRASE };
    const answers = [await loginByCode(citizen.number, code), await post('passphrase', forgotten)];
    read.mockRestore();
    expect(answers.map(({ body }) => body.code)).toEqual(['citizens.login-refused', 'citizens.code-refused']);
  });

  it('is sent once a minute and five times a day, and 429 says when', async () => {
    const citizen = await seedCitizen(app);
    const waits: unknown[] = [];
    for (let sent = 0; sent < 5; sent++) {
      expect((await ask(citizen)).status).toBe(202);
      const { status, body, headers } = await ask(citizen);
      expect([status, body.code]).toEqual([429, 'http.too-many-requests']);
      waits.push(headers['retry-after']);
      await app.drain();
      app.clock.advance({ minutes: 1 });
    }
    expect(waits.slice(0, 4)).toEqual(['60', '60', '60', '60']);
    expect((await ask(citizen)).status).toBe(429);
    expect(await phoneOf(app, citizen.phone).messages()).toHaveLength(5);
  });

  it('names the citizen where several share the phone', async () => {
    const alone = await seedCitizen(app, [], { phoneE164: '+970599777001' });
    await asked(alone);
    expect((await phoneOf(app, alone.phone).messages())[0]).not.toContain('محمد');
    await seedCitizen(app, [], { phoneE164: alone.phone });
    app.clock.advance({ minutes: 1 });
    await asked(alone);
    expect((await phoneOf(app, alone.phone).messages())[0]).toContain('كود الدخول (محمد)');
  });

  it('is refused after fifteen minutes, when wrong, and when it was sent for something else', async () => {
    const citizen = await seedCitizen(app);
    const forPassphrase = await asked(citizen, 'PASSPHRASE');
    const forLogin = await asked(citizen);
    const refused = [
      await loginByCode(citizen.number, otherCode(forLogin)),
      ...(forPassphrase === forLogin ? [] : [await loginByCode(citizen.number, forPassphrase)]),
    ];
    app.clock.advance({ minutes: 15 });
    refused.push(await loginByCode(citizen.number, forLogin));
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
      refused.map(() => [401, 'citizens.login-refused']),
    );
  });

  it.each([
    [{ login: '2026-000001', phone: '02-2345', purpose: 'LOGIN' }, '/phone', 'mobile'],
    [{ login: '2026-000001', phone: '092391234', purpose: 'LOGIN' }, '/phone', 'mobile'],
    [{ login: '2026-000001', phone: '0599123456', purpose: 'ACTIVATION' }, '/purpose', 'isIn'],
  ])('is not asked for by %j', async (body, pointer, code) =>
    expect(await post('codes', body)).toMatchObject({ status: 422, body: { errors: [{ pointer, code }] } }),
  );
});

describe('a passphrase', () => {
  it('logs a citizen in, and the audit says so without it', async () => {
    const citizen = await withPassphrase();
    const { status, body } = await login(citizen.number);
    expect([status, body.recordNumber]).toEqual([200, citizen.number]);
    expect((await login(citizen.documentNumber)).status).toBe(200);
    expect((await login(citizen.number, 'something else altogether')).body.code).toBe('citizens.login-refused');
    const entries = await app.app
      .get(Store)
      .reads(AuditEntry)
      .findBy({ actorName: `citizen:${citizen.number}` });
    expect(entries.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
      expect.arrayContaining(['citizens.passphrase DONE', 'citizens.login DONE', 'citizens.login REFUSED']),
    );
    expect(JSON.stringify(entries)).not.toContain(PASSPHRASE);
  });

  it('locks after five failures, in 429 with Retry-After, while a code still opens', async () => {
    const citizen = await withPassphrase();
    for (let failure = 0; failure < 5; failure++) {
      expect((await login(citizen.number, 'wrong one')).status).toBe(401);
    }
    const locked = await login(citizen.number);
    expect([locked.status, locked.body.code, locked.headers['retry-after']]).toEqual([
      429,
      'http.too-many-requests',
      '1800',
    ]);
    expect((await loginByCode(citizen.number, await asked(citizen))).status).toBe(200);
    app.clock.advance({ minutes: 30 });
    expect((await login(citizen.number)).status).toBe(200);
  });

  it('with a second step needs the code as well, and a code alone opens nothing', async () => {
    const citizen = await withPassphrase();
    const { accessToken: token } = (await login(citizen.number)).body;
    const turn = (on: boolean, passphrase = PASSPHRASE) =>
      app.request('PUT', '/me/security/second-step', { token, body: { on, passphrase } });
    expect((await turn(true, 'not the passphrase')).body.code).toBe('citizens.passphrase-wrong');
    expect((await turn(true)).status).toBe(204);
    expect((await security(token)).body.secondStep).toBe(true);

    const needed = await login(citizen.number);
    expect([needed.status, needed.body.code, needed.body.phone]).toEqual([
      401,
      'citizens.code-needed',
      `+970*****${citizen.phone.slice(-4)}`,
    ]);
    const code = await phoneOf(app, citizen.phone).code();
    expect((await login(citizen.number, PASSPHRASE, { code: otherCode(code) })).status).toBe(401);
    expect((await login(citizen.number, 'not the passphrase', { code })).status).toBe(401);
    expect((await login(citizen.number, PASSPHRASE, { code })).status).toBe(200);
    expect((await login(citizen.number, PASSPHRASE, { code })).body.code).toBe('citizens.login-refused');

    const sent = (await phoneOf(app, citizen.phone).messages()).length;
    expect((await ask(citizen)).status).toBe(202);
    expect(await phoneOf(app, citizen.phone).messages()).toHaveLength(sent);
    expect((await turn(false)).status).toBe(204);
    expect((await login(citizen.number)).status).toBe(200);
  });
});
