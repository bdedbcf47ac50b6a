import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../identity';
import { Installation } from '../meters/meter.entity';
import { Subscription, type Protection, type SubscriptionState } from './subscription.entity';
import { SubscriptionStates, TRANSITIONS } from './subscription-states';
import { SUBSCRIPTIONS } from './subscriptions.problems';
import { Subscriptions, type SubscriptionDetail } from './subscriptions';

/** What the office does to a subscription by hand; water is cut and restored by orders alone. */
export const BY_HAND = ['HOLD', 'ACTIVE', 'CLOSED'] as const satisfies readonly SubscriptionState[];

@Injectable()
export class SubscriptionActs {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly subscriptions: Subscriptions,
    private readonly states: SubscriptionStates,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** ACTIVE only out of HOLD. @throws {Problem} http.not-found; water.subscription-state, meter-stands @throws {StaleVersionError} */
  change(target: Versioned, to: (typeof BY_HAND)[number], reason: string, by: Principal): Promise<SubscriptionDetail> {
    return this.uow.run(async () => {
      const subscription = await this.current(target);
      const { id, state } = subscription;
      if (to === 'ACTIVE' && state !== 'HOLD' && TRANSITIONS[state].includes(to)) {
        throw new Problem(SUBSCRIPTIONS['water.subscription-state'], { extra: { state, to } });
      }
      if (to === 'CLOSED' && (await this.store.reads(Installation).existsBy({ openSubscriptionId: id }))) {
        throw new Problem(SUBSCRIPTIONS['water.meter-stands']);
      }
      await this.states.move(subscription, { to, on: localDateOf(this.clock.now()), by: by.userId, reason });
      await this.audit.record({ action: 'water.subscription-state', detail: { subscriptionId: id, to, reason } });
      return this.subscriptions.get(id);
    });
  }

  /** @throws {Problem} http.not-found @throws {StaleVersionError} */
  protect(
    target: Versioned,
    protection: Protection | null,
    reason: string,
    by: Principal,
  ): Promise<SubscriptionDetail> {
    return this.uow.run(async () => {
      const { id, protection: before } = await this.current(target);
      await this.store.updateVersioned(Subscription, target, { protection });
      const event = { subscriptionId: id, kind: 'PROTECTION', fromState: before, toState: protection, reason };
      await this.subscriptions.record({ ...event, recordedBy: by.userId });
      await this.audit.record({ action: 'water.subscription-protected', detail: { subscriptionId: id, protection } });
      return this.subscriptions.get(id);
    });
  }

  private async current(target: Versioned): Promise<Subscription> {
    const { subscription } = await this.subscriptions.get(target.id);
    if (subscription.version !== target.version) throw new StaleVersionError(Subscription.name, target.id);
    return subscription;
  }
}
