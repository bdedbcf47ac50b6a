import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, invalidField, type Page, type Principal } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { In, IsNull, Not } from 'typeorm';
import { Audit } from '../../../identity';
import { given } from '../given';
import { NetworkZones } from '../zones';
import { readable } from '../../readings/reading-file';
import { volumesOf } from './volume-file';
import { Volume, ZoneLength } from './volume.entity';
import type { EnteredVolumesView, NewZoneLength, TakenVolumesView, VolumeField, VolumesQuery } from './volumes.dto';

const MOST_LINES = 5000;

type Judged = Pick<Volume, 'zoneId' | 'period' | 'kind' | 'source' | 'cubicMetres' | 'note'>;

interface Fault {
  /** Of the rows. */
  at: number;
  /** None for the row itself. */
  column: ['zone' | 'period'] | [];
  code: string;
}

type Keyed = Pick<Volume, 'zoneId' | 'period' | 'kind' | 'source'>;
const keyOf = ({ zoneId, period, kind, source }: Keyed) => [zoneId, period, kind, source].join(' ');

/** What bulk meters showed and what was used unbilled, and the length of the mains. */
@Injectable()
export class Volumes {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly zones: NetworkZones,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * All rows or none. Another value of the same source and month takes the place of the one before, which is kept.
   * @throws {Problem} http.invalid with each bad row: unknown zone, month to come, the same twice
   */
  enter(rows: readonly VolumeField[], by: Principal): Promise<EnteredVolumesView> {
    return this.uow.run(async () => {
      const { wanted, faults } = await this.judged(rows);
      const errors = faults.map(({ at, column, code }) => ({ pointer: ['/rows', at, ...column].join('/'), code }));
      if (errors.length > 0) throw new Problem('http.invalid', { errors });
      return this.write(wanted, by);
    });
  }

  /**
   * The good lines of a file; the bad ones are named. The same file again changes nothing.
   * @throws {Problem} water.file-unreadable; http.invalid for more than 5,000 lines
   */
  async take(bytes: Buffer, by: Principal): Promise<TakenVolumesView> {
    const { lines, refusals } = readable(() => volumesOf(bytes));
    if (lines.length > MOST_LINES) throw invalidField('', 'tooMany');
    return this.uow.run(async () => {
      const { wanted, faults } = await this.judged(lines.map(({ row }) => row));
      const bad = faults.map(({ at, column, code }) => ({ line: lines[at]!.line, column: column[0] ?? null, code }));
      const counts = await this.write(wanted, by);
      return { ...counts, refusals: [...refusals, ...bad].sort((a, b) => a.line - b.line) };
    });
  }

  private async write(wanted: readonly Judged[], by: Principal): Promise<EnteredVolumesView> {
    const known = await this.store.reads(Volume).findBy({
      period: In([...new Set(wanted.map(({ period }) => period))]),
      standingZoneId: Not(IsNull()),
    });
    const standing = new Map(known.map((volume) => [keyOf(volume), volume]));
    const fresh = wanted.filter((row) => standing.get(keyOf(row))?.cubicMetres !== row.cubicMetres);
    const replaced = fresh.flatMap((row) => standing.get(keyOf(row)) ?? []);
    for (const { id } of replaced) await this.store.update(Volume, { id }, { standingZoneId: null });
    const ids = await this.ids.many(fresh.length);
    const recorded = { recordedBy: by.userId, recordedAt: this.clock.now() };
    await this.store.insert(
      Volume,
      fresh.map((row, at) => ({ ...row, ...recorded, id: ids[at]!, standingZoneId: row.zoneId })),
    );
    const counts = {
      entered: fresh.length,
      replaced: replaced.length,
      unchanged: wanted.length - fresh.length,
    };
    await this.audit.record({ action: 'water.volumes-entered', detail: counts });
    return counts;
  }

  /** Newest first, those that another value has replaced too. */
  async list({ zoneId, period, kind, ...query }: VolumesQuery): Promise<Page<Volume>> {
    const [rows, total] = await this.store.reads(Volume).findAndCount({
      where: given({ zoneId, period, kind }),
      order: { recordedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** @throws {Problem} http.invalid */
  setLength({ zoneId, fromPeriod, metres }: NewZoneLength, by: Principal): Promise<ZoneLength> {
    return this.uow.run(async () => {
      await this.zones.require(zoneId);
      const recorded = { recordedBy: by.userId, recordedAt: this.clock.now() };
      const length = { id: await this.ids.one(), zoneId, fromPeriod, metres, ...recorded };
      await this.store.insert(ZoneLength, length);
      await this.audit.record({ action: 'water.zone-length-set', detail: { zoneId, fromPeriod, metres } });
      return length;
    });
  }

  /** By zone, month and entry. */
  lengths(): Promise<ZoneLength[]> {
    return this.store
      .reads(ZoneLength)
      .find({ order: { zoneId: 'ASC', fromPeriod: 'ASC', recordedAt: 'ASC', id: 'ASC' } });
  }

  /** What may be kept, and the first fault of each other row. */
  private async judged(rows: readonly VolumeField[]): Promise<{ wanted: Judged[]; faults: Fault[] }> {
    const byCode = new Map((await this.zones.active()).map(({ code, id }) => [code, id]));
    const month = localDateOf(this.clock.now()).slice(0, 7);
    const faults: Fault[] = [];
    const wanted: Judged[] = [];
    const seen = new Set<string>();
    rows.forEach(({ zone, period, kind, source, cubicMetres, note }, at) => {
      const row = { zoneId: byCode.get(zone) ?? 0, period, kind, source, cubicMetres, note: note || null };
      const twice = seen.has(keyOf(row));
      if (row.zoneId === 0) faults.push({ at, column: ['zone'], code: 'unknown' });
      else if (period > month) faults.push({ at, column: ['period'], code: 'toCome' });
      else if (twice) faults.push({ at, column: [], code: 'twice' });
      else wanted.push(row);
      seen.add(keyOf(row));
    });
    return { wanted, faults };
  }
}
