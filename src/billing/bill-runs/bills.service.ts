import { Injectable } from '@nestjs/common';
import { pageOf, Problem, skipped, type Page } from '@libs/http';
import { Store } from '@libs/persistence';
import { readSerial } from '@libs/serial';
import { In, MoreThan, type SelectQueryBuilder } from 'typeorm';
import { OneRecords } from '../../citizens';
import { contentHash } from '../../documents';
import { Accounts, ACCOUNTS_OF_RECORD } from '../accounts/accounts';
import { Charge } from '../books/open-item.entity';
import type { BillContent } from './bill-content';
import { Bill, type BillState } from './bill-run.entity';
import { BILL_RUNS } from './bill-runs.problems';
import { BillRuns } from './bill-runs.service';
import type { BillsQuery, BillSummary } from './bills.dto';

export interface IssuedBill {
  bill: Bill;
  content: BillContent;
}

/** Bills as they were made and issued. */
@Injectable()
export class Bills {
  constructor(
    private readonly store: Store,
    private readonly accounts: Accounts,
    private readonly records: OneRecords,
    private readonly runs: BillRuns,
  ) {}

  /** By account. @throws {Problem} http.not-found */
  async ofRun(runId: number, query: BillsQuery): Promise<Page<BillSummary>> {
    await this.runs.get(runId);
    const [rows, total] = await this.store.reads(Bill).findAndCount({
      select: SUMMARY,
      where: { runId, ...(query.state && { state: query.state as BillState }) },
      order: { accountId: 'ASC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** Newest period first; drafts are left out. @throws {Problem} http.not-found */
  async ofAccount(accountId: number, query: BillsQuery): Promise<Page<BillSummary>> {
    await this.accounts.get(accountId);
    return this.newest(this.store.query(Bill, 'b').where('b.accountId = :accountId', { accountId }), query);
  }

  /** Of all accounts of a OneRecord, as {@link ofAccount}. @throws {Problem} http.not-found */
  async ofRecord(oneRecordId: number, query: BillsQuery): Promise<Page<BillSummary>> {
    const selves = await this.records.selves(oneRecordId);
    const found = this.store.query(Bill, 'b').where(`b.accountId IN (${ACCOUNTS_OF_RECORD})`, { oneRecordId, selves });
    return this.newest(found, query);
  }

  /** Whose a bill is, a draft is nobody's; null for none. */
  async accountOf(id: number): Promise<number | null> {
    const where = { id, state: In(NO_DRAFT) };
    return (await this.store.reads(Bill).findOne({ select: { id: true, accountId: true }, where }))?.accountId ?? null;
  }

  /** An issued bill by the number on its paper, as people type it; null for none. */
  async bySerial(typed: string): Promise<IssuedBill | null> {
    const read = readSerial(typed);
    const bill = read.ok ? await this.store.reads(Bill).findOneBy({ serial: read.serial, state: 'ISSUED' }) : null;
    return bill && genuine(bill);
  }

  /** The charges of a bill that are still owed, in part or whole, the oldest first. */
  openCharges({ postingId, accountId }: Bill): Promise<Pick<Charge, 'id' | 'outstanding'>[]> {
    return this.store.reads(Charge).find({
      select: { id: true, outstanding: true },
      where: { postingId: postingId!, accountId, outstanding: MoreThan(0) },
      order: { dueOn: 'ASC', id: 'ASC' },
    });
  }

  /** @throws {Problem} http.not-found; billing.bill-not-issued, bill-altered */
  async get(id: number): Promise<IssuedBill> {
    const bill = await this.store.reads(Bill).findOneBy({ id });
    if (!bill) throw new Problem('http.not-found');
    if (bill.content === null) throw new Problem(BILL_RUNS['billing.bill-not-issued']);
    return genuine(bill);
  }

  /**
   * The issued bills of a run in the order of their numbers, from `offset` on; those that were reversed are left out.
   * @throws {Problem} http.not-found; billing.bill-not-issued when there are none, bill-altered
   */
  async issuedOf(runId: number, offset: number, limit: number): Promise<IssuedBill[]> {
    await this.runs.get(runId);
    const bills = await this.store.reads(Bill).find({
      where: { runId, state: 'ISSUED' },
      order: { accountId: 'ASC' },
      skip: offset,
      take: limit,
    });
    if (bills.length === 0) throw new Problem(BILL_RUNS['billing.bill-not-issued']);
    return bills.map(genuine);
  }

  private async newest(found: SelectQueryBuilder<Bill>, query: BillsQuery): Promise<Page<BillSummary>> {
    found.select(Object.keys(SUMMARY).map((name) => `b.${name}`));
    found.andWhere('b.state IN (:...noDraft)', { noDraft: NO_DRAFT });
    if (query.state !== undefined) found.andWhere('b.state = :state', { state: query.state });
    found.orderBy('b.period', 'DESC').addOrderBy('b.id', 'DESC');
    const [rows, total] = await found.offset(skipped(query)).limit(query.pageSize).getManyAndCount();
    return pageOf(query, rows, total);
  }
}

const NO_DRAFT: BillState[] = ['POSTED', 'ISSUED', 'REVERSED'];

const SUMMARY = {
  ...{ id: true, runId: true, accountId: true, serial: true, feeder: true, period: true, edition: true },
  ...{ state: true, currency: true, amount: true },
};

function genuine(bill: Bill): IssuedBill {
  const content = JSON.parse(bill.content!) as BillContent;
  if (contentHash(content) !== bill.contentHash) throw new Problem(BILL_RUNS['billing.bill-altered']);
  return { bill, content };
}
