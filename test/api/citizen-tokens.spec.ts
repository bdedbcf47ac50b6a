import { createHmac } from 'node:crypto';
import { DEVELOPMENT_SECRET } from '@libs/config';
import { DEMO_PASSWORD } from '../../src/identity';
import { openApiDocument } from '../../src/openapi';
import { startTestApp, type Answer, type TestApp } from '../support/app';
import { phoneOf, seedCitizen, type TestCitizen } from '../support/citizens';

/** What is tried on sessions and on the data of others by somebody who has a session, or a part of one. */
let app: TestApp;
beforeAll(async () => (app = await startTestApp({ CITIZEN_TRIES_PER_ADDRESS: '30', CITIZEN_SECOND_STEP: 'always' })));
afterAll(() => app.close());

const post = (path: string, body: object) => app.request('POST', path, { body });
const refresh = (refreshToken: string) => post('/citizen-auth/refresh', { refreshToken });
const me = async (token: string) => (await app.request('GET', '/me/security', { token })).status;

/** Tokens as a login gives them. */
const session = async (citizen: TestCitizen) => {
  await post('/citizen-auth/codes', { login: citizen.number, phone: citizen.phone, purpose: 'LOGIN' });
  const code = await phoneOf(app, citizen.phone).code();
  const { status, body } = await post('/citizen-auth/login-by-code', { login: citizen.number, code });
  expect(status).toBe(200);
  return body as { accessToken: string; refreshToken: string };
};

