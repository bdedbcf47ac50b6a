import { addDuration, type LocalDate } from '@libs/calendar';

/** Age of a debt by the days since it was due; the first is not due yet. */
export const BUCKETS = [
  'NOT_DUE',
  'DAYS_0_30',
  'DAYS_31_60',
  'DAYS_61_90',
  'DAYS_91_180',
  'DAYS_181_365',
  'YEARS_1_2',
  'YEARS_2_3',
  'YEARS_3_5',
  'OVER_5_YEARS',
] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Most days overdue of each bucket but the last; a year is 365 days. */
const MOST_DAYS = [-1, 30, 60, 90, 180, 365, 2 * 365, 3 * 365, 5 * 365];

/** The day `days` before, by the calendar. */
const daysBefore = (day: LocalDate, days: number): LocalDate =>
  addDuration(`${day}T00:00:00.000Z`, { days: -days }).slice(0, 10);

/**
 * Due dates of each bucket as seen at the end of `today`: after `after`, up to and with `until`; null is without end.
 * Every day falls in exactly one.
 */
export function dueDates(today: LocalDate): { bucket: Bucket; after: LocalDate | null; until: LocalDate | null }[] {
  return BUCKETS.map((bucket, at) => ({
    bucket,
    after: at === BUCKETS.length - 1 ? null : daysBefore(today, MOST_DAYS[at]! + 1),
    until: at === 0 ? null : daysBefore(today, MOST_DAYS[at - 1]! + 1),
  }));
}

/** A sum a bucket of `amount` by `dueOn`, as columns `b0` … `b9`, with its parameters. */
export function bucketColumns(today: LocalDate, dueOn: string, amount: string): { sql: string; parameters: string[] } {
  const parameters: string[] = [];
  const columns = dueDates(today).map(({ after, until }, at) => {
    const conditions: string[] = [];
    for (const [bound, sign] of [
      [after, '>'],
      [until, '<='],
    ] as const) {
      if (bound === null) continue;
      conditions.push(`${dueOn} ${sign} ?`);
      parameters.push(bound);
    }
    return `SUM(CASE WHEN ${conditions.join(' AND ')} THEN ${amount} ELSE 0 END) AS "b${at}"`;
  });
  return { sql: columns.join(', '), parameters };
}

export type BucketRow = Record<`b${number}`, number | string>;

/** As {@link bucketColumns} left it, in the order of {@link BUCKETS}. */
export const bucketsOf = (row: BucketRow): number[] => BUCKETS.map((_, at) => Number(row[`b${at}`]));
