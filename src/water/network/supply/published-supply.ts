import { Inject, Injectable } from '@nestjs/common';
import { addDays, addDuration, compare, localDateOf, type Clock, type Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { Between, In, IsNull, LessThanOrEqual } from 'typeorm';
import type { Zone } from '../../subscriptions/subscription.entity';
import type { Interruption } from '../interruptions/interruption.entity';
import { Interruptions } from '../interruptions/interruptions';
import { NetworkZones } from '../zones';
import { SupplyException, SupplySchedule } from './supply.entity';
import { currentAndNext, LONGEST_TURN_DAYS, scheduleOn, turnsBetween, type Turn } from './supply.rules';

/** UNKNOWN: nothing is published for the zone. */
export const SUPPLY_STATUSES = ['ON', 'OFF', 'INTERRUPTED', 'UNKNOWN'] as const;
export type SupplyStatus = (typeof SUPPLY_STATUSES)[number];

export interface SuppliedTurn extends Turn {
  /** A part of it falls into an interruption. */
  interrupted: boolean;
}

export interface ZoneSupply {
  zone: Zone;
  status: SupplyStatus;
  schedule: SupplySchedule | null;
  current: SuppliedTurn | null;
  /** The next that an interruption leaves whole. */
  next: SuppliedTurn | null;
  /** Of the days shown, those that have not ended. */
  turns: SuppliedTurn[];
  /** Now or within the days shown. */
  interruptions: Interruption[];
  exceptions: SupplyException[];
}

export const DAYS_SHOWN = 7;
/** A cycle may be as long as two weeks. */
const DAYS_SEARCHED = 21;

interface Supplied {
  asOf: Instant;
  zones: ZoneSupply[];
}

/** What everybody may know: when each zone has water. */
@Injectable()
export class PublishedSupply {
  constructor(
    private readonly store: Store,
    private readonly zones: NetworkZones,
    private readonly interruptions: Interruptions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of all zones in use, or the one of that code. @throws {Problem} http.not-found */
  async of(code?: string): Promise<Supplied> {
    const zones = (await this.zones.active()).filter((zone) => code === undefined || zone.code === code);
    if (code !== undefined && zones.length === 0) throw new Problem('http.not-found');
    return this.ofZones(zones);
  }

  /** Of those of these zones that are in use. */
  async ofIds(zoneIds: ReadonlySet<number>): Promise<Supplied> {
    return this.ofZones((await this.zones.active()).filter(({ id }) => zoneIds.has(id)));
  }

  private async ofZones(zones: readonly Zone[]): Promise<Supplied> {
    const asOf = this.clock.now();
    const zoneIds = zones.map(({ id }) => id);
    const today = localDateOf(asOf);
    const days = { first: addDays(today, -LONGEST_TURN_DAYS), last: addDays(today, DAYS_SEARCHED) };
    const schedules = await this.store.reads(SupplySchedule).find({
      where: { zoneId: In(zoneIds), state: 'PUBLISHED', effectiveFrom: LessThanOrEqual(days.last) },
      order: { id: 'ASC' },
    });
    const exceptions = await this.store.reads(SupplyException).find({
      where: { zoneId: In(zoneIds), onDate: Between(days.first, days.last), cancelledAt: IsNull() },
      order: { onDate: 'ASC', id: 'ASC' },
    });
    const announced = await this.interruptions.announced(zoneIds, addDuration(asOf, { days: DAYS_SEARCHED }));
    const ofZone = <T extends { zoneId: number }>(rows: T[], { id }: Zone) =>
      rows.filter(({ zoneId }) => zoneId === id);
    const supplied = zones.map((zone) =>
      zoneSupply(zone, asOf, ofZone(schedules, zone), ofZone(exceptions, zone), ofZone(announced, zone)),
    );
    return { asOf, zones: supplied };
  }
}

function zoneSupply(
  zone: Zone,
  asOf: Instant,
  published: SupplySchedule[],
  exceptions: SupplyException[],
  interruptions: Interruption[],
): ZoneSupply {
  const today = localDateOf(asOf);
  const schedules = published.map((each) => ({ ...each, edition: each.edition! }));
  const days = exceptions.map(({ onDate, kind, fromTime, toTime }) => ({
    date: onDate,
    kind,
    from: fromTime,
    to: toTime,
  }));
  const all = turnsBetween(schedules, days, addDays(today, -LONGEST_TURN_DAYS), addDays(today, DAYS_SEARCHED));
  const turns = all
    .filter(({ untilAt }) => compare(untilAt, asOf) > 0)
    .map((turn) => ({ ...turn, interrupted: interruptions.some((each) => meets(turn, each, asOf)) }));
  const current = currentAndNext(turns, asOf).current as SuppliedTurn | null;
  const { next } = currentAndNext(turns.filter(({ interrupted }) => !interrupted), asOf); // prettier-ignore
  const lastShown = addDays(today, DAYS_SHOWN - 1);
  const isCut = interruptions.some(({ fromAt }) => compare(fromAt, asOf) <= 0);
  const schedule = scheduleOn(schedules, today);
  const known = schedules.length > 0 || turns.length > 0;
  return {
    zone,
    status: isCut ? 'INTERRUPTED' : current ? 'ON' : known ? 'OFF' : 'UNKNOWN',
    schedule,
    current: isCut ? null : current,
    next: next as SuppliedTurn | null,
    turns: turns.filter(({ date }) => date <= lastShown),
    interruptions: interruptions.filter(({ fromAt }) => localDateOf(fromAt) <= lastShown),
    exceptions: exceptions.filter(({ onDate }) => onDate >= today && onDate <= lastShown),
  };
}

/** An interruption that should have ended goes on at least until now. */
const meets = ({ fromAt, untilAt }: Turn, cut: Interruption, asOf: Instant): boolean =>
  compare(fromAt, compare(cut.untilAt, asOf) < 0 ? asOf : cut.untilAt) < 0 && compare(cut.fromAt, untilAt) < 0;
