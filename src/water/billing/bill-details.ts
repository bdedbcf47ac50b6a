import { Injectable } from '@nestjs/common';
import { monthAfter } from '@libs/calendar';
import { Store } from '@libs/persistence';
import type { Rating } from '@libs/tariff';
import type { BillDetail, FedBill } from '../../billing';
import { Consumption } from '../readings/consumption';
import { REMOVED_ON } from '../readings/sites';
import { detailOf, type BilledWater } from './bill-detail.rules';

/** Cycles of two months too. */
const HISTORY_MONTHS = 24;

interface Row {
  id: number | string;
  bill_id: number | string;
  subscription_id: number | string;
  number: string;
  kind: string;
  rating: string;
  estimated: number | boolean;
  previous_reading: number | null;
  current_reading: number | null;
  taken_back: string | null;
  reading_ids: string;
  address: string;
  from_on: string;
  to_on: string;
}

interface Serial {
  id: number | string;
  serial: string;
}

/** What water bills say beside their lines. */
@Injectable()
export class BillDetails {
  constructor(
    private readonly store: Store,
    private readonly consumption: Consumption,
  ) {}

  /** By bill. */
  async of(bills: readonly FedBill[], period: string): Promise<Map<number, BillDetail>> {
    const rows = await this.store.selectIn<Row>(
      (list) =>
        `SELECT r."id", r."bill_id", r."subscription_id", r."kind", r."rating", r."estimated", r."previous_reading",
           r."current_reading", r."taken_back", r."from_on", r."to_on", s."number",
           r."reading_ids", p."address"
         FROM "water_ratings" r JOIN "water_subscriptions" s ON s."id" = r."subscription_id"
         JOIN "water_premises" p ON p."id" = s."premise_id"
         WHERE r."bill_id" IN (${list}) ORDER BY r."id"`,
      bills.map(({ id }) => id),
    );
    const subscriptionIds = [...new Set(rows.map((row) => Number(row.subscription_id)))];
    const since = monthAfter(period, 1 - HISTORY_MONTHS);
    const history = await this.consumption.of(subscriptionIds, since, period);
    const serials = await this.serials(rows);
    const trued = new Set(rows.flatMap((row) => (row.kind === 'TRUE_UP' ? [Number(row.subscription_id)] : [])));
    const byBill = new Map<number, BilledWater[]>();
    for (const row of rows) {
      if (row.kind === 'TRUE_UP') continue;
      const billed: BilledWater = {
        ...{ number: row.number, meter: serials(row), address: row.address },
        ...{ from: row.from_on, to: row.to_on, estimated: Boolean(row.estimated) },
        ...{ previous: row.previous_reading, current: row.current_reading, final: row.kind === 'FINAL' },
        rating: JSON.parse(row.rating) as Rating,
        trued: trued.has(Number(row.subscription_id)),
        credited: sum(row.taken_back),
        history: history.get(Number(row.subscription_id)) ?? [],
      };
      byBill.set(Number(row.bill_id), [...(byBill.get(Number(row.bill_id)) ?? []), billed]);
    }
    return new Map([...byBill].map(([id, water]) => [id, detailOf(water)]));
  }

  /** Of the meter whose register was billed: that of the last reading, else the one that stood there on the last day. */
  private async serials(rows: readonly Row[]): Promise<(row: Row) => string | null> {
    const readings = ({ kind, reading_ids }: Row) => (kind === 'FINAL' ? [] : (JSON.parse(reading_ids) as number[]));
    const last = new Map(rows.map((row) => [row, readings(row).at(-1)]));
    const read = await this.store.selectIn<Serial>(
      (list) =>
        `SELECT r."id", m."serial" FROM "water_readings" r JOIN "water_installations" i ON i."id" = r."installation_id"
         JOIN "water_meters" m ON m."id" = i."meter_id" WHERE r."id" IN (${list})`,
      rows.flatMap((row) => last.get(row) ?? []),
    );
    const unread = rows.filter((row) => last.get(row) === undefined).map((row) => Number(row.subscription_id));
    const installed = await this.store.selectIn<Serial & { on: string }>(
      (list) =>
        `SELECT i."subscription_id" AS "id", i."installed_on" AS "on", m."serial" FROM "water_installations" i
         JOIN "water_meters" m ON m."id" = i."meter_id" WHERE i."subscription_id" IN (${list})
         ORDER BY i."installed_on", ${REMOVED_ON}, i."id"`,
      [...new Set(unread)],
    );
    const byReading = new Map(read.map(({ id, serial }) => [Number(id), serial]));
    const stood = new Map<number, typeof installed>();
    for (const each of installed) stood.set(Number(each.id), [...(stood.get(Number(each.id)) ?? []), each]);
    return (row) => {
      const id = last.get(row);
      if (id !== undefined) return byReading.get(id) ?? null;
      return stood.get(Number(row.subscription_id))?.findLast(({ on }) => on <= row.to_on)?.serial ?? null;
    };
  }
}

const sum = (takenBack: string | null): number =>
  (JSON.parse(takenBack ?? '[]') as { amount: number }[]).reduce((total, { amount }) => total + amount, 0);
