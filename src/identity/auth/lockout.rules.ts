import { addDuration, type Instant } from '@libs/calendar';

export interface LockoutPolicy {
  /** Failures that lock. */
  lockoutFailures: number;
  /** The window they fall in, and how long the lock lasts. */
  lockoutMinutes: number;
}

interface Failures {
  failures: readonly Instant[];
  lockedUntil: Instant | null;
}

export const isLocked = ({ lockedUntil }: Pick<Failures, 'lockedUntil'>, now: Instant): boolean =>
  lockedUntil !== null && now < lockedUntil;

/** The failures of a name after one more, oldest first; those outside the window and before an ended lock are forgotten. */
export function afterFailure(before: Failures, now: Instant, policy: LockoutPolicy): Failures {
  const since = addDuration(now, { minutes: -policy.lockoutMinutes });
  const earlier = before.lockedUntil === null ? before.failures.filter((at) => at > since) : [];
  const failures = [...earlier, now];
  const locks = failures.length >= policy.lockoutFailures;
  return { failures, lockedUntil: locks ? addDuration(now, { minutes: policy.lockoutMinutes }) : null };
}
