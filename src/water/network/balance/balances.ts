import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import { Between, IsNull, Not } from 'typeorm';
import type { Zone } from '../../subscriptions/subscription.entity';
import { withPrepaid } from '../../prepaid/prepaid.entity';
import { daysOf, monthsOf } from '../local-times';
import { NetworkZones, WITH_ZONE, ZONE_OF_SUBSCRIPTION } from '../zones';
import { balanceOf, sumOfMonths, sumOfZones, type Balance, type BalanceInputs } from './balance.rules';
import { Volume, type ZoneLength } from './volume.entity';
import { Volumes } from './volumes';

export interface BalanceLine extends Balance {
  /** Null: subscriptions without a zone, of which only the consumption is known. */
  zone: Zone | null;
  /** Readings of the month that were taken and are not billed yet: what was billed may still grow. */
  pendingReadings: number;
}

export interface MonthBalance {
  period: string;
  lines: BalanceLine[];
  total: Balance & { pendingReadings: number };
}

export interface RangeBalance {
  months: MonthBalance[];
  /** Of all months and zones. */
  total: Balance & { pendingReadings: number };
}

interface Consumption {
  metered: number;
  estimated: number;
  billed: number;
  pending: number;
}

interface Facts {
  period: string;
  consumption: Map<string, Consumption>;
  entered: Map<string, number>;
  connections: Map<string, number>;
  lengths: ZoneLength[];
}

/** The id of no zone. */
const NOWHERE = 0;
const NOTHING: Consumption = { metered: 0, estimated: 0, billed: 0, pending: 0 };
const keyOf = (zoneId: number | string | null, period: string) => `${zoneId === null ? '' : Number(zoneId)} ${period}`;

/** The water balance of zones and months, out of bulk volumes and billed readings. */
@Injectable()
export class Balances {
  constructor(
    private readonly store: Store,
    private readonly zones: NetworkZones,
    private readonly volumes: Volumes,
  ) {}

  /**
   * @param from `YYYY-MM`, inclusive as `to`
   * @param only default all zones that are in use or were in the month, and what has none
   */
  async of(from: string, to: string, only?: Zone): Promise<RangeBalance> {
    const known = only ? [only] : await this.zones.all();
    const entered = await this.entered(from, to);
    const lengths = await this.volumes.lengths();
    const months: MonthBalance[] = [];
    for (const period of monthsOf(from, to)) {
      const consumption = await this.consumption(period);
      const facts = { period, consumption, entered, lengths, connections: await this.connections(period) };
      // The embedded database answers within this turn of the event loop: let requests have one too.
      await setImmediate();
      const zones = known.filter((zone) => zone.active || hasWater(inputsOf(facts, zone.id)));
      const unzoned = inputsOf(facts, only ? NOWHERE : null);
      const lines = [...zones, ...(hasWater(unzoned) ? [null] : [])].map((zone) => lineOf(facts, zone));
      const inputs = zones.map(({ id }) => inputsOf(facts, id));
      months.push({ period, lines, total: { ...balanceOf(sumOfZones(inputs, unzoned)), ...pendingOf(lines) } });
    }
    const totals = months.map(({ total }) => total);
    return { months, total: { ...balanceOf(sumOfMonths(totals)), ...pendingOf(totals) } };
  }

