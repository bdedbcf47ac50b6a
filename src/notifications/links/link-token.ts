import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 72 bits of chance in 12 signs, and 48 of a signature in 8: short enough for a text message. */
const TOKEN = /^([A-Za-z0-9_-]{12})([A-Za-z0-9_-]{8})$/;

const signatureOf = (secret: string, id: string): string =>
  createHmac('sha256', secret).update(`short-link:${id}`).digest('base64url').slice(0, 8);

export const newTokenId = (): string => randomBytes(9).toString('base64url');

export const tokenOf = (secret: string, id: string): string => id + signatureOf(secret, id);

/** The id in a token of ours; null for any other text, before a database is asked. */
export function idOf(secret: string, token: string): string | null {
  const [, id = '', signature = ''] = TOKEN.exec(token) ?? [];
  if (!id || !timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(secret, id)))) return null;
  return id;
}
