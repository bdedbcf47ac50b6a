import { Inject, Injectable } from '@nestjs/common';
import { addDuration, compare, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { idOf, newTokenId, tokenOf } from './link-token';
import { ShortLink } from './short-link.entity';

const OURS = /^\/(?!\/)[\w\-./?=&%~]{0,499}$/;

/** Short addresses for messages, `/s/…`: signed, and good for a while. */
@Injectable()
export class ShortLinks {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * In the caller's unit of work.
   * @param target a path of this system: a page or a document
   * @returns the path of the link, for a placeholder of the kind `link`
   * @throws {RangeError} for a target elsewhere
   */
  make(target: string, { days = this.config.shortLinkDays }: { days?: number } = {}): Promise<string> {
    return this.uow.run(async () => (await this.makeMany([target], days))[0]!);
  }

  /** As {@link make}, for many recipients at once; in the order of the targets. */
  makeMany(targets: readonly string[], days: number = this.config.shortLinkDays): Promise<string[]> {
    return this.uow.run(async () => {
      const odd = targets.find((target) => !OURS.test(target));
      if (odd !== undefined) throw new RangeError('a short link leads to a path of this system');
      const now = this.clock.now();
      const expiresAt = addDuration(now, { days });
      const ids = await this.ids.many(targets.length);
      const tokens = targets.map(() => newTokenId());
      const rows = targets.map((target, at) => [ids[at], tokens[at], target, 0, now, expiresAt]);
      await this.store.bulkInsert(ShortLink, COLUMNS, rows);
      return tokens.map((token) => `/s/${tokenOf(this.config.jwtSecret, token)}`);
    });
  }

  /** Where a link leads to; null for one that is unknown, forged or over. */
  async follow(token: string): Promise<string | null> {
    const tokenId = idOf(this.config.jwtSecret, token);
    const link = tokenId === null ? null : await this.store.reads(ShortLink).findOneBy({ tokenId });
    if (!link || compare(link.expiresAt, this.clock.now()) <= 0) return null;
    const used = { uses: () => '"uses" + 1' } as never;
    await this.uow.run(() => this.store.update(ShortLink, { id: link.id }, used));
    return link.target;
  }
}

const COLUMNS = ['id', 'tokenId', 'target', 'uses', 'createdAt', 'expiresAt'] as const;
