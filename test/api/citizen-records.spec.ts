import { Store, UnitOfWork } from '@libs/persistence';
import { CitizenAccount } from '../../src/citizens/accounts/citizen-account.entity';
import { Session } from '../../src/identity/auth/session.entities';
import { startTestApp, type TestApp } from '../support/app';
import { citizenToken, phoneOf, seedCitizen, type TestCitizen } from '../support/citizens';

const PASSPHRASE = 'olives of the eastern hill';

let app: TestApp;
let passports = 0;
beforeAll(async () => (app = await startTestApp({ ACCESS_TOKEN_MINUTES: '100000' })));
afterAll(() => app.close());

const me = async (token: string) => (await app.request('GET', '/me/security', { token })).status;
const version = async (id: number) =>
  (await app.request('GET', `/one-records/${id}?follow=false`, { as: 'supervisor' })).body.version;
const act = async (id: number, verb: string, body: object = {}) => {
  const answer = await app.request('POST', `/one-records/${id}/${verb}`, {
    as: 'supervisor',
    headers: { 'if-match': `"${await version(id)}"` },
    body: { reason: 'بطلب خطي من صاحبه', ...body },
  });
  if (answer.status !== 200) throw new Error(`${verb}: ${JSON.stringify(answer.body)}`);
};
const loginByCode = async (login: string, phone: string) => {
  app.clock.advance({ minutes: 1 });
  await app.request('POST', '/citizen-auth/codes', { body: { login, phone, purpose: 'LOGIN' } });
  const code = await phoneOf(app, phone).code();
  return app.request('POST', '/citizen-auth/login-by-code', { body: { login, code } });
};
const login = (citizen: TestCitizen) =>
  app.request('POST', '/citizen-auth/login', { body: { login: citizen.number, passphrase: PASSPHRASE } });
const withPassphrase = async (citizen: TestCitizen) => {
  const { token, phone } = citizen;
  await app.request('POST', '/me/security/codes', { token, body: { purpose: 'PASSPHRASE' } });
  const body = { newPassphrase: PASSPHRASE, code: await phoneOf(app, phone).code() };
  expect((await app.request('PUT', '/me/security/passphrase', { token, body })).status).toBe(204);
  return citizen;
};
const merge = async (survivor: TestCitizen, other: TestCitizen) =>
  act(survivor.id, 'merge', { otherId: other.id, otherVersion: await version(other.id) });

/** Two records of one person: the second by passport. */
const pair = async () => {
  const number = `P77${String(++passports).padStart(4, '0')}`;
  const key = `passport:${number}`;
  const passport = { documentType: 'PASSPORT' as const, documentNumber: number, documentKey: key };
  return [await seedCitizen(app), await seedCitizen(app, [], { ...passport, claimedDocumentKey: key })] as const;
};
const withoutAccount = (citizen: TestCitizen) =>
  app.app.get(UnitOfWork).run(async () => {
    const store = app.app.get(Store);
    await store.remove(Session, { citizenAccountId: citizen.accountId });
    await store.remove(CitizenAccount, { id: citizen.accountId });
  });

describe('access ends at once', () => {
  it('when the record is suspended, and its sessions do not come back with it', async () => {
    const citizen = await withPassphrase(await seedCitizen(app));
    const refreshToken = (await login(citizen)).body.refreshToken;
    await act(citizen.id, 'suspend');
    expect(await me(citizen.token)).toBe(401);
    expect((await login(citizen)).body.code).toBe('citizens.login-refused');
    await act(citizen.id, 'reinstate');
    expect(await me(citizen.token)).toBe(401);
    expect((await app.request('POST', '/citizen-auth/refresh', { body: { refreshToken } })).status).toBe(401);
    expect((await login(citizen)).status).toBe(200);
  });

  it('when the record is revoked, also to a token that is still in its time', async () => {
    const citizen = await withPassphrase(await seedCitizen(app));
    await act(citizen.id, 'revoke');
    expect(await me(citizen.token)).toBe(401);
    expect(await me(await citizenToken(app, citizen.accountId, citizen.sessionId))).toBe(401);
    expect((await login(citizen)).status).toBe(401);
  });
});

describe('a merge', () => {
  it('lets the account of the survivor stay, to which the other login leads; an unmerge parts them', async () => {
    const [survivor, other] = await pair();
    await withPassphrase(other);
    await merge(survivor, other);
    expect([await me(survivor.token), await me(other.token)]).toEqual([200, 401]);
    const led = await loginByCode(other.number, survivor.phone);
    expect(led).toMatchObject({ status: 200, body: { recordNumber: survivor.number } });
    expect((await login(other)).status).toBe(401);

    await act(other.id, 'unmerge');
    expect((await login(other)).body.recordNumber).toBe(other.number);
    expect(await me(survivor.token)).toBe(200);
  });

  it('gives the account to a survivor who has none; an unmerge takes it back', async () => {
    const [survivor, other] = await pair();
    await withPassphrase(other);
    await withoutAccount(survivor);
    await merge(survivor, other);
    expect(await me(other.token)).toBe(401);
    const opened = await login(other);
    expect(opened).toMatchObject({ status: 200, body: { recordNumber: survivor.number } });
    expect((await loginByCode(survivor.number, survivor.phone)).status).toBe(200);

    await act(other.id, 'unmerge');
    expect(await me(opened.body.accessToken)).toBe(401);
    expect((await login(other)).body.recordNumber).toBe(other.number);
    expect((await login(survivor)).status).toBe(401);
  });
});
