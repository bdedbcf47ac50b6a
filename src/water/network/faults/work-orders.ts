import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { In } from 'typeorm';
import { Audit } from '../../../identity';
import { given } from '../given';
import { NetworkZones } from '../zones';
import { Fault, WorkOrder, type OrderState } from './fault.entity';
import { FAULTS } from './faults.problems';
import type { NewOrder, OrdersQuery, Repair } from './work-orders.dto';

const UNFINISHED: readonly OrderState[] = ['PLANNED', 'STARTED'];

/**
 * Work orders: PLANNED → STARTED → REPAIRED, or CANCELLED before the repair. A report is ORDERED by one at a time; a
 * repair resolves its reports, a cancelled order leaves them open again.
 */
@Injectable()
export class WorkOrders {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly zones: NetworkZones,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.invalid, water.fault-state, water.fault-other-zone @throws {StaleVersionError} */
  create({ faultIds = [], ...input }: NewOrder, by: Principal): Promise<WorkOrder> {
    return this.uow.run(async () => {
      const faults = await this.openFaults(faultIds);
      const zoneId = input.zoneId ?? faults[0]?.zoneId;
      if (zoneId === undefined) throw invalidField('/zoneId', 'required');
      await this.zones.require(zoneId);
      const place = input.place || faults[0]?.place;
      if (!place) throw invalidField('/place', 'required');
      const order: WorkOrder = {
        id: await this.ids.one(),
        version: 1,
        zoneId,
        place,
        crew: input.crew,
        state: 'PLANNED',
        plannedFor: input.plannedFor ?? null,
        instructions: input.instructions || null,
        firstReportedAt: earliest(faults),
        startedAt: null,
        repairedAt: null,
        cancelledAt: null,
        materials: [],
        outcome: null,
        createdBy: by.userId,
        createdAt: this.clock.now(),
      };
      await this.store.insert(WorkOrder, order);
      await this.take(faults, order);
      await this.audit.record({ action: 'water.order-created', detail: { orderId: order.id, zoneId, faultIds } });
      return order;
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<WorkOrder> {
    const order = await this.store.reads(WorkOrder).findOneBy({ id });
    if (!order) throw new Problem('http.not-found');
    return order;
  }

  /** Newest first. */
  async list({ state, zoneId, crew, ...query }: OrdersQuery): Promise<Page<WorkOrder>> {
    const [rows, total] = await this.store.reads(WorkOrder).findAndCount({
      where: given({ state, zoneId, crew }),
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** More reports of what the crew works on. @throws {Problem} as {@link create}; http.not-found, water.work-order-state */
  addFaults(target: Versioned, faultIds: number[]): Promise<WorkOrder> {
    return this.act(target, UNFINISHED, 'reports-added', async (order) => {
      const faults = await this.openFaults(faultIds);
      await this.take(faults, order);
      const firsts = [order.firstReportedAt, earliest(faults)].filter((each) => each !== null);
      return { firstReportedAt: firsts.sort()[0] ?? null };
    });
  }

  /** @throws {Problem} http.not-found, water.work-order-state @throws {StaleVersionError} */
  start(target: Versioned): Promise<WorkOrder> {
    const started = () => Promise.resolve({ state: 'STARTED' as const, startedAt: this.clock.now() });
    return this.act(target, ['PLANNED'], 'started', started);
  }

  /** Its reports are resolved; an isolated zone is supplied again by another act. @throws {Problem} as {@link start} */
  repair(target: Versioned, { outcome, materials = [] }: Repair, by: Principal): Promise<WorkOrder> {
    return this.act(target, ['STARTED'], 'repaired', async ({ id }) => {
      const repairedAt = this.clock.now();
      await this.release(id, { state: 'RESOLVED', closedAt: repairedAt, closedBy: by.userId });
      return { state: 'REPAIRED', repairedAt, outcome, materials };
    });
  }

  /** @throws {Problem} as {@link start} */
  cancel(target: Versioned, reason: string): Promise<WorkOrder> {
    return this.act(target, UNFINISHED, 'cancelled', async ({ id }) => {
      await this.release(id, { state: 'OPEN', orderId: null });
      return { state: 'CANCELLED', cancelledAt: this.clock.now(), outcome: reason };
    });
  }

  private act(
    target: Versioned,
    from: readonly OrderState[],
    verb: string,
    decide: (order: WorkOrder) => Promise<Partial<WorkOrder>>,
  ): Promise<WorkOrder> {
    return this.uow.run(async () => {
      const order = await this.get(target.id);
      if (!from.includes(order.state))
        throw new Problem(FAULTS['water.work-order-state'], { extra: { state: order.state } });
      await this.store.updateVersioned(WorkOrder, target, await decide(order));
      await this.audit.record({ action: `water.order-${verb}`, detail: { orderId: target.id } });
      return this.get(target.id);
    });
  }

  private async openFaults(ids: number[]): Promise<Fault[]> {
    if (ids.length === 0) return [];
    const faults = await this.store.reads(Fault).find({ where: { id: In(ids) }, order: { id: 'ASC' } });
    const missing = ids.findIndex((id) => !faults.some((fault) => fault.id === id));
    if (missing >= 0) throw invalidField(`/faultIds/${missing}`, 'unknown');
    const settled = faults.find(({ state }) => state !== 'OPEN');
    if (settled) throw new Problem(FAULTS['water.fault-state'], { extra: { id: settled.id, state: settled.state } });
    return faults;
  }

  private async take(faults: readonly Fault[], { id: orderId, zoneId }: WorkOrder): Promise<void> {
    if (faults.some((fault) => fault.zoneId !== zoneId)) throw new Problem(FAULTS['water.fault-other-zone']);
    for (const fault of faults) await this.store.updateVersioned(Fault, fault, { state: 'ORDERED', orderId });
  }

  private async release(orderId: number, changes: Partial<Fault>): Promise<void> {
    const faults = await this.store.reads(Fault).find({ where: { orderId, state: 'ORDERED' }, order: { id: 'ASC' } });
    for (const fault of faults) await this.store.updateVersioned(Fault, fault, changes);
  }
}

const earliest = (faults: readonly Fault[]): string | null =>
  faults.map(({ reportedAt }) => reportedAt).sort()[0] ?? null;
