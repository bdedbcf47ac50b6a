import type { OpenAPIObject } from '@nestjs/swagger';
import { GRANTS, permissionsOf, ROLES } from '../../src/identity';
import { openApiDocument } from '../../src/openapi';
import { startTestApp, type TestApp } from '../support/app';

/** What anybody may ask for without a token; everything else is guarded. */
const OPEN = [
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /pay/{token}',
  'GET /s/{token}',
  'GET /notices',
  'GET /notices/feed.xml',
  'GET /supply',
  'GET /unsubscribe/{token}',
  'GET /verify/{serial}',
  'GET /api/v1/public/notices',
  'GET /api/v1/public/water/supply',
  'POST /api/v1/activation/verify',
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/refresh',
  'POST /api/v1/gateway/callbacks/{gateway}',
  'POST /api/v1/notifications/callbacks/{provider}',
  'POST /api/v1/sms/inbound/{provider}',
  'POST /pay/{token}',
  'POST /unsubscribe/{token}',
];

interface Route {
  name: string;
  method: string;
  url: string;
  permissions: string[] | undefined;
}

/** Each route with ids that nothing has. */
function routesOf(document: OpenAPIObject): Route[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Record<string, unknown>>).map(([verb, operation]) => ({
      name: `${verb.toUpperCase()} ${path}`,
      method: verb.toUpperCase(),
      url: `/${path.replace(/\{[^}]+\}/g, '9007199254740991')}`,
      permissions: operation['x-permissions'] as string[] | undefined,
    })),
  );
}

let app: TestApp;
let routes: Route[];
beforeAll(async () => {
  app = await startTestApp();
  routes = routesOf(openApiDocument(app.app));
});
afterAll(() => app.close());

const guarded = () => routes.filter(({ permissions }) => permissions);

/** A body that no route takes: what passes the guard is refused before it acts. */
async function ask({ method, url }: Route, caller: { as?: string; token?: string }) {
  const answer = await app.request(method, url, {
    ...caller,
    ...(method !== 'GET' && { body: { nobodyTakesThis: 1 } }),
  });
  // Logging out and the like end the session of the token.
  if (method !== 'GET' && answer.status < 300) app.forgetTokens();
  return answer;
}

const refusedBy = async (caller: { token?: string }) => {
  const open: string[] = [];
  for (const route of guarded()) {
    const { status, body } = await ask(route, caller);
    if (status !== 401 || body.code !== 'http.unauthenticated') open.push(`${route.name}: ${status}`);
  }
  return open;
};

describe('every route', () => {
  it('is guarded or on the list of the open ones', () => {
    const open = routes.filter(({ permissions }) => !permissions).map(({ name }) => name);
    expect(open.filter((name) => !OPEN.includes(name))).toEqual([]);
    expect(guarded().length).toBeGreaterThan(10);
  });

  it('needs permissions that some role has', () => {
    const unknown = guarded().flatMap(({ permissions }) => permissions!.filter((each) => !(each in GRANTS)));
    expect(unknown).toEqual([]);
  });

  it('that is guarded refuses to answer without a token', async () => expect(await refusedBy({})).toEqual([]));

  it('that is guarded refuses a token that is none', async () =>
    expect(await refusedBy({ token: 'a.b.c' })).toEqual([]));

  it.each(ROLES)('opens to the %s exactly by permission', async (role) => {
    const wrong: string[] = [];
    for (const route of guarded()) {
      const may = route.permissions!.some((each) => permissionsOf(role).has(each));
      const { status, body } = await ask(route, { as: role });
      const forbidden = status === 403 && body.code === 'http.forbidden';
      if (status === 401 || status >= 500 || forbidden === may) wrong.push(`${route.name}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });
});
