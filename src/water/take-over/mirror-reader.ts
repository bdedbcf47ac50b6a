import { Injectable } from '@nestjs/common';
import { Store } from '@libs/persistence';

/** A water service of the old systems with what hangs on it. */
export interface MirrorService {
  id: number;
  number: string;
  citizenId: number;
  address: string;
  status: string;
  startedOn: string;
  /** The account in ILS that it was taken over into, of the last holder. */
  accountId: number | null;
  meters: MirrorMeter[];
}

export interface MirrorMeter {
  serial: string;
  sizeMm: number | null;
  rawClass: string;
  rawRoute: string;
  rawSequence: string;
  installedOn: string | null;
}

export interface MirrorReading {
  id: number;
  serviceId: number;
  serial: string;
  period: string;
  value: number | null;
  /** 1 field, 2 citizen, 3 no access. */
  source: string;
  reader: string;
}

type Raw<T> = { [K in keyof T]: T[K] | string };

/** What the mirror says of water: what is missing from the newest extract is not there. */
@Injectable()
export class WaterMirror {
  constructor(private readonly store: Store) {}

  /** Services that billing has taken over as water, after `id`, by id. */
  async servicesAfter(id: number, limit: number): Promise<MirrorService[]> {
    const rows = await this.store.sql<Raw<Omit<MirrorService, 'meters'>>>(
      this.store.page(
        `SELECT s."id", s."srv_no" AS "number", s."citizen_id" AS "citizenId", s."raw_address" AS "address",
           s."raw_status" AS "status", s."started_on" AS "startedOn",
           (SELECT MAX(a."id") FROM "billing_accounts" a WHERE a."legacy_service_id" = s."id"
              AND a."currency" = 'ILS' AND a."tenure" = (SELECT MAX(h."tenure") FROM "billing_accounts" h
                WHERE h."legacy_service_id" = s."id" AND h."currency" = 'ILS')) AS "accountId"
         FROM "legacy_services" s WHERE s."id" > ? AND s."vanished_run_id" IS NULL AND EXISTS (
           SELECT 1 FROM "billing_accounts" w WHERE w."legacy_service_id" = s."id" AND w."service_type" = 'WATER')`,
        's."id"',
        0,
        limit,
      ),
      [id],
    );
    const services = rows.map((row) => ({
      ...(row as Omit<MirrorService, 'meters'>),
      id: Number(row.id),
      citizenId: Number(row.citizenId),
      accountId: row.accountId === null ? null : Number(row.accountId),
      meters: [] as MirrorMeter[],
    }));
    const byId = new Map(services.map((service) => [service.id, service]));
    const meters = await this.store.selectIn<Raw<MirrorMeter> & { serviceId: number | string }>(
      (list) =>
        `SELECT "service_id" AS "serviceId", "raw_serial" AS "serial", "diameter_mm" AS "sizeMm",
           "raw_class" AS "rawClass", "raw_route" AS "rawRoute", "raw_seq" AS "rawSequence",
           "installed_on" AS "installedOn"
         FROM "legacy_meters" WHERE "service_id" IN (${list}) AND "vanished_run_id" IS NULL ORDER BY "id"`,
      [...byId.keys()],
    );
    for (const { serviceId, sizeMm, ...meter } of meters) {
      const size = sizeMm === null ? null : Number(sizeMm);
      byId.get(Number(serviceId))!.meters.push({ ...(meter as MirrorMeter), sizeMm: size });
    }
    return services;
  }

  /** Of each service by period. @param until last period, `YYYY-MM`; the later ones are left alone */
  async readings(serviceIds: readonly number[], until?: string): Promise<Map<number, MirrorReading[]>> {
    const rows = await this.store.selectIn<Raw<MirrorReading>>(
      (list) =>
        `SELECT "id", "service_id" AS "serviceId", "raw_serial" AS "serial", "period", "reading" AS "value",
           "raw_source" AS "source", "raw_reader" AS "reader"
         FROM "legacy_readings" WHERE "service_id" IN (${list}) AND "vanished_run_id" IS NULL
         ${until === undefined ? '' : 'AND "period" <= ? '}ORDER BY "service_id", "period", "id"`,
      serviceIds,
      until === undefined ? [] : [until],
    );
    const readings = new Map<number, MirrorReading[]>();
    for (const row of rows) {
      const serviceId = Number(row.serviceId);
      const value = row.value === null ? null : Number(row.value);
      const reading = { ...(row as MirrorReading), id: Number(row.id), serviceId, value };
      const list = readings.get(serviceId);
      if (list) list.push(reading);
      else readings.set(serviceId, [reading]);
    }
    return readings;
  }
}
