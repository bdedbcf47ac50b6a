import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@libs/calendar';

interface Sealed {
  billId: number;
  /** Who looked it up; it is nothing in another's hand. */
  oneRecordId: number;
  until: Instant;
}

const sign = (payload: string, secret: string): string =>
  createHmac('sha256', secret).update(payload).digest('base64url');

/** `payload.signature`, both base64url: nothing is stored, and nothing can be made up. */
export function sealToken({ billId, oneRecordId, until }: Sealed, secret: string): string {
  const payload = Buffer.from(JSON.stringify([billId, oneRecordId, until])).toString('base64url');
  return `${payload}.${sign(payload, secret)}`;
}

/** @returns the bill's id; null unless it is whole, of this record and not over */
export function openToken(
  token: string,
  { oneRecordId, now, secret }: { oneRecordId: number; now: Instant; secret: string },
): number | null {
  const [payload = '', signature = '', more] = token.split('.');
  const [given, due] = [Buffer.from(signature), Buffer.from(sign(payload, secret))];
  if (more !== undefined || given.length !== due.length || !timingSafeEqual(given, due)) return null;
  const [billId, holder, until] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [number, number, Instant];
  return holder === oneRecordId && now < until ? billId : null;
}
