import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { Store } from '@libs/persistence';
import { Fees, Transfers } from '../../billing';
import type { WaterOrder } from '../orders/order.entity';
import { OrderEnds } from '../orders/order-ends';
import { Orders } from '../orders/orders';
import { Route, Subscription } from '../subscriptions/subscription.entity';
import { SubscriptionStates } from '../subscriptions/subscription-states';
import { SUBSCRIPTIONS } from '../subscriptions/subscriptions.problems';
import type { WaterRequest } from './request.entity';
import { WORKFLOWS } from './request.rules';
import type { SurveyRequest } from './requests.dto';

/** What the steps before the work do, in the unit of the step; and what a refusal undoes. @returns what changes at the request */
@Injectable()
export class RequestEffects {
  constructor(
    private readonly store: Store,
    private readonly states: SubscriptionStates,
    private readonly orders: Orders,
    private readonly orderEnds: OrderEnds,
    private readonly transfers: Transfers,
    private readonly fees: Fees,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A transfer is proposed to billing, where another approves it; a disconnection is ordered. */
  async check(request: WaterRequest, by: Principal): Promise<Partial<WaterRequest>> {
    const { kind, subscriptionId, oneRecordId, details, number } = request;
    if (kind === 'TEMPORARY_DISCONNECT') return { orderId: (await this.cut(request, by)).id };
    if (kind === 'TRANSFER') {
      const { accountId } = await this.states.hold(subscriptionId);
      const { soldOn = '', contractNumber = '', reason = `طلب ${number}` } = details;
      const sale = { accountId, buyerId: oneRecordId, soldOn, reason, documentNumber: contractNumber };
      return { transferId: (await this.transfers.propose(sale, by)).id };
    }
    return {};
  }

  /** @throws {Problem} as Orders.cut */
  cut({ subscriptionId, details, number }: WaterRequest, by: Principal): Promise<WaterOrder> {
    return this.orders.cut(subscriptionId, 'REQUEST', details.reason ?? number, by);
  }

  /** Whether its order waits for the crew or was carried out. */
  async ordered({ orderId }: WaterRequest): Promise<boolean> {
    return orderId !== null && ['ISSUED', 'EXECUTED'].includes((await this.orders.get(orderId)).state);
  }

  /** Where the meter of a new subscription will be read, and how large it is. @throws {Problem} http.invalid */
  async survey(
    { kind, subscriptionId }: WaterRequest,
    { routeId, sequence, sizeMm, units }: SurveyRequest,
  ): Promise<void> {
    if (kind !== 'NEW_SUBSCRIPTION') return;
    if (routeId !== undefined && !(await this.store.reads(Route).existsBy({ id: routeId }))) {
      throw invalidField('/routeId', 'unknown');
    }
    const found = Object.entries({ routeId, sequence, sizeMm, units }).filter(([, value]) => value !== undefined);
    const subscription = await this.states.hold(subscriptionId);
    await this.store.updateVersioned(Subscription, subscription, Object.fromEntries(found) as Partial<Subscription>);
  }

  /** A new subscription is approved by it. @throws {Problem} as Books.post, Orders.holdWithAccount */
  async charge({ id, kind, number, subscriptionId }: WaterRequest, by: Principal): Promise<Partial<WaterRequest>> {
    const subscription = await this.orders.holdWithAccount(subscriptionId);
    const document = { type: 'water-request', id };
    if (kind === 'NEW_SUBSCRIPTION') {
      await this.states.move(subscription, { to: 'APPROVED', on: this.today(), by: by.userId, document });
    }
    const head = WORKFLOWS[kind].fee!;
    const amount = this.config.waterFees[head] ?? 0;
    if (amount === 0) return {};
    const { accountId } = subscription;
    const fee = { accountId, lines: [{ head, amount, detail: number }], description: `رسوم طلب ${number}` };
    return { feeChargeIds: await this.fees.charge({ ...fee, document, by: by.userId }) };
  }

  /** Fees are taken back, and so is what was begun: what was paid becomes an advance. */
  async undo(request: WaterRequest, reason: string, by: Principal): Promise<void> {
    const { id, kind, subscriptionId, feeChargeIds, transferId, orderId } = request;
    const document = { type: 'water-request', id };
    if (feeChargeIds.length > 0) await this.fees.takeBack(feeChargeIds, { reason, document, by: by.userId });
    if (transferId !== null) {
      const transfer = await this.transfers.get(transferId);
      if (transfer.state === 'PROPOSED') await this.transfers.reject(transfer, reason, by);
    }
    if (orderId !== null) {
      const order = await this.orders.get(orderId);
      if (order.state === 'ISSUED') await this.orderEnds.cancel(order, reason, by);
    }
    if (kind === 'NEW_SUBSCRIPTION') {
      const subscription = await this.states.hold(subscriptionId);
      if (subscription.state === 'ACTIVE') throw new Problem(SUBSCRIPTIONS['water.meter-stands']);
      await this.states.move(subscription, { to: 'CLOSED', on: this.today(), by: by.userId, reason, document });
    }
  }

  private readonly today = () => localDateOf(this.clock.now());
}
