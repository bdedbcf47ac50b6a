import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { Store, UnitOfWork } from '@libs/persistence';
import { BoundPayments, Fees, Reversals } from '../../billing';
import { Audit } from '../../identity';
import { SubscriptionStates } from '../subscriptions/subscription-states';
import { In } from 'typeorm';
import type { CancelTopUp } from './prepaid.dto';
import { PrepaidTopUp, type TopUpState } from './prepaid.entity';
import { PrepaidMeters } from './prepaid-meters';
import { PREPAID } from './prepaid.problems';
import { TokenVendors } from './token-vendor';
import { DOCUMENT } from './top-ups';

const STANDS: TopUpState[] = ['SOLD', 'VENDED'];

/** What happens to a top-up once it is sold: its token is given out, it is cancelled. */
@Injectable()
export class TopUpActs implements OnModuleInit {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly meters: PrepaidMeters,
    private readonly vendors: TokenVendors,
    private readonly bound: BoundPayments,
    private readonly reversals: Reversals,
    private readonly fees: Fees,
    private readonly states: SubscriptionStates,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bound.register(async (paymentId) => {
      const topUp = await this.store.reads(PrepaidTopUp).findOneBy({ paymentId, state: In(STANDS) });
      return topUp && { type: DOCUMENT, id: topUp.id };
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<PrepaidTopUp> {
    const topUp = await this.store.reads(PrepaidTopUp).findOneBy({ id });
    if (!topUp) throw new Problem('http.not-found');
    return topUp;
  }

  /**
   * Its token, the same however often it is asked.
   * @throws {Problem} http.not-found; water.top-up-state, prepaid-meter-gone, vendor-none, vendor-failed
   */
  async vend(id: number): Promise<PrepaidTopUp> {
    const { state, token: known, litres, subscriptionId, meterId } = await this.get(id);
    if (state === 'CANCELLED') throw new Problem(PREPAID['water.top-up-state']);
    if (known === null) {
      const decoderNumber = await this.meters.decoderAt(subscriptionId, meterId);
      const token = await this.vendors.token({ reference: `${DOCUMENT}:${id}`, decoderNumber, litres });
      await this.uow.run(async () => {
        const given = { state: 'VENDED', token, vendedAt: this.clock.now() } as const;
        // Cancelled, or given out by another, meanwhile: the answer says which.
        if ((await this.store.update(PrepaidTopUp, { id, state: 'SOLD' }, given)) === 0) return;
        await this.audit.record({ action: 'water.top-up-vended', detail: { id } });
      });
    }
    const now = await this.get(id);
    if (now.state === 'CANCELLED') throw new Problem(PREPAID['water.top-up-state']);
    return now;
  }

  /**
   * Takes payment and charges back, in one unit: the money goes out as billing's void or reversal says. Water that a token
   * has given cannot be taken back: once it was given out, it has to be stated that it was not entered.
   * @throws {Problem} http.not-found; water.top-up-state, token-given-out, top-up-not-last; as Reversals.void and reverse
   */
  cancel(id: number, { undo, reason, payingShiftId, tokenNotEntered = false }: CancelTopUp, by: Principal) {
    return this.uow.run(async () => {
      const { subscriptionId, accountId, month, endedOn, soldAt, receiptSerial, chargeIds } = await this.get(id);
      const cancelled = { cancelledBy: by.userId, cancelledAt: this.clock.now(), cancelReason: reason };
      const may = tokenNotEntered ? STANDS : (['SOLD'] satisfies TopUpState[]);
      const changed = await this.store.update(
        PrepaidTopUp,
        { id, state: In(may) },
        { state: 'CANCELLED', ...cancelled },
      );
      if (changed === 0) {
        const { state } = await this.get(id);
        throw new Problem(PREPAID[state === 'CANCELLED' ? 'water.top-up-state' : 'water.token-given-out']);
      }
      const how = { reason, ...(payingShiftId !== undefined && { payingShiftId }) };
      await (undo === 'VOID'
        ? this.reversals.void(receiptSerial, how, by)
        : this.reversals.reverse(receiptSerial, how, by));
      await this.fees.takeBack(chargeIds, { reason, document: { type: DOCUMENT, id }, by: by.userId });
      // No top-up is priced on this one from here on.
      await this.states.hold(subscriptionId);
      // Later by the time: ids of two processes are of blocks of their own.
      const others = await this.store
        .reads(PrepaidTopUp)
        .findBy({ subscriptionId, accountId, month, state: In(STANDS) });
      const onTop = others.filter((each) => each.endedOn === endedOn);
      if (onTop.some((each) => each.soldAt > soldAt || (each.soldAt === soldAt && each.id > id)))
        throw new Problem(PREPAID['water.top-up-not-last']);
      const detail = { id, subscriptionId, reason, tokenNotEntered, receipt: receiptSerial };
      await this.audit.record({ action: 'water.top-up-cancelled', detail });
      return this.get(id);
    });
  }
}
