// Latency of search over HTTP with many clients at once. See README.md.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { latency, markdown, round } from './measures.mjs';
import { startServer } from './product.mjs';
import { drawPersons, KINDS } from './questions.mjs';

const { values: options } = parseArgs({
  options: {
    truth: { type: 'string' },
    db: { type: 'string' },
    url: { type: 'string' },
    user: { type: 'string', default: 'clerk' },
    password: { type: 'string', default: 'Nablus-2026-demo' },
    clients: { type: 'string', default: '20' },
    requests: { type: 'string', default: '6000' },
    limit: { type: 'string', default: '20' },
    kinds: { type: 'string', default: KINDS.join(',') },
    seed: { type: 'string', default: '1' },
  },
});
if (!options.truth || !(options.db || options.url)) {
  console.error('usage: http.mjs --truth DIR (--db URL | --url http://HOST:PORT) (see README.md)');
  process.exit(1);
}
const clients = Number(options.clients);
const kinds = options.kinds.split(',');
const server = options.url ? { url: options.url, stop() {} } : await startServer(options.db);
const agent = new Agent({ keepAlive: true, maxSockets: clients });
try {
  const count = Math.ceil(Number(options.requests) / kinds.length) + 100;
  const persons = await drawPersons(resolve(options.truth), count, Number(options.seed));
  const { accessToken } = await post('/api/v1/auth/login', { username: options.user, password: options.password });
  const texts = persons.flatMap(({ questions }) => kinds.map((kind) => ({ kind, text: questions[kind] })));
  const warmUp = texts.splice(0, 100 * kinds.length);
  await load(warmUp, accessToken);
  const asked = texts.slice(0, Number(options.requests));
  const start = performance.now();
  const before = processorMs(server.pid);
  const times = await load(asked, accessToken);
  const seconds = (performance.now() - start) / 1000;
  const rowOf = (kind, list) => ({ kind, requests: list.length, ...latency(list.map(({ ms }) => ms)) });
  const all = { ...rowOf('all', times), 'a second': round(times.length / seconds, 0) };
  const byKind = kinds.map((kind) =>
    rowOf(
      kind,
      times.filter((each) => each.kind === kind),
    ),
  );
  console.log(`${clients} clients at once, ${options.limit} hits at most, times in ms\n`);
  console.log(markdown([all, ...byKind]));
  const spent = processorMs(server.pid) - before;
  if (spent > 0) console.log(`\nprocessor of the server: ${round(spent / times.length, 2)} ms a request`);
} finally {
  agent.destroy();
  server.stop();
}

/** Of a server started here, on Linux, with all its threads; 0 otherwise. A tick of the kernel's clock is 10 ms. */
function processorMs(pid) {
  if (pid === undefined || process.platform !== 'linux') return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Each client asks the next question as soon as its last is answered. */
async function load(questions, token) {
  const times = [];
  let next = 0;
  const client = async () => {
    while (next < questions.length) {
      const { kind, text } = questions[next++];
      const body = { text, purpose: 'COUNTER_SERVICE', limit: Number(options.limit) };
      const start = performance.now();
      await post('/api/v1/citizens/search', body, token);
      times.push({ kind, ms: performance.now() - start });
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return times;
}

function post(path, body, token) {
  const text = JSON.stringify(body);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };
  if (token) headers.Authorization = `Bearer ${token}`;
  return new Promise((done, fail) => {
    const sent = request(server.url + path, { method: 'POST', agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const answer = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) done(JSON.parse(answer));
        else fail(new Error(`${path}: ${response.statusCode} ${answer}`));
      });
      response.on('error', fail);
    });
    sent.on('error', fail);
    sent.end(text);
  });
}
