import { Injectable } from '@nestjs/common';
import { daysBetween } from '@libs/calendar';
import { pageOf, Problem, skipped, type Page } from '@libs/http';
import { Store } from '@libs/persistence';
import { averageADay, startOf } from './judgement.rules';
import { Reading } from './reading.entity';
import type { ListReadings } from './reading-list.dto';
import type { Site } from './rejudge.rules';
import { Sites } from './sites';
import { StandingRows } from './standing-rows';

/** A reading with what one needs to decide on it. */
export interface ReadingDetail {
  reading: Reading;
  site: Site;
  /** The true reading before, or the installation. */
  previous: { value: number | null; on: string };
  /** m³ by the average, for the days since then. */
  expected: number | null;
  photos: number;
}

/** Readings for those who look and decide. */
@Injectable()
export class ReadingList {
  constructor(
    private readonly store: Store,
    private readonly sites: Sites,
    private readonly standing: StandingRows,
  ) {}

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<ReadingDetail> {
    const reading = await this.store.reads(Reading).findOneBy({ id });
    if (!reading) throw new Problem('http.not-found');
    return (await this.details([reading]))[0]!;
  }

  /** The newest period first, then in the order they came. @param since first day on which they were read */
  async list({
    period,
    routeId,
    state,
    source,
    anomaly,
    reader,
    subscriptionId,
    since,
    ...query
  }: ListReadings & { since?: string }): Promise<Page<ReadingDetail>> {
    const found = this.store.query(Reading, 'r');
    if (period !== undefined) found.andWhere('r.period = :period', { period });
    if (state !== undefined) found.andWhere('r.state = :state', { state });
    if (source !== undefined) found.andWhere('r.source = :source', { source });
    if (reader !== undefined) found.andWhere('r.reader = :reader', { reader });
    if (subscriptionId !== undefined) found.andWhere('r.subscriptionId = :subscriptionId', { subscriptionId });
    if (since !== undefined) found.andWhere('r.readOn >= :since', { since });
    if (anomaly !== undefined) found.andWhere('r.anomalies LIKE :anomaly', { anomaly: `%"${anomaly}"%` });
    if (routeId !== undefined) {
      found.andWhere('r.subscriptionId IN (SELECT "id" FROM "water_subscriptions" WHERE "route_id" = :routeId)', {
        routeId,
      });
    }
    const [rows, total] = await found
      .orderBy('r.period', 'DESC')
      .addOrderBy('r.id')
      .offset(skipped(query))
      .limit(query.pageSize)
      .getManyAndCount();
    return pageOf(query, await this.details(rows), total);
  }

  private async details(readings: readonly Reading[]): Promise<ReadingDetail[]> {
    if (readings.length === 0) return [];
    const sites = await this.sites.ofInstallations([...new Set(readings.map(({ installationId }) => installationId))]);
    const byId = new Map(sites.map((site) => [site.installationId, site]));
    const earliest = readings.map(({ period }) => period).sort()[0]!;
    const histories = await this.standing.of(readings.map(({ subscriptionId }) => subscriptionId), earliest); // prettier-ignore
    const photos = await this.photos(readings.map(({ id }) => id));
    return readings.map((reading) => {
      const site = byId.get(reading.installationId)!;
      const history = histories.get(reading.subscriptionId)!;
      const start = startOf(history, { ...site, id: site.installationId }, reading.period);
      const average = averageADay(history, reading.period);
      const expected =
        average === null ? null : Math.round(average * Math.max(daysBetween(start.on, reading.readOn), 0));
      const counted = photos.get(reading.id) ?? 0;
      return { reading, site, previous: { value: start.value, on: start.on }, expected, photos: counted };
    });
  }

  private async photos(ids: readonly number[]): Promise<Map<number, number>> {
    const rows = await this.store.selectIn<Record<'id' | 'n', number | string>>(
      (list) =>
        `SELECT "reading_id" AS "id", COUNT(*) AS "n" FROM "water_photos" WHERE "reading_id" IN (${list})
         GROUP BY "reading_id"`,
      ids,
    );
    return new Map(rows.map(({ id, n }) => [Number(id), Number(n)]));
  }
}
