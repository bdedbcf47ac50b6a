import { Injectable } from '@nestjs/common';
import { compare, type Instant } from '@libs/calendar';
import { Store } from '@libs/persistence';
import type { ReadingSource } from './reading.entity';
import { walkAnomalies, type Step, type WalkLimits } from './walk.rules';

export interface WalkedReading {
  reader: string | null;
  readOn: string;
  source: ReadingSource;
  value: number | null;
  consumption: number | null;
  anomalies: readonly string[];
  state: string;
  /** As the sender gave it. */
  seenAt: Instant | null;
}

const WALKED: readonly ReadingSource[] = ['FIELD', 'PHOTO', 'FILE'];

/** What a reader brought in on a day, taken as one walk. */
@Injectable()
export class ReaderDays {
  constructor(private readonly store: Store) {}

  /** Marks readings that fit no walk, with those that came in before. */
  async mark(readings: readonly WalkedReading[], limits: WalkLimits): Promise<void> {
    const days = new Map<string, (WalkedReading & { value: number })[]>();
    for (const reading of readings) {
      if (reading.value === null || reading.reader === null || !WALKED.includes(reading.source)) continue;
      const key = `${reading.readOn} ${reading.reader}`;
      const day = days.get(key) ?? [];
      day.push(reading as WalkedReading & { value: number });
      days.set(key, day);
    }
    for (const day of days.values()) {
      const before: { step: Step; reading: WalkedReading | null }[] = (await this.before(day[0]!)).map((step) => ({
        step,
        reading: null,
      }));
      const steps = [...before, ...day.map((reading) => ({ step: { ...reading, at: reading.seenAt }, reading }))];
      if (steps.every(({ step }) => step.at !== null)) steps.sort((a, b) => compare(a.step.at!, b.step.at!));
      const found = walkAnomalies(steps.map(({ step }) => step), limits); // prettier-ignore
      steps.forEach(({ reading }, at) => {
        if (!reading || found[at]!.size === 0) return;
        Object.assign(reading, { anomalies: [...reading.anomalies, ...found[at]!], state: 'SUSPECT' });
      });
    }
  }

  private async before({ reader, readOn }: WalkedReading): Promise<Step[]> {
    const rows = await this.store.sql<Record<'capturedAt' | 'receivedAt' | 'value' | 'consumption', string | number>>(
      `SELECT "captured_at" AS "capturedAt", "received_at" AS "receivedAt", "value", "consumption" FROM "water_readings"
       WHERE "reader" = ? AND "read_on" = ? AND "standing_installation_id" IS NOT NULL
         AND "source" IN ('FIELD', 'PHOTO', 'FILE') ORDER BY "captured_at", "id"`,
      [reader, readOn],
    );
    return rows.map(({ capturedAt, receivedAt, value, consumption }) => {
      const [seen, received] = [new Date(capturedAt).toISOString(), new Date(receivedAt).toISOString()];
      // Without a time of the sender's it was stored under that of its arrival.
      return { at: seen === received ? null : seen, value: Number(value), consumption: consumption as number | null };
    });
  }
}
