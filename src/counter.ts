import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const YEAR = '365d';

/** Scripts are files of ours alone; Mantine writes style elements, scans and PDFs are shown from memory. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Where `npm run build:web` leaves the counter, seen from the build and from the source. */
const built = (): string | null =>
  ['../web', '../dist/web'].map((path) => join(__dirname, path)).find((path) => existsSync(join(path, '.vite'))) ??
  null;

/**
 * The counter's screen at /counter: files named by their content are kept for ever and lie compressed beside themselves,
 * every other address is answered with the page, which finds its way itself.
 */
export function serveCounter(server: FastifyInstance, root: string | null = built()): void {
  void server.register(async (scope) => {
    if (!root) return void scope.get('/counter*', notBuilt);
    await scope.register(fastifyStatic, {
      root: join(root, 'assets'),
      prefix: '/counter/assets/',
      preCompressed: true,
      immutable: true,
      maxAge: YEAR,
    });
    const page = (_request: FastifyRequest, reply: FastifyReply) =>
      reply
        .header('Content-Security-Policy', POLICY)
        .header('Cache-Control', 'no-store')
        .sendFile('index.html', root, { cacheControl: false, etag: false, lastModified: false });
    scope.get('/counter', page);
    scope.get('/counter/*', page);
  });
}

const notBuilt = (_request: FastifyRequest, reply: FastifyReply) =>
  reply.status(404).type('text/plain; charset=utf-8').send('The counter is not built: npm run build:web\n');
