import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Instant } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { In } from 'typeorm';
import { afterFailure, isLocked } from './lockout.rules';
import { LoginGuard } from './session.entities';

const idOf = (username: string): string => createHash('sha256').update(username).digest('hex');

/** Counts failed logins by name, so that a name nobody has locks like any other. */
@Injectable()
export class LoginGuards {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @returns the end of the lock, null when the name is free */
  async lockOf(username: string): Promise<Instant | null> {
    return (await this.locksOf([username])).get(username) ?? null;
  }

  /** The names that are locked, of at most a page of them, with the ends of their locks. */
  async locksOf(usernames: readonly string[]): Promise<Map<string, Instant>> {
    const now = this.clock.now();
    const names = new Map(usernames.map((username) => [idOf(username), username]));
    const guards = names.size > 0 ? await this.store.reads(LoginGuard).findBy({ id: In([...names.keys()]) }) : [];
    const locked = guards.filter((guard) => isLocked(guard, now));
    return new Map(locked.map(({ id, lockedUntil }) => [names.get(id)!, lockedUntil!]));
  }

  /** Runs `work` in a unit of work of its own, in which nobody else counts for this name, with what {@link lockOf} says. */
  async judge<T>(username: string, work: (lockedUntil: Instant | null) => Promise<T>): Promise<T> {
    try {
      return await this.uow.run(async () => {
        await this.hold(idOf(username));
        return work(await this.lockOf(username));
      });
    } catch (error) {
      // Two first attempts of a name at once: the loser of the index finds the row that the winner has made.
      if (isUniqueViolation(error)) return this.judge(username, work);
      throw error;
    }
  }

  /** Inside {@link judge}. @returns the end of the lock when this failure was the one too many */
  async fail(username: string): Promise<Instant | null> {
    const id = idOf(username);
    const now = this.clock.now();
    const known = await this.store.reads(LoginGuard).findOneByOrFail({ id });
    const { failures, lockedUntil } = afterFailure(known, now, this.config);
    await this.store.update(LoginGuard, { id }, { failures: [...failures], lockedUntil });
    return lockedUntil;
  }

  /** Takes the lock of the name's row, making the row first when there is none: what is read next stays true. */
  private async hold(id: string): Promise<void> {
    const touchedAt = this.clock.now();
    if ((await this.store.update(LoginGuard, { id }, { touchedAt })) === 1) return;
    await this.store.insert(LoginGuard, { id, failures: [], lockedUntil: null, touchedAt });
  }

  /** @returns whether there was anything to forget */
  async clear(username: string): Promise<boolean> {
    return (await this.store.remove(LoginGuard, { id: idOf(username) })) > 0;
  }
}
