import { daysBetween, monthAfter, type LocalDate } from '@libs/calendar';
import { averageADay, type Beginning, type Past, type Register } from './judgement.rules';

/** By which of the rules an estimate was made. */
export const ESTIMATE_METHODS = ['SEASON', 'CYCLES', 'CLASS'] as const;
export type EstimateMethod = (typeof ESTIMATE_METHODS)[number];

export type Estimate =
  | { method: EstimateMethod; value: number; consumption: number }
  /** A visit is demanded, because there are too many in a row or nobody knows where the register stands; nothing to estimate by; the day is not after the reading before. */
  | { exception: 'VISIT' | 'NO_BASIS' | 'NO_DAYS' };

/** Cycles of the average when there is no season. */
const CYCLES = 3;

export interface EstimateBasis {
  /** Of the subscription, in the order of the periods. */
  history: readonly Past[];
  installation: Beginning;
  register: Register;
  /** m³ a day of the subscription's class. */
  classAverage: number | null;
  /** Estimates in a row at most. */
  mostEstimates: number;
}

/**
 * What the register may show: as in the same season last year, else by the average of three cycles, else by that of the
 * class; in whole units of the register. A day costs as much as a day did then.
 */
export function estimate(basis: EstimateBasis, period: string, readOn: LocalDate): Estimate {
  const { history, installation, register, mostEstimates } = basis;
  const before = history.filter((past) => past.period < period);
  const inARow = before.length - 1 - before.findLastIndex(({ source }) => source !== 'ESTIMATE');
  if (inARow >= mostEstimates) return { exception: 'VISIT' };
  const last = before.findLast((past) => past.installationId === installation.id);
  const from = last?.value ?? installation.initialReading;
  if (from === null) return { exception: 'VISIT' };
  const days = daysBetween(last?.readOn ?? installation.installedOn, readOn);
  if (days < 1) return { exception: 'NO_DAYS' };
  const found = rate(before, period, basis.classAverage);
  if (found === null) return { exception: 'NO_BASIS' };
  const units = Math.round((found.aDay * days) / register.multiplier);
  const value = (from + units) % 10 ** register.digits;
  return { method: found.method, value, consumption: units * register.multiplier };
}

function rate(
  before: readonly Past[],
  period: string,
  classAverage: number | null,
): { method: EstimateMethod; aDay: number } | null {
  const season = monthAfter(period, -12);
  const at = before.findIndex((past) => past.period === season);
  const [then, earlier] = [before[at], before[at - 1]];
  const usable = (past?: Past) => past !== undefined && past.source !== 'ESTIMATE' && past.state !== 'SUSPECT';
  if (usable(then) && usable(earlier) && then!.consumption !== null && then!.consumption >= 0) {
    const days = daysBetween(earlier!.readOn, then!.readOn);
    if (days > 0) return { method: 'SEASON', aDay: then!.consumption / days };
  }
  const average = averageADay(before, period, CYCLES);
  if (average !== null) return { method: 'CYCLES', aDay: average };
  return classAverage === null ? null : { method: 'CLASS', aDay: classAverage };
}
