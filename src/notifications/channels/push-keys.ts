import { ECDH } from 'node:crypto';

/** RFC 8291, 3.1 and 3.2: a point of P-256, uncompressed, and sixteen octets. */
const POINT_OCTETS = 65;
const SECRET_OCTETS = 16;

/** What of a browser's keys no message could be encrypted for. */
export function faultOfKeys({ p256dh, auth }: { p256dh: string; auth: string }): 'p256dh' | 'auth' | null {
  if (!isPoint(octets(p256dh))) return 'p256dh';
  return octets(auth)?.length === SECRET_OCTETS ? null : 'auth';
}

/** Base64 as browsers write it, by either alphabet. */
const octets = (text: string): Buffer | null => (/^[\w+/-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null);

function isPoint(point: Buffer | null): boolean {
  if (point?.length !== POINT_OCTETS || point[0] !== 4) return false;
  try {
    ECDH.convertKey(point, 'prime256v1');
    return true;
  } catch {
    return false;
  }
}
