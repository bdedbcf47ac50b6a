import { Inject, Injectable } from '@nestjs/common';
import { monthAfter, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { Reading } from '../readings/reading.entity';
import { limitsOf } from '../readings/reading-settings';
import { FINAL, judgeFinal } from '../readings/rejudge.rules';
import { Sites } from '../readings/sites';
import { StandingRows } from '../readings/standing-rows';
import type { Installation } from './meter.entity';
import { METERS } from './meters.problems';

/** What a register showed when its meter was taken off, as a reading that the next bill takes up. */
@Injectable()
export class RemovalReadings {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly sites: Sites,
    private readonly standing: StandingRows,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * In the active unit: stands for the month of the day, or for the first one after those that readings of this meter
   * stand for. It is judged from the last true reading, so that it puts estimates right: below zero where they were too
   * high. Backwards beyond what rolling over explains it is SUSPECT, and people decide before it is billed.
   * @throws {Problem} water.day-not-possible before the last reading
   */
  async record(installation: Installation, value: number, on: LocalDate, by: number): Promise<void> {
    const { id: installationId, subscriptionId } = installation;
    const month = on.slice(0, 7);
    const history = (await this.standing.of([subscriptionId], month)).get(subscriptionId)!;
    const own = history.filter((row) => row.installationId === installationId);
    const later = own.findLast(({ readOn }) => readOn > on);
    if (later) throw new Problem(METERS['water.day-not-possible'], { extra: { lastReadOn: later.readOn } });
    const last = own.at(-1)?.period ?? month;
    const period = await this.freePeriod(installationId, last > month ? last : month);
    const [site] = await this.sites.ofInstallations([installationId]);
    const judged = judgeFinal({ value, readOn: on, period }, site!, history, limitsOf(this.config));
    const now = this.clock.now();
    await this.store.insert(Reading, {
      ...{
        id: await this.ids.one(),
        version: 1,
        subscriptionId,
        installationId,
        standingInstallationId: installationId,
      },
      ...{ period, readOn: on, value, consumption: judged.consumption, state: judged.state },
      ...{ source: 'OFFICE' as const, noAccess: null, anomalies: [FINAL, ...judged.anomalies] },
      ...{ reader: null, clientKey: null, capturedAt: now, receivedAt: now, recordedBy: by, decidedBy: null },
      ...{ decidedAt: null, note: null, legacyReadingId: null },
    });
  }

  private async freePeriod(standingInstallationId: number, first: string): Promise<string> {
    const taken = await this.store.reads(Reading).find({ select: { period: true }, where: { standingInstallationId } });
    const periods = new Set(taken.map(({ period }) => period));
    let period = first;
    while (periods.has(period)) period = monthAfter(period);
    return period;
  }
}
