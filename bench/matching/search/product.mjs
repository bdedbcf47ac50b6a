// The product's own search: in this process, as a program calls it, and as a server of its own.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const require = createRequire(import.meta.url);

/** The application on an imported database, without HTTP, schedules or outbox. */
export async function openProduct(databaseUrl) {
  require('reflect-metadata');
  const { NestFactory } = require('@nestjs/core');
  const built = (path) => require(`${ROOT}/dist/${path}`);
  const { AppModule } = built('src/app.module.js');
  const { CitizenSearch } = built('src/citizens/index.js');
  const { LegacyMirror } = built('src/legacy/index.js');
  const { loadConfig } = built('libs/config/src/index.js');
  const config = loadConfig({ DATABASE_URL: databaseUrl, ROLE: 'api', LOG_LEVEL: 'error' });
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
    logger: ['error', 'fatal'],
    abortOnError: false,
  });
  const [search, mirror] = [app.get(CitizenSearch), app.get(LegacyMirror)];
  return {
    search: (text, limit) => search.search(text, { limit }),
    /** CIT_NO of citizen ids. */
    async numbersOf(ids) {
      const rows = await mirror.citizens(ids);
      return new Map(rows.map(({ id, citNo }) => [id, citNo]));
    },
    close: () => app.close(),
  };
}

/** The server on an imported database, with the demo's users; it must have been migrated. @returns its address and `stop` */
export async function startServer(databaseUrl) {
  const port = await freePort();
  const settings = { DATABASE_URL: databaseUrl, PORT: String(port), DEMO: 'true', REQUESTS_PER_MINUTE: '100000000' };
  const server = spawn(process.execPath, ['dist/src/main.js'], {
    cwd: ROOT,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (server.exitCode !== null) throw new Error('the server did not start');
    await new Promise((done) => setTimeout(done, 200));
  }
  return { url, pid: server.pid, stop: () => server.kill('SIGTERM') };
}

const isReady = (url) =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

function freePort() {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}
