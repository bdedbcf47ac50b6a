import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { guardedPost, type Posting } from './guarded-post';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}
const posting = (url: string, more: Partial<Posting> = {}): Posting => ({
  url,
  headers: { 'content-type': 'application/json' },
  body: '{"رقم":1}',
  timeoutMs: 5000,
  allowPrivate: true,
  ...more,
});
const resolvesTo =
  (...addresses: string[]): LookupFunction =>
  (_host, options, done) => {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (options.all) done(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  };

describe('a guarded POST', () => {
  it('brings the body and says what was answered', async () => {
    let got = '';
    const port = await serve((request, reply) => {
      request.on('data', (chunk: Buffer) => (got += chunk.toString()));
      request.on('end', () => reply.writeHead(204).end());
    });
    const outcome = await guardedPost(posting(`http://127.0.0.1:${port}/`));
    expect(outcome).toMatchObject({ status: 204, failure: null });
    expect(got).toBe('{"رقم":1}');
  });

  it.each([400, 404, 410, 500])('%i is a failure', async (status) => {
    const port = await serve((_, reply) => reply.writeHead(status).end('no'));
    const outcome = await guardedPost(posting(`http://127.0.0.1:${port}/`));
    expect(outcome).toMatchObject({ status, failure: `HTTP_${status}` });
  });

  it('follows no redirect', async () => {
    let asked = 0;
    const inside = await serve((_, reply) => {
      asked++;
      reply.end();
    });
    const port = await serve((_, reply) =>
      reply.writeHead(307, { location: `http://127.0.0.1:${inside}/metadata` }).end(),
    );
    expect(await guardedPost(posting(`http://127.0.0.1:${port}/`))).toMatchObject({ failure: 'HTTP_307' });
    expect(asked).toBe(0);
  });

  it('gives up an answer that does not come, and one that does not end', async () => {
    const silent = await serve(() => undefined);
    const dripping = await serve((_, reply) => {
      reply.writeHead(200);
      reply.write('.');
    });
    for (const port of [silent, dripping]) {
      const outcome = await guardedPost(posting(`http://127.0.0.1:${port}/`, { timeoutMs: 100 }));
      expect(outcome.failure).toBe('TIMEOUT');
    }
  });

  it('reads no more of an answer than it must', async () => {
    let open = true;
    const port = await serve((_, reply) => {
      reply.writeHead(200);
      reply.on('close', () => (open = false));
      const pour = (): void => void (open && (reply.write('x'.repeat(65_536)) ? setImmediate(pour) : undefined));
      reply.on('drain', pour);
      pour();
    });
    expect(await guardedPost(posting(`http://127.0.0.1:${port}/`))).toMatchObject({ status: 200, failure: null });
  });

  it.each([
    ['a private address', ['10.1.2.3']],
    ['a public and a private address', ['93.184.216.34', '169.254.169.254']],
    ['the loopback of IPv6', ['::1']],
  ])('does not connect to a name that stands for %s', async (_, addresses) => {
    let asked = 0;
    const port = await serve((_request, reply) => {
      asked++;
      reply.end();
    });
    const url = `http://rebound.example:${port}/`;
    const guarded = { allowPrivate: false, resolve: resolvesTo(...addresses) };
    expect(await guardedPost(posting(url, guarded))).toMatchObject({ status: null, failure: 'PRIVATE_ADDRESS' });
    // The same name is reached where private addresses are allowed: it was the guard.
    const open = { resolve: resolvesTo('127.0.0.1') };
    expect(await guardedPost(posting(url, open))).toMatchObject({ status: 200 });
    expect(asked).toBe(1);
  });

  it('judges the address that the connection is made to, not one that was looked up before', async () => {
    const port = await serve((_, reply) => reply.end());
    const answers = [['93.184.216.34'], ['127.0.0.1']];
    const rebinding: LookupFunction = (host, options, done) => resolvesTo(...answers.pop()!)(host, options, done);
    const outcome = await guardedPost(
      posting(`http://rebound.example:${port}/`, { allowPrivate: false, resolve: rebinding }),
    );
    expect(outcome.failure).toBe('PRIVATE_ADDRESS');
    expect(answers).toHaveLength(1);
  });

  it('does not connect to a private address that is written in the URL', async () => {
    const port = await serve((_, reply) => reply.end());
    const outcome = await guardedPost(posting(`http://127.0.0.1:${port}/`, { allowPrivate: false }));
    expect(outcome.failure).toBe('PRIVATE_ADDRESS');
  });
});
