import { fixedClock } from '@libs/calendar';
import { OutboxRelay } from '@libs/outbox';
import { temporaryDatabase } from '@libs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/bootstrap';
import { DEMO_PASSWORD } from '../../src/identity';
import { testConfig } from './config';
import { prepareDatabase } from './prepare';

export interface Answer<T = any> {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  body: T;
  /** Undecoded, for PDF and CSV. */
  raw: Buffer;
}

interface RequestOptions {
  /** A role of the demo users, another username of theirs, or nobody. */
  as?: string;
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;

/** The real application on a database of its own, with the demo users and a clock that stands still until moved. */
export async function startTestApp(settings: Record<string, string> = {}, startsAt = '2026-11-24T08:00:00.000Z') {
  const database = await temporaryDatabase(process.env.TEST_TEMPLATE);
  if (!process.env.TEST_TEMPLATE) await prepareDatabase(database.url);
  const clock = fixedClock(startsAt);
  const app: NestFastifyApplication = await createApp(testConfig(database.url, settings), clock);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const tokens = new Map<string, string>();

  async function request<T = any>(method: string, path: string, options: RequestOptions = {}): Promise<Answer<T>> {
    const token = options.token ?? (options.as && (await tokenOf(options.as)));
    const answer = await app.inject({
      method: method as 'GET',
      url:
        path.startsWith('/api') || !path.startsWith('/')
          ? path
          : path.startsWith('//')
            ? path.slice(1)
            : `/api/v1${path}`,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...options.headers },
      ...(options.body !== undefined && { payload: options.body as object }),
    });
    const json = method !== 'HEAD' && String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (json ? answer.json() : answer.body) as T,
      raw: answer.rawPayload,
    };
  }

  async function tokenOf(username: string): Promise<string> {
    const known = tokens.get(username);
    if (known) return known;
    const { status, body } = await request('POST', '/auth/login', { body: { username, password: DEMO_PASSWORD } });
    if (status !== 200) throw new Error(`login of ${username}: ${status} ${JSON.stringify(body)}`);
    tokens.set(username, body.accessToken);
    return body.accessToken;
  }

  return {
    app,
    clock,
    database,
    request,
    tokenOf,
    /** Tokens expire when the clock is moved; forget them to log in again. */
    forgetTokens: () => tokens.clear(),
    drain: () => app.get(OutboxRelay).drain(),
    async close() {
      await app.close();
      await database.drop();
    },
  };
}
