import { OutboxMessage } from '@libs/outbox';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { startTestApp, type TestApp } from '../support/app';
import { RedisServer } from '../support/redis';
import { until } from '../support/until';

const at = (time: string) => `2026-11-24T${time}.000Z`;

/** A row that no handler is asked for: the process is of the role api. */
async function addMessage(app: TestApp, changes: Partial<OutboxMessage>): Promise<number> {
  const row = {
    type: 'notifications.sms.bulk',
    lane: 'BULK' as const,
    state: 'PENDING' as const,
    payload: {},
    availableAt: at('08:00:00'),
    attempts: 0,
    postponed: 0,
    lockedBy: null,
    lockedUntil: null,
    doneAt: null,
    lastError: null,
    createdAt: at('08:00:00'),
    ...changes,
  };
  return app.app.get(UnitOfWork).run(async () => {
    const id = await app.app.get(IdAllocator).one();
    await app.app.get(Store).insert(OutboxMessage, { id, ...row });
    return id;
  });
}

describe('operations', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    const held = { lockedBy: '1-x#1', lockedUntil: at('08:00:20') };
    await addMessage(app, { lane: 'OTP', availableAt: at('07:59:30') });
    await addMessage(app, {
      lane: 'OTP',
      availableAt: at('07:59:50'),
      lockedBy: 'redis#x-1',
      lockedUntil: at('08:00:05'),
    });
    await addMessage(app, { lane: 'OTP', availableAt: at('07:58:00'), ...held });
    await addMessage(app, { availableAt: at('07:59:00'), lockedBy: '1-y#1', lockedUntil: at('07:59:59') });
    await addMessage(app, { availableAt: at('09:00:00') });
    await addMessage(app, { state: 'DEAD', attempts: 8, lastError: 'Error: no' });
    await addMessage(app, { state: 'DONE', doneAt: at('08:00:00') });
  });
  afterAll(() => app.close());

  const get = (path: string, as = 'administrator') => app.request('GET', `/operations${path}`, { as });

  it('count what waits, runs, is due later and is dead, by lane', async () => {
    const { status, body } = await get('/lanes');
    expect(status).toBe(200);
    expect(body.transport).toBe('embedded');
    expect(body.lanes.map(({ lane }: { lane: string }) => lane)).toEqual(['OTP', 'EMERGENCY', 'TRANSACTIONAL', 'BULK']);
    const none = { waiting: 0, running: 0, later: 0, dead: 0, oldestDueAt: null, oldestAgeSeconds: 0 };
    const otp = { waiting: 2, running: 1, oldestDueAt: at('07:59:30'), oldestAgeSeconds: 30 };
    const bulk = { waiting: 1, later: 1, dead: 1, oldestDueAt: at('07:59:00'), oldestAgeSeconds: 60 };
    expect(body.lanes[0]).toEqual({ lane: 'OTP', ...none, ...otp });
    expect(body.lanes[1]).toEqual({ lane: 'EMERGENCY', ...none });
    expect(body.lanes[3]).toEqual({ lane: 'BULK', ...none, ...bulk });
  });

  it('are for administrators', async () => {
    expect((await get('/lanes', 'supervisor')).status).toBe(403);
    expect((await app.request('POST', '/operations/job-board', { as: 'auditor' })).status).toBe(403);
  });

  it('list the messages of a lane and of a state', async () => {
    const { body } = await get('/messages?lane=BULK&state=DEAD');
    expect(body.items).toMatchObject([{ lane: 'BULK', state: 'DEAD', attempts: 8, lastError: 'Error: no' }]);
    expect((await get('/messages?lane=OTP')).body.total).toBe(3);
    expect((await get('/messages?lane=SLOW')).status).toBe(422);
  });

  it('replay a dead letter once', async () => {
    const id = await addMessage(app, { state: 'DEAD', attempts: 8, lane: 'EMERGENCY' });
    const replay = () => app.request('POST', `/operations/messages/${id}/replay`, { as: 'administrator' });
    const answers = await Promise.all([replay(), replay()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 200)!.body).toMatchObject({ state: 'PENDING', attempts: 0 });
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('outbox.not-dead');
    expect((await app.request('POST', '/operations/messages/1/replay', { as: 'administrator' })).status).toBe(404);
  });

  it('have no job board without Redis, and say that all is well', async () => {
    const answer = await app.request('POST', '/operations/job-board', { as: 'administrator' });
    expect([answer.status, answer.body.code]).toEqual([409, 'outbox.no-job-board']);
    expect((await app.request('GET', '//jobs')).status).toBe(404);
    expect((await app.request('GET', '//health/ready')).body).toEqual({ status: 'ok', redis: 'none' });
  });

  it('are measured', async () => {
    const { body } = await app.request('GET', '//metrics');
    expect(body).toContain('outbox_messages{lane="OTP",state="waiting"} 2');
    expect(body).toContain('outbox_messages{lane="BULK",state="dead"} 1');
    expect(body).toContain('outbox_oldest_seconds{lane="OTP"} 30');
    expect(body).toContain('outbox_tries_total{lane="OTP",outcome="done"} 0');
    expect(body).toContain('outbox_redis_up 0');
  });
});

