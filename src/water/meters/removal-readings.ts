import { Inject, Injectable } from '@nestjs/common';
import { addMonths, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { consumed } from '@libs/tariff';
import { IsNull, Not } from 'typeorm';
import { Reading } from '../readings/reading.entity';
import type { Installation, Meter } from './meter.entity';
import { METERS } from './meters.problems';

/** m³ that a meter may have passed since its last reading when it has passed all nines. */
const MOST_ACROSS_NINES = 5000;

/** What a register showed when its meter was taken off, as a reading that the next bill takes up. */
@Injectable()
export class RemovalReadings {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * In the active unit: stands for the month of the day, or for the first one after it that no reading of this meter
   * stands for. Backwards beyond what rolling over explains it is SUSPECT, and people decide before it is billed.
   * @throws {Problem} water.day-not-possible before the last reading
   */
  async record(installation: Installation, meter: Meter, value: number, on: LocalDate, by: number): Promise<void> {
    const { id: installationId, subscriptionId, initialReading } = installation;
    const standing = await this.store.reads(Reading).find({
      where: { standingInstallationId: installationId, value: Not(IsNull()) },
      order: { readOn: 'DESC', id: 'DESC' },
      take: 1,
    });
    const last = standing[0];
    if (last && last.readOn > on)
      throw new Problem(METERS['water.day-not-possible'], { extra: { lastReadOn: last.readOn } });
    const used = consumed(last?.value ?? initialReading, value, { digits: meter.digits, most: MOST_ACROSS_NINES });
    const now = this.clock.now();
    await this.store.insert(Reading, {
      ...{
        id: await this.ids.one(),
        version: 1,
        subscriptionId,
        installationId,
        standingInstallationId: installationId,
      },
      period: await this.freePeriod(installationId, on.slice(0, 7)),
      ...{ readOn: on, value, consumption: used.ok ? used.cubicMetres * meter.multiplier : null },
      ...{ state: used.ok ? ('VALID' as const) : ('SUSPECT' as const), source: 'OFFICE' as const, noAccess: null },
      anomalies: used.ok ? ['FINAL'] : ['FINAL', 'NEGATIVE'],
      ...{ reader: null, clientKey: null, capturedAt: now, receivedAt: now, recordedBy: by, decidedBy: null },
      ...{ decidedAt: null, note: null, legacyReadingId: null },
    });
  }

  private async freePeriod(standingInstallationId: number, first: string): Promise<string> {
    const taken = await this.store.reads(Reading).find({ select: { period: true }, where: { standingInstallationId } });
    const periods = new Set(taken.map(({ period }) => period));
    let period = first;
    while (periods.has(period)) period = addMonths(`${period}-01`, 1).slice(0, 7);
    return period;
  }
}
