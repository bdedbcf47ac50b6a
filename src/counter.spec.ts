import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { serveCounter } from './counter';

describe('the counter', () => {
  const root = mkdtempSync(join(tmpdir(), 'baladiya-counter-'));
  beforeAll(() => {
    mkdirSync(join(root, 'assets'));
    writeFileSync(join(root, 'index.html'), '<title>page</title>');
    writeFileSync(join(root, 'assets/index-abc.js'), 'plain');
    writeFileSync(join(root, 'assets/index-abc.js.br'), 'small');
    writeFileSync(join(root, 'secret'), 'outside of assets');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  async function get(path: string, from: string | null = root) {
    const server = fastify();
    serveCounter(server, from);
    const answer = await server.inject({ url: path, headers: { 'accept-encoding': 'br' } });
    await server.close();
    return answer;
  }

  it('answers every address of its own with the page, and files by their name', async () => {
    for (const path of ['/counter', '/counter/', '/counter/records/5', '/counter/secret']) {
      expect(await get(path)).toMatchObject({ statusCode: 200, body: '<title>page</title>' });
    }
    const script = await get('/counter/assets/index-abc.js');
    expect(script).toMatchObject({ statusCode: 200, body: 'small' });
    expect(script.headers['content-encoding']).toBe('br');
    expect((await get('/counter/assets/gone.js')).statusCode).toBe(404);
    expect((await get('/counter/assets/..%2fsecret')).body).not.toContain('outside');
  });

  it('says so when it is not built', async () => {
    const answer = await get('/counter', null);
    expect(answer.statusCode).toBe(404);
    expect(answer.body).toContain('npm run build:web');
  });
});
