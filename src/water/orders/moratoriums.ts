import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { IdAllocator, StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../identity';
import { Zone } from '../subscriptions/subscription.entity';
import { Holiday, Moratorium } from './cut.entity';
import type { NewHoliday, NewMoratorium } from './moratoriums.dto';
import { ORDERS } from './orders.problems';

/** Days on which no water is cut: public holidays, and what the council has decided. */
@Injectable()
export class Moratoriums {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  holidays(): Promise<Holiday[]> {
    return this.store.reads(Holiday).find({ order: { day: 'ASC' } });
  }

  /** @throws {Problem} water.holiday-known */
  addHoliday({ day, nameAr, nameEn }: NewHoliday): Promise<Holiday> {
    return this.uow.run(async () => {
      if (await this.store.reads(Holiday).existsBy({ day })) throw new Problem(ORDERS['water.holiday-known']);
      const holiday: Holiday = { id: await this.ids.one(), day, nameAr, nameEn };
      await this.store.insert(Holiday, holiday);
      await this.audit.record({ action: 'water.holiday-added', detail: { day, nameEn } });
      return holiday;
    });
  }

  /** Newest first. */
  all(): Promise<Moratorium[]> {
    return this.store.reads(Moratorium).find({ order: { recordedAt: 'DESC', id: 'DESC' } });
  }

  /** @throws {Problem} http.invalid for an end before the beginning or a zone that is not there */
  declare(input: NewMoratorium, by: Principal): Promise<Moratorium> {
    const { fromOn, toOn = null, zoneId = null, waterClass = null, decisionNumber, reason } = input;
    if (toOn !== null && toOn < fromOn) throw invalidField('/toOn', 'order');
    return this.uow.run(async () => {
      if (zoneId !== null && !(await this.store.reads(Zone).existsBy({ id: zoneId }))) {
        throw invalidField('/zoneId', 'unknown');
      }
      const moratorium: Moratorium = {
        ...{ id: await this.ids.one(), version: 1, fromOn, toOn, zoneId, waterClass, decisionNumber, reason },
        ...{ recordedBy: by.userId, recordedAt: this.clock.now(), endedBy: null },
      };
      await this.store.insert(Moratorium, moratorium);
      await this.audit.record({
        action: 'water.moratorium-declared',
        detail: { moratoriumId: moratorium.id, decisionNumber },
      });
      return moratorium;
    });
  }

  /** Today is its last day. @throws {Problem} http.not-found; water.moratorium-ended @throws {StaleVersionError} */
  end(target: Versioned, by: Principal): Promise<Moratorium> {
    const today = localDateOf(this.clock.now());
    return this.uow.run(async () => {
      const moratorium = await this.store.reads(Moratorium).findOneBy({ id: target.id });
      if (!moratorium) throw new Problem('http.not-found');
      if (moratorium.version !== target.version) throw new StaleVersionError(Moratorium.name, target.id);
      const over = moratorium.endedBy !== null || (moratorium.toOn !== null && moratorium.toOn <= today);
      if (over) throw new Problem(ORDERS['water.moratorium-ended']);
      const changes = { toOn: today, endedBy: by.userId };
      const version = await this.store.updateVersioned(Moratorium, target, changes);
      await this.audit.record({ action: 'water.moratorium-ended', detail: { moratoriumId: target.id } });
      return { ...moratorium, ...changes, version };
    });
  }
}
