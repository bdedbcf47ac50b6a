import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Store, UnitOfWork } from '@libs/persistence';
import { Webhook } from 'standardwebhooks';
import { defineEvent, Webhooks } from '../../src/notifications';
import { MOST_FAILURES } from '../../src/notifications/webhooks/delivery.rules';
import { WebhookEndpoint, WebhookEvent } from '../../src/notifications/webhooks/webhook.entities';
import { startTestApp, type TestApp } from '../support/app';
import { notifyDesk } from '../support/notify';

const HAPPENED = defineEvent<{ receiptId: number }>('test.happened', { ar: 'حدث', en: 'It happened' });
const URL = 'https://erp.example.org/hook';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}
let app: TestApp;
let server: Server;
let received: Received[];
let answers: number[];
let url: string;

beforeAll(async () => {
  app = await startTestApp({ WEBHOOK_ALLOW_PRIVATE: 'true' });
  server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      reply.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
beforeEach(() => {
  received = [];
  answers = [];
});
afterEach(async () => {
  const { uow, store } = of(app);
  await uow.run(() => store.sql(`UPDATE "webhook_endpoints" SET "state" = 'RETIRED'`));
});
afterAll(async () => {
  await app.close();
  server.close();
});

const of = ({ app: { get } }: TestApp = app, nest = app.app) => ({
  store: nest.get(Store),
  uow: nest.get(UnitOfWork),
  webhooks: nest.get(Webhooks, { strict: false }),
  get,
});
const post = (path: string, body: object = {}, { as = 'integration', version = 0 } = {}) =>
  app.request('POST', path, { as, body, ...(version > 0 && { headers: { 'if-match': `"${version}"` } }) });
const get = async (path: string, as = 'integration') => (await app.request('GET', path, { as })).body;
const register = async (more: object = {}) =>
  (await post('/webhooks', { description: 'نظام المحاسبة', url, eventTypes: [HAPPENED.name], ...more })).body;
const happen = () => of().webhooks.publish(HAPPENED, 'receipt/7', { receiptId: 7 });
const lastDelivery = async (endpointId: number) => (await get(`/webhook-deliveries?endpointId=${endpointId}`)).items[0];
const move = (duration: object) => {
  app.clock.advance(duration);
  app.forgetTokens();
};

describe('a webhook', () => {
  it('stands in the audit by its host: what is behind it may be the key to it', async () => {
    await register({ url: `${URL}/T024/B0XYZ?key=olives` });
    const { body } = await app.request('GET', '/audit?action=notifications.webhook-registered', { as: 'auditor' });
    expect(body.items[0].detail).toMatchObject({ host: 'erp.example.org', types: [HAPPENED.name] });
    expect(JSON.stringify(body)).not.toMatch(/B0XYZ|olives/);
  });

  it('brings a signed CloudEvent to those who listen, once the unit has committed', async () => {
    const { id, secret } = await register();
    await register({ eventTypes: ['ps.nablus.citizens.one-record-approved'] });
    const { uow, webhooks } = of();
    const failing = uow.run(async () => {
      await webhooks.publish(HAPPENED, 'receipt/6', { receiptId: 6 });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await happen();
    await app.drain();
    expect(received).toHaveLength(1);
    const [{ headers, body }] = received as [Received];
    expect(headers['content-type']).toContain('application/cloudevents+json');
    expect(JSON.parse(body)).toMatchObject({
      specversion: '1.0',
      id: headers['webhook-id'],
      type: 'ps.nablus.test.happened',
      source: 'http://localhost:3000',
      subject: 'receipt/7',
      time: app.clock.now(),
      data: { receiptId: 7 },
    });
    const signed = new Webhook(secret).sign(headers['webhook-id'] as string, new Date(app.clock.now()), body);
    expect(headers['webhook-signature']).toBe(signed);
    const delivery = await lastDelivery(id);
    expect(delivery).toMatchObject({
      state: 'DELIVERED',
      attempts: 1,
      status: 200,
      failure: null,
      subject: 'receipt/7',
    });
    expect(delivery.latencyMs).toBeGreaterThanOrEqual(0);
    expect(delivery.eventId).toBe(headers['webhook-id']);
  });

  it('tells of a message that a provider refuses at once', async () => {
    await register({ eventTypes: ['ps.nablus.notifications.message-failed'] });
    await notifyDesk(app).send({ to: { phone: '0599190002' } });
    await app.drain();
    expect(received.map(({ body }) => (JSON.parse(body) as { data: object }).data)).toMatchObject([
      { channel: 'SMS', state: 'PERMANENT_FAILURE', code: 'unknown-subscriber' },
    ]);
  });

  it('writes nothing while nobody listens', async () => {
    const before = await of().store.reads(WebhookEvent).countBy({});
    await happen();
    expect(await of().store.reads(WebhookEvent).countBy({})).toBe(before);
  });

  it('is tried six times, five minutes apart, then dead, and can be replayed under its id', async () => {
    const { id } = await register();
    answers = [500, 500, 500, 500, 500, 500];
    await happen();
    for (let attempt = 1; attempt <= 6; attempt++) {
      await app.drain();
      expect(received).toHaveLength(attempt);
      move({ minutes: 4, seconds: 59 });
      await app.drain();
      expect(received).toHaveLength(attempt);
      move({ seconds: 1 });
    }
    await app.drain();
    const dead = await lastDelivery(id);
    expect(dead).toMatchObject({ state: 'DEAD', attempts: 6, status: 500, failure: 'HTTP_500' });
    const [replay, second] = await Promise.all([1, 2].map(() => post(`/webhook-deliveries/${dead.id}/replay`)));
    expect([replay!.status, second!.status].sort()).toEqual([200, 409]);
    await app.drain();
    expect(received).toHaveLength(7);
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await lastDelivery(id)).toMatchObject({ state: 'DELIVERED', attempts: 1 });
    const again = await post(`/webhook-deliveries/${dead.id}/replay`);
    expect([again.status, again.body.code]).toEqual([409, 'notifications.delivery-not-dead']);
    expect((await post('/webhook-deliveries/999999999/replay')).status).toBe(404);
  });

  it('is not sent any more to one that says 410, or that failed too often in a row', async () => {
    const { id, version } = await register();
    answers = [410];
    await happen();
    await app.drain();
    expect(await lastDelivery(id)).toMatchObject({ state: 'DEAD', status: 410, attempts: 1 });
    expect(await get(`/webhooks/${id}`)).toMatchObject({ state: 'SUSPENDED', failures: 1 });
    const resumed = await post(`/webhooks/${id}/resume`, {}, { version: version + 1 });
    expect(resumed.body).toMatchObject({ state: 'ACTIVE', failures: 0 });
    const { uow, store } = of();
    await uow.run(() => store.update(WebhookEndpoint, { id }, { failures: MOST_FAILURES - 1 }));
    answers = [503];
    await happen();
    await happen();
    await app.drain();
    expect((await get(`/webhooks/${id}`)).state).toBe('SUSPENDED');
    move({ minutes: 5 });
    await app.drain();
    const { items } = await get(`/webhook-deliveries?endpointId=${id}&state=DEAD`);
    expect(items.map(({ failure }: { failure: string }) => failure)).toContain('ENDPOINT_SUSPENDED');
  });

  it('starts the count of failures anew with a success', async () => {
    const { id } = await register();
    answers = [500, 200];
    await happen();
    await app.drain();
    expect((await get(`/webhooks/${id}`)).failures).toBe(1);
    move({ minutes: 5 });
    await app.drain();
    expect((await get(`/webhooks/${id}`)).failures).toBe(0);
  });

  it('can be tried by a ping, suspended, changed and retired, each on the version that was read', async () => {
    const { id } = await register();
    const { deliveryId } = (await post(`/webhooks/${id}/ping`)).body;
    await app.drain();
    expect(JSON.parse(received[0]!.body)).toMatchObject({ type: 'ps.nablus.notifications.ping' });
    expect((await lastDelivery(id)).id).toBe(deliveryId);
    expect((await post(`/webhooks/${id}/suspend`, {}, { version: 9 })).status).toBe(412);
    expect((await post(`/webhooks/${id}/suspend`)).status).toBe(428);
    expect((await post(`/webhooks/${id}/suspend`, {}, { version: 1 })).body.state).toBe('SUSPENDED');
    expect((await post(`/webhooks/${id}/ping`)).body.code).toBe('notifications.webhook-state');
    const changed = await app.request('PATCH', `/webhooks/${id}`, {
      as: 'integration',
      headers: { 'if-match': '"2"' },
      body: { description: 'آخر', eventTypes: [HAPPENED.name, HAPPENED.name] },
    });
    expect(changed.body).toMatchObject({ description: 'آخر', eventTypes: [HAPPENED.name], url });
    expect((await post(`/webhooks/${id}/retire`, {}, { version: 3 })).body.state).toBe('RETIRED');
    const late = await post(`/webhooks/${id}/resume`, {}, { version: 4 });
    expect([late.status, late.body.code]).toEqual([409, 'notifications.webhook-state']);
    expect((await get('/webhooks?state=RETIRED')).items.map((each: { id: number }) => each.id)).toContain(id);
  });

  it('tells what there is to listen to', async () => {
    const types = await get('/webhook-event-types');
    expect(types).toContainEqual({ name: HAPPENED.name, aboutAr: 'حدث', aboutEn: 'It happened' });
  });

  it.each([
    [{ url: 'ftp://erp.example.org' }, '/url', 'https'],
    [{ url: 'https://user:pass@erp.example.org' }, '/url', 'credentials'],
    [{ eventTypes: ['ps.nablus.nothing'] }, '/eventTypes/0', 'unknown'],
    [{ eventTypes: [] }, '/eventTypes', 'arrayMinSize'],
    [{ description: '' }, '/description', 'minLength'],
  ])('refuses %j', async (wrong, pointer, code) => {
    const good = { description: 'x', url, eventTypes: [HAPPENED.name] };
    const { status, body } = await post('/webhooks', { ...good, ...wrong });
    expect(status).toBe(422);
    expect(body.errors).toContainEqual({ pointer, code });
  });

  it('is registered by those who may', async () => {
    const body = { description: 'x', url: URL, eventTypes: [HAPPENED.name] };
    expect((await post('/webhooks', body, { as: 'supervisor' })).status).toBe(403);
    expect((await post('/webhooks', body, { as: 'auditor' })).status).toBe(403);
    expect((await app.request('GET', '/webhooks', { as: 'auditor' })).status).toBe(200);
    expect((await app.request('GET', '/webhooks/999999999', { as: 'auditor' })).status).toBe(404);
    expect((await app.request('GET', '/webhooks')).status).toBe(401);
  });

  it('never goes inside where that is not allowed', async () => {
    const strict = await startTestApp();
    try {
      const ask = (address: string) =>
        strict.request('POST', '/webhooks', {
          as: 'integration',
          body: { description: 'x', url: address, eventTypes: [HAPPENED.name] },
        });
      for (const [address, code] of [
        [url, 'https'],
        ['https://127.0.0.1/', 'privateAddress'],
        ['https://169.254.169.254/', 'privateAddress'],
        ['https://localhost/', 'privateAddress'],
      ] as const) {
        expect((await ask(address)).body.errors).toEqual([{ pointer: '/url', code }]);
      }
      // A name that stands for an address inside is refused when it is connected to.
      const { body } = await ask(URL);
      const nest = strict.app;
      await nest
        .get(UnitOfWork)
        .run(() => nest.get(Store).update(WebhookEndpoint, { id: body.id }, { url: url.replace('http:', 'https:') }));
      await nest.get(Webhooks, { strict: false }).publish(HAPPENED, 'receipt/7', { receiptId: 7 });
      await strict.drain();
      const [delivery] = (await strict.request('GET', '/webhook-deliveries', { as: 'integration' })).body.items;
      expect(delivery).toMatchObject({ state: 'PENDING', failure: 'PRIVATE_ADDRESS', status: null });
      expect(received).toHaveLength(0);
    } finally {
      await strict.close();
    }
  });
});
