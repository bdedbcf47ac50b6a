import { Queue, Worker } from 'bullmq';
import type { Carrier } from './run';

/** BullMQ and nothing else: a producer that adds jobs and a worker that does nothing with them. */
export async function bare(redisUrl: string, concurrency: number): Promise<Carrier> {
  const connection = { url: redisUrl };
  const queue = new Queue('bare', { connection });
  let count = 0;
  let onJob = () => undefined as void;
  const work = () => {
    count++;
    onJob();
    return Promise.resolve();
  };
  const worker = new Worker('bare', work, { connection: { ...connection, maxRetriesPerRequest: null }, concurrency });
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  const opts = { removeOnComplete: true, removeOnFail: true };
  return {
    add: async (payloads) => void (await queue.addBulk(payloads.map((data) => ({ name: 'ping', data, opts })))),
    done: (total) => new Promise((resolve) => (onJob = () => void (count === total && resolve()))),
    close: async () => {
      await worker.close();
      await queue.close();
    },
  };
}
