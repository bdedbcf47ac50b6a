import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { SingleBar } from 'cli-progress';
import { InvalidArgumentError, type Command } from 'commander';
import { compareNames, matchRegister, Register, RowKeys, type MatchOptions } from '@libs/name-matching';
import { csvRecords } from './csv-records';

const MOST_THREADS = 4;

const FLUSH_AT = 1 << 16;
const FIELDS = { name: 'CIT_NAME', docType: 'DOC_TYPE', docNo: 'DOC_NO', phone: 'PHONE', address: 'ADDRESS' } as const;

/** Adds `citizens match` and `names compare`, which work on files and need neither database nor application. */
export function addMatchingCommands(program: Command, citizens: Command, path: (given: string) => string): void {
  citizens
    .command('match')
    .argument('<citizens.csv>', 'rows of an extract, also .gz')
    .requiredOption('--out <clusters.tsv>', 'where to write CIT_NO, cluster, band, bits')
    .option('--threads <n>', 'threads that score', threadCount, Math.min(availableParallelism(), MOST_THREADS))
    .description('group the rows of a file into persons; no database')
    .action(async (file: string, { out, threads }: { out: string; threads: number }) => {
      const bar = process.stderr.isTTY ? new SingleBar({ format: 'scoring [{bar}] {percentage}%' }) : null;
      bar?.start(1, 0);
      const onProgress: MatchOptions['onProgress'] = ({ stage, done, total }) => {
        if (stage !== 'score') return;
        bar?.setTotal(total);
        bar?.update(done);
      };
      const found = await matchCitizens(path(file), path(out), { threads, onProgress }).finally(() => bar?.stop());
      console.log(`${found.rows} rows, ${found.clusters} clusters, ${found.pairsScored} pairs scored`);
    });

  program
    .command('names')
    .description('names alone')
    .command('compare')
    .argument('<pairs.csv>', 'columns name1 and name2')
    .requiredOption('--out <scores.csv>', 'where to write score, bits, same and why')
    .description('score pairs of names; no database')
    .action(async (file: string, { out }: { out: string }) => {
      console.log(`${await comparePairs(path(file), path(out))} pairs`);
    });
}

function threadCount(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('expected a number of threads from 1');
  return Number(text);
}

/**
 * `citizens match`: groups the rows of a citizens.csv (UTF-8, also `.gz`) into persons and writes CIT_NO, cluster (the
 * least CIT_NO in it), band (sure, likely, look; single and joint rows stand alone) and bits, tab-separated. Of rows
 * with one CIT_NO the first stands. Needs no database.
 */
export async function matchCitizens(
  file: string,
  out: string,
  options: Pick<MatchOptions, 'threads' | 'onProgress'>,
): Promise<{ rows: number; clusters: number; pairsScored: number }> {
  const register = new Register();
  const citNos = new RowKeys();
  let at: Record<string, number> | null = null;
  for await (const record of csvRecords(input(file))) {
    if (at === null) {
      at = columnsOf(record, ['CIT_NO', ...Object.values(FIELDS)], file);
      continue;
    }
    const citNo = record[at.CIT_NO!]?.trim() ?? '';
    if (citNo === '' || !citNos.add(citNo)) continue;
    register.add({
      name: record[at.CIT_NAME!] ?? '',
      docType: record[at.DOC_TYPE!],
      docNo: record[at.DOC_NO!],
      phone: record[at.PHONE!],
      address: record[at.ADDRESS!],
    });
  }
  if (at === null) throw new Error(`${file} is empty`);

  const { cluster, bits, bandOf, pairsScored } = await matchRegister(register, options);
  const named = citNos.leastOf(cluster);
  await writeLines(out, 'CIT_NO\tcluster\tband\tbits\n', citNos.length, (row) => {
    const strength = Number.isFinite(bits[row]) ? bits[row]!.toFixed(2) : '0.00';
    return `${citNos.at(row)}\t${citNos.at(named[cluster[row]!]!)}\t${bandOf(row)}\t${strength}\n`;
  });
  const clusters = cluster.reduce((count, lowest, row) => count + (lowest === row ? 1 : 0), 0);
  return { rows: citNos.length, clusters, pairsScored };
}

/** `names compare`: scores each pair of a CSV with the columns name1 and name2; writes them with score, bits, same, why. */
export async function comparePairs(file: string, out: string): Promise<number> {
  const lines: string[] = [];
  let at: Record<string, number> | null = null;
  for await (const record of csvRecords(input(file))) {
    if (at === null) {
      at = columnsOf(record, ['name1', 'name2'], file);
      continue;
    }
    const [name1, name2] = [record[at.name1!] ?? '', record[at.name2!] ?? ''];
    const { score, bits, same, explain } = compareNames(name1, name2);
    const why = explain()
      .map((reason) => reason.en)
      .join('; ');
    const fields = [name1, name2, score.toFixed(4), bits.toFixed(2), same ? '1' : '0', why];
    lines.push(`${fields.map(quoted).join(',')}\n`);
  }
  if (at === null) throw new Error(`${file} is empty`);
  await writeLines(out, 'name1,name2,score,bits,same,why\n', lines.length, (i) => lines[i]!);
  return lines.length;
}

function input(file: string): NodeJS.ReadableStream {
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  if (!file.endsWith('.gz')) return raw;
  const unzipped = createGunzip({ chunkSize: 1 << 20 });
  raw.on('error', (error) => unzipped.destroy(error));
  return raw.pipe(unzipped);
}

function columnsOf(header: string[], names: readonly string[], file: string): Record<string, number> {
  const found = new Map(header.map((name, i) => [name.trim().toLowerCase(), i]));
  return Object.fromEntries(
    names.map((name) => {
      const index = found.get(name.toLowerCase());
      if (index === undefined) throw new Error(`${file} has no column ${name}`);
      return [name, index];
    }),
  );
}

async function writeLines(out: string, header: string, count: number, line: (i: number) => string): Promise<void> {
  const stream = createWriteStream(out);
  const done = finished(stream);
  let buffer = header;
  for (let i = 0; i < count; i++) {
    buffer += line(i);
    if (buffer.length < FLUSH_AT) continue;
    if (!stream.write(buffer)) await Promise.race([once(stream, 'drain'), done]);
    buffer = '';
  }
  stream.end(buffer);
  await done;
}

function quoted(field: string): string {
  return field.includes(',') || field.includes('"') || field.includes('\n')
    ? `"${field.replaceAll('"', '""')}"`
    : field;
}