describe('a refresh token', () => {
  it('works once; used again it ends the session of the thief and the robbed', async () => {
    const citizen = await seedCitizen(app);
    const first = await session(citizen);
    const second = (await refresh(first.refreshToken)).body;
    expect(await me(second.accessToken)).toBe(200);
    expect((await refresh(first.refreshToken)).body.code).toBe('citizens.session-over');
    expect((await refresh(second.refreshToken)).status).toBe(401);
    expect([await me(first.accessToken), await me(second.accessToken)]).toEqual([401, 401]);
    expect(await me(citizen.token)).toBe(200);
  });

  it('used twice at once gives new tokens once', async () => {
    const { refreshToken } = await session(await seedCitizen(app));
    const both = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('is over after a logout and after its life, and an unknown one answers alike', async () => {
    const citizen = await seedCitizen(app);
    const [one, other] = [await session(citizen), (app.clock.advance({ minutes: 1 }), await session(citizen))];
    await app.request('POST', '/citizen-auth/logout', { token: one.accessToken });
    app.clock.advance({ days: 14 });
    const refused = [await refresh(one.refreshToken), await refresh(other.refreshToken), await refresh('unknown')];
    const seen = refused.map(({ status, body }) => JSON.stringify({ status, ...body, requestId: '' }));
    expect(new Set(seen).size).toBe(1);
    app.forgetTokens();
  });

  it('of a citizen is none for staff, and that of staff none for a citizen', async () => {
    const citizens = await session(await seedCitizen(app));
    const staff = (await post('/auth/login', { username: 'clerk', password: DEMO_PASSWORD })).body;
    expect((await post('/auth/refresh', { refreshToken: citizens.refreshToken })).status).toBe(401);
    expect((await refresh(staff.refreshToken)).status).toBe(401);
    // Neither was used up or taken for stolen.
    expect((await refresh(citizens.refreshToken)).status).toBe(200);
    expect((await post('/auth/refresh', { refreshToken: staff.refreshToken })).status).toBe(200);
  });
});

it('lies in no cache, nor what it opens', async () => {
  const citizen = await seedCitizen(app);
  const answers = [
    await post('/citizen-auth/refresh', { refreshToken: (await session(citizen)).refreshToken }),
    await post('/auth/login', { username: 'clerk', password: DEMO_PASSWORD }),
    await app.request('GET', '/me/sessions', { token: citizen.token }),
    await app.request('GET', `/one-records/${citizen.id}`, { as: 'clerk' }),
  ];
  expect(answers.map(({ status, headers }) => [status, headers['cache-control']])).toEqual(
    answers.map(() => [200, 'no-store']),
  );
});

describe('an access token', () => {
  it('is refused when forged, unsigned, meant for staff, of another session or expired', async () => {
    const [citizen, other] = [await seedCitizen(app), await seedCitizen(app)];
    const [header, payload] = citizen.token.split('.') as [string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = (body: object, secret = DEVELOPMENT_SECRET, head: object = { alg: 'HS256' }) => {
      const text = `${encode(head)}.${encode(body)}`;
      const hash = (head as { alg: string }).alg === 'HS512' ? 'sha512' : 'sha256';
      return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`;
    };
    expect(await me(signed(claims))).toBe(200);
    const forged = [
      `${header}.${encode({ ...claims, sid: other.sessionId })}.${citizen.token.split('.')[2]}`,
      `${encode({ alg: 'none' })}.${payload}.`,
      `${encode({ alg: 'None' })}.${payload}.x`,
      signed(claims, DEVELOPMENT_SECRET, { alg: 'HS512' }),
      signed(claims, 'another secret'),
      signed({ ...claims, aud: 'baladiya-api' }),
      signed({ ...claims, aud: undefined }),
      signed({ ...claims, iss: 'others' }),
      signed({ ...claims, sid: String(citizen.sessionId) }),
      signed({ ...claims, sid: [citizen.sessionId] }),
      signed({ ...claims, exp: claims.iat }),
      signed({ ...claims, nbf: claims.exp + 1000 }),
      citizen.token.slice(0, -2),
    ];
    expect(await Promise.all(forged.map(me))).toEqual(forged.map(() => 401));
    app.clock.advance({ minutes: 15 });
    expect(await me(citizen.token)).toBe(401);
    app.forgetTokens();
  });

  it('of staff with the number of a citizen’s session opens nothing to staff', async () => {
    const { sessionId, accountId } = await seedCitizen(app);
    const iat = Math.floor(Date.parse(app.clock.now()) / 1000);
    const claims = {
      sub: String(accountId),
      sid: sessionId,
      iat,
      exp: iat + 900,
      iss: 'baladiya',
      aud: 'baladiya-api',
    };
    const text = [{ alg: 'HS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    const token = [...text, createHmac('sha256', DEVELOPMENT_SECRET).update(text.join('.')).digest('base64url')];
    expect((await app.request('GET', '/auth/me', { token: token.join('.') })).status).toBe(401);
  });

  it.each(['bearer {}', 'Bearer  {}', 'Bearer {} ', 'Bearer {},{}', 'Basic {}', '{}', 'Bearer'])(
    'is not taken in the header %j',
    async (header) => {
      const { token } = await seedCitizen(app);
      const headers = { authorization: header.replaceAll('{}', token) };
      expect((await app.request('GET', '/me/security', { headers })).status).toBe(401);
      expect((await app.request('GET', `/me/security?access_token=${token}`)).status).toBe(401);
    },
  );
});

it('where a second step is always wanted, neither passphrase nor code opens alone', async () => {
  const { number: login, phone, token } = await seedCitizen(app);
  const passphrase = 'olives of the eastern hill';
  await app.request('POST', '/me/security/codes', { token, body: { purpose: 'PASSPHRASE' } });
  const chosen = { newPassphrase: passphrase, code: await phoneOf(app, phone).code() };
  await app.request('PUT', '/me/security/passphrase', { token, body: chosen });
  const sent = await phoneOf(app, phone).messages();
  await post('/citizen-auth/codes', { login, phone, purpose: 'LOGIN' });
  expect(await phoneOf(app, phone).messages()).toEqual(sent);
  expect((await post('/citizen-auth/login', { login, passphrase })).body.code).toBe('citizens.code-needed');
  const code = await phoneOf(app, phone).code();
  expect((await post('/citizen-auth/login-by-code', { login, code })).status).toBe(401);
  expect((await post('/citizen-auth/login', { login, passphrase, code })).status).toBe(200);
});

describe('the address', () => {
  const from = (remoteAddress: string, forwarded?: string) =>
    app.app.inject({
      method: 'POST',
      url: '/api/v1/citizen-auth/login-by-code',
      remoteAddress,
      headers: forwarded ? { 'x-forwarded-for': forwarded } : {},
      payload: { login: '2026-999990', code: '000000' },
    });

  it('that tries too often is told when to come again, whatever it says of where it comes from', async () => {
    const answers = [];
    for (let tried = 0; tried < 31; tried++) answers.push(await from('203.0.113.9', `198.51.100.${tried}`));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([...Array<number>(30).fill(401), 429]);
    expect(answers[30]!.headers['retry-after']).toBe('120');
    expect((await from('203.0.113.10')).statusCode).toBe(401);
    app.clock.advance({ minutes: 2 });
    expect((await from('203.0.113.9')).statusCode).toBe(401);
  });
});

describe('what is another citizen’s', () => {
  const UNKNOWN = 9007199254740991;
  const alike = ({ status, body }: Answer, id: unknown) =>
    JSON.stringify({ status, body: { ...body, requestId: '', instance: '' } }).replaceAll(String(id), 'ID');

  it('answers on every route for citizens as what nobody has', async () => {
    const service = { movements: [['ILS', 5000, 0]] as [string, number, number][] };
    const [citizen, other] = [await seedCitizen(app), await seedCitizen(app, [{ services: [service] }])];
    const { id: recordId, accountId, sessionId, serviceIds, number } = other;
    const foreign = [recordId, accountId, sessionId, ...serviceIds, number];
    const routes = Object.entries(openApiDocument(app.app).paths).flatMap(([path, item]: [string, any]) =>
      Object.entries(item)
        .filter(([, operation]: [string, any]) => operation['x-citizen'] && path.includes('{'))
        .map(([verb]) => ({ verb: verb.toUpperCase(), path })),
    );
    expect(routes.map(({ verb, path }) => `${verb} ${path}`)).toContain('DELETE /api/v1/me/sessions/{id}');
    const told: string[] = [];
    for (const { verb, path } of routes) {
      const ask = (id: unknown) =>
        app.request(verb, path.replace(/\{\w+\}/g, String(id)), {
          token: citizen.token,
          headers: { 'idempotency-key': `${verb}-${path}-${String(id)}`.slice(0, 100) },
          ...(verb !== 'GET' && verb !== 'DELETE' && { body: {} }),
        });
      for (const id of foreign) {
        const [theirs, nobodys] = [await ask(id), await ask(typeof id === 'number' ? UNKNOWN : '2026-999999')];
        const same = alike(theirs, id) === alike(nobodys, typeof id === 'number' ? UNKNOWN : '2026-999999');
        if (!same || theirs.status < 400) told.push(`${verb} ${path} ${String(id)}: ${theirs.status}`);
      }
    }
    expect(told).toEqual([]);
    expect(await me(other.token)).toBe(200);
  });
});
