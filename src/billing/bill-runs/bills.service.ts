import { Injectable } from '@nestjs/common';
import { pageOf, Problem, skipped, type Page } from '@libs/http';
import { Store } from '@libs/persistence';
import { In, type FindOptionsWhere } from 'typeorm';
import { contentHash } from '../../documents';
import { Accounts } from '../accounts/accounts';
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
    private readonly runs: BillRuns,
  ) {}

  /** By account. @throws {Problem} http.not-found */
  async ofRun(runId: number, query: BillsQuery): Promise<Page<BillSummary>> {
    await this.runs.get(runId);
    return this.page({ runId }, query, { accountId: 'ASC' });
  }

  /** Newest period first; drafts are left out. @throws {Problem} http.not-found */
  async ofAccount(accountId: number, query: BillsQuery): Promise<Page<BillSummary>> {
    await this.accounts.get(accountId);
    return this.page({ accountId, state: NO_DRAFT }, query, { period: 'DESC', id: 'DESC' });
  }

  /** Of all accounts of a OneRecord, as {@link ofAccount}. @throws {Problem} http.not-found */
  async ofRecord(oneRecordId: number, query: BillsQuery): Promise<Page<BillSummary>> {
    const ids = (await this.accounts.ofRecord(oneRecordId)).map(({ account }) => account.id);
    return this.page({ accountId: In(ids), state: NO_DRAFT }, query, { period: 'DESC', id: 'DESC' });
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

  private async page(
    where: FindOptionsWhere<Bill>,
    query: BillsQuery,
    order: { [name in keyof Bill]?: 'ASC' | 'DESC' },
  ): Promise<Page<BillSummary>> {
    const [rows, total] = await this.store.reads(Bill).findAndCount({
      select: SUMMARY,
      where: { ...where, ...(query.state && { state: query.state as BillState }) },
      order,
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }
}

const NO_DRAFT = In(['POSTED', 'ISSUED', 'REVERSED']);

const SUMMARY = {
  ...{ id: true, runId: true, accountId: true, serial: true, feeder: true, period: true, edition: true },
  ...{ state: true, currency: true, amount: true },
};

function genuine(bill: Bill): IssuedBill {
  const content = JSON.parse(bill.content!) as BillContent;
  if (contentHash(content) !== bill.contentHash) throw new Problem(BILL_RUNS['billing.bill-altered']);
  return { bill, content };
}
