import { daysBetween, type LocalDate } from '@libs/calendar';
import { consumed } from '@libs/tariff';
import type { ReadingSource, ReadingState } from './reading.entity';

/**
 * FIRST: nobody knows where the register stood before. BACKWARD: it ran back without passing all nines. ROLLOVER alone is nothing odd, nor is FINAL: the meter was
 * taken off.
 */
export const ANOMALIES = [
  'ZERO',
  'HIGH',
  'LOW',
  'FIRST',
  'BACKWARD',
  'ROLLOVER',
  'COPIED',
  'TOO_FAST',
  'FINAL',
] as const;
export type Anomaly = (typeof ANOMALIES)[number];

/** What the settings call odd. */
export interface Limits {
  /** % of the average above and below which a consumption is odd. */
  highPercent: number;
  lowPercent: number;
  /** m³ a month beyond which a register that went back is misread rather than rolled over. */
  mostAMonth: number;
}

export interface Register {
  digits: number;
  /** m³ a unit of the register. */
  multiplier: number;
}

/** A reading with a value that stands, of a subscription. */
export interface Past {
  id: number;
  version: number;
  installationId: number;
  period: string;
  readOn: LocalDate;
  value: number;
  consumption: number | null;
  state: ReadingState;
  source: ReadingSource;
  anomalies: readonly string[];
}

/** Where a meter began. */
export interface Beginning {
  id: number;
  /** Null for a meter of the old systems: they do not say what it showed when it was installed. */
  initialReading: number | null;
  installedOn: LocalDate;
}

/** Where the register stood when it was last truly read. */
export interface Start {
  /** Null where that is not known. */
  value: number | null;
  on: LocalDate;
  /** m³ that were estimated since. */
  estimated: number;
}

export interface Judged {
  /** m³ since the reading before; below zero where estimates were too high. */
  consumption: number | null;
  anomalies: Anomaly[];
  state: 'VALID' | 'SUSPECT';
}

const DAYS_OF_MONTH = 30.4375;
/** Readings of which the average is made. */
const CYCLES = 6;

/** Where a consumption can begin: truly read, or the first that is known of the register. */
export const isBasis = ({ source, consumption }: Pick<Past, 'source' | 'consumption'>): boolean =>
  source !== 'ESTIMATE' || consumption === null;

/** The start of a consumption: the last true reading of the installation before a period, else its installation. */
export function startOf(history: readonly Past[], installation: Beginning, period: string): Start {
  const before = history.filter((past) => past.installationId === installation.id && past.period < period);
  const at = before.findLastIndex(isBasis);
  const estimated = before.slice(at + 1).reduce((sum, { consumption }) => sum + (consumption ?? 0), 0);
  const last = before[at];
  return last
    ? { value: last.value, on: last.readOn, estimated }
    : { value: installation.initialReading, on: installation.installedOn, estimated };
}

/**
 * m³ a day over the last cycles before a period, from one true reading to another; null where there is too little. What is
 * suspect, and what came after it, does not count.
 */
export function averageADay(history: readonly Past[], period: string, cycles = CYCLES): number | null {
  let rows = history.filter((past) => past.period < period);
  const suspect = rows.findIndex(({ state }) => state === 'SUSPECT' || state === 'CAPTURED');
  if (suspect >= 0) rows = rows.slice(0, suspect);
  const last = rows.findLastIndex(({ source }) => source !== 'ESTIMATE');
  const unknown = rows.slice(0, last + 1).findLastIndex(({ consumption }) => consumption === null);
  const first = Math.max(last - cycles, unknown, 0);
  if (last - first < 1) return null;
  const days = daysBetween(rows[first]!.readOn, rows[last]!.readOn);
  const used = rows.slice(first + 1, last + 1).reduce((sum, { consumption }) => sum + consumption!, 0);
  return days > 0 ? Math.max(used, 0) / days : null;
}

/** Judges one reading by what its meter showed before. @param average m³ a day */
export function judge(
  { value, readOn }: { value: number; readOn: LocalDate },
  start: Start,
  { digits, multiplier }: Register,
  { average, limits, occupied }: { average: number | null; limits: Limits; occupied: boolean },
): Judged {
  if (start.value === null) return { consumption: null, anomalies: ['FIRST'], state: 'SUSPECT' };
  const days = Math.max(daysBetween(start.on, readOn), 1);
  const most = Math.floor((limits.mostAMonth * Math.ceil(days / DAYS_OF_MONTH)) / multiplier);
  const found = consumed(start.value, value, { digits, most });
  if (!found.ok) return { consumption: null, anomalies: ['BACKWARD'], state: 'SUSPECT' };
  const total = found.cubicMetres * multiplier;
  const odd: Anomaly[] = [];
  if (average !== null && average > 0) {
    const percent = (total * 100) / (average * days);
    if (total === 0 && occupied) odd.push('ZERO');
    else if (percent > limits.highPercent) odd.push('HIGH');
    else if (total > 0 && percent < limits.lowPercent) odd.push('LOW');
  }
  return {
    consumption: total - start.estimated,
    anomalies: found.rolledOver ? [...odd, 'ROLLOVER'] : odd,
    state: odd.length > 0 ? 'SUSPECT' : 'VALID',
  };
}

/** m³ when the register has passed all nines, whatever is plausible. */
export function rolledOver(
  { value }: { value: number },
  start: Start & { value: number },
  { digits, multiplier }: Register,
): number {
  return (10 ** digits - start.value + value) * multiplier - start.estimated;
}

/** A first reading that was confirmed: consumption is counted from it. */
export const isBeginning = ({ state, anomalies }: Pick<Past, 'state' | 'anomalies'>): boolean =>
  state === 'CONFIRMED' && anomalies.includes('FIRST');
