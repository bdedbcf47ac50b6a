import { Injectable } from '@nestjs/common';
import { pageOf, Problem, skipped, type Page, type PageQuery, type Principal } from '@libs/http';
import { IdBlock, Store } from '@libs/persistence';
import { MoreThan, type FindOptionsWhere } from 'typeorm';
import { Staff } from '../../identity';
import { OneRecord } from '../one-records/one-record.entity';
import { firstBroken, genesis } from './chain';
import { LinkTransaction } from './transaction.entity';
import { sequenceOf } from './transactions';
import type { ChainView, TransactionsQuery, TransactionView } from './transactions.dto';

const CHUNK = 500;
const SEES_DOCUMENTS = 'citizens.one-record.read-document';

/** The log of all changes as auditors read it. */
@Injectable()
export class LedgerService {
  constructor(
    private readonly store: Store,
    private readonly staff: Staff,
  ) {}

  list({ year, action, employeeId, ...page }: TransactionsQuery, by: Principal): Promise<Page<TransactionView>> {
    return this.page(
      [{ ...(year && { year }), ...(action && { action }), ...(employeeId && { employeeId }) }],
      page,
      by,
    );
  }

  /** Newest first, with those of merges and splits from either side. */
  async ofRecord(id: number, query: PageQuery, by: Principal): Promise<Page<TransactionView>> {
    if (!(await this.store.reads(OneRecord).existsBy({ id }))) throw new Problem('http.not-found');
    return this.page([{ oneRecordId: id }, { relatedRecordId: id }], query, by);
  }

  /** Computes the chain of a year again, from its first transaction to the last number given out. */
  async verify(year: number): Promise<ChainView> {
    let transactions: number;
    let last = { number: 0, hash: genesis(year) };
    let broken: number | null;
    for (;;) {
      // Before each chunk: what is counted is there to be read, also while others go on writing.
      const counter = await this.store.reads(IdBlock).findOneBy({ name: sequenceOf(year) });
      transactions = counter ? counter.nextId - 1 : 0;
      const chunk = await this.store.reads(LinkTransaction).find({
        where: { year, number: MoreThan(last.number) },
        order: { number: 'ASC' },
        take: CHUNK,
      });
      broken = firstBroken(chunk, last);
      if (broken !== null || chunk.length === 0) break;
      last = chunk[chunk.length - 1]!;
    }
    // Rows cut off the end leave a chain that holds; the counter still knows them.
    if (broken === null && last.number !== transactions) broken = Math.min(last.number, transactions) + 1;
    const lastHash = last.number > 0 ? last.hash : null;
    return { year, transactions, intact: broken === null, firstBroken: broken, lastHash };
  }

  private async page(where: FindOptionsWhere<LinkTransaction>[], query: PageQuery, by: Principal) {
    const [rows, total] = await this.store.reads(LinkTransaction).findAndCount({
      where,
      order: { year: 'DESC', number: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    const names = await this.staff.names(rows.flatMap(({ employeeId }) => employeeId ?? []));
    const hideStates = !by.permissions.has(SEES_DOCUMENTS);
    const items = rows.map(({ id: _, year, number, before, after, ...said }) => ({
      transactionNumber: `${year}/${number}`,
      ...said,
      before: hideStates ? null : before,
      after: hideStates ? {} : after,
      employeeName: said.employeeId === null ? null : (names.get(said.employeeId) ?? null),
    }));
    return pageOf(query, items, total);
  }
}