describe('operations with Redis', () => {
  const redis = new RedisServer();
  let app: TestApp;
  beforeAll(async () => {
    await redis.start();
    app = await startTestApp({ REDIS_URL: redis.url });
  });
  afterAll(async () => {
    await app.close();
    await redis.drop();
  });

  const ready = async () => (await app.request('GET', '//health/ready')).body;
  const page = (path: string, cookie?: string, method = 'GET') =>
    app.request(method, `/${path}`, { headers: cookie ? { cookie } : {} });
  const opened = async () => {
    const answer = await app.request('POST', '/operations/job-board', { as: 'administrator' });
    expect([answer.status, answer.body]).toEqual([200, { url: '/jobs' }]);
    return String(answer.headers['set-cookie']);
  };

  it('show the job board to a browser that an administrator has opened it in', async () => {
    await until(async () => (await ready()).redis === 'up');
    const cookie = await opened();
    expect(cookie).toMatch(/^jobs=[\w.-]+; Path=\/jobs; Max-Age=900; HttpOnly; SameSite=Strict$/);
    const session = `theme=dark; ${cookie.split(';')[0]}`;
    const html = await page('/jobs', session);
    expect([html.status, html.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(String(html.headers['content-security-policy'])).toContain("default-src 'self'");
    const queues = await page('/jobs/api/queues', session);
    expect(queues.body.queues.map(({ name }: { name: string }) => name).sort()).toEqual([
      'bulk',
      'emergency',
      'otp',
      'transactional',
    ]);
    const script = /src="(static\/js\/[^"]+)"/.exec(html.body as string)![1]!;
    expect((await page(`/jobs/${script}`, session)).status).toBe(200);
  });

  it.each(['/jobs', '/jobs/', '/jobs/api/queues', '/jobs/static/css/x.css', '/jobs/queue/otp', '/jobs/queue/otp/5-0'])(
    'show %s to nobody else',
    async (path) => {
      expect((await page(path)).body).toMatchObject({ status: 401, code: 'http.unauthenticated' });
      expect((await page(path, 'jobs=a.b.c')).status).toBe(401);
      expect((await page(path, `xjobs=${await app.tokenOf('administrator')}`)).status).toBe(401);
      expect((await page(path, `jobs=${await app.tokenOf('supervisor')}`)).status).toBe(403);
    },
  );

  it('let nobody change jobs there', async () => {
    const session = (await opened()).split(';')[0]!;
    for (const [method, path] of [
      ['PUT', '/jobs/api/queues/otp/pause'],
      ['POST', '/jobs/api/queues/otp/add'],
      ['PUT', '/jobs/api/queues/pause'],
    ] as const) {
      expect((await page(path, session, method)).status).toBe(403);
    }
  });

  it('close the job board with the session', async () => {
    const session = (await opened()).split(';')[0]!;
    expect((await app.request('POST', '/auth/logout', { as: 'administrator' })).status).toBeLessThan(300);
    app.forgetTokens();
    expect((await page('/jobs', session)).status).toBe(401);
  });

  it('are degraded, not down, while Redis is away', async () => {
    await until(async () => (await ready()).redis === 'up');
    expect(await ready()).toEqual({ status: 'ok', redis: 'up' });
    await redis.kill();
    await until(async () => (await ready()).redis === 'down');
    const { status, body } = await app.request('GET', '//health/ready');
    expect([status, body]).toEqual([200, { status: 'degraded', redis: 'down' }]);
    expect((await app.request('GET', '/operations/lanes', { as: 'administrator' })).body.transport).toBe('down');
    await redis.start();
    await until(async () => (await ready()).redis === 'up');
  });
});
