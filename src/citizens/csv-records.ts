import { isUtf8 } from 'node:buffer';
import { FileError } from './file-error';

const QUOTE = '"';
const LF = 10;
/** Characters of a record; a longer one is a quote that was never closed. */
const LONGEST = 1 << 20;

/**
 * Records of a CSV stream: UTF-8 with or without a BOM, UTF-16, or Windows-1256, in which the old systems write; LF or CRLF,
 * fields quoted where they need it, a quote within an unquoted field stands for itself, blank lines are skipped.
 * @throws {FileError} on a quote that is not closed, with its line
 */
export async function* csvRecords(stream: NodeJS.ReadableStream): AsyncGenerator<string[]> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let start: Buffer = Buffer.alloc(0);
  const read = { rest: '', line: 1 };
  for await (const chunk of stream) {
    let bytes = chunk as unknown as Buffer;
    if (!decoder) {
      // What tells the encoding is the first line that is not plain ASCII.
      start = Buffer.concat([start, bytes]);
      const encoding = encodingOf(start);
      if (encoding === undefined) continue;
      decoder = new TextDecoder(encoding);
      bytes = start;
    }
    yield* records(read, decoder.decode(bytes, { stream: true }));
  }
  if (!decoder) yield* records(read, new TextDecoder(encodingOf(start, true)).decode(start));
  else yield* records(read, decoder.decode());
  yield* records(read, '\n');
  if (read.rest !== '') throw unclosed(read.line);
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

/** Yields the whole records of what is left and what comes, and keeps what is left then. */
function* records(read: { rest: string; line: number }, coming: string): Generator<string[]> {
  const text = read.rest + coming;
  let from = 0;
  let quote = openingQuote(text, 0);
  let end = text.indexOf('\n');
  while (end >= 0) {
    // A line feed inside quotes does not end the record.
    while (quote < end) {
      const close = closingQuote(text, quote + 1);
      if (end < close) end = close === Infinity ? -1 : text.indexOf('\n', close);
      if (end < 0) break;
      quote = openingQuote(text, close + 1);
    }
    if (end < 0) break;
    const line = text.slice(from, end > from && text[end - 1] === '\r' ? end - 1 : end);
    if (line !== '') yield fieldsOf(line);
    read.line += line.includes(QUOTE) ? line.split('\n').length : 1;
    from = end + 1;
    end = text.indexOf('\n', from);
  }
  read.rest = text.slice(from);
  if (read.rest.length > LONGEST) throw unclosed(read.line);
}

function unclosed(line: number): FileError {
  return new FileError(`line ${line}: a quote is not closed, or the record is longer than ${LONGEST} characters`);
}

/** The next quote that begins a field. */
function openingQuote(text: string, from: number): number {
  for (let at = text.indexOf(QUOTE, from); at >= 0; at = text.indexOf(QUOTE, at + 1)) {
    if (at === 0 || text[at - 1] === ',' || text[at - 1] === '\n') return at;
  }
  return Infinity;
}

/** The quote that ends a field; two together stand for one inside. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf(QUOTE, from);
  while (at >= 0 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2);
  return at < 0 ? Infinity : at;
}

function fieldsOf(line: string): string[] {
  if (!line.includes(QUOTE)) return line.split(',');
  const fields: string[] = [];
  for (let at = 0; at <= line.length;) {
    const close = line[at] === QUOTE ? closingQuote(line, at + 1) : -1;
    const comma = line.indexOf(',', close < 0 ? at : close);
    const end = comma < 0 ? line.length : comma;
    if (close < 0) fields.push(line.slice(at, end));
    else fields.push(line.slice(at + 1, close).replaceAll('""', QUOTE) + line.slice(close + 1, end));
    at = end + 1;
  }
  return fields;
}
