import { parentPort, workerData } from 'node:worker_threads';
import type { Arranged } from './arranged';
import type { Blocks } from './blocks';
import { rangeScorer } from './edges';

/** Scores the ranges that the pool hands out; the register is shared memory, only edges travel. */
const { data, blocks } = workerData as { data: Arranged; blocks: Blocks };
const scoreRange = rangeScorer(data, blocks);

parentPort!.on('message', ({ from, to, part }: { from: number; to: number; part: number }) => {
  const edges = scoreRange(from, to);
  parentPort!.postMessage({ part, edges }, [edges.a.buffer, edges.b.buffer, edges.bits.buffer] as ArrayBuffer[]);
});
