import { performance } from 'node:perf_hooks';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Leases } from '@libs/outbox';
import { Store } from '@libs/persistence';
import { compareWithControl, type Difference, type Refusals, type Totals } from '../extract/control';
import { ExtractError } from '../extract/faults';
import { FILE_NAMES, type FileName } from '../extract/format';
import { inspectExtract, type InspectedExtract } from '../extract/inspect';
import { LEGACY } from '../legacy.problems';
import { LegacyMirror } from '../mirror/legacy-mirror';
import { RunBooks, type FileCounts } from '../runs/run-books';
import { LegacyRun, type Trigger } from '../runs/run.entities';
import { FileImport, type FileProgress } from './file-import';
import { KINDS, type Known } from './kinds';
import { MirrorTable } from './mirror-table';

export const IMPORT_LEASE = 'legacy-import';
const LEASE_SECONDS = 60;

export interface ImportOptions {
  trigger: Trigger;
  /** Id of the user who asked for it. */
  startedBy?: number;
  onProgress?: (progress: FileProgress) => void;
}

/** What an import did. `accepted` is all lines taken in, unchanged and changed ones among them. */
export interface ImportOutcome {
  run: number;
  files: Record<FileName, FileCounts>;
  refused: Refusals;
  /** Of the movements this extract has, in minor units. */
  totals: Totals;
  seconds: number;
}

/** The import is done and its rows stay, but it is not what control.json says. */
export class ControlDifference extends Problem {
  constructor(
    readonly outcome: ImportOutcome,
    readonly differences: Difference[],
  ) {
    super(LEGACY['legacy.control-difference'], { extra: { differences } });
    const lines = differences.map(({ what, expected, actual }) => `  ${what}: expected ${expected}, found ${actual}`);
    this.message = `run ${outcome.run} differs from control.json:\n${lines.join('\n')}`;
  }
}

@Injectable()
export class LegacyImporter {
  constructor(
    private readonly store: Store,
    private readonly leases: Leases,
    private readonly books: RunBooks,
    private readonly files: FileImport,
    private readonly mirror: LegacyMirror,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes in the full extract of a folder; one import at a time among all processes. A run of the same content that
   * was cut off is continued under its number.
   * @throws {ExtractError} the extract is refused and nothing was changed
   * @throws {ControlDifference} it is taken in but differs from its control.json
   * @throws {Problem} legacy.import-running
   */
  async import(directory: string, options: ImportOptions): Promise<ImportOutcome> {
    const done = await this.leases.once(IMPORT_LEASE, LEASE_SECONDS, () => this.run(directory, options));
    if (!done) throw new Problem(LEGACY['legacy.import-running']);
    return done.result;
  }

  async hasSucceeded(): Promise<boolean> {
    return this.store.reads(LegacyRun).existsBy({ state: 'DONE' });
  }

  private async run(directory: string, options: ImportOptions): Promise<ImportOutcome> {
    const start = performance.now();
    const startedAt = this.clock.now();
    let extract: InspectedExtract;
    try {
      extract = await inspectExtract(directory);
      await this.refuseEmptied(extract);
    } catch (error) {
      if (error instanceof ExtractError) await this.books.refuse(directory, options, startedAt, error.fault);
      throw error;
    }
    const runId = await this.books.begin(directory, options, startedAt, extract);
    try {
      await this.takeIn(runId, extract, options);
      await this.mirror.announceEnd();
    } catch (error) {
      if (error instanceof ExtractError) await this.books.fail(runId, { fault: error.fault });
      throw error;
    }
    return this.conclude(runId, extract, start);
  }

  /** A file without records that control.json does not announce would mark every row of its table as vanished. */
  private async refuseEmptied({ files, control }: InspectedExtract): Promise<void> {
    for (const { name, source, records } of files) {
      if (records > 0 || control?.rows[name] === 0) continue;
      const rows = await new MirrorTable(this.store, KINDS[name]).present(0, 0);
      if (rows.length > 0) throw new ExtractError(source.title, 0, 'emptied');
    }
  }

  private async takeIn(runId: number, extract: InspectedExtract, { onProgress }: ImportOptions): Promise<void> {
    const done = await this.books.filesDone(runId);
    const known: { -readonly [K in keyof Known]: Known[K] } = { citizens: new Map(), services: new Map() };
    for (const name of FILE_NAMES) {
      const file = extract.files.find((each) => each.name === name)!;
      if (!done.has(name)) await this.files.run(runId, file, known, onProgress ?? (() => undefined));
      // Rows of earlier extracts that this one lacks are marked by now: what is left is what the extract knows.
      if (name === 'citizens' || name === 'services') {
        known[name] = await new MirrorTable(this.store, KINDS[name]).idsByKey();
      }
      if (name === 'services') known.citizens = new Map();
    }
  }

  private async conclude(runId: number, { control }: InspectedExtract, start: number): Promise<ImportOutcome> {
    const { files, refused, totals } = await this.books.outcome(runId);
    const seconds = Math.round(performance.now() - start) / 1000;
    const outcome = { run: runId, files, refused, totals, seconds };
    const differences = control ? compareWithControl(control, refused, totals) : [];
    if (differences.length === 0) {
      await this.books.finish(runId);
      return outcome;
    }
    await this.books.fail(runId, { differences });
    throw new ControlDifference(outcome, differences);
  }
}
