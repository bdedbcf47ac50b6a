import { Readable } from 'node:stream';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery } from '@libs/http';
import { defineMessage, Handles, Leases, Outbox, OutboxMessage } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { stringify } from 'csv-stringify';
import { MoreThan } from 'typeorm';
import { ExtractError } from '../extract/faults';
import type { FileName } from '../extract/format';
import { ControlDifference, IMPORT_LEASE, LegacyImporter } from '../import/importer';
import { LEGACY } from '../legacy.problems';
import { RunBooks } from './run-books';
import { LegacyReject, LegacyRun, LegacyRunFile, type Trigger } from './run.entities';
import { rejectView, runDetails, runView, type RejectView, type RunDetails, type RunView } from './runs.dto';

const IMPORT = defineMessage<{ startedBy: number }>('legacy.import', 'BULK');
const CSV_PAGE = 1000;

@Injectable()
export class LegacyRuns {
  private readonly logger = new Logger(LegacyRuns.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly leases: Leases,
    private readonly importer: LegacyImporter,
    private readonly books: RunBooks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Asks a worker to import the extract of LEGACY_EXTRACT_DIR. @returns the id of the message */
  async start(startedBy: number): Promise<number> {
    if (this.config.legacyExtractDir === undefined) throw new Problem(LEGACY['legacy.no-extract-folder']);
    return this.uow.run(async () => {
      const asked = await this.store.reads(OutboxMessage).existsBy({ type: IMPORT.name, state: 'PENDING' });
      if (asked || (await this.leases.isHeld(IMPORT_LEASE))) throw new Problem(LEGACY['legacy.import-running']);
      return this.outbox.add(IMPORT, { startedBy });
    });
  }

  @Handles(IMPORT)
  async onImport({ startedBy }: { startedBy: number }): Promise<void> {
    await this.importNow('REST', startedBy);
  }

  /** A refused extract, a difference and a running import stand in the books already; anything else is thrown. */
  async importNow(trigger: Trigger, startedBy?: number): Promise<void> {
    const directory = this.config.legacyExtractDir;
    if (directory === undefined) return;
    try {
      await this.importer.import(directory, { trigger, ...(startedBy !== undefined && { startedBy }) });
    } catch (error) {
      const known = error instanceof ExtractError || error instanceof ControlDifference;
      if (!known && !(error instanceof Problem && error.code === LEGACY['legacy.import-running'])) throw error;
      this.logger.error(error.message);
    }
  }

  async list(query: PageQuery): Promise<Page<RunView>> {
    const [rows, total] = await this.store
      .reads(LegacyRun)
      .findAndCount({ order: { id: 'DESC' }, skip: skipped(query), take: query.pageSize });
    return pageOf(query, rows.map(runView), total);
  }

  async read(id: number): Promise<RunDetails> {
    const run = await this.run(id);
    const files = await this.store.reads(LegacyRunFile).find({ where: { runId: id }, order: { id: 'ASC' } });
    return runDetails(run, files, await this.books.refusals(id));
  }

  async rejects(id: number, query: PageQuery & { file?: FileName }): Promise<Page<RejectView>> {
    await this.run(id);
    const where = { runId: id, ...(query.file && { fileName: query.file }) };
    const [rows, total] = await this.store
      .reads(LegacyReject)
      .findAndCount({ where, order: { id: 'ASC' }, skip: skipped(query), take: query.pageSize });
    return pageOf(query, rows.map(rejectView), total);
  }

  /** UTF-8 with BOM; a cell that a spreadsheet would take for a formula is led by an apostrophe. */
  async rejectsCsv(id: number): Promise<Readable> {
    await this.run(id);
    const columns = ['file', 'line', 'key', 'reason', 'raw'];
    return Readable.from(this.rejectRows(id)).compose(
      stringify({ bom: true, header: true, columns, escape_formulas: true, record_delimiter: 'windows' }),
    ) as Readable;
  }

  private async *rejectRows(runId: number): AsyncGenerator<(string | number)[]> {
    for (let after = 0; ;) {
      const where = { runId, id: MoreThan(after) };
      const rows = await this.store.reads(LegacyReject).find({ where, order: { id: 'ASC' }, take: CSV_PAGE });
      if (rows.length === 0) return;
      for (const row of rows) yield [row.fileName, row.lineNumber, row.sourceKey, row.reason, row.rawLine];
      after = rows[rows.length - 1]!.id;
    }
  }

  private async run(id: number): Promise<LegacyRun> {
    const run = await this.store.reads(LegacyRun).findOneBy({ id });
    if (!run) throw new Problem('http.not-found');
    return run;
  }
}
