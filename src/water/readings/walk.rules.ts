import type { Instant } from '@libs/calendar';
import type { Anomaly } from './judgement.rules';

/** One reading of a reader's day. */
export interface Step {
  /** When it was seen; null where the sender does not say. */
  at: Instant | null;
  value: number;
  consumption: number | null;
}

export interface WalkLimits {
  /** Readings in a row of one pattern that make it odd. */
  run: number;
  /** Between two readings, below which nobody walked. */
  seconds: number;
}

/**
 * Marks what nobody can have read on a walk, in the order of the steps: as many in a row with the same consumption or the
 * same last two digits (copied), or each within seconds of the one before (too fast). A building's meters side by side
 * are fewer than a run.
 */
export function walkAnomalies(steps: readonly Step[], { run, seconds }: WalkLimits): Set<Anomaly>[] {
  const found = steps.map(() => new Set<Anomaly>());
  const mark = (anomaly: Anomaly, same: (before: Step, step: Step) => boolean) => {
    for (let from = 0, to = 1; to <= steps.length; to++) {
      if (to < steps.length && same(steps[to - 1]!, steps[to]!)) continue;
      if (to - from >= run) for (let at = from; at < to; at++) found[at]!.add(anomaly);
      from = to;
    }
  };
  mark('COPIED', (a, b) => a.consumption !== null && a.consumption > 0 && a.consumption === b.consumption);
  mark('COPIED', (a, b) => a.value % 100 === b.value % 100);
  mark('TOO_FAST', (a, b) => {
    if (a.at === null || b.at === null) return false;
    const passed = Date.parse(b.at) - Date.parse(a.at);
    return passed >= 0 && passed < seconds * 1000;
  });
  return found;
}
