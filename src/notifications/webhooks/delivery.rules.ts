import type { PostOutcome } from './guarded-post';
import type { DeliveryState } from './webhook.entities';

/** Failures in a row, whatever the event, after which an endpoint is left alone until somebody looks at it. */
export const MOST_FAILURES = 50;

const GONE = 410;

/**
 * @param attempts with this one
 * @param retries after the first attempt
 */
export const stateAfter = (attempts: number, { failure, status }: PostOutcome, retries: number): DeliveryState => {
  if (failure === null) return 'DELIVERED';
  return attempts > retries || status === GONE ? 'DEAD' : 'PENDING';
};

/** @param failures in a row, with this one */
export const shouldSuspend = (failures: number, { status }: PostOutcome): boolean =>
  status === GONE || failures >= MOST_FAILURES;
