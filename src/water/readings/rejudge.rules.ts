import { averageADay, isBeginning, judge, startOf } from './judgement.rules';
import type { Anomaly, Limits, Past, Register } from './judgement.rules';

/** A reading that can still change: what came in before it moves its start. */
export interface Standing extends Past {
  consumption: number | null;
  anomalies: readonly string[];
  state: Past['state'];
}

export interface Site {
  installationId: number;
  subscriptionId: number;
  number: string;
  occupied: boolean;
  routeId: number | null;
  serial: string;
  register: Register;
  installedOn: string;
  /** As in {@link Beginning}. */
  initialReading: number | null;
}

/** Of a meter that was taken off. */
export const FINAL = 'FINAL' satisfies Anomaly;
const WALK: readonly string[] = ['COPIED', 'TOO_FAST'] satisfies Anomaly[];

/** Judges a reading by those that stand before its period. */
export function judgeAt(
  reading: { value: number; readOn: string; period: string },
  site: Site,
  history: readonly Past[],
  limits: Limits,
) {
  const installation = { ...site, id: site.installationId };
  const average = averageADay(history, reading.period);
  const context = { average, limits, occupied: site.occupied };
  return judge(reading, startOf(history, installation, reading.period), site.register, context);
}

/** Judges what a meter showed when it was taken off: only whether the register can have come there. */
export function judgeFinal(
  reading: { value: number; readOn: string; period: string },
  site: Pick<Site, 'installationId' | 'installedOn' | 'initialReading' | 'register'>,
  history: readonly Past[],
  limits: Limits,
) {
  const start = startOf(history, { ...site, id: site.installationId }, reading.period);
  return judge(reading, start, site.register, { average: null, limits, occupied: false });
}

/**
 * Judges again what stands after a period of an installation, once something there has come or gone: its consumption
 * begins elsewhere now. Changes `history`. An estimate was reckoned from what is no longer so, and is dropped.
 * @returns the rows that changed, and those that no longer stand
 */
export function rejudgeAfter(
  history: Standing[],
  site: Site,
  period: string,
  limits: Limits,
): { changed: Standing[]; dropped: Standing[] } {
  const after = history.filter((row) => row.installationId === site.installationId && row.period > period);
  const open = after.filter(({ state }) => state !== 'BILLED');
  const dropped = open.filter(({ source }) => source === 'ESTIMATE');
  for (const row of dropped) history.splice(history.indexOf(row), 1);
  const changed = open.filter((row) => {
    if (row.source === 'ESTIMATE') return false;
    const final = row.anomalies.includes(FINAL);
    const { consumption, anomalies, state } = (final ? judgeFinal : judgeAt)(row, site, history, limits);
    const walk = row.anomalies.filter((code) => WALK.includes(code));
    const all = [...(final ? [FINAL] : []), ...anomalies, ...walk];
    const decided =
      row.state === 'CONFIRMED' && (consumption !== null || (isBeginning(row) && anomalies[0] === 'FIRST'));
    const next = decided ? 'CONFIRMED' : walk.length > 0 ? 'SUSPECT' : state;
    if (consumption === row.consumption && next === row.state && String(all) === String(row.anomalies)) return false;
    Object.assign(row, { consumption, anomalies: all, state: next });
    return true;
  });
  return { changed, dropped };
}
