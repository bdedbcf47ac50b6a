import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Config } from '@libs/config';

const MAC_BYTES = 12;
const FORM = /^([0-9a-z]{1,11})-([\w-]{16})$/;

const macOf = (secret: string, id: string): string => {
  const key = createHmac('sha256', secret).update('unsubscribe').digest();
  return createHmac('sha256', key).update(id).digest().subarray(0, MAC_BYTES).toString('base64url');
};

/** Names a message to whoever was sent it, short enough for a text message. */
export function unsubscribeToken(secret: string, messageId: number): string {
  const id = messageId.toString(36);
  return `${id}-${macOf(secret, id)}`;
}

/** @returns the id of the message; null for a token that is not ours */
export function readUnsubscribeToken(secret: string, token: string): number | null {
  const [, id, mac] = FORM.exec(token) ?? [];
  if (!id || !mac) return null;
  return timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(secret, id))) ? parseInt(id, 36) : null;
}

/** The page behind which the receiver of a message stops messages of its kind. */
export const unsubscribeUrl = ({ publicUrl, jwtSecret }: Config, messageId: number): string =>
  `${publicUrl}/unsubscribe/${unsubscribeToken(jwtSecret, messageId)}`;
