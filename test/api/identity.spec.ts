import { createHmac } from 'node:crypto';
import { DEVELOPMENT_SECRET } from '@libs/config';
import { DEMO_PASSWORD } from '../../src/identity';
import { startTestApp, type TestApp } from '../support/app';

let app: TestApp;
beforeEach(async () => (app = await startTestApp()));
afterEach(() => app.close());

const login = (username: string, password = DEMO_PASSWORD) =>
  app.request('POST', '/auth/login', { body: { username, password } });
const refresh = (refreshToken: string) => app.request('POST', '/auth/refresh', { body: { refreshToken } });
const me = (token: string) => app.request('GET', '/auth/me', { token });

async function audited(filter: Record<string, string>) {
  app.forgetTokens();
  const query = new URLSearchParams({ pageSize: '100', ...filter }).toString();
  const { status, body } = await app.request('GET', `/audit?${query}`, { as: 'auditor' });
  expect(status).toBe(200);
  return body.items as Record<string, any>[];
}

describe('login', () => {
  it('answers with tokens and the user, and is audited with address and request', async () => {
    const { status, body } = await app.request('POST', '/auth/login', {
      body: { username: ' Clerk ', password: DEMO_PASSWORD },
      headers: { 'x-request-id': 'login-1' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      expiresIn: 900,
      user: { username: 'clerk', role: 'clerk', department: { code: 'OSS' } },
    });
    expect(body.user.permissions).toContain('citizens.row.search');
    expect(body.user.permissions).not.toContain('citizens.one-record.approve');
    expect(await me(body.accessToken)).toMatchObject({ status: 200, body: body.user });
    expect(await audited({ actor: 'clerk', action: 'identity.login' })).toMatchObject([
      { outcome: 'DONE', actorId: body.user.id, ip: '127.0.0.1', requestId: 'login-1', at: '2026-11-24T08:00:00.000Z' },
    ]);
  });

  it('gives an HS256 token with key id, issuer, audience and a number of its own', async () => {
    const tokens = [(await login('clerk')).body.accessToken, (await login('clerk')).body.accessToken] as string[];
    const parts = (token: string) =>
      token
        .split('.')
        .slice(0, 2)
        .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    const [header, claims] = parts(tokens[0]!);
    expect(header).toMatchObject({ alg: 'HS256', kid: expect.stringMatching(/^[0-9a-f]{8}$/) });
    expect(claims).toMatchObject({ iss: 'baladiya', aud: 'baladiya-api', exp: claims.iat + 900 });
    expect(claims.jti).not.toBe(parts(tokens[1]!)[1].jti);
  });

  it('refuses a wrong password, an unknown name and a disabled user in the same words', async () => {
    const clerk = (await app.request('GET', '/users?role=clerk', { as: 'administrator' })).body.items[1];
    await app.request('PATCH', `/users/${clerk.id}`, {
      as: 'administrator',
      headers: { 'if-match': `"${clerk.version}"` },
      body: { state: 'DISABLED' },
    });
    const answers = [await login('clerk', 'wrong'), await login('nobody.here', 'wrong'), await login(clerk.username)];
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect({ ...body, requestId: '' }).toEqual({ ...answers[0]!.body, requestId: '' });
      expect(body.code).toBe('identity.login-refused');
    }
    expect(await audited({ action: 'identity.login', outcome: 'REFUSED', actor: 'nobody.here' })).toMatchObject([
      { actorId: null, detail: { reason: 'CREDENTIALS' } },
    ]);
  });

  it.each([
    {},
    { username: 'clerk' },
    { username: ['clerk'], password: {} },
    { username: 'x'.repeat(101), password: 'y' },
  ])('refuses %j as invalid', async (body) => {
    expect(await app.request('POST', '/auth/login', { body })).toMatchObject({
      status: 422,
      body: { code: 'http.invalid' },
    });
  });

  it.each(['clerk', 'nobody.here'])('locks %s after five failures, for half an hour', async (name) => {
    for (let failure = 0; failure < 5; failure++) expect((await login(name, 'wrong')).status).toBe(401);
    const locked = await login(name);
    expect(locked).toMatchObject({
      status: 423,
      body: { code: 'identity.locked', lockedUntil: '2026-11-24T08:30:00.000Z' },
    });
    expect((await login(name.toUpperCase())).status).toBe(423);
    expect(await audited({ actor: name, action: 'identity.lock' })).toHaveLength(1);
    expect(await audited({ actor: name, action: 'identity.login', outcome: 'REFUSED' })).toHaveLength(6);
    app.clock.advance({ minutes: 30 });
    expect((await login(name)).status).toBe(name === 'clerk' ? 200 : 401);
  });

  it('forgets failures outside the window and before a success', async () => {
    for (let failure = 0; failure < 4; failure++) await login('clerk', 'wrong');
    expect((await login('clerk')).status).toBe(200);
    for (let failure = 0; failure < 4; failure++) await login('clerk', 'wrong');
    app.clock.advance({ minutes: 30 });
    expect((await login('clerk', 'wrong')).status).toBe(401);
    expect((await login('clerk')).status).toBe(200);
  });

  it('counts every one of twenty wrong guesses at once', async () => {
    const guesses = await Promise.all(Array.from({ length: 20 }, () => login('clerk', 'wrong')));
    const refused = guesses.filter(({ status }) => status === 401);
    expect(refused).toHaveLength(5);
    expect(guesses.filter(({ status }) => status === 423)).toHaveLength(15);
  });

  it('bears twenty right logins at once', async () => {
    const logins = await Promise.all(Array.from({ length: 20 }, () => login('integration')));
    expect(logins.map(({ status }) => status)).toEqual(Array(20).fill(200));
  });
});

