import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Installation, Meter } from '../../src/water/meters/meter.entity';
import { Reading } from '../../src/water/readings/reading.entity';
import { Premise, Subscription } from '../../src/water/subscriptions/subscription.entity';
import type { TestApp } from './app';
import { tillDesk } from './till';

/** The network's side of the counter: zones with subscriptions, and acts under keys of their own. */
export function networkDesk(app: TestApp) {
  let keys = 0;
  let codes = 0;
  const [store, uow, ids] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(IdAllocator)];
  const till = tillDesk(app);

  const desk = {
    store,
    post: (path: string, body: object = {}, { as = 'officer', version, key }: Asked = {}) =>
      app.request('POST', path, {
        as,
        body,
        headers: {
          'idempotency-key': key ?? `network-${++keys}`,
          ...(version !== undefined && { 'if-match': `"${version}"` }),
        },
      }),
    get: (path: string, as = 'officer') => app.request('GET', path, { as }),

    pay: till.pay,
    /** The cashier's, at a till of its own. */
    shift: async () => till.shift((await till.till('W-1')).id),

    async zone(names: { nameAr?: string; nameEn?: string; code?: string } = {}) {
      const body = { code: `Z-${++codes}`, nameAr: 'المنطقة الغربية', nameEn: 'West', ...names };
      const { status, body: zone } = await app.request('POST', '/water/zones', { as: 'supervisor', body });
      if (status !== 201) throw new Error(`zone: ${status}`);
      return zone as { id: number; code: string };
    },

    /** With a meter that stands there from `installedOn` on. */
    async subscription(zoneId: number | null, more: Partial<Subscription> = {}, installedOn = '2020-01-01') {
      const { id: accountId } = await till.account();
      const [premiseId, id, meterId, installationId] = (await uow.run(() => ids.many(4))) as [
        number,
        number,
        number,
        number,
      ];
      await uow.run(async () => {
        await store.insert(Premise, { id: premiseId, address: 'شارع رفيديا', basin: null, plot: null, zoneId });
        await store.insert(Subscription, {
          id,
          version: 1,
          number: `N-${id}`,
          premiseId,
          accountId,
          waterClass: 'DOMESTIC',
          sizeMm: 15,
          units: 1,
          sewer: false,
          state: 'ACTIVE',
          disconnection: null,
          protection: null,
          routeId: null,
          sequence: null,
          masterId: null,
          openedOn: installedOn,
          closedOn: null,
          legacyServiceId: null,
          ...more,
        });
        const meter = { serial: `S-${id}`, make: null, digits: 5, sizeMm: 15, multiplier: 1, seal: null };
        await store.insert(Meter, { id: meterId, version: 1, ...meter, state: 'INSTALLED' });
        await store.insert(Installation, {
          id: installationId,
          meterId,
          subscriptionId: id,
          installedOn,
          initialReading: 0,
          removedOn: null,
          finalReading: null,
          openSubscriptionId: id,
          openMeterId: meterId,
        });
      });
      return { id, accountId, installationId };
    },

    async reading(
      { id: subscriptionId, installationId }: { id: number; installationId: number },
      period: string,
      consumption: number | null,
      more: Partial<Reading> = {},
    ) {
      await uow.run(async () =>
        store.insert(Reading, {
          id: await ids.one(),
          version: 1,
          subscriptionId,
          installationId,
          standingInstallationId: more.state === 'REJECTED' ? null : installationId,
          period,
          readOn: `${period}-25`,
          value: consumption === null ? null : 1000,
          consumption,
          state: 'BILLED',
          source: 'FIELD',
          noAccess: consumption === null ? 'CLOSED' : null,
          anomalies: [],
          reader: null,
          clientKey: null,
          capturedAt: `${period}-25T08:00:00.000Z`,
          receivedAt: `${period}-25T08:00:00.000Z`,
          recordedBy: null,
          decidedBy: null,
          decidedAt: null,
          note: null,
          legacyReadingId: null,
          ...more,
        }),
      );
    },
  };
  return desk;
}

interface Asked {
  as?: string;
  version?: number;
  key?: string;
}
