import type { Instant } from '@libs/calendar';
import { checkBody, signBody } from '@libs/http';
import type { Callback } from './payment-gateway';

export const TIMESTAMP_HEADER = 'x-gateway-timestamp';
export const SIGNATURE_HEADER = 'x-gateway-signature';

/** The headers of a callback: HMAC-SHA-256 in hex over `<unix seconds>.<body>`. */
export function signed(secret: string, body: Buffer, now: Instant): Callback {
  const { timestamp, signature } = signBody(secret, body, now);
  return { body, headers: { [TIMESTAMP_HEADER]: timestamp, [SIGNATURE_HEADER]: signature } };
}

/** @param window seconds that the time of the callback may be from ours, either way */
export const checkSignature = (
  { headers, body }: Callback,
  rules: { secret: string; window: number; now: Instant },
): 'genuine' | 'forged' | 'stale' =>
  checkBody({ timestamp: headers[TIMESTAMP_HEADER], signature: headers[SIGNATURE_HEADER] }, body, rules);
