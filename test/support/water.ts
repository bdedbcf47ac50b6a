import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import type { TariffData } from '@libs/tariff';
import { Account } from '../../src/billing/accounts/account.entity';
import { Installation, Meter } from '../../src/water/meters/meter.entity';
import { Reading } from '../../src/water/readings/reading.entity';
import { Premise, Route, Subscription, Zone } from '../../src/water/subscriptions/subscription.entity';
import type { TestApp } from './app';
import { JWU_42 } from './tariff/jwu';

/** JWU's blocks and fee for a calendar month, so that a bill of a whole month is as its table says. */
export const MONTHLY: TariffData = {
  ...JWU_42,
  from: '2026-01-01',
  blocks: { per: 'MONTH', steps: JWU_42.blocks.steps },
  fixed: { amount: '42', per: 'MONTH' },
};

export type WaterDesk = ReturnType<typeof waterDesk>;

/** Zones, routes, subscriptions with their meters, readings and tariffs, without the slices that make them. */
export function waterDesk(app: TestApp) {
  let keys = 0;
  let serials = 0;
  const [store, uow, ids] = [app.app.get(Store), app.app.get(UnitOfWork), app.app.get(IdAllocator)];
  const keyed = (version?: number) => ({
    'idempotency-key': `water-${++keys}`,
    ...(version !== undefined && { 'if-match': `"${version}"` }),
  });
  const post = (path: string, body: unknown, as = 'officer', version?: number) =>
    app.request('POST', path, { as, body, headers: keyed(version) });

  const desk = {
    store,
    post,

    async route(cycleMonths = 1): Promise<{ routeId: number; zoneId: number }> {
      return uow.run(async () => {
        const [zoneId, routeId] = (await ids.many(2)) as [number, number];
        const zone = { code: `Z${zoneId}`, nameAr: 'الغربية', nameEn: 'West' };
        await store.insert(Zone, { id: zoneId, version: 1, ...zone, active: true });
        const route = { code: `R${routeId}`, name: 'رفيديا', zoneId, cycleMonths };
        await store.insert(Route, { id: routeId, version: 1, ...route, active: true });
        return { routeId, zoneId };
      });
    },

    /** With an account, a premise and a meter that was installed at 0 on a day. */
    subscription: (
      { installedOn = '2026-09-30', digits = 5, ...changes } = {} as Partial<Subscription> & {
        installedOn?: string;
        digits?: number;
      },
    ) =>
      uow.run(async () => {
        const [id, accountId, premiseId, meterId, installationId] = (await ids.many(5)) as [
          number,
          number,
          ...number[],
        ] as [number, number, number, number, number];
        const number = `W${++serials}-${id}`;
        if (changes.accountId === undefined) {
          await store.insert(Account, {
            ...{ id: accountId, number, currency: 'ILS', tenure: 1, serviceType: 'WATER', state: 'OPEN' },
            ...{ legacyServiceId: null, legacyCitizenId: null, oneRecordId: null },
            ...{ openedOn: '2020-01-01', closedOn: null, version: 1 },
          });
        }
        await store.insert(Premise, { id: premiseId, address: 'رفيديا', basin: null, plot: null, zoneId: null });
        const subscription: Subscription = {
          ...{ id, version: 1, number, premiseId, accountId, waterClass: 'DOMESTIC', sizeMm: 15, units: 1 },
          ...{ sewer: false, state: 'ACTIVE', disconnection: null, protection: null, routeId: null, sequence: null },
          ...{ masterId: null, openedOn: '2020-01-01', closedOn: null, legacyServiceId: null },
          ...changes,
        };
        await store.insert(Subscription, subscription);
        const register = { digits, sizeMm: subscription.sizeMm, multiplier: 1, seal: null };
        await store.insert(Meter, {
          ...{ id: meterId, version: 1, serial: `M${meterId}`, make: null, ...register, state: 'INSTALLED' },
        });
        await store.insert(Installation, {
          ...{ id: installationId, meterId, subscriptionId: id, installedOn, initialReading: 0 },
          ...{ removedOn: null, finalReading: null, openSubscriptionId: id, openMeterId: meterId },
        });
        return { ...subscription, installationId };
      }),

    /** A reading that stands; its consumption is since the one before unless it is given. */
    read: (
      { id, installationId }: { id: number; installationId: number },
      readOn: string,
      value: number,
      changes: Partial<Reading> = {},
    ): Promise<number> =>
      uow.run(async () => {
        const [before] = await store.reads(Reading).find({ where: { installationId }, order: { id: 'DESC' }, take: 1 });
        const readingId = await ids.one();
        await store.insert(Reading, {
          ...{ id: readingId, version: 1, subscriptionId: id, installationId, standingInstallationId: installationId },
          ...{ period: readOn.slice(0, 7), readOn, value, consumption: value - (before?.value ?? 0), state: 'VALID' },
          ...{ source: 'FIELD', noAccess: null, anomalies: [], reader: null, clientKey: null },
          ...{ capturedAt: `${readOn}T08:00:00.000Z`, receivedAt: `${readOn}T08:00:00.000Z`, recordedBy: null },
          ...{ decidedBy: null, decidedAt: null, note: null, legacyReadingId: null },
          ...changes,
        });
        return readingId;
      }),

    /** What stands on an account by period and head, less what was taken back. */
    async charges(accountId: number): Promise<[string, string, number][]> {
      const rows = await store.sql<{ period: string; head: string; n: number }>(
        `SELECT "period", "head", SUM("amount" - "cancelled") AS "n" FROM "charges" WHERE "account_id" = ?
         GROUP BY "period", "head" ORDER BY "period", "head"`,
        [accountId],
      );
      return rows.map(({ period, head, n }) => [period, head, Number(n)]);
    },

    draft: (data: unknown = MONTHLY, more: Record<string, unknown> = {}, as = 'officer') =>
      post(
        '/water/tariffs',
        {
          ...{ titleAr: 'تعرفة منزلية', titleEn: 'Domestic tariff', data, idleStates: [] },
          ...{ decisionNumber: '12/2026', decidedOn: '2025-12-28', ...more },
        },
        as,
      ),

    /** @returns the approved version */
    async tariff(data: unknown = MONTHLY, more: Record<string, unknown> = {}) {
      const drafted = await desk.draft(data, more);
      const { status, body } = await post(`/water/tariffs/${drafted.body.id}/approve`, {}, 'supervisor', 1);
      if (status !== 200) throw new Error(`tariff: ${status} ${JSON.stringify(body)} ${JSON.stringify(drafted.body)}`);
      return body as { id: number; version: number };
    },

    async retire({ id, version }: { id: number; version: number }): Promise<void> {
      const { status, body } = await post(
        `/water/tariffs/${id}/retire`,
        { reason: 'أُلغيت الزيادة' },
        'supervisor',
        version,
      );
      if (status !== 200) throw new Error(`retire: ${status} ${JSON.stringify(body)}`);
    },
  };
  return desk;
}
