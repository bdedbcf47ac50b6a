import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../identity';
import { Subscription } from '../subscriptions/subscription.entity';
import { rolledOver, startOf } from './judgement.rules';
import { limitsOf } from './reading-settings';
import { Reading } from './reading.entity';
import { READINGS } from './readings.problems';
import { rejudgeAfter, type Site } from './rejudge.rules';
import { Sites } from './sites';
import { StandingRows } from './standing-rows';
import { Visits } from './visits';

/** What people decide about readings that are odd. */
@Injectable()
export class Decisions {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly sites: Sites,
    private readonly standing: StandingRows,
    private readonly visits: Visits,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A suspect is as it is. Where the register ran back, only if it passed all nines. Of a first reading nothing is billed:
   * consumption is counted from it.
   * @throws {Problem} http.not-found; water.reading-decided, water.consumption-needed; {@link StaleVersionError}
   */
  confirm(
    target: Versioned,
    { reason, rollover }: { reason: string; rollover?: boolean },
    by: Principal,
  ): Promise<Reading> {
    return this.uow.run(async () => {
      const reading = await this.held(target.id);
      if (reading.state !== 'SUSPECT') throw new Problem(READINGS['water.reading-decided']);
      let { consumption } = reading;
      if (consumption === null && !reading.anomalies.includes('FIRST')) {
        if (!rollover) throw new Problem(READINGS['water.consumption-needed']);
        const site = await this.site(reading);
        const history = (await this.standing.of([reading.subscriptionId], reading.period)).get(reading.subscriptionId)!;
        const start = startOf(history, { ...site, id: site.installationId }, reading.period);
        consumption = rolledOver({ value: reading.value! }, { ...start, value: start.value! }, site.register);
      }
      const decided = { decidedBy: by.userId, decidedAt: this.clock.now(), note: reason };
      const changes = { state: 'CONFIRMED' as const, consumption, ...decided };
      const version = await this.store.updateVersioned(Reading, target, changes);
      await this.audit.record({ action: 'water.reading-confirmed', detail: { readingId: target.id, reason } });
      return { ...reading, ...changes, version };
    });
  }

  /** Confirms what of these is suspect and has a consumption, or needs none. @returns how many */
  confirmMany(ids: readonly number[], reason: string, by: Principal): Promise<number> {
    return this.uow.run(async () => {
      const sorted = [...new Set(ids)].sort((a, b) => a - b);
      const rows = await this.store.selectIn<Record<'id' | 'version', number | string>>(
        (list) =>
          `SELECT "id", "version" FROM "water_readings"
           WHERE "id" IN (${list}) AND "state" = 'SUSPECT'
             AND ("consumption" IS NOT NULL OR "anomalies" LIKE '%"FIRST"%') ORDER BY "id"`,
        sorted,
      );
      for (const { id, version } of rows) {
        await this.confirm({ id: Number(id), version: Number(version) }, { reason }, by);
      }
      return rows.length;
    });
  }

  /**
   * It no longer stands, and what was judged by it is judged again. With `reRead` somebody is sent there.
   * @throws {Problem} http.not-found; water.reading-decided, water.later-billed; {@link StaleVersionError}
   */
  reject(target: Versioned, reason: string, by: Principal, reRead = false): Promise<Reading> {
    return this.uow.run(async () => {
      const reading = await this.held(target.id);
      if (reading.state === 'REJECTED' || reading.state === 'BILLED') {
        throw new Problem(READINGS['water.reading-decided']);
      }
      const { subscriptionId, period } = reading;
      const history = (await this.standing.of([subscriptionId], period)).get(subscriptionId)!;
      if (history.some((row) => row.state === 'BILLED' && row.period >= period)) {
        throw new Problem(READINGS['water.later-billed']);
      }
      await this.standing.reject([target], reason, by.userId);
      const at = history.findIndex(({ id }) => id === target.id);
      if (at >= 0) {
        history.splice(at, 1);
        const { changed, dropped } = rejudgeAfter(history, await this.site(reading), period, limitsOf(this.config));
        await this.standing.reject(dropped, 'BASIS', by.userId);
        await this.standing.judgedAgain(changed);
      }
      if (reRead) {
        const demand = { subscriptionId, period, note: reason, readingId: target.id, requestedBy: by.userId };
        await this.visits.demand([{ ...demand, reason: 'RE_READ' }]);
      }
      const action = reRead ? 'water.re-read-requested' : 'water.reading-rejected';
      await this.audit.record({ action, detail: { readingId: target.id, reason } });
      return this.store.reads(Reading).findOneByOrFail({ id: target.id });
    });
  }

  private async held(id: number): Promise<Reading> {
    const found = await this.store.reads(Reading).findOneBy({ id });
    if (!found) throw new Problem('http.not-found');
    await this.store.hold(Subscription, [found.subscriptionId]);
    return this.store.reads(Reading).findOneByOrFail({ id });
  }

  private async site({ installationId }: Reading): Promise<Site> {
    const [site] = await this.sites.ofInstallations([installationId]);
    return site!;
  }
}
