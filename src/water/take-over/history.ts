import { Inject, Injectable } from '@nestjs/common';
import { addDays, addMonths, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { IdAllocator, Store } from '@libs/persistence';
import { Installation } from '../meters/meter.entity';
import { Reading, type ReadingSource } from '../readings/reading.entity';
import type { MirrorReading } from './mirror-reader';
import type { WaterException } from './take-over.entity';
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
  number: string;
  installedOn: LocalDate;
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
  async take(byService: ReadonlyMap<number, readonly MirrorReading[]>, exceptions: WaterException[]): Promise<number> {
    const registers = await this.registers([...byService.keys()]);
    for (const register of registers) await this.dateBack(register, byService.get(register.serviceId)!, exceptions);
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

  /** A meter that was read stood there, whatever the old systems say of its installation. */
  private async dateBack(
    { id, serial, number, installedOn }: Register,
    readings: readonly MirrorReading[],
    exceptions: WaterException[],
  ): Promise<void> {
    const first = readings.find((reading) => reading.serial.trim() === serial);
    if (!first || installedOn <= lastDayOf(first.period)) return;
    await this.store.update(Installation, { id }, { installedOn: `${first.period}-01` });
    exceptions.push({ subscription: number, reason: `read in ${first.period}, installed on ${installedOn}` });
  }

  private async registers(serviceIds: readonly number[]): Promise<Register[]> {
    const rows = await this.store.selectIn<{ [K in keyof Register]: Register[K] | string }>(
      (list) =>
        `SELECT i."id", i."subscription_id" AS "subscriptionId", s."legacy_service_id" AS "serviceId", m."serial",
           m."digits", s."number", i."installed_on" AS "installedOn" FROM "water_installations" i
         JOIN "water_subscriptions" s ON s."id" = i."subscription_id"
         JOIN "water_meters" m ON m."id" = i."meter_id"
         WHERE s."legacy_service_id" IN (${list}) ORDER BY i."id"`,
      serviceIds,
    );
    return rows.map(({ id, subscriptionId, serviceId, serial, digits, number, installedOn }) => ({
      id: Number(id),
      subscriptionId: Number(subscriptionId),
      serviceId: Number(serviceId),
      serial: String(serial),
      digits: Number(digits),
      number: String(number),
      installedOn: String(installedOn),
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
