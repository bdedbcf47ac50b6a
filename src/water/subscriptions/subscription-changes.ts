import { Injectable } from '@nestjs/common';
import { invalidField, Problem, type Principal } from '@libs/http';
import { StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Arrears } from '../../billing';
import { Audit } from '../../identity';
import { Route, Subscription } from './subscription.entity';
import { SubscriptionTerms } from './subscription-terms';
import type { ChangeSubscription } from './subscriptions.dto';
import { SUBSCRIPTIONS } from './subscriptions.problems';
import { Subscriptions, type SubscriptionDetail } from './subscriptions';

/** What the office corrects at a subscription that stands: its walk, its master meter, its connection. */
@Injectable()
export class SubscriptionChanges {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly subscriptions: Subscriptions,
    private readonly terms: SubscriptionTerms,
    private readonly arrears: Arrears,
    private readonly audit: Audit,
  ) {}

  /** @throws {Problem} http.not-found, http.invalid; water.subscription-state of a closed one @throws {StaleVersionError} */
  change({ id, version }: Versioned, body: ChangeSubscription, by: Principal): Promise<SubscriptionDetail> {
    return this.uow.run(async () => {
      const { subscription: known } = await this.subscriptions.get(id);
      await this.arrears.hold([known.accountId]);
      const { subscription } = await this.subscriptions.get(id);
      if (subscription.version !== version || subscription.accountId !== known.accountId)
        throw new StaleVersionError(Subscription.name, id);
      if (subscription.state === 'CLOSED')
        throw new Problem(SUBSCRIPTIONS['water.subscription-state'], { extra: { state: 'CLOSED' } });
      const { routeId, sequence, masterId, sizeMm, units, effectiveOn, reason } = body;
      await this.checkRoute(routeId);
      await this.checkMaster(id, masterId);
      const place = set({ routeId, sequence, masterId });
      const terms = set({ sizeMm, units });
      if (Object.keys({ ...place, ...terms }).length === 0) throw invalidField('', 'nothing');
      const on = { effectiveOn, reason, by: by.userId };
      const now = await this.terms.change(subscription, terms, on);
      if (Object.keys(place).length > 0) await this.store.updateVersioned<Subscription>(Subscription, now, place);
      const detail = { subscriptionId: id, ...place, ...terms, effectiveOn: effectiveOn ?? null, reason };
      await this.audit.record({ action: 'water.subscription-changed', detail });
      return this.subscriptions.get(id);
    });
  }

  private async checkRoute(routeId: number | null | undefined): Promise<void> {
    if (routeId === null || routeId === undefined) return;
    if (!(await this.store.reads(Route).existsBy({ id: routeId }))) throw invalidField('/routeId', 'unknown');
  }

  /** One level: a meter behind another has none behind itself. */
  private async checkMaster(id: number, masterId: number | null | undefined): Promise<void> {
    if (masterId === null || masterId === undefined) return;
    if (masterId === id) throw invalidField('/masterId', 'itself');
    // Both: or each finds the other's place free while they are put one behind the other.
    await this.store.hold(Subscription, [id, masterId]);
    const master = await this.store.reads(Subscription).findOneBy({ id: masterId });
    if (!master) throw invalidField('/masterId', 'unknown');
    if (master.masterId !== null) throw invalidField('/masterId', 'behindAnother');
    if (await this.store.reads(Subscription).existsBy({ masterId: id }))
      throw invalidField('/masterId', 'othersBehind');
  }
}

const set = <T extends object>(members: T): Partial<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>;
