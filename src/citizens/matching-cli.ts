import { createReadStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createGunzip } from 'node:zlib';
import { SingleBar } from 'cli-progress';
import { InvalidArgumentError, type Command } from 'commander';
import { compareNames, matchRegister, Register, RowKeys, type MatchOptions } from '@libs/name-matching';
import { readCsv } from './csv-records';
import { FileError, withFile } from './file-error';
import { writeWhole } from './output-file';

const MOST_THREADS = 4;

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
      if (found.leftOut > 0) console.warn(`${found.leftOut} rows left out: no CIT_NO, or one that came before`);
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

export interface MatchedFile {
  rows: number;
  /** Rows without a CIT_NO, or with one that came before. */
  leftOut: number;
  clusters: number;
  pairsScored: number;
}

/**
 * `citizens match`: groups the rows of a citizens.csv (also `.gz`) into persons and writes CIT_NO, cluster (the least
 * CIT_NO in it), band (sure, likely, look; single and joint rows stand alone) and bits, tab-separated. Of rows with one
 * CIT_NO the first stands. Needs no database.
 * @throws {FileError}
 */
export function matchCitizens(
  file: string,
  out: string,
  options: Pick<MatchOptions, 'threads' | 'onProgress'>,
): Promise<MatchedFile> {
  return writeWhole(out, async (write) => {
    const register = new Register();
    const citNos = new RowKeys();
    const leftOut = await withFile(file, () => readCitizens(file, register, citNos));
    const { cluster, bits, bandOf, pairsScored } = await matchRegister(register, options);
    const named = citNos.leastOf(cluster);
    let clusters = 0;
    await write('CIT_NO\tcluster\tband\tbits\n');
    for (let row = 0; row < citNos.length; row++) {
      const strength = Number.isFinite(bits[row]) ? bits[row]!.toFixed(2) : '0.00';
      await write(`${citNos.at(row)}\t${citNos.at(named[cluster[row]!]!)}\t${bandOf(row)}\t${strength}\n`);
      if (cluster[row] === row) clusters++;
    }
    return { rows: citNos.length, leftOut, clusters, pairsScored };
  });
}

/** @returns how many rows were left out */
async function readCitizens(file: string, register: Register, citNos: RowKeys): Promise<number> {
  let leftOut = 0;
  await readTable(file, ['CIT_NO', ...Object.values(FIELDS)], (record, at) => {
    const citNo = record[at.CIT_NO!]?.trim() ?? '';
    if (citNo === '' || !citNos.add(citNo)) {
      leftOut++;
      return;
    }
    register.add({
      name: record[at.CIT_NAME!] ?? '',
      docType: record[at.DOC_TYPE!],
      docNo: record[at.DOC_NO!],
      phone: record[at.PHONE!],
      address: record[at.ADDRESS!],
    });
  });
  return leftOut;
}

/**
 * `names compare`: scores each pair of a CSV with the columns name1 and name2; writes them with score, bits, same, why.
 * @returns how many pairs there were
 * @throws {FileError}
 */
export function comparePairs(file: string, out: string): Promise<number> {
  return writeWhole(out, async (write) => {
    const pairs: [string, string][] = [];
    await withFile(file, () =>
      readTable(file, ['name1', 'name2'], (record, at) => {
        pairs.push([record[at.name1!] ?? '', record[at.name2!] ?? '']);
      }),
    );
    await write('name1,name2,score,bits,same,why\n');
    for (const [name1, name2] of pairs) await write(lineOf(name1, name2));
    return pairs.length;
  });
}

function lineOf(name1: string, name2: string): string {
  const { score, bits, same, explain } = compareNames(name1, name2);
  const why = explain()
    .map((reason) => reason.en)
    .join('; ');
  const fields = [name1, name2, score.toFixed(4), bits.toFixed(2), same ? '1' : '0', why];
  return `${fields.map(quoted).join(',')}\n`;
}

/** The records below a header, each with the place of every column that is wanted. */
async function readTable(
  file: string,
  columns: readonly string[],
  take: (record: string[], at: Record<string, number>) => void,
): Promise<void> {
  let at: Record<string, number> | null = null;
  await readCsv(input(file), (record) => {
    if (at) take(record, at);
    else at = columnsOf(record, columns);
  });
  if (at === null) throw new FileError('empty');
}

function input(file: string): NodeJS.ReadableStream {
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  if (!file.endsWith('.gz')) return raw;
  const unzipped = createGunzip({ chunkSize: 1 << 20 });
  raw.on('error', (error) => unzipped.destroy(error));
  return raw.pipe(unzipped);
}

function columnsOf(header: string[], names: readonly string[]): Record<string, number> {
  const found = new Map(header.map((name, i) => [name.trim().toLowerCase(), i]));
  return Object.fromEntries(
    names.map((name) => {
      const index = found.get(name.toLowerCase());
      if (index === undefined) throw new FileError(`no column ${name}`);
      return [name, index];
    }),
  );
}

function quoted(field: string): string {
  return field.includes(',') || field.includes('"') || field.includes('\n') || field.includes('\r')
    ? `"${field.replaceAll('"', '""')}"`
    : field;
}
