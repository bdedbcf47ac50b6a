/**
 * Product against bare script, each in a process of its own, on the same extract and on databases migrated alike.
 *
 *     node -r ./test/support/register.cjs bench/legacy/run.ts [DIR | CITIZENS] [ROUNDS]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrate } from '../../src/migrate';
import { generateExtract } from './generate';

interface Figures {
  rows: number;
  seconds: number;
  peakMb: number;
}

const REGISTER = resolve(__dirname, '../../test/support/register.cjs');

function child(script: string, ...args: string[]): Figures {
  const output = execFileSync(process.execPath, ['-r', REGISTER, join(__dirname, script), ...args], {
    encoding: 'utf8',
  });
  return JSON.parse(output.trim().split('\n').at(-1)!) as Figures;
}

async function round(extract: string, folder: string): Promise<Record<string, Figures>> {
  const files = ['bare', 'mirror', 'product'].map((name) => join(folder, `${name}.db`));
  for (const file of files) {
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
    await migrate(`sqlite:${file}`);
  }
  return {
    bare: child('bare.ts', extract, files[0]!),
    mirror: child('import.ts', `sqlite:${files[1]}`, extract, 'mirror'),
    product: child('import.ts', `sqlite:${files[2]}`, extract, 'product'),
    again: child('import.ts', `sqlite:${files[2]}`, extract, 'product'),
  };
}

async function main(what: string, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'baladiya-bench-'));
  try {
    const made = /^\d+$/.test(what);
    const extract = made ? join(folder, 'extract') : what;
    if (made) console.log(generateExtract(extract, { citizens: Number(what) }));
    for (let at = 1; at <= rounds; at++) {
      const figures = await round(extract, folder);
      const bare = figures.bare!.rows / figures.bare!.seconds;
      console.table(
        Object.fromEntries(
          Object.entries(figures).map(([name, { rows, seconds, peakMb }]) => {
            const speed = rows / seconds;
            return [
              name,
              { rows, seconds, 'rows/s': Math.round(speed), ratio: Number((speed / bare).toFixed(2)), peakMb },
            ];
          }),
        ),
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [what = '6000', rounds = '1'] = process.argv.slice(2);
main(what, Number(rounds)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
