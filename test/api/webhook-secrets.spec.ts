import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { startTestApp, type TestApp } from '../support/app';

let app: TestApp;
let server: Server;
let received: { headers: IncomingHttpHeaders; body: string } | undefined;
let url: string;

beforeAll(async () => {
  app = await startTestApp({ WEBHOOK_ALLOW_PRIVATE: 'true' });
  server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received = { headers: request.headers, body };
      reply.writeHead(200).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  await app.close();
  server.close();
});

const post = (path: string, body: object = {}, version = 0) =>
  app.request('POST', path, {
    as: 'integration',
    body,
    ...(version > 0 && { headers: { 'if-match': `"${version}"` } }),
  });
const move = (hours: number) => {
  app.clock.advance({ hours });
  app.forgetTokens();
};

/** An endpoint, its secrets one after the other, and which of them an event is signed with. */
async function endpoint() {
  const eventTypes = ['ps.nablus.notifications.message-failed'];
  const { id, secret } = (await post('/webhooks', { description: 'نظام المحاسبة', url, eventTypes })).body;
  const secrets: string[] = [secret];
  return {
    secrets,
    get: async () => (await app.request('GET', `/webhooks/${id}`, { as: 'integration' })).body,
    async rotate(version: number) {
      const answer = await post(`/webhooks/${id}/rotate-secret`, {}, version);
      if (answer.status === 200) secrets.push(answer.body.secret);
      return answer;
    },
    async signing() {
      await post(`/webhooks/${id}/ping`);
      await app.drain();
      const { headers, body } = received!;
      const at = new Date(app.clock.now());
      const given = (headers['webhook-signature'] as string).split(' ');
      return secrets.map((each) => given.includes(new Webhook(each).sign(headers['webhook-id'] as string, at, body)));
    },
  };
}

describe('a secret of a webhook', () => {
  it('signs beside its follower for a day', async () => {
    const { rotate, secrets, signing, get } = await endpoint();
    await rotate(1);
    expect(secrets[0]).not.toBe(secrets[1]);
    expect(await signing()).toEqual([true, true]);
    move(24);
    expect(await signing()).toEqual([false, true]);
    expect(JSON.stringify(await get())).not.toContain('whsec_');
  });

  it('keeps its promised end when others are made meanwhile', async () => {
    const { rotate, signing } = await endpoint();
    await rotate(1);
    move(12);
    await rotate(2);
    expect(await signing()).toEqual([true, true, true]);
    move(12);
    expect(await signing()).toEqual([false, true, true]);
    move(12);
    expect(await signing()).toEqual([false, false, true]);
  });

  it('is refused while four others still hold, with the end of the first', async () => {
    const { rotate, secrets, get } = await endpoint();
    await rotate(1);
    const { previousSecretUntil: first } = await get();
    move(6);
    for (const version of [2, 3, 4]) expect((await rotate(version)).status).toBe(200);
    const { status, body } = await rotate(5);
    expect([status, body.code, body.until]).toEqual([409, 'notifications.webhook-secrets', first]);
    expect(secrets).toHaveLength(5);
    move(18);
    expect(app.clock.now()).toBe(first);
    expect((await rotate(5)).status).toBe(200);
  });
});
