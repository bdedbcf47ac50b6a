import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@libs/calendar';

export const TIMESTAMP_HEADER = 'x-timestamp';
export const SIGNATURE_HEADER = 'x-signature';
/** How far the time of a message may be from ours, so that nobody plays an old one again. */
const WINDOW_SECONDS = 300;

const digest = (secret: string, timestamp: string, body: Buffer): Buffer =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();

const seconds = (instant: Instant): number => Math.floor(Date.parse(instant) / 1000);

/** HMAC-SHA-256 in hex over `<unix seconds>.<body>`. */
export function signInbound(secret: string, body: string, now: Instant): Record<string, string> {
  const timestamp = String(seconds(now));
  const signature = digest(secret, timestamp, Buffer.from(body)).toString('hex');
  return { [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: signature };
}

export function isGenuineInbound(
  { headers, body }: { headers: Record<string, string | string[] | undefined>; body: Buffer },
  secret: string,
  now: Instant,
): boolean {
  const [timestamp, signature] = [headers[TIMESTAMP_HEADER], headers[SIGNATURE_HEADER]];
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return false;
  if (typeof signature !== 'string' || !/^[0-9a-f]{64}$/.test(signature)) return false;
  const isOurs = timingSafeEqual(Buffer.from(signature, 'hex'), digest(secret, timestamp, body));
  return isOurs && Math.abs(Number(timestamp) - seconds(now)) <= WINDOW_SECONDS;
}
