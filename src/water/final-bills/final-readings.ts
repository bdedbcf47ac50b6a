import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { consumed } from '@libs/tariff';
import { LessThanOrEqual } from 'typeorm';
import { BilledSubscriptions } from '../billing/billed-subscriptions';
import { type RatedBatch, WaterCharges } from '../billing/water-charges';
import type { FinalReading } from '../billing/cycle-rating.rules';
import { Installation } from '../meters/meter.entity';
import { PrepaidMeter } from '../prepaid/prepaid.entity';
import { FinalBill } from './final-bill.entity';

/** Beyond it a reading below the last one is a mistake, not a register that has passed its nines. */
const MOST_OF_REGISTER = 0.2;

export type ReadFinal = Pick<
  FinalBill,
  'subscriptionId' | 'accountId' | 'readOn' | 'reading' | 'digits' | 'multiplier'
>;

/** Rates a subscription to the reading with which its party leaves. */
@Injectable()
export class FinalReadings {
  constructor(
    private readonly store: Store,
    private readonly billed: BilledSubscriptions,
    private readonly charges: WaterCharges,
  ) {}

  ofRun(finalBillId: number): Promise<FinalBill | null> {
    return this.store.reads(FinalBill).findOneBy({ id: finalBillId });
  }

  /** The last that stood there on the day. */
  async installationAt({ subscriptionId, readOn }: Pick<ReadFinal, 'subscriptionId' | 'readOn'>) {
    const where = { subscriptionId, installedOn: LessThanOrEqual(readOn) };
    // Of those that stood there for a part of one day, the one that still stands or was taken off later.
    const order = { installedOn: 'DESC', openSubscriptionId: 'DESC', removedOn: 'DESC', id: 'DESC' } as const;
    const [last] = await this.store.reads(Installation).find({ where, order, take: 1 });
    return last;
  }

  /** By the account of who leaves, whoever holds the subscription meanwhile. */
  async rate(final: ReadFinal): Promise<RatedBatch> {
    const [subscription] = await this.billed.byId([final.subscriptionId]);
    const leaving = { ...subscription!, accountId: final.accountId };
    const installation = (await this.installationAt(final))!;
    const { meterId, installedOn } = installation;
    const prepaidThere = { meterId, prepaidOn: LessThanOrEqual(installedOn) };
    const prepaid = await this.store.reads(PrepaidMeter).existsBy(prepaidThere);
    const readings = new Map([[final.subscriptionId, { ...readingOf(final, installation), prepaid }]]);
    return this.charges.rate([leaving], final.readOn.slice(0, 7), readings);
  }
}

function readingOf(
  { readOn: on, reading: value, digits, multiplier }: ReadFinal,
  { id: installationId, initialReading }: Installation,
): Omit<FinalReading, 'prepaid'> {
  const most = Math.floor(10 ** digits * MOST_OF_REGISTER);
  return {
    ...{ on, value, installationId, initialReading },
    since: (previous, estimated) => {
      // An estimate may have been too high: no register runs backwards.
      if (estimated && value < previous) return (value - previous) * multiplier;
      const used = consumed(previous, value, { digits, most });
      return used.ok ? used.cubicMetres * multiplier : null;
    },
  };
}
