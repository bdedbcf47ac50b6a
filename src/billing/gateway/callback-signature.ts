import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@libs/calendar';
import type { Callback } from './payment-gateway';

export const TIMESTAMP_HEADER = 'x-gateway-timestamp';
export const SIGNATURE_HEADER = 'x-gateway-signature';

const digest = (secret: string, timestamp: string, body: Buffer): Buffer =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();

const seconds = (instant: Instant): number => Math.floor(Date.parse(instant) / 1000);

/** The headers of a callback: HMAC-SHA-256 in hex over `<unix seconds>.<body>`. */
export function signed(secret: string, body: Buffer, now: Instant): Callback {
  const timestamp = String(seconds(now));
  const signature = digest(secret, timestamp, body).toString('hex');
  return { body, headers: { [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: signature } };
}

/** @param window seconds that the time of the callback may be from ours, either way */
export function checkSignature(
  { headers, body }: Callback,
  { secret, window, now }: { secret: string; window: number; now: Instant },
): 'genuine' | 'forged' | 'stale' {
  const [timestamp, signature] = [headers[TIMESTAMP_HEADER], headers[SIGNATURE_HEADER]];
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return 'forged';
  if (typeof signature !== 'string' || !/^[0-9a-f]{64}$/.test(signature)) return 'forged';
  if (!timingSafeEqual(Buffer.from(signature, 'hex'), digest(secret, timestamp, body))) return 'forged';
  return Math.abs(Number(timestamp) - seconds(now)) <= window ? 'genuine' : 'stale';
}
