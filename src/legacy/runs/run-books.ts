import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import type { Difference, Refusals, Totals } from '../extract/control';
import type { ExtractFault } from '../extract/faults';
import { FILE_NAMES, type FileName } from '../extract/format';
import type { InspectedExtract } from '../extract/inspect';
import { LegacyRun, LegacyRunFile, type Trigger } from './run.entities';

export interface FileCounts {
  read: number;
  accepted: number;
  unchanged: number;
  changed: number;
  refused: number;
  vanished: number;
}

interface StartedBy {
  trigger: Trigger;
  startedBy?: number;
}

/** The rows that tell how a run goes. Their ids have no gaps, so that a continued run leaves no trace of the cut. */
@Injectable()
export class RunBooks {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the id of a new run, or of one of the same content that was cut off */
  async begin(directory: string, by: StartedBy, startedAt: string, extract: InspectedExtract): Promise<number> {
    return this.uow.run(async () => {
      const cutOff = await this.store.reads(LegacyRun).find({ where: { state: 'RUNNING' }, order: { id: 'ASC' } });
      const same = cutOff.find(({ contentHash }) => contentHash === extract.contentHash);
      for (const { id } of cutOff) {
        if (id === same?.id) continue;
        await this.store.update(LegacyRun, { id }, { state: 'ABANDONED', finishedAt: this.clock.now() });
      }
      if (same) return same.id;
      const { contentHash, control } = extract;
      const id = await this.insertRun({ directory, startedAt, contentHash, control, state: 'RUNNING' }, by);
      const first = await this.ids.reserve('legacy_run_files', extract.files.length);
      const files = extract.files.map(({ name, sha256, records }, at) => ({
        ...{ id: first + at, runId: id, name, sha256, records, state: 'WAITING' as const },
        ...{ recordsRead: 0, accepted: 0, unchanged: 0, changed: 0, refused: 0, vanished: 0 },
      }));
      await this.store.insert(LegacyRunFile, files);
      return id;
    });
  }

  /** A run that ended before it began. */
  async refuse(directory: string, by: StartedBy, startedAt: string, fault: ExtractFault): Promise<void> {
    const finishedAt = this.clock.now();
    await this.uow.run(() => this.insertRun({ directory, startedAt, finishedAt, fault, state: 'FAILED' }, by));
  }

  async fail(id: number, why: { fault: ExtractFault } | { differences: Difference[] }): Promise<void> {
    const changes = { ...why, state: 'FAILED' as const, finishedAt: this.clock.now() };
    await this.uow.run(() => this.store.update(LegacyRun, { id }, changes));
  }

  async finish(id: number): Promise<void> {
    await this.uow.run(() => this.store.update(LegacyRun, { id }, { state: 'DONE', finishedAt: this.clock.now() }));
  }

  async filesDone(runId: number): Promise<ReadonlySet<FileName>> {
    const files = await this.store.reads(LegacyRunFile).findBy({ runId, state: 'DONE' });
    return new Set(files.map(({ name }) => name));
  }

  async outcome(runId: number): Promise<{ files: Record<FileName, FileCounts>; refused: Refusals; totals: Totals }> {
    const run = await this.store.reads(LegacyRun).findOneBy({ id: runId });
    const files = await this.store.reads(LegacyRunFile).findBy({ runId });
    const counts = files.map(({ name, recordsRead, accepted, unchanged, changed, refused, vanished }) => {
      return [name, { read: recordsRead, accepted, unchanged, changed, refused, vanished }] as const;
    });
    const inOrder = FILE_NAMES.flatMap((name) => counts.filter(([each]) => each === name));
    return {
      files: Object.fromEntries(inOrder) as Record<FileName, FileCounts>,
      refused: await this.refusals(runId),
      totals: run?.totals ?? {},
    };
  }

  /** Refused lines per file and reason, in the order of the files. */
  async refusals(runId: number): Promise<Refusals> {
    const rows = await this.store.sql<{ file_name: FileName; reason: string; lines: number }>(
      `SELECT "file_name", "reason", COUNT(*) AS "lines" FROM "legacy_rejects" WHERE "run_id" = ?
       GROUP BY "file_name", "reason" ORDER BY "file_name", "reason"`,
      [runId],
    );
    const refusals: Refusals = {};
    for (const name of FILE_NAMES) {
      const own = rows.filter(({ file_name }) => file_name === name);
      if (own.length > 0) refusals[name] = Object.fromEntries(own.map(({ reason, lines }) => [reason, Number(lines)]));
    }
    return refusals;
  }

  private async insertRun(run: Partial<LegacyRun>, { trigger, startedBy }: StartedBy): Promise<number> {
    const id = await this.ids.reserve('legacy_runs', 1);
    await this.store.insert(LegacyRun, {
      ...{ contentHash: null, finishedAt: null, control: null, totals: null, fault: null, differences: null },
      ...(run as LegacyRun),
      id,
      startedVia: trigger,
      startedBy: startedBy ?? null,
    });
    return id;
  }
}
