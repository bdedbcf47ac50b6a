import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Capture, type CapturedBy, type Outcome } from './capture';
import { readingOf, type CaptureDefaults, type Draft, type Read } from './capture.rules';
import { linesOf, readable } from './reading-file';

/** Readings a unit of work. */
export const BATCH = 2000;

export interface LineOutcome {
  line: number;
  outcome: Outcome;
}

/** Readings that come as a file. */
@Injectable()
export class ReadingFiles {
  constructor(
    private readonly capture: Capture,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes the lines in the order of the file, 2,000 at a time; what is refused is named by its line. The same file again
   * changes nothing. @throws {Problem} water.file-unreadable
   */
  async take(bytes: Buffer, defaults: Omit<CaptureDefaults, 'now'>, by: CapturedBy): Promise<LineOutcome[]> {
    const lines = readable(() => linesOf(bytes));
    const now = this.clock.now();
    const seen = new Set<string>();
    const read = lines.map(({ raw }) => once(readingOf(raw, { ...defaults, now }), seen));
    const outcomes: LineOutcome[] = [];
    for (let at = 0; at < read.length; at += BATCH) {
      const taken = await this.capture.take(read.slice(at, at + BATCH), by);
      taken.forEach((outcome, index) => outcomes.push({ line: lines[at + index]!.line, outcome }));
    }
    return outcomes;
  }
}

/** A line has no key of its own: what it says is its key. The same again in one file is a second reading. */
function once(read: Read<Draft>, seen: Set<string>): Read<Draft> {
  if ('refused' in read || read.ok.clientKey !== null) return read;
  const { subscription, serial, period, readOn, value, noAccess } = read.ok;
  const said = JSON.stringify([subscription, serial, period, readOn, value, noAccess]);
  if (seen.has(said)) return { refused: 'water.reading-twice' };
  seen.add(said);
  return { ok: { ...read.ok, clientKey: `file:${createHash('sha256').update(said).digest('base64url')}` } };
}
