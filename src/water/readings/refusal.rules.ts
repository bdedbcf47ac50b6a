import type { Draft } from './capture.rules';
import type { RefusalCode } from './readings.problems';
import type { Site, Standing } from './rejudge.rules';

/** Key of a route's period in a set of closed ones. */
export const cycleKey = (routeId: number | null, period: string): string => `${routeId} ${period}`;

export const standingIn = (history: readonly Standing[], site: Site, period: string): Standing | undefined =>
  history.find((row) => row.installationId === site.installationId && row.period === period);

/** Why a reading is not taken at its meter; null when it is. @param closed keys of {@link cycleKey} */
export function refusalOf(
  draft: Draft,
  site: Site,
  history: readonly Standing[],
  closed: ReadonlySet<string>,
  mayCorrect: boolean,
): RefusalCode | null {
  const { value, period, readOn, replaces, note } = draft;
  if (value !== null && value >= 10 ** site.register.digits) return 'water.reading-beyond-register';
  if (readOn < site.installedOn) return 'water.before-installation';
  if (history.some((row) => row.state === 'BILLED' && row.period >= period)) return 'water.period-billed';
  if (closed.has(cycleKey(site.routeId, period))) return 'water.reading-period-closed';
  const standing = standingIn(history, site, period);
  if (replaces !== null) {
    if (!mayCorrect) return 'water.correction-forbidden';
    if (note === null) return 'water.correction-unreasoned';
    if (standing?.id !== replaces || value === null) return 'water.correction-stale';
  } else if (standing && standing.source !== 'ESTIMATE') {
    return 'water.reading-twice';
  }
  if (value === null) return null;
  const own = history.filter((row) => row.installationId === site.installationId);
  const before = own.findLast((row) => row.period < period);
  const after = own.find((row) => row.period > period && row.source !== 'ESTIMATE');
  return (before && readOn <= before.readOn) || (after && readOn >= after.readOn) ? 'water.days-cross' : null;
}
