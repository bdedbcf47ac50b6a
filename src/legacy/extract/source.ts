import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { ExtractError } from './faults';
import type { FileName } from './format';

/** Small enough that the text of a chunk is young garbage to the engine: larger ones pile up to hundreds of megabytes. */
const CHUNK = 32 * 1024;

/** A file of the extract on disk, plain or gzipped. */
export class SourceFile {
  private constructor(
    readonly name: FileName,
    /** As people see it: `citizens.csv`. */
    readonly title: string,
    private readonly path: string,
  ) {}

  /** @returns undefined when the folder has neither form */
  static find(directory: string, name: FileName): SourceFile | undefined {
    const title = [`${name}.csv`, `${name}.csv.gz`].find((each) => existsSync(join(directory, each)));
    return title === undefined ? undefined : new SourceFile(name, title, join(directory, title));
  }

  /** Size and time of change: tells whether the file is still the one that was looked at. */
  async stamp(): Promise<string> {
    const { size, mtimeMs } = await stat(this.path).catch((error: unknown) => this.unreadable(error));
    return `${size}:${mtimeMs}`;
  }

  /** The content, unzipped. @throws {ExtractError} when it cannot be read */
  async *chunks(): AsyncGenerator<Buffer> {
    const file = createReadStream(this.path, { highWaterMark: CHUNK });
    const content = this.path.endsWith('.gz') ? file.pipe(createGunzip({ chunkSize: CHUNK })) : file;
    if (content !== file) file.on('error', (error) => content.destroy(error));
    try {
      yield* content as AsyncIterable<Buffer>;
    } catch (error) {
      this.unreadable(error);
    } finally {
      file.destroy();
    }
  }

  private unreadable(error: unknown): never {
    const code = (error as NodeJS.ErrnoException).code ?? 'error';
    if (code === 'Z_BUF_ERROR') throw new ExtractError(this.title, 0, 'gzip-cut');
    if (code === 'Z_DATA_ERROR') throw new ExtractError(this.title, 0, 'gzip-damaged');
    throw new ExtractError(this.title, 0, 'unreadable', { why: code });
  }
}
