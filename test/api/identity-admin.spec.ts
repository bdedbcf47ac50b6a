import { Store, UnitOfWork } from '@libs/persistence';
import { createAdministrator, DEMO_PASSWORD, permissionsOf, ROLES, seedDemoUsers } from '../../src/identity';
import { createApp } from '../../src/bootstrap';
import { AuditEntry } from '../../src/identity/audit/audit-entry.entity';
import { startTestApp, type TestApp } from '../support/app';
import { testConfig } from '../support/config';

let app: TestApp;
beforeEach(async () => (app = await startTestApp()));
afterEach(() => app.close());

const PASSWORD = 'bread and thyme';
const admin = (method: string, path: string, body?: unknown, version?: number) =>
  app.request(method, path, {
    as: 'administrator',
    body,
    headers: version === undefined ? {} : { 'if-match': `"${version}"` },
  });
const login = (username: string, password: string) =>
  app.request('POST', '/auth/login', { body: { username, password } });
const user = async (username: string) =>
  (await admin('GET', '/users?pageSize=100')).body.items.find((each: any) => each.username === username);
const invalid = (pointer: string, code: string) => ({ status: 422, body: { errors: [{ pointer, code }] } });

const NEW = { username: 'r.kanaan', displayName: 'رائد كنعان', role: 'clerk', password: PASSWORD };

