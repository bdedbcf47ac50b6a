import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock, type LocalDate } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { Audit } from '../../identity';
import { Installation, Meter } from '../meters/meter.entity';
import { METERS } from '../meters/meters.problems';
import { REMOVED_ON } from '../readings/sites';
import { PrepaidMeter, withPrepaid } from './prepaid.entity';
import { PREPAID } from './prepaid.problems';

/** A prepaid meter where it stands. */
export interface StandingPrepaid {
  meterId: number;
  /** Since when the subscription is prepaid, over meters that took one another's place on a day. */
  since: LocalDate;
}

/** Which meters are prepaid. */
@Injectable()
export class PrepaidMeters {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In stock: where it is put up from today on it is prepaid. @throws {Problem} http.not-found; water.meter-state, decoder-known */
  register(meterId: number, decoderNumber: string, { userId }: Principal): Promise<PrepaidMeter> {
    return this.uow.run(async () => {
      await this.store.hold(Meter, [meterId]);
      const meter = await this.store.reads(Meter).findOneBy({ id: meterId });
      if (!meter) throw new Problem('http.not-found');
      if (meter.state !== 'STOCK')
        throw new Problem(METERS['water.meter-state'], { extra: { serial: meter.serial, state: meter.state } });
      if (await this.store.reads(PrepaidMeter).existsBy([{ meterId }, { decoderNumber }]))
        throw new Problem(PREPAID['water.decoder-known']);
      const now = this.clock.now();
      const registered = { registeredBy: userId, registeredAt: now };
      const id = await this.ids.one();
      const prepaid: PrepaidMeter = { id, meterId, decoderNumber, prepaidOn: localDateOf(now), ...registered };
      await this.store.insert(PrepaidMeter, prepaid);
      await this.audit.record({ action: 'water.meter-prepaid', detail: { meterId, decoderNumber } });
      return prepaid;
    });
  }

  /** @throws {Problem} http.not-found where it is none */
  async get(meterId: number): Promise<PrepaidMeter> {
    const prepaid = await this.store.reads(PrepaidMeter).findOneBy({ meterId });
    if (!prepaid) throw new Problem('http.not-found');
    return prepaid;
  }

  /** Its decoder, while it stands there. @throws {Problem} water.prepaid-meter-gone */
  async decoderAt(openSubscriptionId: number, meterId: number): Promise<string> {
    if (!(await this.store.reads(Installation).existsBy({ openSubscriptionId, meterId })))
      throw new Problem(PREPAID['water.prepaid-meter-gone']);
    return (await this.get(meterId)).decoderNumber;
  }

  /** @throws {Problem} water.meter-not-prepaid */
  async standing(subscriptionId: number): Promise<StandingPrepaid> {
    const rows = await this.store.sql<{
      meterId: number | string;
      on: string;
      off: string | null;
      prepaidId: number | string | null;
    }>(
      `SELECT i."meter_id" AS "meterId", i."installed_on" AS "on", i."removed_on" AS "off", pp."id" AS "prepaidId"
       FROM "water_installations" i${withPrepaid('i')} WHERE i."subscription_id" = ?
       ORDER BY i."installed_on" DESC, ${REMOVED_ON} DESC, i."id" DESC`,
      [subscriptionId],
    );
    const at = rows.findIndex(({ off }) => off === null);
    const meter = rows[at];
    if (!meter || meter.prepaidId === null) throw new Problem(PREPAID['water.meter-not-prepaid']);
    let since = meter.on;
    for (const { on, off, prepaidId } of rows.slice(at + 1)) {
      if (prepaidId === null || off !== since) break;
      since = on;
    }
    return { meterId: Number(meter.meterId), since };
  }

  async standsAt(subscriptionId: number): Promise<boolean> {
    const rows = await this.store.sql(
      `SELECT i."id" FROM "water_installations" i${withPrepaid('i')}
       WHERE i."open_subscription_id" = ? AND pp."id" IS NOT NULL`,
      [subscriptionId],
    );
    return rows.length > 0;
  }
}
