import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { ExtractError } from '../extract/faults';
import { recordsOf, type SourceRecord } from '../extract/records';
import type { InspectedFile } from '../extract/inspect';
import { LegacyMirror } from '../mirror/legacy-mirror';
import { LegacyReject, LegacyRun, LegacyRunFile } from '../runs/run.entities';
import { KINDS, readLine, REASONS, type Known, type Value } from './kinds';
import { MirrorTable, type MirrorEntry } from './mirror-table';
import { Scan, type Tally } from './scan';

/** Lines a unit of work takes in: few enough for others to get their turn, enough to make its cost small. */
export const UNIT_LINES = 1000;

interface Judged {
  record: SourceRecord;
  key: string;
  read: Value[] | string;
}

export interface FileProgress {
  file: string;
  done: number;
  total: number;
}

const REJECT = ['id', 'runId', 'fileName', 'lineNumber', 'sourceKey', 'reason', 'rawLine'] as const;

/** Takes in one file in units of work, so that one cut off anywhere is taken up again without a trace. */
@Injectable()
export class FileImport {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly mirror: LegacyMirror,
  ) {}

  async run(
    runId: number,
    file: InspectedFile,
    known: Known,
    onProgress: (progress: FileProgress) => void,
  ): Promise<void> {
    const kind = KINDS[file.name];
    const table = new MirrorTable(this.store, kind);
    const highest = await table.highestId();
    const rejectedTo = await this.lastReject(runId, file.name);
    const scan = new Scan(runId, file.name, kind, highest, file.records, rejectedTo);
    const unchanged = async () => {
      if ((await file.source.stamp()) !== file.stamp) throw new ExtractError(file.source.title, 0, 'changed');
    };
    await unchanged();
    for await (const records of recordsOf(file.source, UNIT_LINES)) {
      const lines = records.map((record) => ({ record, ...readLine(kind, record.fields, known) }));
      scan.merge(await this.uow.run(() => this.takeIn(scan, table, lines)));
      onProgress({ file: file.name, done: scan.counts.recordsRead, total: file.records });
      await nextTurn();
    }
    await unchanged();
    if (highest > 0) await this.markVanished(scan, table);
    await this.uow.run(async () => {
      const done = { ...scan.counts, state: 'DONE' as const };
      await this.store.update(LegacyRunFile, { runId, name: file.name }, done);
      if (file.name === 'movements') await this.store.update(LegacyRun, { id: runId }, { totals: scan.totals() });
    });
  }

  /** Everything that changes is in the tally, which counts only once the unit has committed. */
  private async takeIn(scan: Scan, table: MirrorTable, lines: Judged[]): Promise<Tally> {
    const tally = scan.tally(lines.length);
    const good = lines.filter(({ read }) => typeof read !== 'string').map(({ key }) => key);
    const entries = await table.find(scan.mayExist(good), (id) => scan.seen.has(id));
    const rejects: (readonly [Judged, string])[] = [];
    const changed: { id: number; values: Value[] }[] = [];
    const added: MirrorEntry[] = [];
    for (const line of lines) {
      if (typeof line.read === 'string') {
        rejects.push([line, line.read]);
        continue;
      }
      const same = entries.get(line.key) ?? [];
      const entry = same.find(({ taken }) => !taken);
      if (!entry && same.length > 0 && scan.kind.unique) {
        rejects.push([line, scan.fileName === 'movements' ? REASONS.documentTwice : REASONS.numberTwice]);
        continue;
      }
      tally.accept(line.read);
      if (!entry) {
        const fresh = { id: 0, key: line.key, occurrence: same.length + 1, values: line.read, taken: true };
        entries.set(line.key, [...same, fresh]);
        added.push(fresh);
        continue;
      }
      entry.taken = true;
      tally.seen.push(entry.id);
      const verdict = scan.compare(entry, line.read);
      if (verdict === 'differs') changed.push({ id: entry.id, values: line.read });
      if (verdict !== 'added') tally[verdict === 'same' ? 'unchanged' : 'changed']++;
    }
    await this.add(scan, table, added, tally);
    await table.change(scan.runId, changed);
    await this.reject(scan, rejects, tally);
    if (scan.fileName === 'citizens') {
      const written = [...added, ...changed].map(({ id, values }) => ({ id, rawName: String(values[0]) }));
      if (written.length > 0) await this.mirror.announce(written);
    }
    const recordsRead = scan.counts.recordsRead + lines.length;
    await this.store.update(LegacyRunFile, { runId: scan.runId, name: scan.fileName }, { recordsRead });
    return tally;
  }

  private async add(scan: Scan, table: MirrorTable, added: MirrorEntry[], tally: Tally): Promise<void> {
    if (added.length === 0) return;
    const first = await this.ids.reserve(table.name, added.length);
    added.forEach((entry, at) => (entry.id = first + at));
    await table.insert(scan.runId, added);
    tally.added = added;
  }

  /** A run that was cut off has written some already, in the order of the lines. */
  private async reject(scan: Scan, rejects: (readonly [Judged, string])[], tally: Tally): Promise<void> {
    tally.refused = rejects.length;
    const fresh = rejects.filter(([{ record }]) => record.line > scan.rejectedTo);
    if (fresh.length === 0) return;
    const first = await this.ids.reserve('legacy_rejects', fresh.length);
    const rows = fresh.map(([{ record }, reason], at) => {
      const name = scan.kind.name(record.fields);
      return [first + at, scan.runId, scan.fileName, record.line, name, reason, record.raw];
    });
    await this.store.bulkInsert(LegacyReject, REJECT, rows);
  }

  private async markVanished(scan: Scan, table: MirrorTable): Promise<void> {
    let after = 0;
    for (;;) {
      const page = await table.present(scan.runId, after);
      if (page.length === 0) return;
      after = page[page.length - 1]!.id;
      const gone = page.filter(({ id }) => !scan.seen.has(id));
      const marked = gone.filter(({ vanished }) => !vanished).map(({ id }) => id);
      if (marked.length > 0) await this.uow.run(() => table.vanish(scan.runId, marked));
      scan.counts.vanished += gone.length;
      await nextTurn();
    }
  }

  private async lastReject(runId: number, fileName: string): Promise<number> {
    const rows = await this.store.sql<{ line: number | null }>(
      'SELECT MAX("line_number") AS "line" FROM "legacy_rejects" WHERE "run_id" = ? AND "file_name" = ?',
      [runId, fileName],
    );
    return Number(rows[0]?.line ?? 0);
  }
}
