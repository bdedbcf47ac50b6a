import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Installation, Meter } from '../../src/water/meters/meter.entity';
import { Premise, Route, Subscription, Zone } from '../../src/water/subscriptions/subscription.entity';
import type { TestApp } from './app';

type SubscriptionSeed = Partial<Subscription> & { serial?: string; installedOn?: string; oneRecordId?: number };

/** Zones, walks and subscriptions with meters, as the slices that make them would have left them. */
export function waterWorks(app: TestApp) {
  let keys = 0;
  const [store, uow, ids] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(IdAllocator)];

  return {
    store,

    post: (
      path: string,
      body: unknown = {},
      { as = 'officer', key = `works-${++keys}`, version }: { as?: string; key?: string; version?: number } = {},
    ) =>
      app.request('POST', `/water${path}`, {
        ...{ as, body },
        headers: { 'idempotency-key': key, ...(version !== undefined && { 'if-match': `"${version}"` }) },
      }),
    get: (path: string, as = 'officer') => app.request('GET', `/water${path}`, { as }),

    /** A zone with one walk. */
    walk: (code: string) =>
      uow.run(async () => {
        const [zoneId, routeId] = (await ids.many(2)) as [number, number];
        const active = { version: 1, active: true };
        await store.insert(Zone, { id: zoneId, code, nameAr: `منطقة ${code}`, nameEn: code, ...active });
        await store.insert(Route, { id: routeId, code, name: `خط ${code}`, zoneId, cycleMonths: 1, ...active });
        return { zoneId, routeId };
      }),

    /** On an account of its own; with a meter where a serial is given. */
    subscription: ({ serial, installedOn = '2026-01-01', oneRecordId, ...changes }: SubscriptionSeed = {}) =>
      uow.run(async () => {
        const [id, accountId, premiseId, meterId, installationId] = (await ids.many(5)) as [number, number, number, number, number]; // prettier-ignore
        const number = `W${id}`;
        await store.insert(Account, {
          ...{ id: accountId, number, currency: 'ILS', tenure: 1, serviceType: 'WATER', state: 'OPEN', version: 1 },
          ...{ legacyServiceId: null, legacyCitizenId: null, oneRecordId: oneRecordId ?? null },
          ...{ openedOn: '2020-01-01', closedOn: null },
        });
        await store.insert(Premise, {
          id: premiseId,
          address: 'رفيديا، قرب المسجد',
          basin: null,
          plot: null,
          zoneId: null,
        });
        const subscription: Subscription = {
          ...{ id, version: 1, number, premiseId, accountId, waterClass: 'DOMESTIC', sizeMm: 15, units: 1 },
          ...{ sewer: false, state: 'ACTIVE', disconnection: null, protection: null, routeId: null, sequence: null },
          ...{ masterId: null, openedOn: '2020-01-01', closedOn: null, legacyServiceId: null },
          ...changes,
        };
        await store.insert(Subscription, subscription);
        if (serial) {
          const register = { digits: 5, sizeMm: 15, multiplier: 1, seal: null };
          await store.insert(Meter, { id: meterId, version: 1, serial, make: null, ...register, state: 'INSTALLED' });
          await store.insert(Installation, {
            ...{ id: installationId, meterId, subscriptionId: id, installedOn, initialReading: 0, removedOn: null },
            ...{ finalReading: null, openSubscriptionId: id, openMeterId: meterId },
          });
        }
        return { ...subscription, meterId, installationId };
      }),

    now: async (id: number) => (await store.reads(Subscription).findOneBy({ id }))!,
    events: async (id: number) =>
      (await app.request('GET', `/water/subscriptions/${id}/events`, { as: 'clerk' })).body.events,
  };
}

export type WaterWorks = ReturnType<typeof waterWorks>;
