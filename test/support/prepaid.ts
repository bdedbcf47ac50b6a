import { IdAllocator, UnitOfWork } from '@libs/persistence';
import { PrepaidMeter } from '../../src/water/prepaid/prepaid.entity';
import { Installation } from '../../src/water/meters/meter.entity';
import type { TestApp } from './app';
import { tillDesk } from './till';
import { waterDesk } from './water';

/** Prepaid meters at subscriptions, and a till that sells water in advance. */
export function prepaidDesk(app: TestApp) {
  let decoders = 0;
  const [desk, till] = [waterDesk(app), tillDesk(app)];
  const [uow, ids] = [app.app.get(UnitOfWork), app.app.get(IdAllocator)];
  return {
    desk,
    till,

    /** Whose meter is prepaid since it was put up. */
    async subscription(seed: Parameters<typeof desk.subscription>[0] = {}) {
      const made = await desk.subscription(seed);
      const { meterId } = (await desk.store.reads(Installation).findOneBy({ id: made.installationId }))!;
      const [clerk] = await desk.store.sql<{ id: number }>('SELECT MIN("id") AS "id" FROM "users"', []);
      await uow.run(async () => {
        const registered = { registeredBy: Number(clerk!.id), registeredAt: '2026-01-01T08:00:00.000Z' };
        const decoderNumber = String(1_000_000_000 + ++decoders);
        const known = { decoderNumber, prepaidOn: '2026-01-01', ...registered };
        await desk.store.insert(PrepaidMeter, { id: await ids.one(), meterId, ...known });
      });
      return { ...made, meterId };
    },

    sell: (id: number, amount: number, { key, as = 'cashier', ...more }: Record<string, unknown> = {}) =>
      till.post(
        `/water/subscriptions/${id}/top-ups`,
        { amount, tender: 'CASH', payerName: 'محمد النابلسي', ...more },
        { as: as as string, ...(key !== undefined && { key: key as string }) },
      ),
    quote: (id: number, amount: unknown, as = 'clerk') =>
      app.request('GET', `/water/subscriptions/${id}/top-up-quote?amount=${String(amount)}`, { as }),
    token: (id: number, as = 'cashier') => app.request('POST', `/water/top-ups/${id}/token`, { as, body: {} }),
    cancel: (id: number, more: object = {}, as = 'supervisor') =>
      till.post(`/water/top-ups/${id}/cancel`, { undo: 'VOID', reason: 'شُحن عداد آخر', ...more }, { as }),
    list: (id: number) => app.request('GET', `/water/subscriptions/${id}/top-ups`, { as: 'clerk' }),
  };
}