  private async consumption(period: string): Promise<Map<string, Consumption>> {
    // Behind a prepaid meter water is paid for before it flows: what was read there is never billed.
    const settled = `(m."state" = 'BILLED' OR (pp."id" IS NOT NULL AND m."state" IN ('VALID', 'CONFIRMED')))`;
    const billed = (when: string) =>
      `SUM(CASE WHEN ${settled} AND ${when} THEN CAST(m."consumption" AS bigint) ELSE 0 END)`;
    const rows = await this.store.sql<Record<keyof Consumption | 'zone', number | string>>(
      `SELECT ${ZONE_OF_SUBSCRIPTION} AS "zone",
         ${billed(`m."source" <> 'ESTIMATE'`)} AS "metered", ${billed(`m."source" = 'ESTIMATE'`)} AS "estimated",
         SUM(CASE WHEN ${settled} THEN 1 ELSE 0 END) AS "billed",
         SUM(CASE WHEN ${settled} THEN 0 ELSE 1 END) AS "pending"
       FROM "water_readings" m JOIN "water_subscriptions" s ON s."id" = m."subscription_id" ${WITH_ZONE}
       JOIN "water_installations" i ON i."id" = m."installation_id"${withPrepaid('i')}
       WHERE m."period" = ? AND m."consumption" IS NOT NULL AND m."standing_installation_id" IS NOT NULL
       GROUP BY ${ZONE_OF_SUBSCRIPTION}`,
      [period],
    );
    return new Map(
      rows.map(({ zone, metered, estimated, billed, pending }) => [
        keyOf(zone, period),
        {
          metered: Number(metered),
          estimated: Number(estimated),
          billed: Number(billed),
          pending: Number(pending),
        },
      ]),
    );
  }

  /** Installations that stood at the end of the month. */
  private async connections(period: string): Promise<Map<string, number>> {
    const { last } = daysOf(period);
    const rows = await this.store.sql<{ zone: number | string | null; n: number | string }>(
      `SELECT ${ZONE_OF_SUBSCRIPTION} AS "zone", COUNT(*) AS "n"
       FROM "water_installations" i JOIN "water_subscriptions" s ON s."id" = i."subscription_id" ${WITH_ZONE}
       WHERE i."installed_on" <= ? AND (i."removed_on" IS NULL OR i."removed_on" > ?)
       GROUP BY ${ZONE_OF_SUBSCRIPTION}`,
      [last, last],
    );
    return new Map(rows.map(({ zone, n }) => [keyOf(zone, period), Number(n)]));
  }

  /** Sums of the sources of a zone, month and kind, where there are any. */
  private async entered(from: string, to: string): Promise<Map<string, number>> {
    const volumes = await this.store.reads(Volume).findBy({ period: Between(from, to), standingZoneId: Not(IsNull()) });
    const sums = new Map<string, number>();
    for (const { kind, zoneId, period, cubicMetres } of volumes) {
      const key = `${kind} ${keyOf(zoneId, period)}`;
      sums.set(key, (sums.get(key) ?? 0) + cubicMetres);
    }
    return sums;
  }
}

function inputsOf({ period, consumption, entered, connections, lengths }: Facts, zoneId: number | null): BalanceInputs {
  const key = keyOf(zoneId, period);
  const used = consumption.get(key) ?? NOTHING;
  const count = connections.get(key) ?? 0;
  const isBilled = used.billed > 0 || count === 0;
  const length = lengths.filter((each) => each.zoneId === zoneId && each.fromPeriod <= period).at(-1);
  return {
    days: daysOf(period).days,
    input: entered.get(`INPUT ${key}`) ?? null,
    unbilledAuthorised: entered.get(`UNBILLED_AUTHORISED ${key}`) ?? null,
    billedMetered: isBilled ? used.metered : null,
    billedEstimated: isBilled ? used.estimated : null,
    connections: count,
    metres: length?.metres ?? null,
  };
}

const hasWater = ({ input, connections, billedMetered, billedEstimated }: BalanceInputs): boolean =>
  input !== null || connections > 0 || billedMetered !== 0 || billedEstimated !== 0;

function lineOf(facts: Facts, zone: Zone | null): BalanceLine {
  const id = zone?.id ?? null;
  const balance = balanceOf(inputsOf(facts, id));
  const pendingReadings = facts.consumption.get(keyOf(id, facts.period))?.pending ?? 0;
  return { ...balance, missing: zone ? balance.missing : [], zone, pendingReadings };
}

const pendingOf = (of: readonly { pendingReadings: number }[]) => ({
  pendingReadings: of.reduce((all, each) => all + each.pendingReadings, 0),
});
