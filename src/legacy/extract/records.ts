import { parse } from 'csv-parse/sync';
import { FORMATS, type FileFormat } from './format';
import type { SourceFile } from './source';

export interface SourceRecord {
  /** Physical line on which the record begins; the header is line 1. */
  line: number;
  /** The line as it came, decoded, without its end. */
  raw: string;
  fields: string[];
}

/** The records of a file that {@link inspectExtract} found right, `size` at a time. */
export async function* recordsOf(source: SourceFile, size: number): AsyncGenerator<SourceRecord[]> {
  const format = FORMATS[source.name];
  const decoder = new TextDecoder(format.encoding);
  const splitter = new RecordSplitter(format.separator);
  let batch: SourceRecord[] = [];
  for await (const chunk of source.chunks()) {
    for (const record of splitter.push(decoder.decode(chunk, { stream: true }))) {
      batch.push(record);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Cuts text into records. One without a quote needs no parser, and nearly all are such; the others go to csv-parse. */
export class RecordSplitter {
  private rest = '';
  private line = 1;

  constructor(private readonly separator: FileFormat['separator']) {}

  push(text: string): SourceRecord[] {
    const data = this.rest + text;
    const records: SourceRecord[] = [];
    const quoted: SourceRecord[] = [];
    let start = 0;
    let quote = data.indexOf('"');
    for (;;) {
      const line = this.line;
      let end = data.indexOf('\n', start);
      if (quote >= 0 && quote < start) quote = data.indexOf('"', start);
      const hasQuote = quote >= 0 && quote < end;
      let lines = 1;
      while (hasQuote && end >= 0 && this.isOpen(data, start, end)) {
        end = data.indexOf('\n', end + 1);
        lines++;
      }
      if (end < 0) break;
      const stop = data.charCodeAt(end - 1) === 13 ? end - 1 : end;
      if (stop > start && line > 1) {
        const raw = data.slice(start, stop);
        const record = { line, raw, fields: hasQuote ? [] : raw.split(this.separator) };
        if (hasQuote) quoted.push(record);
        records.push(record);
      }
      this.line += lines;
      start = end + 1;
    }
    this.rest = data.slice(start);
    this.parse(quoted);
    return records;
  }

  private parse(quoted: SourceRecord[]): void {
    if (quoted.length === 0) return;
    const rows = parse(quoted.map(({ raw }) => raw).join('\r\n'), {
      delimiter: this.separator,
      record_delimiter: '\r\n',
      relax_quotes: true,
    });
    quoted.forEach((record, at) => (record.fields = rows[at]!));
  }

  /** Whether a quoted field is still open at `end`. */
  private isOpen(data: string, start: number, end: number): boolean {
    let open = false;
    let mayOpenAt = start;
    for (let at = start; at < end; at++) {
      const char = data[at];
      if (open && char === '"') {
        open = false;
        mayOpenAt = at + 1;
      } else if (!open && char === '"' && at === mayOpenAt) open = true;
      else if (!open && char === this.separator) mayOpenAt = at + 1;
    }
    return open;
  }
}
