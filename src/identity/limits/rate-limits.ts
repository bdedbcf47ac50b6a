import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem } from '@libs/http';
import { isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { RateLimit } from './rate-limit.entity';
import { takeOne, type Rate } from './rate-limit.rules';

export interface Limited extends Rate {
  /** Which limit: `citizens.login-address`. */
  name: string;
  /** What is counted: an address, a phone, a login as it was typed. */
  key: string;
}

const idOf = ({ name, key }: Limited): string => createHash('sha256').update(`${name}:${key}`).digest('hex');

/** Limits of requests by what they come from or ask about, in the database, so that all processes count together. */
@Injectable()
export class RateLimits {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes one of each limit, or of none when one of them is used up.
   * @throws {Problem} http.too-many-requests with Retry-After, whatever the requests ask about
   */
  async take(...limits: Limited[]): Promise<void> {
    // In one order, so that two requests never wait for each other.
    const sorted = limits.map((limit) => ({ id: idOf(limit), rate: limit })).sort((a, b) => (a.id < b.id ? -1 : 1));
    try {
      await this.uow.run(async () => {
        for (const { id, rate } of sorted) await this.takeOf(id, rate);
      });
    } catch (error) {
      // Two first requests at once: the loser of the primary key finds the row that the winner has made.
      if (isUniqueViolation(error)) return this.take(...limits);
      throw error;
    }
  }

  private async takeOf(id: string, rate: Rate): Promise<void> {
    const now = this.clock.now();
    // Locks the row: what is read of it next stays true.
    const isKnown = (await this.store.update(RateLimit, { id }, { id })) === 1;
    const row = isKnown ? await this.store.reads(RateLimit).findOneBy({ id }) : null;
    const taken = takeOne(row?.usedUntil ?? null, now, rate);
    if ('waitSeconds' in taken) {
      throw new Problem('http.too-many-requests', { retryAfterSeconds: taken.waitSeconds });
    }
    if (isKnown) await this.store.update(RateLimit, { id }, taken);
    else await this.store.insert(RateLimit, { id, ...taken });
  }
}
