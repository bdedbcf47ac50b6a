import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { addDuration, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery } from '@libs/http';
import { defineMessage, Handles, Leases, Outbox, OutboxMessage } from '@libs/outbox';
import { Store, UnitOfWork } from '@libs/persistence';
import { IsNull } from 'typeorm';
import { IMPORT_LEASE, LegacyMirror, type LegacyCitizenObserver } from '../../../legacy';
import { MatchRun } from '../matching.entities';
import { MATCHING } from '../matching.problems';
import { matchRunView, type MatchRunView } from './match-runs.dto';
import { MATCH_LEASE, RegisterMatch, type RegisterMatchOptions } from './register-match';

const ASKED = defineMessage<{ startedBy: number }>('citizens.match', 'BULK');
const IMPORTED = defineMessage<Record<string, never>>('citizens.match-after-import', 'BULK');
/** After the first new row of an import, and again until the import is over. */
const WAIT = { minutes: 1 };

/** When the register is matched: on demand, and by itself after an import that brought new or changed citizens. */
@Injectable()
export class MatchRuns implements LegacyCitizenObserver, OnModuleInit {
  private readonly logger = new Logger(MatchRuns.name);

  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly leases: Leases,
    private readonly mirror: LegacyMirror,
    private readonly matching: RegisterMatch,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.mirror.observe(this);
  }

  /** Asks a worker to match the register. @returns the id of the message */
  start(startedBy: number): Promise<number> {
    return this.uow.run(async () => {
      const asked = await this.store.reads(OutboxMessage).existsBy({ type: ASKED.name, state: 'PENDING' });
      if (asked || (await this.leases.isHeld(MATCH_LEASE))) throw new Problem(MATCHING['citizens.match-running']);
      return this.outbox.add(ASKED, { startedBy });
    });
  }

  /** Inside the import's unit of work. A message that is being worked may have missed these rows. */
  async citizensWritten(): Promise<void> {
    const waiting = { type: IMPORTED.name, state: 'PENDING' as const, lockedBy: IsNull() };
    if (!(await this.store.reads(OutboxMessage).existsBy(waiting))) await this.later();
  }

  @Handles(ASKED)
  async onAsked({ startedBy }: { startedBy: number }): Promise<void> {
    await this.unlessRunning({ trigger: 'REST', startedBy });
  }

  @Handles(IMPORTED)
  async onImported(): Promise<void> {
    const busy = (await this.leases.isHeld(IMPORT_LEASE)) || !(await this.unlessRunning({ trigger: 'IMPORT' }));
    if (busy) await this.uow.run(() => this.later());
  }

  async list(query: PageQuery): Promise<Page<MatchRunView>> {
    const [rows, total] = await this.store
      .reads(MatchRun)
      .findAndCount({ order: { id: 'DESC' }, skip: skipped(query), take: query.pageSize });
    return pageOf(query, rows.map(matchRunView), total);
  }

  async read(id: number): Promise<MatchRunView> {
    const run = await this.store.reads(MatchRun).findOneBy({ id });
    if (!run) throw new Problem('http.not-found');
    return matchRunView(run);
  }

  private later(): Promise<number> {
    return this.outbox.add(IMPORTED, {}, addDuration(this.clock.now(), WAIT));
  }

  /** @returns false when another run is going on */
  private async unlessRunning(options: RegisterMatchOptions): Promise<boolean> {
    try {
      await this.matching.run(options);
      return true;
    } catch (error) {
      if (!(error instanceof Problem && error.code === MATCHING['citizens.match-running'])) throw error;
      this.logger.log(error.code);
      return false;
    }
  }
}
