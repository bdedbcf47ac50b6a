import { addDuration, compare, type Instant } from '@libs/calendar';

/** As many at once, and afterwards one more each `seconds / most`. */
export interface Rate {
  most: number;
  seconds: number;
}

export type Taken = { usedUntil: Instant } | { waitSeconds: number };

/**
 * The generic cell rate algorithm (ITU-T I.371): each request uses its share of time up, from now or from where the last
 * one ended; one that would end beyond the window waits.
 */
export function takeOne(usedUntil: Instant | null, now: Instant, { most, seconds }: Rate): Taken {
  const from = usedUntil !== null && compare(usedUntil, now) > 0 ? usedUntil : now;
  const until = addDuration(from, { seconds: seconds / most });
  const beyond = Date.parse(until) - Date.parse(addDuration(now, { seconds }));
  return beyond <= 0 ? { usedUntil: until } : { waitSeconds: Math.ceil(beyond / 1000) };
}
