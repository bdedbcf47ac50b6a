import { isUtf8 } from 'node:buffer';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { FileError } from './file-error';

const LF = 10;
/** Bytes of a record; a longer one is a quote that was never closed. */
const LONGEST = 1 << 20;

/**
 * Reads the records of a CSV stream: UTF-8 with or without a BOM, UTF-16, or Windows-1256, in which the old systems write; LF
 * or CRLF, fields quoted where they need it, a quote within an unquoted field stands for itself, blank lines are skipped.
 * @param take gets one record after another; what it throws ends the reading
 * @throws {FileError} on a quote that is not closed, with its line
 */
export async function readCsv(stream: NodeJS.ReadableStream, take: (record: string[]) => void): Promise<void> {
  let line = 0;
  const parser = parse({
    record_delimiter: ['\r\n', '\n'],
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST,
    on_record: (record: string[], { lines }) => {
      line = lines;
      take(record);
      return null;
    },
  });
  try {
    await pipeline(stream, decoded, parser.resume());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // It begins after the last record that was read; the parser names the line on which it gave up.
    const fault = `a quote is not closed, or the record is longer than ${LONGEST} bytes`;
    throw new FileError(`line ${line + 1}: ${fault}`);
  }
}

async function* decoded(stream: AsyncIterable<string | Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let start: Buffer = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (decoder) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    // What tells the encoding is the first line that is not plain ASCII.
    start = Buffer.concat([start, chunk]);
    const encoding = encodingOf(start);
    if (encoding === undefined) continue;
    decoder = new TextDecoder(encoding);
    yield decoder.decode(start, { stream: true });
  }
  yield decoder ? decoder.decode() : new TextDecoder(encodingOf(start, true)).decode(start);
}

/** Undefined while all that came is ASCII, unless it is all there is. */
function encodingOf(start: Buffer, isAll = false): string | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  let [valid, invalid] = [0, 0];
  for (let from = 0; from < start.length;) {
    const end = start.indexOf(LF, from);
    if (end < 0 && !isAll) break;
    const line = start.subarray(from, end < 0 ? start.length : end);
    if (line.some((byte) => byte > 0x7f)) {
      if (isUtf8(line)) valid++;
      else invalid++;
    }
    from = end < 0 ? start.length : end + 1;
  }
  if (valid + invalid === 0 && !isAll && start.length < LONGEST) return undefined;
  return invalid > valid ? 'windows-1256' : 'utf-8';
}
