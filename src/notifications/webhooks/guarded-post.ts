import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { hostOf, isPublicAddress } from './endpoint-url';

/** What an answer may bring; nothing of it is kept. */
const MOST_BYTES = 64 * 1024;

export interface Posting {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  /** Also private addresses. */
  allowPrivate: boolean;
  /** Asked for the addresses of a name; default: the system's resolver. */
  resolve?: LookupFunction;
}

export interface PostOutcome {
  /** HTTP status; null when no answer came. */
  status: number | null;
  latencyMs: number;
  /** null: taken (2xx). */
  failure: string | null;
}

class PrivateAddress extends Error {
  readonly code = 'PRIVATE_ADDRESS';
}

/**
 * The addresses that a connection really goes to are judged, not those that the name had a moment before: a name that
 * answers differently the second time gains nothing.
 */
const publicOnly =
  (resolve: LookupFunction): LookupFunction =>
  (host, options, done) =>
    resolve(host, options as LookupOptions, (error, address, family) => {
      const found: LookupAddress[] = Array.isArray(address) ? address : [{ address, family: family ?? 0 }];
      const refused = !error && !found.every((each) => isPublicAddress(each.address));
      done(refused ? new PrivateAddress() : error, address, family);
    });

/** One POST, whole within `timeoutMs`: redirects are answers like others and not followed. Never rejects. */
export function guardedPost({
  url: text,
  headers,
  body,
  timeoutMs,
  allowPrivate,
  resolve,
}: Posting): Promise<PostOutcome> {
  const url = new URL(text);
  const began = performance.now();
  const outcome = (status: number | null, failure: string | null): PostOutcome => ({
    status,
    latencyMs: Math.round(performance.now() - began),
    failure,
  });
  const host = hostOf(url);
  // A literal address is connected to without a lookup.
  if (!allowPrivate && ipaddr.isValid(host) && !isPublicAddress(host)) {
    return Promise.resolve(outcome(null, 'PRIVATE_ADDRESS'));
  }
  const names = resolve ?? lookup;
  return new Promise((settle) => {
    const send = url.protocol === 'https:' ? overHttps : overHttp;
    const sending = send(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
      lookup: allowPrivate ? names : publicOnly(names),
      signal: AbortSignal.timeout(timeoutMs),
    });
    sending.on('response', (answer) => {
      const { statusCode = 0 } = answer;
      const taken = statusCode >= 200 && statusCode < 300;
      let bytes = 0;
      const finish = () => settle(outcome(statusCode, taken ? null : `HTTP_${statusCode}`));
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= MOST_BYTES) return;
        finish();
        sending.destroy();
      });
      answer.on('end', finish).on('error', (error) => settle(outcome(statusCode, codeOf(error))));
    });
    sending.on('error', (error) => settle(outcome(null, codeOf(error))));
    sending.end(body);
  });
}

function codeOf(error: Error & { code?: string }): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'TIMEOUT';
  return (error.code ?? 'FAILED').slice(0, 60);
}
