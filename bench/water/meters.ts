import type { INestApplicationContext } from '@nestjs/common';
import { addDays, addMonths, monthAfter } from '@libs/calendar';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Account } from '../../src/billing/accounts/account.entity';
import { Installation, Meter } from '../../src/water/meters/meter.entity';
import { Reading } from '../../src/water/readings/reading.entity';
import { Premise, Route, Subscription } from '../../src/water/subscriptions/subscription.entity';

const UNIT = 5000;
const A_ROUTE = 250;
const A_MONTH = 20;
const OPENED = '2020-01-01';

const ACCOUNT = ['id', 'number', 'currency', 'tenure', 'serviceType', 'state', 'openedOn', 'version'] as const;
const SUBSCRIPTION = [
  ...([
    'id',
    'version',
    'number',
    'premiseId',
    'accountId',
    'waterClass',
    'sizeMm',
    'units',
    'sewer',
    'state',
  ] as const),
  ...(['routeId', 'sequence', 'openedOn'] as const),
];
const METER = ['id', 'version', 'serial', 'digits', 'sizeMm', 'multiplier', 'state'] as const;
const INSTALLATION = [
  ...([
    'id',
    'meterId',
    'subscriptionId',
    'installedOn',
    'initialReading',
    'openSubscriptionId',
    'openMeterId',
  ] as const),
];
const READING = [
  ...([
    'id',
    'version',
    'subscriptionId',
    'installationId',
    'standingInstallationId',
    'period',
    'readOn',
    'value',
  ] as const),
  ...(['consumption', 'state', 'source', 'anomalies', 'capturedAt', 'receivedAt'] as const),
];

/** Subscriptions with accounts and meters `B0`, `B1` …, 250 a route, each read for some months at 20 m³ a month. */
export async function seedMeters(
  app: INestApplicationContext,
  { meters, months, before }: { meters: number; months: number; before: string },
): Promise<void> {
  const [store, uow, ids] = [app.get(Store), app.get(UnitOfWork), app.get(IdAllocator)];
  const periods = Array.from({ length: months }, (_, at) => monthAfter(before, at - months));
  for (let start = 0; start < meters; start += UNIT) {
    const count = Math.min(UNIT, meters - start);
    await uow.run(async () => {
      const routes = await ids.many(Math.ceil(count / A_ROUTE));
      await store.insert(
        Route,
        routes.map((id) => ({
          id,
          version: 1,
          code: `B${id}`,
          name: `خط ${id}`,
          zoneId: null,
          cycleMonths: 1,
          active: true,
        })),
      );
      const [accounts, premises, subscriptions, metersOf, installations] = [
        ...[await ids.many(count), await ids.many(count), await ids.many(count), await ids.many(count)],
        await ids.many(count),
      ] as [number[], number[], number[], number[], number[]];
      const all = Array.from({ length: count }, (_, at) => at);
      const fill = <E extends object>(
        entity: new () => E,
        columns: readonly (keyof E & string)[],
        row: (at: number) => unknown[],
      ) => store.bulkInsert(entity, columns, all.map(row));
      await fill(Account, ACCOUNT, (at) => [accounts[at], `B${start + at}`, 'ILS', 1, 'WATER', 'OPEN', OPENED, 1]);
      await fill(Premise, ['id', 'address'], (at) => [premises[at], 'رفيديا']);
      await fill(Subscription, SUBSCRIPTION, (at) => [
        ...[subscriptions[at], 1, `B${start + at}`, premises[at], accounts[at], 'DOMESTIC', 15, 1, 0, 'ACTIVE'],
        ...[routes[Math.floor(at / A_ROUTE)], at % A_ROUTE, OPENED],
      ]);
      await fill(Meter, METER, (at) => [metersOf[at], 1, `B${start + at}`, 5, 15, 1, 'INSTALLED']);
      await fill(Installation, INSTALLATION, (at) => {
        const [meterId, subscriptionId] = [metersOf[at], subscriptions[at]];
        return [installations[at], meterId, subscriptionId, OPENED, 0, subscriptionId, meterId];
      });
      for (const [month, period] of periods.entries()) {
        const readings = await ids.many(count);
        const day = addDays(addMonths(`${period}-01`, 1), -1);
        const now = `${day}T08:00:00.000Z`;
        await fill(Reading, READING, (at) => [
          ...[
            readings[at],
            1,
            subscriptions[at],
            installations[at],
            installations[at],
            period,
            day,
            (month + 1) * A_MONTH,
          ],
          ...[A_MONTH, 'BILLED', 'FIELD', '[]', now, now],
        ]);
      }
    });
  }
}
