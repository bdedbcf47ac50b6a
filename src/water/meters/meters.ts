import { Injectable } from '@nestjs/common';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import { IdAllocator, StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../identity';
import { Installation, Meter, MeterEvent, MeterTest, type MeterState } from './meter.entity';
import { MeterEvents } from './meter-events';
import { METER_MOVES } from './meter.rules';
import type { ListMeters, ReceiveMeters } from './meters.dto';
import { METERS } from './meters.problems';

export interface MeterHistory {
  meter: Meter;
  installations: Installation[];
  events: MeterEvent[];
  tests: MeterTest[];
}

/** Also of those that were put up on one day: the one that stands is the last of them. */
const AS_THEY_STOOD = { installedOn: 'ASC', openMeterId: 'ASC', removedOn: 'ASC', id: 'ASC' } as const;

/** m³: an INT column of SQL Server holds no more. */
const MOST_OF_REGISTER = 2 ** 31 - 1;

/** Meters in stock, on the bench and in repair. */
@Injectable()
export class Meters {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly events: MeterEvents,
    private readonly audit: Audit,
  ) {}

  /**
   * All or none into stock.
   * @throws {Problem} water.serial-taken with the serials; http.invalid when one is named twice, or for a register whose
   * consumption no reading can hold
   */
  receive({ serials, ...kind }: ReceiveMeters, by: Principal): Promise<Meter[]> {
    const named = serials.map((serial) => serial.trim()).filter((serial) => serial !== '');
    if (named.length < serials.length || new Set(named).size < named.length || named.some((each) => /\s/.test(each))) {
      throw invalidField('/serials', 'unique');
    }
    if (10 ** kind.digits * (kind.multiplier ?? 1) > MOST_OF_REGISTER) throw invalidField('/multiplier', 'tooLarge');
    return this.uow.run(async () => {
      const taken = await this.store.selectIn<{ serial: string }>(
        (list) => `SELECT "serial" FROM "water_meters" WHERE "serial" IN (${list}) ORDER BY "serial"`,
        named,
      );
      if (taken.length > 0) {
        throw new Problem(METERS['water.serial-taken'], { extra: { serials: taken.map(({ serial }) => serial) } });
      }
      const ids = await this.ids.many(named.length);
      const { make, digits, sizeMm, multiplier = 1 } = kind;
      const meters = named.map((serial, at): Meter => {
        const register = { digits, sizeMm, multiplier, seal: null };
        return { id: ids[at]!, version: 1, serial, make: make || null, ...register, state: 'STOCK' };
      });
      await this.store.insert(Meter, meters);
      await this.events.record(ids.map((meterId) => ({ meterId, act: 'RECEIVED', state: 'STOCK', by: by.userId })));
      await this.audit.record({ action: 'water.meters-received', detail: { count: ids.length, first: named[0] } });
      return meters;
    });
  }

  /** By serial. */
  async list({ state, serial, ...query }: ListMeters): Promise<Page<Meter>> {
    const found = this.store.query(Meter, 'm').where('1 = 1');
    if (state) found.andWhere('m.state = :state', { state });
    if (serial) found.andWhere('m.serial >= :serial AND m.serial < :end', { serial, end: `${serial}\uffff` });
    const page = found.orderBy('m.serial').addOrderBy('m.id').offset(skipped(query)).limit(query.pageSize);
    const [rows, total] = await page.getManyAndCount();
    return pageOf(query, rows, total);
  }

  /** @throws {Problem} http.not-found */
  async history(id: number): Promise<MeterHistory> {
    const meter = await this.get(id);
    const where = { meterId: id };
    const of = { where, order: { recordedAt: 'ASC' as const, id: 'ASC' as const } };
    return {
      meter,
      installations: await this.store.reads(Installation).find({ where, order: AS_THEY_STOOD }),
      events: await this.store.reads(MeterEvent).find(of),
      tests: await this.store.reads(MeterTest).find(of),
    };
  }

  /** Of a meter that stands nowhere. @throws {Problem} http.not-found; water.meter-state @throws {StaleVersionError} */
  move(target: Versioned, to: MeterState, reason: string, by: Principal): Promise<Meter> {
    return this.uow.run(async () => {
      const meter = await this.get(target.id);
      if (meter.version !== target.version) throw new StaleVersionError(Meter.name, target.id);
      const { id, state } = meter;
      if (!METER_MOVES[state].includes(to)) throw new Problem(METERS['water.meter-state'], { extra: { state, to } });
      const version = await this.store.updateVersioned(Meter, target, { state: to });
      const act = to === 'RETIRED' ? 'RETIRED' : 'MOVED';
      await this.events.record([{ meterId: id, act, state: to, by: by.userId, reason }]);
      await this.audit.record({ action: 'water.meter-moved', detail: { meterId: id, from: state, to } });
      return { ...meter, state: to, version };
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<Meter> {
    const meter = await this.store.reads(Meter).findOneBy({ id });
    if (!meter) throw new Problem('http.not-found');
    return meter;
  }
}
