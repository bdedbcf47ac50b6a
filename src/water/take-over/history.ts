import { Inject, Injectable } from '@nestjs/common';
import { addDays, addMonths, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import { Reading, type ReadingSource } from '../readings/reading.entity';
import type { MirrorReading } from './mirror-reader';
import { consumptions } from './take-over.rules';

const READING = [
  'id',
  'version',
  'subscriptionId',
  'installationId',
  'standingInstallationId',
  'period',
  'readOn',
  'value',
  'consumption',
  'state',
  'source',
  'noAccess',
  'anomalies',
  'reader',
  'capturedAt',
  'receivedAt',
  'legacyReadingId',
] as const;

/** Code of a visit without access. */
export const NO_ACCESS = 'LEGACY';

interface Register {
  id: number;
  subscriptionId: number;
  serviceId: number;
  serial: string;
  digits: number;
}

/** Readings of the old systems as history: billed there, the ground on which the next one is judged. */
@Injectable()
export class ReadingHistory {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the active unit: those that are not there yet. @returns how many */
  async take(byService: ReadonlyMap<number, readonly MirrorReading[]>): Promise<number> {
    const registers = await this.registers([...byService.keys()]);
    const known = await this.known(registers.map(({ id }) => id));
    const now = this.clock.now();
    const rows: unknown[][] = [];
    for (const { id, subscriptionId, serviceId, serial, digits } of registers) {
      const readings = byService.get(serviceId)!.filter((reading) => reading.serial.trim() === serial);
      const measured = consumptions(readings, digits);
      for (const [at, { id: legacyId, period, value, source, reader }] of readings.entries()) {
        const key = `${id} ${period}`;
        if (known.has(key)) continue;
        known.add(key);
        rows.push([
          0,
          1,
          subscriptionId,
          id,
          id,
          period,
          lastDayOf(period),
          value,
          measured[at],
          'BILLED',
          sourceOf(source),
          value === null ? NO_ACCESS : null,
          '[]',
          reader.trim().slice(0, 40) || null,
          now,
          now,
          legacyId,
        ]);
      }
    }
    const ids = await this.ids.many(rows.length);
    rows.forEach((row, at) => (row[0] = ids[at]));
    await this.store.bulkInsert(Reading, READING, rows);
    return rows.length;
  }

  private async registers(serviceIds: readonly number[]): Promise<Register[]> {
    const rows = await this.store.selectIn<{ [K in keyof Register]: Register[K] | string }>(
      (list) =>
        `SELECT i."id", i."subscription_id" AS "subscriptionId", s."legacy_service_id" AS "serviceId", m."serial",
           m."digits" FROM "water_installations" i
         JOIN "water_subscriptions" s ON s."id" = i."subscription_id"
         JOIN "water_meters" m ON m."id" = i."meter_id"
         WHERE s."legacy_service_id" IN (${list}) ORDER BY i."id"`,
      serviceIds,
    );
    return rows.map(({ id, subscriptionId, serviceId, serial, digits }) => ({
      id: Number(id),
      subscriptionId: Number(subscriptionId),
      serviceId: Number(serviceId),
      serial: String(serial),
      digits: Number(digits),
    }));
  }

  /** Installation and period of what stands, from here or from there. */
  private async known(installationIds: readonly number[]): Promise<Set<string>> {
    const rows = await this.store.selectIn<{ id: number | string; period: string }>(
      (list) =>
        `SELECT "standing_installation_id" AS "id", "period" FROM "water_readings"
         WHERE "standing_installation_id" IN (${list})`,
      installationIds,
    );
    return new Set(rows.map(({ id, period }) => `${id} ${period}`));
  }
}

const lastDayOf = (period: string): string => addDays(addMonths(`${period}-01`, 1), -1);

/** A visit without access whose reading is given all the same was estimated. */
const sourceOf = (source: string): ReadingSource =>
  source.trim() === '2' ? 'CITIZEN' : source.trim() === '3' ? 'ESTIMATE' : 'FIELD';
