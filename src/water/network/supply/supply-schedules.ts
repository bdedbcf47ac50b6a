import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../../identity';
import { Zone } from '../../subscriptions/subscription.entity';
import { given } from '../given';
import { NetworkZones } from '../zones';
import { SupplySchedule } from './supply.entity';
import type { NewSchedule, SchedulesQuery, ScheduleTerms } from './supply.dto';
import { SUPPLY } from './supply.problems';
import { slotFaults } from './supply.rules';

/** Schedules of supply: drafted, then published as the next edition of the zone. A published one is never changed. */
@Injectable()
export class SupplySchedules {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly zones: NetworkZones,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.invalid for an unknown zone, or slots that lack something or overlap */
  draft({ zoneId, ...terms }: NewSchedule, by: Principal): Promise<SupplySchedule> {
    return this.uow.run(async () => {
      await this.zones.require(zoneId);
      const schedule: SupplySchedule = {
        id: await this.ids.one(),
        version: 1,
        zoneId,
        state: 'DRAFT',
        edition: null,
        ...checked(terms),
        draftedBy: by.userId,
        draftedAt: this.clock.now(),
        publishedBy: null,
        publishedAt: null,
      };
      await this.store.insert(SupplySchedule, schedule);
      await this.audit.record({ action: 'water.schedule-drafted', detail: { scheduleId: schedule.id, zoneId } });
      return schedule;
    });
  }

  /** All terms anew. @throws {Problem} http.not-found, http.invalid, water.schedule-not-draft @throws {StaleVersionError} */
  revise(target: Versioned, terms: ScheduleTerms): Promise<SupplySchedule> {
    return this.act(target, 'revised', () => Promise.resolve(checked(terms)));
  }

  /** @throws {Problem} http.not-found, water.schedule-not-draft, water.schedule-past @throws {StaleVersionError} */
  publish(target: Versioned, by: Principal): Promise<SupplySchedule> {
    return this.act(target, 'published', async ({ zoneId, effectiveFrom }) => {
      const publishedAt = this.clock.now();
      if (effectiveFrom < localDateOf(publishedAt)) throw new Problem(SUPPLY['water.schedule-past']);
      await this.store.hold(Zone, [zoneId]);
      const [row] = await this.store.sql<{ last: number | null }>(
        'SELECT MAX("edition") AS "last" FROM "water_supply_schedules" WHERE "zone_id" = ?',
        [zoneId],
      );
      const edition = Number(row?.last ?? 0) + 1;
      return { state: 'PUBLISHED', edition, publishedBy: by.userId, publishedAt };
    });
  }

  /** @throws {Problem} http.not-found, water.schedule-not-draft @throws {StaleVersionError} */
  discard(target: Versioned): Promise<SupplySchedule> {
    return this.act(target, 'discarded', () => Promise.resolve({ state: 'DISCARDED' }));
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<SupplySchedule> {
    const schedule = await this.store.reads(SupplySchedule).findOneBy({ id });
    if (!schedule) throw new Problem('http.not-found');
    return schedule;
  }

  /** Newest first. */
  async list({ zoneId, state, ...query }: SchedulesQuery): Promise<Page<SupplySchedule>> {
    const [rows, total] = await this.store.reads(SupplySchedule).findAndCount({
      where: given({ zoneId, state }),
      order: { draftedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  private act(
    target: Versioned,
    verb: string,
    decide: (schedule: SupplySchedule) => Promise<Partial<SupplySchedule>>,
  ): Promise<SupplySchedule> {
    return this.uow.run(async () => {
      const schedule = await this.get(target.id);
      if (schedule.state !== 'DRAFT') throw new Problem(SUPPLY['water.schedule-not-draft']);
      await this.store.updateVersioned(SupplySchedule, target, await decide(schedule));
      const detail = { scheduleId: target.id, zoneId: schedule.zoneId };
      await this.audit.record({ action: `water.schedule-${verb}`, detail });
      return this.get(target.id);
    });
  }
}

function checked({ effectiveFrom, slots, noteAr, noteEn }: ScheduleTerms) {
  const faults = slotFaults(slots, effectiveFrom);
  if (faults.length > 0) {
    const errors = faults.map(({ at, field, code }) => ({ pointer: `/slots/${at}${field ? `/${field}` : ''}`, code }));
    throw new Problem('http.invalid', { errors });
  }
  return {
    effectiveFrom,
    slots: slots.map((slot) => given({ ...slot })),
    noteAr: noteAr || null,
    noteEn: noteEn || null,
  };
}
