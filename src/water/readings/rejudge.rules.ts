import { averageADay, judge, startOf, type Anomaly, type Limits, type Past, type Register } from './judgement.rules';

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
  initialReading: number;
}

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
    const { consumption, anomalies, state } = judgeAt(row, site, history, limits);
    const all = [...anomalies, ...row.anomalies.filter((code) => WALK.includes(code))];
    const decided = row.state === 'CONFIRMED' && consumption !== null;
    const next = decided ? 'CONFIRMED' : all.length > anomalies.length ? 'SUSPECT' : state;
    if (consumption === row.consumption && next === row.state && String(all) === String(row.anomalies)) return false;
    Object.assign(row, { consumption, anomalies: all, state: next });
    return true;
  });
  return { changed, dropped };
}
