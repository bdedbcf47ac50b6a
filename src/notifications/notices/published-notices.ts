import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { PublicNotice } from './notice.entity';

/** What the page and the feed show at most. */
const SHOWN = 50;

/** Notices that everybody may read, from when they are sent until their last day. */
@Injectable()
export class PublishedNotices {
  constructor(
    private readonly store: Store,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The newest first. */
  list(): Promise<PublicNotice[]> {
    const now = this.clock.now();
    return this.store
      .query(PublicNotice, 'n')
      .where('n.onWeb = :onWeb AND n.sendAt <= :now', { onWeb: true, now })
      .andWhere('n.state IN (:...states)', { states: ['APPROVED', 'SENDING', 'SENT'] })
      .andWhere('(n.webUntil IS NULL OR n.webUntil >= :today)', { today: localDateOf(now) })
      .orderBy('n.sendAt', 'DESC')
      .addOrderBy('n.id', 'DESC')
      .take(SHOWN)
      .getMany();
  }
}