describe('users', () => {
  it('are listed by username and filtered', async () => {
    const all = await admin('GET', '/users?pageSize=100');
    const names = all.body.items.map(({ username }: any) => username);
    expect(all.body).toMatchObject({ page: 1, pageSize: 100, total: 10 });
    expect(names).toEqual([...names].sort());
    const oss = all.body.items.find(({ username }: any) => username === 'clerk').department.id;
    const clerks = await admin('GET', `/users?role=clerk&state=ACTIVE&departmentId=${oss}&pageSize=1&page=2`);
    expect(clerks.body).toMatchObject({ total: 2, items: [{ username: 'clerk2' }] });
    expect(JSON.stringify(all.body)).not.toContain('argon2');
  });

  it('are found by a part of the name, in which no sign is a wildcard', async () => {
    const found = async (text: string) => {
      const { body } = await admin('GET', `/users?text=${encodeURIComponent(text)}`);
      return body.items.map(({ username }: { username: string }) => username);
    };
    for (const text of ['clerk', 'CLERK']) expect(await found(text)).toEqual(['clerk', 'clerk2']);
    const { displayName } = await user('auditor');
    expect(await found(displayName.slice(1, 5))).toContain('auditor');
    for (const wild of ['%', '_', '[a-z]', '\\']) expect(await found(wild)).toEqual([]);
  });

  it('have roles, whose permissions are told', async () => {
    const { roles } = (await admin('GET', '/roles')).body;
    expect(roles.map(({ role }: { role: string }) => role)).toEqual([...ROLES]);
    const { permissions } = roles.find(({ role }: { role: string }) => role === 'auditor');
    expect(permissions).toEqual([...permissionsOf('auditor')].sort());
    expect((await app.request('GET', '/roles', { as: 'clerk' })).status).toBe(403);
  });

  it('are created, read, and can log in', async () => {
    const department = (await admin('GET', '/departments')).body.items[0];
    const created = await admin('POST', '/users', { ...NEW, departmentId: department.id });
    expect(created).toMatchObject({
      status: 201,
      body: { version: 1, state: 'ACTIVE', department, lockedUntil: null },
    });
    expect((await admin('GET', `/users/${created.body.id}`)).body).toEqual(created.body);
    expect((await login('r.kanaan', PASSWORD)).status).toBe(200);
    expect((await admin('POST', '/users', NEW)).body.code).toBe('identity.username-taken');
  });

  it.each([
    [{ username: 'R Kanaan' }, '/username', 'pattern'],
    [{ password: 'short' }, '/password', 'minLength'],
    [{ password: 'aaaaaaaaaaaaaaa' }, '/password', 'tooPlain'],
    [{ password: 'the r.kanaan way' }, '/password', 'containsUsername'],
    [{ role: 'mayor' }, '/role', 'isIn'],
    [{ departmentId: 999_999_999 }, '/departmentId', 'unknown'],
    [{ demo: true }, '/demo', 'unknown'],
  ])('are not created with %j', async (wrong, pointer, code) => {
    expect(await admin('POST', '/users', { ...NEW, ...wrong })).toMatchObject(invalid(pointer, code));
  });

  it('created twice at once are created once', async () => {
    const both = await Promise.all([admin('POST', '/users', NEW), admin('POST', '/users', NEW)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('change by version, and a new role counts at once', async () => {
    const { id, version } = await user('clerk');
    const token = await app.tokenOf('clerk');
    expect((await app.request('GET', '/users', { token })).status).toBe(403);
    const changed = await admin('PATCH', `/users/${id}`, { role: 'auditor', departmentId: null }, version);
    expect(changed).toMatchObject({ status: 200, body: { version: version + 1, role: 'auditor', department: null } });
    expect(changed.body.displayName).toBe('سناء كنعان');
    expect((await app.request('GET', '/users', { token })).status).toBe(200);
    expect((await admin('PATCH', `/users/${id}`, { role: 'clerk' }, version)).status).toBe(412);
    expect((await admin('PATCH', `/users/${id}`, { role: 'clerk' })).status).toBe(428);
    expect((await admin('PATCH', '/users/999999999', { role: 'clerk' }, 1)).status).toBe(404);
    expect(await admin('PATCH', `/users/${id}`, { displayName: null }, 2)).toMatchObject({ status: 422 });
  });

  it('changed twice at once are changed once', async () => {
    const { id, version } = await user('clerk');
    const names = ['سناء عمر', 'سناء علي'];
    const both = await Promise.all(
      names.map((displayName) => admin('PATCH', `/users/${id}`, { displayName }, version)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it('disabled are out at once and stay out until enabled', async () => {
    const { id, version } = await user('clerk');
    const { accessToken, refreshToken } = (await login('clerk', DEMO_PASSWORD)).body;
    expect((await admin('PATCH', `/users/${id}`, { state: 'DISABLED' }, version)).status).toBe(200);
    expect((await app.request('GET', '/auth/me', { token: accessToken })).status).toBe(401);
    expect((await app.request('POST', '/auth/refresh', { body: { refreshToken } })).status).toBe(401);
    expect((await login('clerk', DEMO_PASSWORD)).status).toBe(401);
    await admin('PATCH', `/users/${id}`, { state: 'ACTIVE' }, version + 1);
    expect((await app.request('GET', '/auth/me', { token: accessToken })).status).toBe(401);
    expect((await login('clerk', DEMO_PASSWORD)).status).toBe(200);
  });

  it('do not change their own role or state', async () => {
    const { id, version } = await user('administrator');
    for (const change of [{ role: 'clerk' }, { state: 'DISABLED' }]) {
      expect((await admin('PATCH', `/users/${id}`, change, version)).body.code).toBe('identity.own-account');
    }
    expect((await admin('PATCH', `/users/${id}`, { displayName: 'ديمة' }, version)).status).toBe(200);
  });

  it('do not get past their own old password, though they are administrators: a session may be stolen', async () => {
    const { id } = await user('administrator');
    const reset = await admin('POST', `/users/${id}/password`, { password: PASSWORD });
    expect([reset.status, reset.body.code]).toEqual([409, 'identity.own-account']);
    for (let failure = 0; failure < 5; failure++) await login('administrator', 'wrong');
    expect((await admin('POST', `/users/${id}/unlock`)).body.code).toBe('identity.own-account');
    expect((await login('administrator', DEMO_PASSWORD)).status).toBe(423);
  });

  it('get another password from the administrator, which ends sessions and lock', async () => {
    const { id } = await user('clerk');
    const { accessToken } = (await login('clerk', DEMO_PASSWORD)).body;
    for (let failure = 0; failure < 5; failure++) await login('clerk', 'wrong');
    expect((await user('clerk')).lockedUntil).toBe('2026-11-24T08:30:00.000Z');
    expect(await admin('POST', `/users/${id}/password`, { password: 'aaaaaaaaaaaa' })).toMatchObject(
      invalid('/password', 'tooPlain'),
    );
    expect((await admin('POST', `/users/${id}/password`, { password: PASSWORD })).status).toBe(204);
    expect((await app.request('GET', '/auth/me', { token: accessToken })).status).toBe(401);
    expect((await login('clerk', PASSWORD)).status).toBe(200);
    expect((await admin('POST', '/users/999999999/password', { password: PASSWORD })).status).toBe(404);
  });

  it('are unlocked', async () => {
    const { id } = await user('clerk');
    for (let failure = 0; failure < 5; failure++) await login('clerk', 'wrong');
    expect((await login('clerk', DEMO_PASSWORD)).status).toBe(423);
    expect((await admin('POST', `/users/${id}/unlock`)).status).toBe(204);
    expect((await login('clerk', DEMO_PASSWORD)).status).toBe(200);
    expect((await admin('POST', '/users/999999999/unlock')).status).toBe(404);
  });
});

describe('departments', () => {
  it('are opened, renamed and closed by version', async () => {
    const input = { code: 'ROADS', nameAr: 'الطرق', nameEn: 'Roads' };
    const { status, body } = await admin('POST', '/departments', input);
    expect({ status, body }).toMatchObject({ status: 201, body: { ...input, version: 1, active: true } });
    expect((await admin('POST', '/departments', input)).body.code).toBe('identity.department-taken');
    const path = `/departments/${body.id}`;
    expect((await admin('PATCH', path, { active: false }, 1)).body).toMatchObject({
      ...input,
      version: 2,
      active: false,
    });
    expect((await admin('PATCH', path, { nameEn: 'Streets' }, 1)).status).toBe(412);
    expect((await admin('PATCH', '/departments/999999999', { nameEn: 'Streets' }, 1)).status).toBe(404);
    expect(await admin('POST', '/users', { ...NEW, departmentId: body.id })).toMatchObject(
      invalid('/departmentId', 'unknown'),
    );
    expect((await admin('GET', '/departments?active=true')).body.total).toBe(4);
    expect((await admin('GET', '/departments?active=false')).body.items).toHaveLength(1);
  });
});

describe('the audit', () => {
  const audit = async (query: string) => (await app.request('GET', `/audit?${query}`, { as: 'auditor' })).body;

  it('holds changes with what was before, the newest first, and by local day', async () => {
    const { id, version } = await user('clerk');
    await admin('PATCH', `/users/${id}`, { displayName: 'سناء عمر' }, version);
    app.clock.set('2026-11-24T22:00:00.000Z');
    app.forgetTokens();
    await admin('POST', `/users/${id}/unlock`);
    const { items } = await audit('actor=administrator');
    expect(items.map(({ action }: any) => action).slice(0, 2)).toEqual(['identity.user.unlock', 'identity.login']);
    expect((await audit('action=identity.user.update')).items).toMatchObject([
      {
        actor: 'administrator',
        detail: { userId: id, was: { displayName: 'سناء كنعان' }, changes: { displayName: 'سناء عمر' } },
      },
    ]);
    expect((await audit('action=identity.user.update&to=2026-11-24')).total).toBe(1);
    expect((await audit('action=identity.user.unlock&to=2026-11-24')).total).toBe(0);
    expect((await audit('action=identity.user.unlock&from=2026-11-25&to=2026-11-25')).total).toBe(1);
    for (const wrong of ['from=2026-02-30', 'from=0000-01-01', 'outcome=MAYBE', 'pageSize=101']) {
      expect((await app.request('GET', `/audit?${wrong}`, { as: 'auditor' })).status).toBe(422);
    }
  });

  it('is written out as CSV by the same filter, the oldest first', async () => {
    const { id } = await user('clerk');
    await admin('POST', `/users/${id}/unlock`);
    await admin('POST', `/users/${id}/unlock`);
    const { raw, headers } = await app.request('GET', '/audit/csv?action=identity.user.unlock', { as: 'auditor' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const [head, ...lines] = raw.toString('utf8').trimEnd().split('\r\n');
    expect(head).toBe('\ufeffid,at,actor,action,outcome,ip,requestId,detail');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(`,administrator,identity.user.unlock,DONE,127.0.0.1,`);
    expect(lines[0]).toContain(`"{""userId"":${id}`);
    expect((await app.request('GET', '/audit/csv', { as: 'clerk' })).status).toBe(403);
    expect((await app.request('GET', '/audit/csv?from=x', { as: 'auditor' })).status).toBe(422);
  });

  it('is in the order of time as CSV, whichever process wrote it, and leaves nothing out between pages', async () => {
    const minute = (at: number) => new Date(Date.UTC(2026, 10, 1, 0, Math.floor(at / 300))).toISOString();
    const rows = Array.from({ length: 2300 }, (_, at) => [9_000_000 - at, minute(at), 'test.paged', 'DONE']);
    const store = app.app.get(Store);
    await app.app.get(UnitOfWork).run(() => store.bulkInsert(AuditEntry, ['id', 'at', 'action', 'outcome'], rows));
    const { raw } = await app.request('GET', '/audit/csv?action=test.paged', { as: 'auditor' });
    const written = raw.toString('utf8').trimEnd().split('\r\n').slice(1);
    const keys = written.map((line) => line.split(',').slice(0, 2).reverse().join(' '));
    expect(new Set(keys).size).toBe(2300);
    expect(keys).toEqual(keys.toSorted());
  });

  it('holds refused access', async () => {
    await app.request('GET', '/users', { as: 'clerk', headers: { 'x-request-id': 'curious-1' } });
    expect((await audit('action=identity.access&actor=clerk')).items).toMatchObject([
      { outcome: 'REFUSED', requestId: 'curious-1', detail: { wanted: ['identity.user.read'] } },
    ]);
  });

  it('keeps no password, whatever was done', async () => {
    await admin('POST', '/users', NEW);
    await login('r.kanaan', 'a wrong password');
    const { items } = await audit('pageSize=100');
    expect(JSON.stringify(items)).not.toMatch(new RegExp(`${PASSWORD}|a wrong password|${DEMO_PASSWORD}|argon2`));
  });
});

describe('an installation', () => {
  it('seeds demo users again without change', async () => {
    const before = await user('clerk');
    await seedDemoUsers(app.app);
    expect(await user('clerk')).toEqual(before);
    expect((await admin('GET', '/users')).body.total).toBe(10);
  });

  it('in production does not start beside demo users', async () => {
    const env = { NODE_ENV: 'production', DEMO: 'false', JWT_SECRET: 'x'.repeat(32), ALLOW_EMBEDDED_DATABASE: 'true' };
    const production = await createApp(testConfig(app.database.url, env));
    await expect(production.init()).rejects.toThrow(/demo users/);
    await production.close();
  });

  it('gets its first administrator', async () => {
    const input = { username: 'd.halawa', displayName: ' ديمة حلاوة ', password: PASSWORD };
    await createAdministrator(app.app, input);
    expect((await login('d.halawa', PASSWORD)).body.user).toMatchObject({
      role: 'administrator',
      displayName: 'ديمة حلاوة',
    });
    await expect(createAdministrator(app.app, input)).rejects.toMatchObject({ code: 'identity.username-taken' });
    for (const wrong of [{ username: 'D H' }, { displayName: ' ' }, { password: 'short' }]) {
      const refused = createAdministrator(app.app, { ...input, username: 'other', ...wrong });
      await expect(refused).rejects.toMatchObject({ code: 'http.invalid' });
    }
  });

  it('limits logins an address more strictly than other requests', async () => {
    const strict = await createApp(testConfig(app.database.url, { REQUESTS_PER_MINUTE: '20' }));
    await strict.init();
    await strict.getHttpAdapter().getInstance().ready();
    const answers = [];
    for (let n = 0; n < 3; n++) {
      const payload = { username: 'clerk', password: DEMO_PASSWORD };
      answers.push((await strict.inject({ method: 'POST', url: '/api/v1/auth/login', payload })).statusCode);
    }
    expect(answers).toEqual([200, 200, 429]);
    expect((await strict.inject({ method: 'GET', url: '/health/live' })).statusCode).toBe(200);
    await strict.close();
  });
});
