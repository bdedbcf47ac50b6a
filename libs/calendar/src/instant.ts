/** Absolute point in time: ISO-8601 in UTC with milliseconds, `2024-03-01T09:30:00.000Z`. Sorts as text. */
export type Instant = string;

/** Calendar date without time or zone: `YYYY-MM-DD`. Sorts as text. */
export type LocalDate = string;

/** Elapsed time; a day is exactly 24 hours, whatever summer time does. Fractions and negatives are allowed. */
export interface Duration {
  seconds?: number;
  minutes?: number;
  hours?: number;
  days?: number;
}

/** Source of the present; injected wherever the time matters. */
export interface Clock {
  now(): Instant;
}

/** Clock for tests: stands still until moved. */
export interface FixedClock extends Clock {
  advance(duration: Duration): Instant;
  set(instant: Instant): void;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };

/** @throws RangeError when `instant` is not a readable point in time. */
export function fixedClock(instant: Instant): FixedClock {
  let current = addDuration(instant, {});
  return {
    now: () => current,
    advance: (duration) => (current = addDuration(current, duration)),
    set: (next) => {
      current = addDuration(next, {});
    },
  };
}

/**
 * Moves along the time line by elapsed time, not by local calendar days.
 * @throws RangeError when `instant` is not a readable point in time or the result leaves the years 0000-9999.
 */
export function addDuration(instant: Instant, duration: Duration): Instant {
  const { seconds = 0, minutes = 0, hours = 0, days = 0 } = duration;
  const elapsed = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  const moved = new Date(Date.parse(instant) + Math.round(elapsed)).toISOString();
  if (moved.length !== 24) throw new RangeError(`instant outside the years 0000-9999: ${moved}`);
  return moved;
}

/** Order of two instants, or of two local dates; never mix the kinds. Usable with `Array.prototype.sort`. */
export function compare(a: Instant | LocalDate, b: Instant | LocalDate): -1 | 0 | 1 {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
