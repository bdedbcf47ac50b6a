/**
 * A bill run, calculated and posted, against the bare insert of the rows that it makes: each in a process of its own, on
 * databases that began alike.
 *
 *     node -r ./test/support/register.cjs bench/billing/run.ts [ACCOUNTS …]
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

interface Figures {
  [name: string]: number;
}

const REGISTER = resolve(__dirname, '../../test/support/register.cjs');

function child(script: string, ...args: string[]): Figures {
  const output = execFileSync(process.execPath, ['-r', REGISTER, join(__dirname, script), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output.trim().split('\n').at(-1)!) as Figures;
}

function round(accounts: string): Figures {
  const folder = mkdtempSync(join(tmpdir(), 'baladiya-bench-'));
  const [product, bare] = [join(folder, 'product.db'), join(folder, 'bare.db')];
  try {
    child('bill-run.ts', 'seed', `sqlite:${product}`, accounts);
    copyFileSync(product, bare);
    const run = child('bill-run.ts', 'run', `sqlite:${product}`);
    const inserted = child('bare-bills.ts', product, bare);
    const seconds = run.calculate! + run.post!;
    return {
      accounts: Number(accounts),
      rows: inserted.rows!,
      'bare s': inserted.seconds!,
      'calculate s': run.calculate!,
      'post s': run.post!,
      'run s': Number(seconds.toFixed(2)),
      'bare cpu s': inserted.cpu!,
      'run cpu s': run.cpu!,
      'bills/s': Math.round(Number(accounts) / seconds),
      ratio: Number((inserted.seconds! / seconds).toFixed(2)),
      'cpu ratio': Number((inserted.cpu! / run.cpu!).toFixed(2)),
      'peak MB': run.peakMb!,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sizes = process.argv.slice(2);
console.table((sizes.length > 0 ? sizes : ['10000', '100000', '300000']).map(round));
