import { Queue, Worker } from 'bullmq';
import { ChannelProviders, type OutgoingMessage } from '../../src/notifications/channels/channel-provider';
import { keptBySandbox, phone, startSystem } from './app';
import type { Measured } from './run';

const AT_ONCE = 1000;
const CONCURRENCY = 16;

/** BullMQ and the sandbox: a producer that adds a job a message, and a worker that hands each to the provider. */
export async function bare(redisUrl: string, messages: number): Promise<Measured> {
  const { app, close } = await startSystem('', 'api');
  const [provider] = app.get(ChannelProviders, { strict: false }).of('SMS');
  const queue = new Queue<OutgoingMessage>('bare', { connection: { url: redisUrl } });
  let count = 0;
  let last: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (last = resolve));
  const worker = new Worker<OutgoingMessage>(
    'bare',
    async ({ data }) => {
      await provider!.send([data]);
      if (++count === messages) last();
    },
    { connection: { url: redisUrl, maxRetriesPerRequest: null }, concurrency: CONCURRENCY },
  );
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  const start = performance.now();
  for (let from = 0; from < messages; from += AT_ONCE) {
    const jobs = Array.from({ length: Math.min(AT_ONCE, messages - from) }, (_, at) => ({
      name: 'send',
      data: messageOf(from + at),
      opts: { removeOnComplete: true, removeOnFail: true },
    }));
    await queue.addBulk(jobs);
  }
  await ended;
  const messagesPerSecond = messages / ((performance.now() - start) / 1000);
  await worker.close();
  await queue.obliterate({ force: true });
  await queue.close();
  const kept = await keptBySandbox(app);
  await close();
  return { messagesPerSecond, codes: [], kept };
}

const messageOf = (at: number): OutgoingMessage => ({
  messageId: at,
  reference: `bare:${at}`,
  channel: 'SMS',
  to: phone(at),
  oneRecordId: null,
  topic: 'general',
  subject: null,
  body: `بلدية نابلس: تبدأ جباية رسوم النفايات عن الاشتراك ${at} يوم الأحد`,
  link: null,
  lane: 'BULK',
  language: 'ar',
  segments: 1,
  provider: null,
});
