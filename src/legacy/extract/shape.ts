import { ExtractError } from './faults';
import type { FileFormat } from './format';

const QUOTE = 34;
const LF = 10;
const CR = 13;
const BOM = '\u00ef\u00bb\u00bf';
const LONGEST_HEADER = 4096;
const LONGEST_RECORD = 1024 * 1024;

const enum At {
  FieldStart,
  Plain,
  Quoted,
  /** After a quote inside a quoted field: its end, or the first half of an escaped quote. */
  QuoteInQuoted,
  CarriageReturn,
}

/**
 * The grammar of the files, on bytes: records end in LF or CRLF, a field may stand in quotes with quotes doubled, a quote
 * further on in a field is a character. Empty lines are no records.
 */
export class ShapeCheck {
  private header = '';
  private headerRead = false;
  private at: At = At.FieldStart;
  private fields = 1;
  private line = 1;
  private recordLine = 1;
  /** Bytes of the record so far, outside quotes. */
  private size = 0;
  private beginsWithCr = false;
  /** Bytes of the record so far that came in earlier chunks. */
  private carried = 0;
  private records = 0;
  /** The last line has no end yet. */
  private unended = false;

  constructor(
    private readonly file: string,
    private readonly format: FileFormat,
  ) {}

  update(chunk: Buffer): void {
    const start = this.headerRead ? 0 : this.readHeader(chunk);
    const separator = this.format.separator.charCodeAt(0);
    let { at, fields, size } = this;
    let recordStart = start - this.carried;
    for (let i = start; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (at <= At.Plain) {
        if (byte === separator) {
          fields++;
          at = At.FieldStart;
        } else if (byte === LF) {
          this.endRecord(fields, size);
          fields = 1;
          size = 0;
          recordStart = i + 1;
          at = At.FieldStart;
          continue;
        } else if (byte === QUOTE && at === At.FieldStart) at = At.Quoted;
        else at = At.Plain;
        if (size++ === 0) this.beginsWithCr = byte === CR;
      } else if (at === At.Quoted) {
        if (byte === QUOTE) at = At.QuoteInQuoted;
        else if (byte === LF) this.line++;
      } else if (at === At.QuoteInQuoted && byte === QUOTE) at = At.Quoted;
      else if (at === At.QuoteInQuoted && byte === separator) {
        fields++;
        at = At.FieldStart;
      } else if (at === At.QuoteInQuoted && byte === CR) at = At.CarriageReturn;
      else if (byte === LF) {
        this.endRecord(fields, size);
        fields = 1;
        size = 0;
        recordStart = i + 1;
        at = At.FieldStart;
      } else throw new ExtractError(this.file, this.line, 'quotes');
    }
    Object.assign(this, { at, fields, size, carried: chunk.length - recordStart });
    if (this.carried > LONGEST_RECORD) throw new ExtractError(this.file, this.recordLine, 'too-long');
    if (chunk.length > start) this.unended = chunk[chunk.length - 1] !== LF;
  }

  /** @returns the number of records */
  end(): number {
    if (!this.headerRead) throw this.wrongHeader();
    if (this.at === At.Quoted && !this.unended) throw new ExtractError(this.file, this.recordLine, 'open-quote');
    if (this.unended) throw new ExtractError(this.file, this.line, 'truncated');
    return this.records;
  }

  private endRecord(fields: number, size: number): void {
    const empty = size === 0 || (size === 1 && this.beginsWithCr);
    if (!empty) {
      const expected = this.format.columns.length;
      if (fields !== expected)
        throw new ExtractError(this.file, this.recordLine, 'fields', { found: fields, expected });
      this.records++;
    }
    this.recordLine = ++this.line;
  }

  /** @returns where the first record begins in the chunk */
  private readHeader(chunk: Buffer): number {
    const end = chunk.indexOf(LF);
    this.header += chunk.toString('latin1', 0, end < 0 ? LONGEST_HEADER : end);
    if (end < 0) {
      if (this.header.length >= LONGEST_HEADER) throw this.wrongHeader();
      return chunk.length;
    }
    const hasBom = this.header.startsWith(BOM);
    if (hasBom && this.format.encoding !== 'utf-8') throw new ExtractError(this.file, 1, 'not-windows-1256');
    const columns = this.header.slice(hasBom ? BOM.length : 0).replace(/\r$/, '');
    if (columns !== this.format.columns.join(this.format.separator)) throw this.wrongHeader();
    this.headerRead = true;
    this.line = this.recordLine = 2;
    return end + 1;
  }

  private wrongHeader(): ExtractError {
    const expected = this.format.columns.join(this.format.separator);
    return new ExtractError(this.file, 1, 'header', { expected });
  }
}
