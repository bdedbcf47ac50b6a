/**
 * A notice to many while one-time codes are asked for: messages a second and how long a code takes to leave, in one
 * process on SQLite, without Redis and with it, beside BullMQ alone that does the same sandbox sends.
 *
 *     node -r ./test/support/register.cjs bench/notifications/run.ts [--messages 100000] [--rounds 1] [--kinds embedded,redis,bare]
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { RedisServer } from '../../test/support/redis';
import { bare } from './bare';
import { system } from './system';

export interface Measured {
  messagesPerSecond: number;
  /** Of this process, whatever else the machine does. */
  perProcessorSecond: number;
  /** Milliseconds from asking for a code until the provider had it, ascending. */
  codes: number[];
  /** Messages that the sandbox has, and different recipients of them. */
  kept: { messages: number; recipients: number };
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const whole = (value: number): string => Math.round(value).toLocaleString('en');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      messages: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '1' },
      kinds: { type: 'string', default: 'embedded,redis,bare' },
    },
  });
  const [messages, rounds] = [Number(values.messages), Number(values.rounds)];
  const redis = new RedisServer({ keep: false });
  await redis.start();
  const kinds: Record<string, () => Promise<Measured>> = {
    embedded: () => system('', messages),
    redis: () => system(redis.url, messages),
    bare: () => bare(redis.url, messages),
  };
  const done: Record<string, Measured[]> = {};
  for (let round = 0; round < rounds; round++) {
    for (const kind of values.kinds.split(',')) {
      const measured = await kinds[kind]!();
      const { messagesPerSecond, perProcessorSecond, codes, kept } = measured;
      (done[kind] ??= []).push(measured);
      const waits =
        codes.length === 0
          ? ''
          : `; ${codes.length} codes: median ${whole(median(codes))} ms, 99 % ${whole(codes[Math.floor(codes.length * 0.99)]!)} ms`;
      console.log(
        `${kind}: ${whole(messagesPerSecond)} messages/s, ${whole(perProcessorSecond)} a processor second; ${kept.messages} messages to ${kept.recipients} recipients${waits}`,
      );
    }
  }
  const { redis: ours, bare: alone } = done;
  if (ours && alone) {
    const ratio = (of: 'messagesPerSecond' | 'perProcessorSecond') =>
      median(ours.map((each, at) => each[of] / alone[at]![of])).toFixed(2);
    console.log(`redis to bare: ${ratio('messagesPerSecond')}, by the processor ${ratio('perProcessorSecond')}`);
  }
  await redis.drop();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
