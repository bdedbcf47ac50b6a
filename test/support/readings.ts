import { IdAllocator, UnitOfWork } from '@libs/persistence';
import { Installation, Meter } from '../../src/water/meters/meter.entity';
import { Reading, type ReadingState } from '../../src/water/readings/reading.entity';
import type { TestApp } from './app';
import { waterDesk, type WaterDesk } from './water';

/** Readings as handhelds, files and the office send them. */
export function readingDesk(app: TestApp) {
  const water = waterDesk(app);
  const [uow, ids] = [app.app.get(UnitOfWork), app.app.get(IdAllocator)];
  const desk = {
    ...water,

    batch: (readings: unknown[], { period = '2026-11', as = 'clerk', ...more } = {} as Record<string, string>) =>
      app.request('POST', '/water/readings/batch', { as, body: { period, readings, ...more } }),

    file: (text: string | Buffer, { period = '2026-11', as = 'clerk', type = 'text/csv' } = {}) =>
      app.request('POST', `/water/readings/files?period=${period}`, {
        as,
        body: text,
        headers: { 'content-type': type },
      }),

    /** A subscription that was read to 100 m³ a month up to October, 1,000 m³ then. */
    async seasoned(changes: Parameters<WaterDesk['subscription']>[0] = {}) {
      const subscription = await water.subscription({ installedOn: '2025-12-31', ...changes });
      for (let month = 1; month <= 10; month++) {
        const day = new Date(Date.UTC(2026, month, 0)).toISOString().slice(0, 10);
        await water.read(subscription, day, month * 100);
      }
      const { serial } = await desk.meterOf(subscription.id);
      return { ...subscription, serial };
    },

    /** As billing, or a decision of before, has left it. */
    setState: (subscriptionId: number, period: string, state: ReadingState) =>
      uow.run(() =>
        water.store.update(
          Reading,
          { subscriptionId, period, state: 'VALID' },
          { state, ...(state === 'REJECTED' && { standingInstallationId: null }) },
        ),
      ),

    /** Another meter takes the place of the one that stands, at 0. */
    swap: ({ id, installationId }: { id: number; installationId: number }, on: string) =>
      uow.run(async () => {
        const removed = { removedOn: on, finalReading: 7, openSubscriptionId: null, openMeterId: null };
        await water.store.update(Installation, { id: installationId }, removed);
        const [meterId, nextId] = (await ids.many(2)) as [number, number];
        const meter = { id: meterId, version: 1, serial: `M${meterId}`, make: null, digits: 5, sizeMm: 15 };
        await water.store.insert(Meter, { ...meter, multiplier: 1, seal: null, state: 'INSTALLED' });
        await water.store.insert(Installation, {
          ...{ id: nextId, meterId, subscriptionId: id, installedOn: on, initialReading: 0 },
          ...{ removedOn: null, finalReading: null, openSubscriptionId: id, openMeterId: meterId },
        });
      }),

    async meterOf(id: number): Promise<{ serial: string }> {
      return (await app.request('GET', `/water/subscriptions/${id}`, { as: 'clerk' })).body.meter;
    },

    readings: async (query: string, as = 'officer') =>
      (await app.request('GET', `/water/readings?${query}`, { as })).body.items as any[],

    decide: (reading: { id: number; version: number }, verb: string, body: object = {}, as = 'officer') =>
      app.request('POST', `/water/readings/${reading.id}/${verb}`, {
        as,
        body: { reason: 'تأكد القارئ', ...body },
        headers: { 'if-match': `"${reading.version}"` },
      }),

    get: (path: string, as = 'officer') => app.request('GET', path, { as }),
  };
  return desk;
}
