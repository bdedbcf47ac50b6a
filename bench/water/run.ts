/**
 * From readings as handhelds send them to posted and issued water bills in one run: each size on a database of its own, by a process of its own.
 *
 *     node -r ./test/support/register.cjs bench/water/run.ts [METERS …]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const REGISTER = resolve(__dirname, '../../test/support/register.cjs');

function child(...args: string[]): Record<string, number> {
  const output = execFileSync(process.execPath, ['-r', REGISTER, join(__dirname, 'bill-run.ts'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1)!) as Record<string, number>;
}

function round(meters: string): Record<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'baladiya-bench-'));
  try {
    const url = `sqlite:${join(folder, 'water.db')}`;
    child('seed', url, meters, '3', 'unread');
    const run = child('run', url);
    const seconds = Number((run.reading! + run.calculate! + run.post!).toFixed(2));
    return { meters: Number(meters), ...run, 'to posted': seconds, 'bills/s': Math.round(run.bills! / seconds) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sizes = process.argv.slice(2);
console.table((sizes.length > 0 ? sizes : ['10000', '100000', '300000']).map(round));
