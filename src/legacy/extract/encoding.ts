import { isAscii, isUtf8 } from 'node:buffer';
import { ExtractError } from './faults';
import type { FileFormat } from './format';

const LF = 10;

/**
 * Every byte sequence is some Windows-1256 text, but Arabic in it is practically never valid UTF-8: a file that is
 * UTF-8 throughout, and not plain ASCII, has the wrong encoding.
 */
export class EncodingCheck {
  private rest: Buffer = Buffer.alloc(0);
  private line = 1;
  private firstArabicLine = 0;
  private allUtf8 = true;

  constructor(
    private readonly file: string,
    private readonly expected: FileFormat['encoding'],
  ) {}

  update(chunk: Buffer): void {
    const zero = chunk.indexOf(0);
    if (zero >= 0) throw this.fault('nul', Buffer.concat([this.rest, chunk.subarray(0, zero)]));
    const cut = chunk.lastIndexOf(LF) + 1;
    const lines = this.rest.length > 0 ? Buffer.concat([this.rest, chunk.subarray(0, cut)]) : chunk.subarray(0, cut);
    if (cut === 0) this.rest = Buffer.concat([this.rest, chunk]);
    else {
      this.rest = chunk.subarray(cut);
      this.check(lines);
    }
  }

  end(): void {
    if (this.expected === 'windows-1256' && this.firstArabicLine > 0 && this.allUtf8) {
      throw new ExtractError(this.file, this.firstArabicLine, 'not-windows-1256');
    }
  }

  /** Whole lines only, so that no character is cut. */
  private check(lines: Buffer): void {
    const valid = isUtf8(lines);
    if (!valid && this.expected === 'utf-8')
      throw this.fault(
        'not-utf8',
        this.upToFirst(lines, (line) => !isUtf8(line)),
      );
    if (this.firstArabicLine === 0 && !isAscii(lines)) {
      this.firstArabicLine = this.line + count(this.upToFirst(lines, (line) => !isAscii(line)));
    }
    this.allUtf8 &&= valid;
    this.line += count(lines);
  }

  private upToFirst(lines: Buffer, wrong: (line: Buffer) => boolean): Buffer {
    let start = 0;
    for (let end = lines.indexOf(LF); end >= 0; end = lines.indexOf(LF, start)) {
      if (wrong(lines.subarray(start, end))) break;
      start = end + 1;
    }
    return lines.subarray(0, start);
  }

  private fault(reason: 'nul' | 'not-utf8', before: Buffer): ExtractError {
    return new ExtractError(this.file, this.line + count(before), reason);
  }
}

function count(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines++;
  return lines;
}
