import type { ThrottlerStorage } from '@nestjs/throttler';

interface Hits {
  /** When each hit leaves the window, the oldest first. */
  expiries: number[];
  /** Of the oldest that is still in it. */
  first: number;
  blockedUntil: number;
}

/** Expired hits kept at most before the list is cut. */
const MOST_EXPIRED = 1000;

/**
 * How often each key was asked for in the last `ttl` milliseconds. The library's own storage goes through all hits of the
 * window at every request; here a request costs the same however many came before it.
 */
export class SlidingHits implements ThrottlerStorage {
  private readonly keys = new Map<string, Hits>();
  private sweepAt = 0;

  /** @param clock milliseconds of any origin */
  constructor(private readonly clock: () => number = Date.now) {}

  increment(key: string, ttl: number, limit: number, blockDuration: number) {
    const now = this.clock();
    if (now >= this.sweepAt) this.sweep(now, ttl);
    const hits = this.keys.get(key) ?? { expiries: [], first: 0, blockedUntil: 0 };
    this.keys.set(key, hits);
    if (hits.blockedUntil <= now) {
      if (hits.blockedUntil > 0) Object.assign(hits, { expiries: [], first: 0, blockedUntil: 0 });
      prune(hits, now);
      hits.expiries.push(now + ttl);
      if (live(hits) > limit) hits.blockedUntil = now + blockDuration;
    }
    const { expiries, first, blockedUntil } = hits;
    return Promise.resolve({
      totalHits: live(hits),
      timeToExpire: seconds(expiries[first]! - now),
      isBlocked: blockedUntil > now,
      timeToBlockExpire: seconds(blockedUntil - now),
    });
  }

  /** Forgets who has not come for a while. */
  private sweep(now: number, ttl: number): void {
    this.sweepAt = now + ttl;
    for (const [key, hits] of this.keys) {
      if (hits.blockedUntil <= now && hits.expiries.at(-1)! <= now) this.keys.delete(key);
    }
  }
}

const live = ({ expiries, first }: Hits): number => expiries.length - first;

const seconds = (milliseconds: number): number => Math.max(0, Math.ceil(milliseconds / 1000));

function prune(hits: Hits, now: number): void {
  while (hits.first < hits.expiries.length && hits.expiries[hits.first]! <= now) hits.first++;
  if (hits.first < MOST_EXPIRED) return;
  hits.expiries.splice(0, hits.first);
  hits.first = 0;
}
