// Payments a second through HTTP: the product beside a hand-written handler, in one run. See README.md.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';

const { values: options } = parseArgs({
  options: {
    payments: { type: 'string', default: '4000' },
    accounts: { type: 'string', default: '1000' },
    clients: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    /** node's options for the product, such as --cpu-prof */
    node: { type: 'string', default: '' },
  },
});
const [payments, accounts, clients, rounds] = ['payments', 'accounts', 'clients', 'rounds'].map((name) =>
  Number(options[name]),
);
const root = resolve(import.meta.dirname, '../..');
const register = ['-r', join(root, 'test/support/register.cjs')];
const folder = mkdtempSync(join(tmpdir(), 'baladiya-till-'));
const agent = new Agent({ keepAlive: true, maxSockets: clients });

function post(port, path, body, headers) {
  const text = JSON.stringify(body);
  return new Promise((done, failed) => {
    const sent = request(
      {
        agent,
        port,
        path,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers },
      },
      (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => done({ status: answer.statusCode, text: Buffer.concat(parts).toString() }));
      },
    );
    sent.on('error', failed);
    sent.end(text);
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function product(file) {
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    ALLOW_EMBEDDED_DATABASE: 'true',
    JWT_SECRET: 'a-secret-made-for-the-bench-of-the-till',
    DATABASE_URL: `sqlite:${file}`,
    PORT: String(port),
    ROLE: 'api',
    LOG_LEVEL: 'warn',
    REQUESTS_PER_MINUTE: '999999999',
  };
  const extra = options.node.split(' ').filter(Boolean);
  const child = spawn(process.execPath, [...extra, ...register, join(root, 'src/main.ts')], {
    cwd: root,
    env: { ...env, NODE_ENV: 'development' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let tries = 0; ; tries++) {
    const there = await post(
      port,
      '/api/v1/auth/login',
      { username: 'cashier', password: 'Nablus-2026-demo' },
      {},
    ).catch(() => null);
    if (there?.status === 200) {
      return { child, port, headers: { authorization: `Bearer ${JSON.parse(there.text).accessToken}` } };
    }
    if (tries > 300) throw new Error(`the product does not answer: ${there?.text}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

async function bare(file) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare.mjs'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { child, port: Number(line), headers: {} };
}

async function measure(start, file, accountIds) {
  const { child, port, headers } = await start(file);
  let at = 0;
  const one = async () => {
    const body = {
      payerName: 'محمد أحمد النابلسي',
      lines: [{ accountId: accountIds[at % accountIds.length], amount: '10.00' }],
      tenders: [{ kind: 'CASH', currency: 'ILS', amount: '10.00' }],
    };
    const { status, text } = await post(port, '/api/v1/payments', body, { ...headers, 'idempotency-key': `b-${at++}` });
    if (status !== 201) throw new Error(`${status} ${text}`);
  };
  const many = async (count) => {
    let left = count;
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (left-- > 0) await one();
      }),
    );
  };
  try {
    await many(Math.ceil(payments / 4));
    const used = processorSeconds(child.pid);
    const began = performance.now();
    await many(payments);
    const rate = (payments / (performance.now() - began)) * 1000;
    return { rate, processor: ((processorSeconds(child.pid) - used) / payments) * 1000 };
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

/** Of the server alone, whatever else the machine does. */
function processorSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

try {
  const template = join(folder, 'template.db');
  const prepare = [...register, join(import.meta.dirname, 'prepare.ts'), `sqlite:${template}`, String(accounts)];
  if (spawnSync(process.execPath, prepare, { cwd: root, stdio: 'inherit' }).status !== 0) throw new Error('prepare');
  const database = new Database(template);
  database.pragma('wal_checkpoint(TRUNCATE)');
  const accountIds = database
    .prepare('SELECT id FROM billing_accounts ORDER BY id')
    .all()
    .map(({ id }) => id);
  database.close();
  const rates = { bare: [], product: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [name, start] of Object.entries({ bare, product })) {
      const file = join(folder, `${name}-${round}.db`);
      copyFileSync(template, file);
      rates[name].push(await measure(start, file, accountIds));
    }
  }
  for (const [name, values] of Object.entries(rates)) {
    const shown = values.map(({ rate, processor }) => `${rate.toFixed(0)}/s (${processor.toFixed(2)} ms)`);
    console.log(`${name.padEnd(8)} ${shown.join('  ')}`);
  }
  const ratios = (of) => rates.product.map((product, round) => of(product, rates.bare[round]));
  const byTime = ratios((product, bare) => product.rate / bare.rate);
  const byProcessor = ratios((product, bare) => bare.processor / product.processor);
  console.log(
    `ratio    ${median(byTime).toFixed(2)} of the payments a second; by the server's processor time alone ${median(byProcessor).toFixed(2)}`,
  );
} finally {
  agent.destroy();
  rmSync(folder, { recursive: true, force: true });
}
