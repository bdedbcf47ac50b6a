import { Inject, Injectable } from '@nestjs/common';
import { normalizeText } from '@libs/arabic';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, skipped, type Page } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Staff } from '../../identity';
import type { SearchLogQuery, SearchLogView } from './rows.dto';
import { parseSearch } from './search-text';
import { SearchLogEntry, type Purpose, type QuestionKind } from './search.entities';

const LONGEST_QUESTION = 200;

/** Who has searched for whom, and why; it only grows. */
@Injectable()
export class SearchLog {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly staff: Staff,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record(userId: number, purpose: Purpose, text: string, hits: number): Promise<void> {
    await this.uow.run(async () =>
      this.store.insert(SearchLogEntry, {
        id: await this.ids.one(),
        at: this.clock.now(),
        userId,
        purpose,
        kind: kindOf(text),
        question: normalizeText(text).slice(0, LONGEST_QUESTION),
        hits,
      }),
    );
  }

  /** Newest first. */
  async list(query: SearchLogQuery): Promise<Page<SearchLogView>> {
    const { userId, purpose } = query;
    const where = { ...(userId && { userId }), ...(purpose && { purpose }) };
    const [rows, total] = await this.store
      .reads(SearchLogEntry)
      .findAndCount({ where, order: { at: 'DESC', id: 'DESC' }, skip: skipped(query), take: query.pageSize });
    const names = await this.staff.names(rows.map((row) => row.userId));
    return pageOf(
      query,
      rows.map((row) => ({ ...row, user: names.get(row.userId) ?? '' })),
      total,
    );
  }
}

function kindOf(text: string): QuestionKind {
  const { numbers, name } = parseSearch(text);
  if (numbers.length > 0) return name.length > 0 ? 'BOTH' : 'NUMBER';
  return name.length > 0 ? 'NAME' : 'NOTHING';
}
