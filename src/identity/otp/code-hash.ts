import { createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

export const newCode = (): string => String(randomInt(1_000_000)).padStart(6, '0');
export const newSalt = (): string => randomBytes(16).toString('hex');

/**
 * HMAC-SHA256 of what the code opens, salt and code, hex. Six digits are guessed in no time by whoever reads the table, so
 * the key is not in it: it is derived from the installation's secret.
 */
export const codeHash = (secret: string, opens: string, salt: string, code: string): string =>
  createHmac('sha256', createHmac('sha256', secret).update('one-time-code').digest())
    .update(`${opens}:${salt}:${code}`)
    .digest('hex');

/** In a time that does not depend on where they differ; both are hashes of equal length. */
export const equalHashes = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
