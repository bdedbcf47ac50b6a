import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page } from '@libs/http';
import { IdAllocator, Store } from '@libs/persistence';
import { Accounts } from '../../billing';
import { Installation, Meter } from '../meters/meter.entity';
import { PrepaidMeter } from '../prepaid/prepaid.entity';
import { Premise, Route, Subscription, SubscriptionEvent } from './subscription.entity';
import type { ListSubscriptions } from './subscriptions.dto';

/** A subscription with the place it supplies, its walk and the meter that stands there now. */
export interface SubscriptionDetail {
  subscription: Subscription;
  premise: Premise;
  route: Route | null;
  installation: Installation | null;
  meter: Meter | null;
  /** Water is bought in advance at the meter. */
  prepaid: boolean;
}

export type NewEvent = Pick<SubscriptionEvent, 'subscriptionId' | 'kind'> &
  Partial<Omit<SubscriptionEvent, 'id' | 'recordedAt'>> & { happenedOn?: LocalDate };

/** Subscriptions as other parts of the module and its readers ask them. */
@Injectable()
export class Subscriptions {
  constructor(
    private readonly store: Store,
    private readonly ids: IdAllocator,
    private readonly accounts: Accounts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<SubscriptionDetail> {
    const subscription = await this.store.reads(Subscription).findOneBy({ id });
    if (!subscription) throw new Problem('http.not-found');
    return (await this.details([subscription]))[0]!;
  }

  /** In the order of the walk within a route, else by number; number and serial by how they begin. */
  async list(query: ListSubscriptions): Promise<Page<SubscriptionDetail>> {
    const { routeId, state, waterClass, number, serial, accountId, ids } = query;
    const found = this.store.query(Subscription, 's');
    if (routeId !== undefined) found.andWhere('s.routeId = :routeId', { routeId }).orderBy('s.sequence');
    if (state !== undefined) found.andWhere('s.state = :state', { state });
    if (waterClass !== undefined) found.andWhere('s.waterClass = :waterClass', { waterClass });
    if (number !== undefined)
      found.andWhere('s.number >= :number AND s.number < :end', { number, end: `${number}\uffff` });
    if (ids !== undefined) found.andWhere('s.id IN (:...ids)', { ids: ids.split(',').map(Number) });
    if (accountId !== undefined) found.andWhere('s.accountId = :accountId', { accountId });
    if (serial !== undefined) {
      found
        .innerJoin(Installation, 'i', 'i.openSubscriptionId = s.id')
        .innerJoin(Meter, 'm', 'm.id = i.meterId')
        .andWhere('m.serial >= :serial AND m.serial < :serialEnd', { serial, serialEnd: `${serial}\uffff` });
    }
    const [rows, total] = await found
      .addOrderBy('s.number')
      .addOrderBy('s.id')
      .offset(skipped(query))
      .limit(query.pageSize)
      .getManyAndCount();
    return pageOf(query, await this.details(rows), total);
  }

  /** Those billed on the accounts of a OneRecord, by number. @throws {Problem} http.not-found */
  async ofRecord(oneRecordId: number): Promise<SubscriptionDetail[]> {
    return this.onAccounts((await this.accounts.holdings(oneRecordId)).map(({ account }) => account.id));
  }

  /** Those billed on these accounts, by number. */
  async onAccounts(accountIds: readonly number[]): Promise<SubscriptionDetail[]> {
    const rows = await this.store.findIn(Subscription, 'accountId', accountIds);
    rows.sort((a, b) => (a.number < b.number ? -1 : a.number > b.number ? 1 : a.id - b.id));
    return this.details(rows);
  }

  /** The one of this number whose meter has this serial: who can name both stands before it. Null for none. */
  async byNumberAndMeter(number: string, serial: string): Promise<SubscriptionDetail | null> {
    const subscription = await this.store.reads(Subscription).findOneBy({ number });
    const detail = subscription && (await this.details([subscription]))[0]!;
    return detail?.meter?.serial === serial ? detail : null;
  }

  /** Oldest first. @throws {Problem} http.not-found */
  async events(id: number): Promise<SubscriptionEvent[]> {
    await this.get(id);
    return this.store
      .reads(SubscriptionEvent)
      .find({ where: { subscriptionId: id }, order: { recordedAt: 'ASC', id: 'ASC' } });
  }

  /** In the active unit. */
  async record(event: NewEvent): Promise<void> {
    const recordedAt = this.clock.now();
    await this.store.insert(SubscriptionEvent, {
      fromState: null,
      toState: null,
      happenedOn: localDateOf(recordedAt),
      reason: null,
      documentType: null,
      documentId: null,
      recordedBy: null,
      ...event,
      id: await this.ids.one(),
      recordedAt,
    });
  }

  private async details(subscriptions: readonly Subscription[]): Promise<SubscriptionDetail[]> {
    const byId = async <T extends { id: number }>(entity: new () => T, ids: readonly (number | null)[]) => {
      const known = [...new Set(ids.filter((id) => id !== null))];
      const rows = await this.store.findIn<T>(entity, 'id', known);
      return new Map(rows.map((row) => [row.id, row]));
    };
    const premises = await byId(Premise, subscriptions.map(({ premiseId }) => premiseId)); // prettier-ignore
    const routes = await byId(Route, subscriptions.map(({ routeId }) => routeId)); // prettier-ignore
    const standing = await this.store.findIn(Installation, 'openSubscriptionId', subscriptions.map(({ id }) => id)); // prettier-ignore
    const meters = await byId(Meter, standing.map(({ meterId }) => meterId)); // prettier-ignore
    const prepaid = await this.store.findIn(PrepaidMeter, 'meterId', standing.map(({ meterId }) => meterId)); // prettier-ignore
    const prepaidOn = new Map(prepaid.map((each) => [each.meterId, each.prepaidOn]));
    const installations = new Map(standing.map((each) => [each.subscriptionId, each]));
    return subscriptions.map((subscription) => {
      const installation = installations.get(subscription.id) ?? null;
      return {
        subscription,
        premise: premises.get(subscription.premiseId)!,
        route: subscription.routeId === null ? null : (routes.get(subscription.routeId) ?? null),
        installation,
        meter: installation === null ? null : (meters.get(installation.meterId) ?? null),
        prepaid: installation !== null && (prepaidOn.get(installation.meterId) ?? '9999') <= installation.installedOn,
      };
    });
  }
}
