import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Arranged } from './arranged';
import type { Blocks } from './blocks';
import { concatenated, rangeScorer, type Edges } from './edges';

const PARTS_A_THREAD = 12;
const LEAST_FOR_THREADS = 50_000;

/**
 * All edges of the register, in an order that does not depend on the number of threads. With `threads` above 1 the
 * parties are dealt out in parts to that many worker threads (compiled code only); one thread runs here, in parts, so
 * that progress can be told.
 */
export async function scoreAll(
  data: Arranged,
  blocks: Blocks,
  threads: number,
  progress: (done: number, total: number) => void,
): Promise<Edges> {
  const parties = data.columns.parties;
  const ranges = partsOf(blocks, parties, Math.max(threads, 1) * PARTS_A_THREAD);
  const found: Edges[] = [];
  if (threads <= 1 || parties < LEAST_FOR_THREADS) {
    const scoreRange = rangeScorer(data, blocks);
    for (const [part, { from, to }] of ranges.entries()) {
      found.push(scoreRange(from, to));
      progress(part + 1, ranges.length);
      await new Promise(setImmediate);
    }
    return concatenated(found);
  }

  let next = 0;
  let done = 0;
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(join(__dirname, 'worker.js'), { workerData: { data, blocks } });
      const hand = () => {
        if (next < ranges.length) worker.postMessage({ ...ranges[next], part: next++ });
        else worker.terminate().then(() => resolve(), reject);
      };
      worker.on('message', ({ part, edges }: { part: number; edges: Edges }) => {
        found[part] = edges;
        progress(++done, ranges.length);
        hand();
      });
      worker.on('error', reject);
      hand();
    });
  await Promise.all(Array.from({ length: threads }, work));
  return concatenated(found);
}

/** Ranges of parties of about equal work, by the sizes of their blocks. */
function partsOf({ start, of, blocksOf }: Blocks, parties: number, parts: number): { from: number; to: number }[] {
  let total = 0;
  for (const block of blocksOf) total += start[block + 1]! - start[block]!;
  const ranges: { from: number; to: number }[] = [];
  let from = 0;
  let sum = 0;
  for (let p = 0; p < parties; p++) {
    for (let k = of[p]!; k < of[p + 1]!; k++) sum += start[blocksOf[k]! + 1]! - start[blocksOf[k]!]!;
    if (sum * parts < total * (ranges.length + 1) && p + 1 < parties) continue;
    ranges.push({ from, to: p + 1 });
    from = p + 1;
  }
  return ranges;
}
