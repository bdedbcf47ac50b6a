import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseControl, type Control } from './control';
import { EncodingCheck } from './encoding';
import { ExtractError } from './faults';
import { FILE_NAMES, FORMATS, type FileName } from './format';
import { ShapeCheck } from './shape';
import { SourceFile } from './source';

export interface InspectedFile {
  name: FileName;
  source: SourceFile;
  stamp: string;
  /** Of the content, unzipped. */
  sha256: string;
  records: number;
}

export interface InspectedExtract {
  files: InspectedFile[];
  control: Control | null;
  /** SHA-256 over the content of all files: the same extract has the same. */
  contentHash: string;
}

/**
 * Reads a whole extract before anything is written: files, columns, encoding, number of fields and records.
 * @throws {ExtractError} naming the first fault's file and line
 */
export async function inspectExtract(directory: string): Promise<InspectedExtract> {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) throw new ExtractError(directory, 0, 'no-folder');
  const sources = FILE_NAMES.map((name) => SourceFile.find(directory, name));
  if (sources.every((source) => !source)) throw new ExtractError(directory, 0, 'no-extract');
  const missing = FILE_NAMES.find((_, at) => !sources[at]);
  if (missing) throw new ExtractError(`${missing}.csv`, 0, 'missing');

  const controlText = await readControl(directory);
  const control = controlText === null ? null : parseControl(controlText);
  const files: InspectedFile[] = [];
  for (const source of sources) {
    const file = await inspectFile(source!);
    const expected = control?.rows[file.name] ?? file.records;
    if (file.records !== expected) {
      throw new ExtractError(source!.title, 0, 'records', { found: file.records, expected });
    }
    files.push(file);
  }
  const whole = createHash('sha256').update(controlText ?? '');
  for (const { name, sha256 } of files) whole.update(`${name} ${sha256}\n`);
  return { files, control, contentHash: whole.digest('hex') };
}

async function readControl(directory: string): Promise<string | null> {
  const path = join(directory, 'control.json');
  if (!existsSync(path)) return null;
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new ExtractError('control.json', 0, 'unreadable', { why: (error as NodeJS.ErrnoException).code ?? 'error' });
  });
}

async function inspectFile(source: SourceFile): Promise<InspectedFile> {
  const format = FORMATS[source.name];
  const stamp = await source.stamp();
  const hash = createHash('sha256');
  const encoding = new EncodingCheck(source.title, format.encoding);
  const shape = new ShapeCheck(source.title, format);
  for await (const chunk of source.chunks()) {
    hash.update(chunk);
    encoding.update(chunk);
    shape.update(chunk);
  }
  encoding.end();
  return { name: source.name, source, stamp, sha256: hash.digest('hex'), records: shape.end() };
}
