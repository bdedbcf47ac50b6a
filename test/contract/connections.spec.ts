import { connect, type AddressInfo } from 'node:net';
import { startTestApp, type TestApp } from '../support/app';

describe('what is no request', () => {
  let app: TestApp;
  let port: number;
  beforeAll(async () => {
    app = await startTestApp();
    await app.app.listen(0, '127.0.0.1');
    port = (app.app.getHttpServer().address() as AddressInfo).port;
  });
  afterAll(() => app.close());

  /** Everything that comes back until the server ends the connection. */
  const answerTo = (bytes: string): Promise<string> =>
    new Promise((answered, failed) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('end', () => answered(answer));
      socket.on('error', failed);
    });

  it.each([
    ['headers that are too large', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'b'.repeat(70_000)}\r\n\r\n`, 431],
    ['an address that is too long', `GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['a method that nobody knows', 'FOO / HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
    ['bytes of another protocol', '\x16\x03\x01\x02\x00garbage\r\n\r\n', 400],
  ])('is a problem, and ends the connection: %s', async (_, bytes, status) => {
    const [head, body] = (await answerTo(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/^connection: close$/im);
    expect(head).toMatch(/^content-type: application\/problem\+json/im);
    expect(JSON.parse(body!)).toMatchObject({ status, code: expect.stringMatching(/^http\./) as string });
  });
});
