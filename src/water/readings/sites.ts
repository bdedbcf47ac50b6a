import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';
import type { Draft, Read } from './capture.rules';
import type { Site } from './rejudge.rules';

type Raw = Record<string, string | number | null>;

/**
 * What the register showed when it was installed, of `water_installations` i. The old systems do not say it: a meter that came
 * from them stood there before it was taken over, read or not, and was given a zero.
 */
export const INITIAL_READING = `CASE WHEN i."initial_reading" = 0 AND EXISTS (
  SELECT 1 FROM "water_subscription_events" t WHERE t."subscription_id" = i."subscription_id" AND t."kind" = 'TAKEN_OVER'
    AND t."happened_on" > i."installed_on") THEN NULL ELSE i."initial_reading" END`;

/** A day after all others for one that stands: the order of those that were put up on one day, of `water_installations` i. */
export const REMOVED_ON = `COALESCE(i."removed_on", '9999-12-31')`;

const COLUMNS = `i."id" AS "installationId", s."id" AS "subscriptionId", s."number", s."state", s."route_id" AS "routeId",
  m."serial", m."digits", m."multiplier", i."installed_on" AS "installedOn", ${INITIAL_READING} AS "initialReading",
  i."open_meter_id" AS "openMeterId"`;

/** Meters and subscriptions that a batch names. */
export class NamedSites {
  constructor(
    private readonly bySubscription: ReadonlyMap<string, { id: number; site: Site | null }>,
    private readonly bySerial: ReadonlyMap<string, { site: Site; standing: boolean }[]>,
  ) {}

  /** Where a reading belongs: the meter that stands there today. */
  of({ subscription, serial }: Pick<Draft, 'subscription' | 'serial'>): Read<Site> {
    const place = subscription === null ? undefined : this.bySubscription.get(subscription);
    if (subscription !== null && !place) return { refused: 'water.subscription-unknown' };
    if (serial === null) return place!.site ? { ok: place!.site } : { refused: 'water.no-meter' };
    const stood = this.bySerial.get(serial);
    if (!stood) return { refused: 'water.serial-unknown' };
    const open = stood.find(({ standing }) => standing)?.site;
    if (open && (!place || open.subscriptionId === place.id)) return { ok: open };
    const wasHere = stood.some(({ site }) => !place || site.subscriptionId === place.id);
    return { refused: wasHere || (!open && stood.length > 0) ? 'water.meter-removed' : 'water.meter-elsewhere' };
  }
}

/** Where meters stand, as readings need it. */
@Injectable()
export class Sites {
  constructor(private readonly store: Store) {}

  async named(drafts: readonly Pick<Draft, 'subscription' | 'serial'>[]): Promise<NamedSites> {
    const distinct = (values: (string | null)[]) => [...new Set(values.filter((value) => value !== null))];
    const places = await this.store.selectIn<Raw>(
      (list) =>
        `SELECT ${COLUMNS} FROM "water_subscriptions" s
         LEFT JOIN "water_installations" i ON i."open_subscription_id" = s."id"
         LEFT JOIN "water_meters" m ON m."id" = i."meter_id" WHERE s."number" IN (${list})`,
      distinct(drafts.map(({ subscription }) => subscription)),
    );
    const meters = await this.store.selectIn<Raw>(
      (list) =>
        `SELECT ${COLUMNS} FROM "water_meters" m
         LEFT JOIN "water_installations" i ON i."meter_id" = m."id"
         LEFT JOIN "water_subscriptions" s ON s."id" = i."subscription_id" WHERE m."serial" IN (${list})`,
      distinct(drafts.map(({ serial }) => serial)),
    );
    const bySerial = new Map<string, { site: Site; standing: boolean }[]>();
    for (const row of meters) {
      const list = bySerial.get(String(row.serial)) ?? [];
      if (row.installationId !== null) list.push({ site: siteOf(row), standing: row.openMeterId !== null });
      bySerial.set(String(row.serial), list);
    }
    const place = (row: Raw) => ({
      id: Number(row.subscriptionId),
      site: row.installationId === null ? null : siteOf(row),
    });
    return new NamedSites(new Map(places.map((row) => [String(row.number), place(row)])), bySerial);
  }

  /** Of installations, standing or not. */
  async ofInstallations(ids: readonly number[]): Promise<Site[]> {
    const rows = await this.store.selectIn<Raw>(
      (list) =>
        `SELECT ${COLUMNS} FROM "water_installations" i JOIN "water_meters" m ON m."id" = i."meter_id"
         JOIN "water_subscriptions" s ON s."id" = i."subscription_id" WHERE i."id" IN (${list})`,
      ids,
    );
    return rows.map(siteOf);
  }

  /** The meters of the active subscriptions of a route, in the order of the walk. */
  async ofRoute(routeId: number): Promise<Site[]> {
    const rows = await this.store.sql<Raw>(
      `SELECT ${COLUMNS} FROM "water_subscriptions" s
       JOIN "water_installations" i ON i."open_subscription_id" = s."id" JOIN "water_meters" m ON m."id" = i."meter_id"
       WHERE s."route_id" = ? AND s."state" = 'ACTIVE' ORDER BY s."sequence", s."number", s."id"`,
      [routeId],
    );
    return rows.map(siteOf);
  }
}

const siteOf = (row: Raw): Site => ({
  installationId: Number(row.installationId),
  subscriptionId: Number(row.subscriptionId),
  number: String(row.number),
  occupied: row.state === 'ACTIVE',
  routeId: row.routeId === null ? null : Number(row.routeId),
  serial: String(row.serial),
  register: { digits: Number(row.digits), multiplier: Number(row.multiplier) },
  installedOn: String(row.installedOn),
  initialReading: row.initialReading === null ? null : Number(row.initialReading),
});
