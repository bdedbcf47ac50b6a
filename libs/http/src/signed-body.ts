import { createHmac, timingSafeEqual } from 'node:crypto';
import { applyDecorators } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Instant } from '@libs/calendar';

export interface BodySignature {
  /** Unix seconds. */
  timestamp: string;
  /** HMAC-SHA-256 in hex over `<timestamp>.<body>`. */
  signature: string;
}

const digest = (secret: string, timestamp: string, body: Buffer): Buffer =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();

const seconds = (instant: Instant): number => Math.floor(Date.parse(instant) / 1000);

export function signBody(secret: string, body: Buffer, now: Instant): BodySignature {
  const timestamp = String(seconds(now));
  return { timestamp, signature: digest(secret, timestamp, body).toString('hex') };
}

/**
 * @param given as it came, from headers
 * @param window seconds that the time of the body may be from ours, either way
 */
export function checkBody(
  { timestamp, signature }: { [K in keyof BodySignature]: unknown },
  body: Buffer,
  { secret, window, now }: { secret: string; window: number; now: Instant },
): 'genuine' | 'forged' | 'stale' {
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return 'forged';
  if (typeof signature !== 'string' || !/^[0-9a-f]{64}$/.test(signature)) return 'forged';
  if (!timingSafeEqual(Buffer.from(signature, 'hex'), digest(secret, timestamp, body))) return 'forged';
  return Math.abs(Number(timestamp) - seconds(now)) <= window ? 'genuine' : 'stale';
}

/** Documents the headers with which a body comes that {@link checkBody} is to check. */
export const SignedBody = (timestampHeader: string, signatureHeader: string): MethodDecorator =>
  applyDecorators(
    header(signatureHeader, 'HMAC-SHA-256 in hex over `<timestamp>.<body>`'),
    header(timestampHeader, 'unix seconds'),
  );

const header = (name: string, description: string) =>
  ApiHeader({ name, required: true, description, schema: { type: 'string' } });
