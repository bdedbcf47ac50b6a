/** What the matcher's thread runs. */
import { parentPort } from 'node:worker_threads';
import { type Clusters } from './arrange';
import { LocalMatcher, type Finish, type RegisterPart, type StageProgress } from './matcher';

export type Request = { part: RegisterPart } | { finish: Finish };
export type Answer = { taken: true } | { progress: StageProgress } | { clusters: Clusters };

const matcher = new LocalMatcher();
const say = (answer: Answer, own: ArrayBuffer[] = []) => parentPort!.postMessage(answer, own);

async function answer(request: Request): Promise<void> {
  if ('part' in request) {
    await matcher.add(request.part);
    return say({ taken: true });
  }
  const clusters = await matcher.finish(request.finish, (progress) => say({ progress }));
  const { start, former, row, role, bits } = clusters;
  say(
    { clusters },
    [start, former, row, role, bits].map(({ buffer }) => buffer as ArrayBuffer),
  );
}

parentPort!.on('message', (request: Request) => void answer(request));
