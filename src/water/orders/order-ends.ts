import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Fees } from '../../billing';
import { Audit } from '../../identity';
import { SubscriptionStates } from '../subscriptions/subscription-states';
import { CutNotice } from './cut.entity';
import { cutAllowed } from './cut.rules';
import { CutNotices } from './cut-notices';
import { CutSubjects } from './cut-subjects';
import { Exemptions, type Hindrance } from './exemptions';
import { WaterOrder } from './order.entity';
import type { ExecuteOrder } from './orders.dto';
import { ends, Orders, refuseProtected } from './orders';
import { ORDERS } from './orders.problems';

/** How an order ends: EXECUTED, FAILED or CANCELLED. */
@Injectable()
export class OrderEnds {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly orders: Orders,
    private readonly states: SubscriptionStates,
    private readonly notices: CutNotices,
    private readonly subjects: CutSubjects,
    private readonly exemptions: Exemptions,
    private readonly fees: Fees,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A cut for debt that was paid or put into a plan since is CANCELLED instead, and the water stays on: the caller sees it
   * by the state. The account is held, so that no payment comes in between.
   * @throws {Problem} http.not-found, http.invalid; water.cut-order-state, before-holiday, cut-exempt, subscription-state
   * @throws {StaleVersionError}
   */
  execute(target: Versioned, input: ExecuteOrder, by: Principal): Promise<WaterOrder> {
    const { on, reading = null, seal = null, photo = null } = input;
    return this.uow.run(async () => {
      const order = await this.open(target);
      const { id, kind, cause, subscriptionId, noticeId, issuedAt } = order;
      if (on < localDateOf(issuedAt) || on > localDateOf(this.clock.now())) {
        throw invalidField('/on', 'day');
      }
      const subscription = await this.orders.holdWithAccount(subscriptionId);
      if (kind === 'DISCONNECT') refuseProtected(cause, subscription.protection);
      if (kind === 'DISCONNECT' && cause === 'DEBT') {
        const why = (await this.hindrances([order])).get(subscriptionId);
        if (why && ends(why)) return this.cancelled(order, why);
        if (why) throw new Problem(ORDERS['water.cut-exempt'], { extra: { why: why.code, detail: why.detail } });
        if (!cutAllowed(on, await this.exemptions.holidays(on))) throw new Problem(ORDERS['water.before-holiday']);
      }
      await this.end(order, { state: 'EXECUTED', executedOn: on, reading, seal, photo }, by.userId);
      const to = kind === 'RECONNECT' ? 'ACTIVE' : cause === 'REQUEST' ? 'TEMP_CLOSED' : 'DISCONNECTED';
      const document = { type: 'water-order', id };
      await this.states.move(subscription, { to, on, by: by.userId, disconnection: cause, document });
      if (noticeId !== null) await this.store.update(CutNotice, { id: noticeId }, { openSubscriptionId: null, endedAt: this.clock.now() }); // prettier-ignore
      return this.orders.get(id);
    });
  }

  /**
   * Nobody could: the notice stands as before, and another order may follow, which is charged in its turn.
   * @throws as {@link execute}; as Books.post
   */
  fail(target: Versioned, endReason: string, by: Principal): Promise<WaterOrder> {
    return this.giveUp(target, 'FAILED', endReason, by);
  }

  /** @throws as {@link execute} */
  cancel(target: Versioned, endReason: string, by: Principal): Promise<WaterOrder> {
    return this.giveUp(target, 'CANCELLED', endReason, by);
  }

  /** What stands in the way of open cuts for debt, by subscription. */
  async hindrances(orders: readonly WaterOrder[]): Promise<Map<number, Hindrance>> {
    const noticed = orders.flatMap(({ noticeId }) => (noticeId === null ? [] : [noticeId]));
    const rows = await this.store.selectIn<{
      id: number | string;
      run_id: number | string;
      subscription_id: number | string;
    }>((list) => `SELECT "id", "run_id", "subscription_id" FROM "water_cut_notices" WHERE "id" IN (${list})`, noticed);
    const notices = rows.map(({ id, run_id, subscription_id }) => {
      return { id: Number(id), runId: Number(run_id), subscriptionId: Number(subscription_id) };
    });
    const subjects = await this.subjects.byId(notices.map(({ subscriptionId }) => subscriptionId));
    return this.exemptions.hindrances(notices, subjects, localDateOf(this.clock.now()));
  }

  /** In the active unit: a payment or a plan has done away with the reason. */
  async cancelled(order: WaterOrder, why: Hindrance): Promise<WaterOrder> {
    await this.end(order, { state: 'CANCELLED', endReason: why.code }, null);
    if (order.noticeId !== null)
      await this.store.update(CutNotice, { id: order.noticeId }, this.notices.ended(why.code));
    return this.orders.get(order.id);
  }

  private giveUp(
    target: Versioned,
    state: 'FAILED' | 'CANCELLED',
    endReason: string,
    by: Principal,
  ): Promise<WaterOrder> {
    return this.uow.run(async () => {
      const order = await this.open(target);
      const { id, feeChargeIds, subscriptionId } = order;
      if (feeChargeIds.length > 0) await this.orders.holdWithAccount(subscriptionId);
      await this.end(order, { state, endReason }, by.userId);
      const document = { type: 'water-order', id };
      if (feeChargeIds.length > 0)
        await this.fees.takeBack(feeChargeIds, { reason: endReason, document, by: by.userId });
      if (order.noticeId !== null) await this.store.update(CutNotice, { id: order.noticeId }, { state: 'SERVED' });
      return this.orders.get(order.id);
    });
  }

  private async end(order: WaterOrder, changes: Partial<WaterOrder>, endedBy: number | null): Promise<void> {
    const ended = { ...changes, openSubscriptionId: null, endedBy, endedAt: this.clock.now() };
    await this.store.updateVersioned(WaterOrder, order, ended);
    const { state, endReason } = changes;
    await this.audit.record({ action: 'water.order-ended', detail: { orderId: order.id, state, endReason } });
  }

  private async open(target: Versioned): Promise<WaterOrder> {
    const order = await this.orders.get(target.id);
    if (order.version !== target.version) throw new StaleVersionError(WaterOrder.name, target.id);
    if (order.state !== 'ISSUED') throw new Problem(ORDERS['water.cut-order-state'], { extra: { state: order.state } });
    return order;
  }
}
