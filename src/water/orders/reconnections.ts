import { Inject, Injectable } from '@nestjs/common';
import { addDuration, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { Arrears, Fees } from '../../billing';
import { SUBSCRIPTIONS } from '../subscriptions/subscriptions.problems';
import { WaterOrder } from './order.entity';
import { Orders } from './orders';
import { ORDERS } from './orders.problems';

const RECONNECTION = 'RECONNECTION';

/** Orders to restore water. */
@Injectable()
export class Reconnections {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly orders: Orders,
    private readonly arrears: Arrears,
    private readonly fees: Fees,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Once what is overdue is paid or in a plan. The fee is charged unless it was.
   * @throws {Problem} http.not-found; water.subscription-state, order-open, debt-unsettled; as Books.post
   */
  order(subscriptionId: number, by: Principal, { charge = true } = {}): Promise<WaterOrder> {
    const now = this.clock.now();
    return this.uow.run(async () => {
      const { state, disconnection, accountId } = await this.orders.holdWithAccount(subscriptionId);
      if (state !== 'DISCONNECTED' && state !== 'TEMP_CLOSED') {
        throw new Problem(SUBSCRIPTIONS['water.subscription-state'], { extra: { state } });
      }
      const arrear = (await this.arrears.of([accountId], localDateOf(now))).get(accountId);
      const planned = (await this.arrears.exempt([accountId])).get(accountId) === 'inPlan';
      if (arrear && !planned)
        throw new Problem(ORDERS['water.debt-unsettled'], { extra: { owed: String(arrear.owed) } });
      const dueAt = addDuration(now, { hours: this.config.waterReconnectionHours });
      const order = await this.orders.issue('RECONNECT', disconnection ?? 'REQUEST', subscriptionId, by, { dueAt });
      const amount = charge ? (this.config.waterFees[RECONNECTION] ?? 0) : 0;
      if (amount === 0) return order;
      const feeChargeIds = await this.fees.charge({
        ...{ accountId, lines: [{ head: RECONNECTION, amount }], description: 'رسوم إعادة وصل المياه' },
        ...{ document: { type: 'water-order', id: order.id }, by: by.userId },
      });
      await this.store.update(WaterOrder, { id: order.id }, { feeChargeIds });
      return { ...order, feeChargeIds };
    });
  }
}
