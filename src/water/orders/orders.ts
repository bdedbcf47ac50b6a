import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { LessThan } from 'typeorm';
import { Arrears } from '../../billing';
import { Audit } from '../../identity';
import {
  Subscription,
  type Disconnection,
  type Protection,
  type SubscriptionState,
} from '../subscriptions/subscription.entity';
import { SubscriptionStates, TRANSITIONS } from '../subscriptions/subscription-states';
import { SUBSCRIPTIONS } from '../subscriptions/subscriptions.problems';
import { CutNotice } from './cut.entity';
import { CutNotices } from './cut-notices';
import { CutSubjects } from './cut-subjects';
import { Exemptions, type Hindrance } from './exemptions';
import { WaterOrder, type OrderKind } from './order.entity';
import type { ListOrders, OrderCuts } from './orders.dto';
import { ORDERS } from './orders.problems';

/** Notices that one call makes orders of. */
const MOST_NOTICES = 5000;

export interface OrderedCuts {
  orders: WaterOrder[];
  /** Paid or in a plan meanwhile: their notices are cancelled. */
  cancelled: { serial: string; why: Hindrance }[];
  /** Exempt at present, or not to be cut as they stand: their notices stay. */
  left: { serial: string; why: Hindrance | { code: 'NOT_ACTIVE'; detail: SubscriptionState } }[];
}

/** Orders, and those to cut water. Locks: accounts, then subscriptions, each ascending. */
@Injectable()
export class Orders {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly states: SubscriptionStates,
    private readonly notices: CutNotices,
    private readonly subjects: CutSubjects,
    private readonly exemptions: Exemptions,
    private readonly arrears: Arrears,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<WaterOrder> {
    const order = await this.store.reads(WaterOrder).findOneBy({ id });
    if (!order) throw new Problem('http.not-found');
    return order;
  }

  /** Those that wait the longest first. */
  async list({ state, kind, subscriptionId, ...query }: ListOrders): Promise<Page<WaterOrder>> {
    const where = { ...(state && { state }), ...(kind && { kind }), ...(subscriptionId && { subscriptionId }) };
    const page = { skip: skipped(query), take: query.pageSize };
    const [rows, total] = await this.store
      .reads(WaterOrder)
      .findAndCount({ where, order: { issuedAt: 'ASC', id: 'ASC' }, ...page });
    return pageOf(query, rows, total);
  }

  /** Of served notices whose days to pay are over, the oldest first. */
  cutForDebt({ runId }: OrderCuts, by: Principal): Promise<OrderedCuts> {
    const today = localDateOf(this.clock.now());
    return this.uow.run(async () => {
      const where = { state: 'SERVED' as const, deadlineOn: LessThan(today), ...(runId && { runId }) };
      const order = { deadlineOn: 'ASC' as const, id: 'ASC' as const };
      const due = await this.store.reads(CutNotice).find({ where, order, take: MOST_NOTICES });
      await this.arrears.hold(due.map(({ accountId }) => accountId));
      await this.store.hold(Subscription, due.map(({ subscriptionId }) => subscriptionId)); // prettier-ignore
      const subjects = await this.subjects.byId(due.map(({ subscriptionId }) => subscriptionId));
      const hindrances = await this.exemptions.hindrances(due, subjects, today);
      const ordered = await this.exemptions.ordered([...subjects.keys()]);
      const result: OrderedCuts = { orders: [], cancelled: [], left: [] };
      for (const notice of due) {
        const { serial, subscriptionId } = notice;
        const why = hindrances.get(subscriptionId);
        const { state } = subjects.get(subscriptionId)!;
        if (why && ends(why)) {
          await this.store.updateVersioned(CutNotice, notice, this.notices.ended(why.code));
          result.cancelled.push({ serial, why });
        } else if (why) result.left.push({ serial, why });
        else if (ordered.has(subscriptionId)) result.left.push({ serial, why: { code: 'ORDER_OPEN', detail: null } });
        else if (state !== 'ACTIVE') result.left.push({ serial, why: { code: 'NOT_ACTIVE', detail: state } });
        else {
          await this.store.updateVersioned(CutNotice, notice, { state: 'ORDERED' });
          result.orders.push(await this.write('DISCONNECT', 'DEBT', subscriptionId, by, { noticeId: notice.id }));
        }
      }
      return result;
    });
  }

  /**
   * At the subscriber's request, or for what was done to the meter.
   * @throws {Problem} http.not-found; water.cut-exempt, subscription-state, order-open
   */
  cut(
    subscriptionId: number,
    cause: Exclude<Disconnection, 'DEBT'>,
    reason: string,
    by: Principal,
  ): Promise<WaterOrder> {
    return this.uow.run(async () => {
      const { state, protection } = await this.states.hold(subscriptionId);
      refuseProtected(cause, protection);
      const to = cause === 'REQUEST' ? 'TEMP_CLOSED' : 'DISCONNECTED';
      if (!TRANSITIONS[state].includes(to))
        throw new Problem(SUBSCRIPTIONS['water.subscription-state'], { extra: { state, to } });
      return this.issue('DISCONNECT', cause, subscriptionId, by, { reason });
    });
  }

  /** In the active unit: no payment meanwhile, and nobody else at the subscription. @throws {Problem} http.not-found */
  async holdWithAccount(subscriptionId: number): Promise<Subscription> {
    return (await this.states.holdWithAccounts([subscriptionId]))[0]!;
  }

  /** In the active unit. @throws {Problem} water.order-open */
  async issue(
    kind: OrderKind,
    cause: Disconnection,
    subscriptionId: number,
    by: Principal,
    more: Partial<Pick<WaterOrder, 'noticeId' | 'dueAt' | 'reason'>>,
  ): Promise<WaterOrder> {
    if (await this.store.reads(WaterOrder).existsBy({ openSubscriptionId: subscriptionId })) {
      throw new Problem(ORDERS['water.order-open']);
    }
    return this.write(kind, cause, subscriptionId, by, more);
  }

  /** At a subscription without an open order. */
  private async write(
    kind: OrderKind,
    cause: Disconnection,
    subscriptionId: number,
    by: Principal,
    more: Partial<Pick<WaterOrder, 'noticeId' | 'dueAt' | 'reason'>>,
  ): Promise<WaterOrder> {
    const order: WaterOrder = {
      ...{ id: await this.ids.one(), version: 1, kind, cause, state: 'ISSUED', subscriptionId },
      ...{ openSubscriptionId: subscriptionId, noticeId: null, fieldListId: null, dueAt: null, feeChargeIds: [] },
      ...{ reason: null, issuedBy: by.userId, issuedAt: this.clock.now(), executedOn: null, reading: null, seal: null },
      ...{ photo: null, endedBy: null, endedAt: null, endReason: null, ...more },
    };
    await this.store.insert(WaterOrder, order);
    await this.audit.record({
      action: 'water.order-issued',
      detail: { orderId: order.id, kind, cause, subscriptionId },
    });
    return order;
  }
}

/** Where a life depends on it water is cut for nothing but its own request. @throws {Problem} water.cut-exempt */
export function refuseProtected(cause: Disconnection, protection: Protection | null): void {
  if (cause !== 'TAMPER' || protection === null) return;
  throw new Problem(ORDERS['water.cut-exempt'], { extra: { why: protection, detail: null } });
}

/** Whether there is nothing to cut for any more. */
export const ends = ({ code }: Hindrance): boolean => code === 'PAID' || code === 'PLAN';
