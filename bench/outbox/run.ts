import 'reflect-metadata';
import { temporaryDatabase } from '@libs/testing';
import { startOutbox } from './system';
const N = Number(process.argv[2] ?? 20000);
const REDIS = process.argv[3] ?? '';
async function main() {
  const db = await temporaryDatabase();
  const bench = await startOutbox(db.url, REDIS);
  if (REDIS) await new Promise((g) => setTimeout(g, 1000));
  const done = bench.done(N);
  const t = performance.now();
  const c = process.cpuUsage();
  for (let i = 0; i < N; i += 100) await bench.add(Array.from({ length: 100 }, (_, k) => ({ to: `${i + k}` })));
  const added = performance.now() - t;
  await done;
  const s = (performance.now() - t) / 1000;
  const u = process.cpuUsage(c);
  console.log(REDIS || 'embedded', Math.round(N / s), 'messages/s; added in', added / 1000, 'cpu us', (u.user + u.system) / N);
  await bench.app.close();
  await db.drop();
}
void main();
