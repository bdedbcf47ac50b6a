import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { MoreThanOrEqual } from 'typeorm';
import { Audit } from '../../../identity';
import { given } from '../given';
import { NetworkZones } from '../zones';
import { SupplyException } from './supply.entity';
import type { ExceptionsQuery, NewException } from './supply.dto';
import { SUPPLY } from './supply.problems';

/** Days on which the schedule does not hold. */
@Injectable()
export class SupplyExceptions {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly zones: NetworkZones,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.invalid, water.exception-past */
  add({ zoneId, on, kind, from, to, reasonAr, reasonEn }: NewException, by: Principal): Promise<SupplyException> {
    return this.uow.run(async () => {
      await this.zones.require(zoneId);
      this.requireToCome(on);
      const timed = { '/from': from, '/to': to };
      for (const [pointer, time] of Object.entries(timed)) {
        if (kind === 'EXTRA' && time === undefined) throw invalidField(pointer, 'required');
        if (kind === 'NO_SUPPLY' && time !== undefined) throw invalidField(pointer, 'unexpected');
      }
      const exception: SupplyException = {
        id: await this.ids.one(),
        version: 1,
        zoneId,
        onDate: on,
        kind,
        fromTime: from ?? null,
        toTime: to ?? null,
        reasonAr,
        reasonEn,
        recordedBy: by.userId,
        recordedAt: this.clock.now(),
        cancelledAt: null,
      };
      await this.store.insert(SupplyException, exception);
      const detail = { exceptionId: exception.id, zoneId, on, kind };
      await this.audit.record({ action: 'water.supply-exception-added', detail });
      return exception;
    });
  }

  /** @throws {Problem} http.not-found, water.exception-past @throws {StaleVersionError} */
  cancel(target: Versioned): Promise<SupplyException> {
    return this.uow.run(async () => {
      const exception = await this.store.reads(SupplyException).findOneBy({ id: target.id });
      if (!exception) throw new Problem('http.not-found');
      if (exception.cancelledAt !== null) throw new Problem(SUPPLY['water.exception-past']);
      this.requireToCome(exception.onDate);
      const cancelledAt = this.clock.now();
      const version = await this.store.updateVersioned(SupplyException, target, { cancelledAt });
      await this.audit.record({ action: 'water.supply-exception-cancelled', detail: { exceptionId: target.id } });
      return { ...exception, cancelledAt, version };
    });
  }

  /** By day. */
  async list({ zoneId, from, ...query }: ExceptionsQuery): Promise<Page<SupplyException>> {
    const [rows, total] = await this.store.reads(SupplyException).findAndCount({
      where: given({ zoneId, onDate: from === undefined ? undefined : MoreThanOrEqual(from) }),
      order: { onDate: 'ASC', id: 'ASC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  private requireToCome(date: string): void {
    if (date < localDateOf(this.clock.now())) throw new Problem(SUPPLY['water.exception-past']);
  }
}
