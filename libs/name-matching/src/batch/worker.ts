import { parentPort, workerData } from 'node:worker_threads';
import type { Blocks } from './blocking';
import { scoreRange } from './edges';
import type { ScoringData } from './scorer';

/** Scores the ranges that the pool hands out; the register is shared memory, only edges travel. */
const { data, blocks } = workerData as { data: ScoringData; blocks: Blocks };

parentPort!.on('message', ({ from, to, part }: { from: number; to: number; part: number }) => {
  const edges = scoreRange(data, blocks, from, to);
  parentPort!.postMessage({ part, edges }, [edges.a.buffer, edges.b.buffer, edges.bits.buffer] as ArrayBuffer[]);
});
