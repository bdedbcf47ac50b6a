import type { INestApplicationContext } from '@nestjs/common';
import { addDuration, localDateOf, localTimeOf, type Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Store } from '@libs/persistence';
import { personOf } from '../demo';
import { Zone } from '../subscriptions/subscription.entity';
import { Places } from '../subscriptions/places';
import { Faults } from './faults/faults';
import { WorkOrders } from './faults/work-orders';
import { Interruptions } from './interruptions/interruptions';
import { SupplySchedules } from './supply/supply-schedules';
import type { Slot } from './supply/supply.rules';

const ZONES: { code: string; nameAr: string; nameEn: string; slots: Slot[] }[] = [
  {
    ...{ code: 'Z-WEST', nameAr: 'المنطقة الغربية', nameEn: 'West' },
    slots: [
      { rhythm: 'WEEKLY', weekday: 0, from: '08:00', to: '20:00' },
      { rhythm: 'WEEKLY', weekday: 3, from: '18:00', to: '06:00' },
    ],
  },
  {
    ...{ code: 'Z-NORTH', nameAr: 'الجبل الشمالي', nameEn: 'Northern mountain' },
    slots: [{ rhythm: 'CYCLE', on: '2026-01-01', everyDays: 4, from: '18:00', to: '18:00' }],
  },
  {
    ...{ code: 'Z-SOUTH', nameAr: 'الجبل الجنوبي', nameEn: 'Southern mountain' },
    slots: [{ rhythm: 'CYCLE', on: '2026-01-01', everyDays: 2, from: '06:00', to: '22:00' }],
  },
];

/** Zones with their turns, and one that is cut off for a burst, for a demo without zones. */
export async function seedDemoNetwork(app: INestApplicationContext): Promise<void> {
  if (await app.get(Store).reads(Zone).exists()) return;
  const of = <T>(token: new (...parts: never[]) => T): T => app.get<T>(token, { strict: false });
  const [officer, supervisor] = [
    await personOf(app.get(Store), 'officer'),
    await personOf(app.get(Store), 'supervisor'),
  ];
  const now = app.get<{ now(): Instant }>(CLOCK, { strict: false }).now();
  let zoneId = 0;
  for (const { slots, ...names } of ZONES) {
    zoneId = (await of(Places).createZone(names)).id;
    const { id, version } = await of(SupplySchedules).draft(
      { zoneId, effectiveFrom: localDateOf(now), slots },
      officer,
    );
    await of(SupplySchedules).publish({ id, version }, supervisor);
  }
  const place = 'شارع المدارس، قرب الخزان';
  const fault = await of(Faults).report(
    { zoneId, kind: 'BURST', severity: 'CRITICAL', source: 'STAFF', place },
    officer,
  );
  const order = await of(WorkOrders).create({ faultIds: [fault.id], crew: 'طاقم الصيانة 1' }, officer);
  await of(WorkOrders).start(order);
  const back = addDuration(now, { hours: 8 });
  const reasons = { reasonAr: 'كسر في الخط الرئيسي', reasonEn: 'Burst of a main' };
  const until = `${localDateOf(back)}T${localTimeOf(back)}`;
  await of(Interruptions).announce({ zoneId, kind: 'EMERGENCY', orderId: order.id, until, ...reasons }, officer);
}
