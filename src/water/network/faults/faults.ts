import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type PageQuery, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { parsePhone } from '@libs/phone';
import { In } from 'typeorm';
import { Audit } from '../../../identity';
import { given } from '../given';
import { NetworkZones } from '../zones';
import { Fault } from './fault.entity';
import type { FaultsQuery, NewFault } from './faults.dto';

/** As the counter takes it, or the portal. */
export type ReportedFault = Omit<NewFault, 'source'> & Pick<Fault, 'source'> & { oneRecordId?: number };

/** Reports of leaks and outages. What becomes of them is decided by {@link FaultDecisions} and work orders. */
@Injectable()
export class Faults {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly zones: NetworkZones,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param input `oneRecordId` of the citizen who reports it, with `source` CITIZEN
   * @throws {Problem} http.invalid: no zone, or what is named is unknown or no phone
   */
  report(input: ReportedFault, by: Principal): Promise<Fault> {
    return this.uow.run(async () => {
      const fault: Fault = {
        id: await this.ids.one(),
        version: 1,
        kind: input.kind,
        severity: input.severity,
        source: input.source,
        state: 'OPEN',
        place: input.place,
        zoneId: await this.zoneOf(input),
        subscriptionId: input.subscriptionId ?? null,
        oneRecordId: input.oneRecordId ?? null,
        reporterName: input.reporterName || null,
        reporterPhone: phoneOf(input.reporterPhone),
        note: input.note || null,
        reportedAt: this.clock.now(),
        recordedBy: by.userId,
        orderId: null,
        duplicateOfId: null,
        closedAt: null,
        closedBy: null,
        closingNote: null,
      };
      await this.store.insert(Fault, fault);
      await this.audit.record({ action: 'water.fault-reported', detail: { faultId: fault.id, kind: fault.kind } });
      return fault;
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<Fault> {
    const fault = await this.store.reads(Fault).findOneBy({ id });
    if (!fault) throw new Problem('http.not-found');
    return fault;
  }

  /** Newest first. */
  async list({ state, kind, zoneId, subscriptionId, orderId, ...query }: FaultsQuery): Promise<Page<Fault>> {
    const where = given({ state, kind, zoneId, subscriptionId, orderId });
    const [rows, total] = await this.store
      .reads(Fault)
      .findAndCount({ where, order: { reportedAt: 'DESC', id: 'DESC' }, skip: skipped(query), take: query.pageSize });
    return pageOf(query, rows, total);
  }

  /** Those that a citizen reported, newest first. */
  async ofRecords(oneRecordIds: readonly number[], query: PageQuery): Promise<Page<Fault>> {
    const [rows, total] = await this.store.reads(Fault).findAndCount({
      where: { oneRecordId: In([...oneRecordIds]) },
      order: { reportedAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  private async zoneOf({ zoneId, subscriptionId }: Pick<NewFault, 'zoneId' | 'subscriptionId'>): Promise<number> {
    const supplied = subscriptionId === undefined ? null : await this.zones.ofSubscription(subscriptionId);
    const zone = zoneId ?? supplied;
    if (zone === null) throw invalidField('/zoneId', 'required');
    return (await this.zones.require(zone)).id;
  }
}

function phoneOf(typed: string | undefined): string | null {
  if (!typed) return null;
  const { e164 } = parsePhone(typed);
  if (!e164) throw invalidField('/reporterPhone', 'phone');
  return e164;
}
