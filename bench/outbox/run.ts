import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { RedisServer } from '../../test/support/redis';
import { bare } from './bare';
import { system } from './system';

/** What carries messages to a handler that does nothing. */
export interface Carrier {
  add(payloads: { to: string }[]): Promise<void>;
  /** Resolves when so many have been handled. */
  done(total: number): Promise<void>;
  close(): Promise<void>;
}

const AT_ONCE = 100;

async function measure(carrier: Carrier, messages: number): Promise<number> {
  const done = carrier.done(messages);
  const start = performance.now();
  for (let from = 0; from < messages; from += AT_ONCE) {
    await carrier.add(Array.from({ length: AT_ONCE }, (_, at) => ({ to: `+9705990${from + at}` })));
  }
  await done;
  const perSecond = messages / ((performance.now() - start) / 1000);
  await carrier.close();
  return perSecond;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { messages: { type: 'string', default: '20000' }, rounds: { type: 'string', default: '5' } },
  });
  const messages = Math.ceil(Number(values.messages) / AT_ONCE) * AT_ONCE;
  const redis = new RedisServer({ keep: false });
  await redis.start();
  const kinds = { embedded: () => system(''), redis: () => system(redis.url), bare: () => bare(redis.url, 16) };
  const speeds: Record<keyof typeof kinds, number[]> = { embedded: [], redis: [], bare: [] };
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const kind of ['embedded', 'redis', 'bare'] as const) {
      speeds[kind].push(await measure(await kinds[kind](), messages));
    }
  }
  const ratio = median(speeds.redis.map((speed, at) => speed / speeds.bare[at]!));
  for (const kind of ['embedded', 'redis', 'bare'] as const) {
    console.log(`${kind.padEnd(9)}${Math.round(median(speeds[kind])).toLocaleString('en').padStart(8)} messages/s`);
  }
  console.log(`redis to bare: ${ratio.toFixed(2)}`);
  await redis.drop();
}

void main();
