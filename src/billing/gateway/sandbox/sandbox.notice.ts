import type { GatewayReport } from '../payment-gateway';

const STATUSES: readonly string[] = [
  'PENDING',
  'SUCCESS',
  'FAILED',
  'EXPIRED',
  'REFUNDED',
] satisfies GatewayReport['status'][];
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const isText = (value: unknown, pattern: RegExp): value is string => typeof value === 'string' && pattern.test(value);

/** The report in the body of a callback of the sandbox; null when it is none. */
export function readNotice(body: Buffer): GatewayReport | null {
  let said: Record<string, unknown> | null;
  try {
    said = JSON.parse(body.toString('utf8')) as Record<string, unknown> | null;
  } catch {
    return null;
  }
  if (typeof said !== 'object' || said === null) return null;
  const { reference, status, currency, amount, failureCode = null, paidAt = null } = said;
  if (!isText(reference, /^[\w-]{1,60}$/) || !isText(currency, /^[A-Z]{3}$/)) return null;
  if (typeof status !== 'string' || !STATUSES.includes(status)) return null;
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount <= 0) return null;
  if (failureCode !== null && !isText(failureCode, /^[A-Z_]{1,60}$/)) return null;
  if (paidAt !== null && (!isText(paidAt, INSTANT) || Number.isNaN(Date.parse(paidAt)))) return null;
  return { reference, status: status as GatewayReport['status'], currency, amount, failureCode, paidAt };
}
