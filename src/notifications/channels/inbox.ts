import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { In, IsNull } from 'typeorm';
import { InboxItem } from './channel.entities';

/** The inbox of records (one, and those merged into it); whoever asks has checked that they are theirs. */
@Injectable()
export class Inbox {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first: by their time, for each process gives ids of blocks of its own. */
  async list(oneRecordIds: readonly number[], query: PageQuery & { unread?: boolean }): Promise<Page<InboxItem>> {
    const [rows, total] = await this.store.reads(InboxItem).findAndCount({
      where: { oneRecordId: In([...oneRecordIds]), ...(query.unread && { readAt: IsNull() }) },
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  unread(oneRecordIds: readonly number[]): Promise<number> {
    return this.store.reads(InboxItem).countBy({ oneRecordId: In([...oneRecordIds]), readAt: IsNull() });
  }

  /** The first time counts. @throws {Problem} http.not-found, also for the message of another record */
  markRead(oneRecordIds: readonly number[], id: number): Promise<InboxItem> {
    return this.uow.run(async () => {
      await this.store.update(
        InboxItem,
        { id, oneRecordId: In([...oneRecordIds]), readAt: IsNull() },
        { readAt: this.clock.now() },
      );
      const item = await this.store.reads(InboxItem).findOneBy({ id, oneRecordId: In([...oneRecordIds]) });
      if (!item) throw new Problem('http.not-found');
      return item;
    });
  }

  /** @returns how many were unread */
  markAllRead(oneRecordIds: readonly number[]): Promise<number> {
    return this.uow.run(() =>
      this.store.update(
        InboxItem,
        { oneRecordId: In([...oneRecordIds]), readAt: IsNull() },
        { readAt: this.clock.now() },
      ),
    );
  }
}