describe('an access token', () => {
  it('expires by the clock of the application', async () => {
    const { accessToken } = (await login('clerk')).body;
    app.clock.advance({ minutes: 14, seconds: 59 });
    expect((await me(accessToken)).status).toBe(200);
    app.clock.advance({ seconds: 1 });
    expect(await me(accessToken)).toMatchObject({ status: 401, body: { code: 'http.unauthenticated' } });
  });

  it('is refused when it is changed, unsigned, signed by another key or meant for others', async () => {
    const { accessToken } = (await login('clerk')).body as { accessToken: string };
    const [header, payload] = accessToken.split('.') as [string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = (body: object, secret: string, head = header) => {
      const text = `${head}.${encode(body)}`;
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    };
    expect((await me(signed(claims, DEVELOPMENT_SECRET))).status).toBe(200);
    const forged = [
      `${header}.${encode({ ...claims, sid: claims.sid + 1 })}.${accessToken.split('.')[2]}`,
      `${encode({ alg: 'none' })}.${payload}.`,
      signed(claims, 'another secret'),
      signed({ ...claims, aud: 'others' }, DEVELOPMENT_SECRET),
      signed({ ...claims, iss: 'others' }, DEVELOPMENT_SECRET),
      signed({ ...claims, sid: 'x' }, DEVELOPMENT_SECRET),
      'garbage',
    ];
    for (const token of forged) expect((await me(token)).status).toBe(401);
  });
});

describe('a refresh token', () => {
  it('works once and gives new tokens', async () => {
    const first = (await login('clerk')).body;
    const second = await refresh(first.refreshToken);
    expect(second.status).toBe(200);
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect((await me(second.body.accessToken)).status).toBe(200);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  it('ends the whole family when it is used again', async () => {
    const first = (await login('clerk')).body;
    const other = (await login('clerk')).body;
    const second = (await refresh(first.refreshToken)).body;
    expect(await refresh(first.refreshToken)).toMatchObject({
      status: 401,
      body: { code: 'identity.refresh-refused' },
    });
    expect((await refresh(second.refreshToken)).status).toBe(401);
    expect((await me(second.accessToken)).status).toBe(401);
    expect((await me(other.accessToken)).status).toBe(200);
    expect(await audited({ actor: 'clerk', action: 'identity.reuse' })).toHaveLength(1);
  });

  it('used twice at once gives new tokens once', async () => {
    const { refreshToken } = (await login('clerk')).body;
    const both = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('is refused when unknown, expired or of a disabled user', async () => {
    expect((await refresh('unknown')).status).toBe(401);
    const { refreshToken } = (await login('clerk')).body;
    app.clock.advance({ days: 14 });
    expect((await refresh(refreshToken)).status).toBe(401);
    const reasons = (await audited({ action: 'identity.refresh', outcome: 'REFUSED' })).map(
      ({ detail }) => detail.reason,
    );
    expect(reasons.sort()).toEqual(['EXPIRED', 'UNKNOWN']);
  });
});

describe('logout', () => {
  it('ends this session and no other', async () => {
    const [here, there] = [(await login('clerk')).body, (await login('clerk')).body];
    expect((await app.request('POST', '/auth/logout', { token: here.accessToken })).status).toBe(204);
    expect((await me(here.accessToken)).status).toBe(401);
    expect((await refresh(here.refreshToken)).status).toBe(401);
    expect((await me(there.accessToken)).status).toBe(200);
    expect(await audited({ actor: 'clerk', action: 'identity.logout' })).toHaveLength(1);
  });
});

describe('my password', () => {
  const change = (token: string, oldPassword: string, newPassword: string) =>
    app.request('POST', '/auth/password', { token, body: { oldPassword, newPassword } });
  const NEW = 'olives and thyme';

  it('is changed with the old one, and every other session ends', async () => {
    const [here, there] = [(await login('clerk')).body, (await login('clerk')).body];
    expect((await change(here.accessToken, DEMO_PASSWORD, NEW)).status).toBe(204);
    expect((await me(here.accessToken)).status).toBe(200);
    expect((await me(there.accessToken)).status).toBe(401);
    expect((await refresh(there.refreshToken)).status).toBe(401);
    expect((await login('clerk')).status).toBe(401);
    expect((await login('clerk', NEW)).status).toBe(200);
  });

  it.each([
    ['too short', 'minLength'],
    ['aaaaaaaaaaaaaa', 'tooPlain'],
    ['I am the clerk!', 'containsUsername'],
    [DEMO_PASSWORD, 'unchanged'],
  ])('is not changed to %s', async (password, code) => {
    const { accessToken } = (await login('clerk')).body;
    expect(await change(accessToken, DEMO_PASSWORD, password)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/newPassword', code }] },
    });
  });

  it('cannot be guessed: wrong old ones lock like failed logins', async () => {
    const { accessToken } = (await login('clerk')).body;
    for (let failure = 0; failure < 5; failure++) {
      expect(await change(accessToken, 'wrong', NEW)).toMatchObject({
        status: 422,
        body: { code: 'identity.password-wrong' },
      });
    }
    expect((await change(accessToken, DEMO_PASSWORD, NEW)).status).toBe(423);
    expect((await login('clerk')).status).toBe(423);
  });

  it('changed twice at once is changed once', async () => {
    const tokens = [(await login('clerk')).body.accessToken, (await login('clerk')).body.accessToken];
    const both = await Promise.all(tokens.map((token, n) => change(token, DEMO_PASSWORD, `${NEW} ${n}`)));
    expect(both.filter(({ status }) => status === 204)).toHaveLength(1);
  });
});
