import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery } from '@libs/http';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Arrears } from '../../billing';
import { WaterRequest, WaterRequestStep, type RequestState } from './request.entity';
import { nextStep } from './request.rules';
import type { ListRequests } from './requests.dto';

/** A request beside where it stands: FEES_DUE whose charges are settled is PAID. */
export interface RequestNow {
  request: WaterRequest;
  standing: RequestState;
  /** What is to be done next; null when nothing is, or when a payment is waited for. */
  next: RequestState | null;
}

/** Requests as they stand, and the work that they are. */
@Injectable()
export class Requests {
  constructor(
    private readonly store: Store,
    private readonly arrears: Arrears,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<RequestNow> {
    const request = await this.store.reads(WaterRequest).findOneBy({ id });
    if (!request) throw new Problem('http.not-found');
    return (await this.now([request]))[0]!;
  }

  steps(requestId: number): Promise<WaterRequestStep[]> {
    return this.store.reads(WaterRequestStep).find({ where: { requestId }, order: { doneAt: 'ASC', id: 'ASC' } });
  }

  /** What is due first. Those that wait for a payment are few: PAID and FEES_DUE are told apart over all of them. */
  async list({ state, kind, oneRecordId, subscriptionId, overdue, ...query }: ListRequests): Promise<Page<RequestNow>> {
    const atFees = state === 'PAID' || state === 'FEES_DUE';
    const found = this.store.query(WaterRequest, 'r').where('1 = 1');
    if (state) found.andWhere('r.state = :state', { state: atFees ? 'FEES_DUE' : state });
    if (kind) found.andWhere('r.kind = :kind', { kind });
    if (oneRecordId) found.andWhere('r.oneRecordId = :oneRecordId', { oneRecordId });
    if (subscriptionId) found.andWhere('r.subscriptionId = :subscriptionId', { subscriptionId });
    if (overdue) found.andWhere('r.dueOn < :today', { today: localDateOf(this.clock.now()) });
    found.orderBy('r.dueOn').addOrderBy('r.id');
    const [from, size] = [skipped(query), query.pageSize];
    if (atFees) {
      const standing = (await this.now(await found.getMany())).filter((each) => each.standing === state);
      return pageOf(query, standing.slice(from, from + size), standing.length);
    }
    const [rows, total] = await found.offset(from).limit(size).getManyAndCount();
    return pageOf(query, await this.now(rows), total);
  }

  /** Those that a record asked for, newest first. */
  async ofRecords(oneRecordIds: readonly number[], query: PageQuery): Promise<Page<RequestNow>> {
    const [rows, total] = await this.store.reads(WaterRequest).findAndCount({
      where: { oneRecordId: In([...oneRecordIds]) },
      order: { submittedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, await this.now(rows), total);
  }

  async now(requests: readonly WaterRequest[]): Promise<RequestNow[]> {
    const waiting = requests.filter(({ state }) => state === 'FEES_DUE').flatMap(({ feeChargeIds }) => feeChargeIds);
    const outstanding = await this.arrears.outstanding(waiting);
    return requests.map((request) => {
      const { state, kind, feeChargeIds } = request;
      const paid = state === 'FEES_DUE' && feeChargeIds.every((id) => (outstanding.get(id) ?? 0) === 0);
      const standing = paid ? 'PAID' : state;
      return { request, standing, next: standing === 'FEES_DUE' ? null : nextStep(kind, standing) };
    });
  }
}
