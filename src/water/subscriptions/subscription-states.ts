import { Injectable } from '@nestjs/common';
import type { LocalDate } from '@libs/calendar';
import { Problem } from '@libs/http';
import { Store } from '@libs/persistence';
import { In } from 'typeorm';
import { Arrears } from '../../billing';
import type { Disconnection, SubscriptionState } from './subscription.entity';
import { Subscription } from './subscription.entity';
import { SUBSCRIPTIONS } from './subscriptions.problems';
import { Subscriptions } from './subscriptions';

/** From each state to those that may follow. CLOSED is an end. */
export const TRANSITIONS: Readonly<Record<SubscriptionState, readonly SubscriptionState[]>> = {
  APPLIED: ['APPROVED', 'CLOSED'],
  APPROVED: ['ACTIVE', 'CLOSED'],
  ACTIVE: ['HOLD', 'DISCONNECTED', 'TEMP_CLOSED', 'CLOSED'],
  HOLD: ['ACTIVE', 'DISCONNECTED', 'TEMP_CLOSED', 'CLOSED'],
  DISCONNECTED: ['ACTIVE', 'CLOSED'],
  TEMP_CLOSED: ['ACTIVE', 'DISCONNECTED', 'CLOSED'],
  CLOSED: [],
};

export interface StateChange {
  to: SubscriptionState;
  on: LocalDate;
  by: number | null;
  /** With DISCONNECTED alone. */
  disconnection?: Disconnection;
  reason?: string | null;
  /** What brings it about, such as `order` or `request`. */
  document?: { type: string; id: number | string };
}

/** The one place where a subscription changes its state. */
@Injectable()
export class SubscriptionStates {
  constructor(
    private readonly store: Store,
    private readonly subscriptions: Subscriptions,
    private readonly arrears: Arrears,
  ) {}

  /** Keeps others from it until the active unit ends. @throws {Problem} http.not-found */
  async hold(id: number): Promise<Subscription> {
    await this.store.hold(Subscription, [id]);
    const subscription = await this.store.reads(Subscription).findOneBy({ id });
    if (!subscription) throw new Problem('http.not-found');
    return subscription;
  }

  /**
   * Together with their accounts, on which nobody pays or charges meanwhile.
   * @returns them in the order of the ids @throws {Problem} http.not-found, stale
   */
  async holdWithAccounts(ids: readonly number[]): Promise<Subscription[]> {
    const known = await this.store.reads(Subscription).findBy({ id: In([...ids]) });
    if (known.length < ids.length) throw new Problem('http.not-found');
    await this.arrears.hold(known.map(({ accountId }) => accountId));
    await this.store.hold(Subscription, ids);
    const held = await this.store.reads(Subscription).findBy({ id: In([...ids]) });
    return ids.map((id) => {
      const [before, now] = [known, held].map((all) => all.find((each) => each.id === id)!);
      // Sold in the moment before: the debt is another's.
      if (before!.accountId !== now!.accountId) throw new Problem('http.stale');
      return now!;
    });
  }

  /**
   * In the active unit.
   * @param subscription as held, or as its reader's version says
   * @throws {Problem} water.subscription-state @throws {StaleVersionError} when another was faster
   */
  async move(subscription: Subscription, change: StateChange): Promise<Subscription> {
    const { to, on, by, disconnection, reason, document } = change;
    const { id, state } = subscription;
    if (!TRANSITIONS[state].includes(to))
      throw new Problem(SUBSCRIPTIONS['water.subscription-state'], { extra: { state, to } });
    const changes = {
      state: to,
      disconnection: to === 'DISCONNECTED' ? (disconnection ?? null) : null,
      closedOn: to === 'CLOSED' ? on : null,
    };
    const version = await this.store.updateVersioned(Subscription, subscription, changes);
    await this.subscriptions.record({
      ...{ subscriptionId: id, kind: 'STATE', fromState: state, toState: to, happenedOn: on, recordedBy: by },
      reason: reason ?? null,
      ...(document && { documentType: document.type, documentId: String(document.id) }),
    });
    return { ...subscription, ...changes, version };
  }
}
