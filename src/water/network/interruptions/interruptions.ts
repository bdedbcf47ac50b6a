import { Inject, Injectable } from '@nestjs/common';
import { addDuration, compare, type Clock, type Instant } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { pageOf, Problem, skipped, type Page, type Principal, invalidField } from '@libs/http';
import { IdAllocator, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { In, LessThanOrEqual } from 'typeorm';
import { Audit } from '../../../identity';
import { WorkOrder } from '../faults/fault.entity';
import { given } from '../given';
import { instantOf } from '../local-times';
import { NetworkZones } from '../zones';
import { InterruptionNotices } from './interruption-notices';
import { Interruption, type InterruptionKind, type NoticeKind } from './interruption.entity';
import type { InterruptionsQuery, InterruptionUpdate, NewInterruption } from './interruptions.dto';
import { INTERRUPTIONS } from './interruptions.problems';

const MOST_DAYS = 30;

/** Isolation of zones, and what their subscribers are told: every change is a notice. */
@Injectable()
export class Interruptions {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly zones: NetworkZones,
    private readonly notices: InterruptionNotices,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {Problem} http.invalid for times in the wrong order, a planned one not to come, what is unknown */
  announce(input: NewInterruption, by: Principal): Promise<Interruption> {
    return this.uow.run(async () => {
      const { kind, zoneId, orderId = null, reasonAr, reasonEn } = input;
      await this.zones.require(zoneId);
      await this.requireOrder(orderId, zoneId);
      const now = this.clock.now();
      if (kind === 'PLANNED' && input.from === undefined) throw invalidField('/from', 'required');
      const fromAt = input.from === undefined ? now : instantOf(input.from, '/from');
      const untilAt = instantOf(input.until, '/until');
      checkTimes(kind, fromAt, untilAt, now);
      const interruption: Interruption = {
        id: await this.ids.one(),
        version: 1,
        zoneId,
        kind,
        state: 'ANNOUNCED',
        orderId,
        fromAt,
        untilAt,
        endedAt: null,
        reasonAr,
        reasonEn,
        createdBy: by.userId,
        createdAt: now,
      };
      await this.store.insert(Interruption, interruption);
      await this.told(interruption, 'ANNOUNCEMENT', by);
      return interruption;
    });
  }

  /** @throws {Problem} http.not-found, http.invalid, water.interruption-state, -begun @throws {StaleVersionError} */
  update(target: Versioned, { from, until, ...reasons }: InterruptionUpdate, by: Principal): Promise<Interruption> {
    return this.act(target, 'UPDATE', by, ({ kind, fromAt, untilAt }) => {
      const now = this.clock.now();
      const newReasons = given(reasons);
      const begun = compare(fromAt, now) <= 0;
      if (from !== undefined && begun) throw new Problem(INTERRUPTIONS['water.interruption-begun']);
      const changes = {
        ...newReasons,
        fromAt: from === undefined ? fromAt : instantOf(from, '/from'),
        untilAt: instantOf(until, '/until'),
      };
      checkTimes(begun ? 'EMERGENCY' : kind, changes.fromAt, changes.untilAt, now);
      const nothingNew = from === undefined && changes.untilAt === untilAt && Object.keys(newReasons).length === 0;
      if (nothingNew) throw invalidField('/until', 'unchanged');
      return changes;
    });
  }

  /** @throws {Problem} http.not-found, http.invalid, water.interruption-state, -not-begun @throws {StaleVersionError} */
  restore(target: Versioned, at: string | undefined, by: Principal): Promise<Interruption> {
    return this.act(target, 'RESTORATION', by, ({ fromAt }) => {
      const now = this.clock.now();
      if (compare(fromAt, now) > 0) throw new Problem(INTERRUPTIONS['water.interruption-not-begun']);
      const endedAt = at === undefined ? now : instantOf(at, '/at');
      if (compare(endedAt, fromAt) < 0 || compare(endedAt, now) > 0) throw invalidField('/at', 'outside');
      return { state: 'RESTORED', endedAt };
    });
  }

  /** @throws {Problem} http.not-found, water.interruption-state, -begun @throws {StaleVersionError} */
  cancel(target: Versioned, by: Principal): Promise<Interruption> {
    return this.act(target, 'CANCELLATION', by, ({ fromAt }) => {
      const now = this.clock.now();
      if (compare(fromAt, now) <= 0) throw new Problem(INTERRUPTIONS['water.interruption-begun']);
      return { state: 'CANCELLED', endedAt: now };
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<Interruption> {
    const interruption = await this.store.reads(Interruption).findOneBy({ id });
    if (!interruption) throw new Problem('http.not-found');
    return interruption;
  }

  /** Newest first. */
  async list({ zoneId, state, orderId, ...query }: InterruptionsQuery): Promise<Page<Interruption>> {
    const [rows, total] = await this.store.reads(Interruption).findAndCount({
      where: given({ zoneId, state, orderId }),
      order: { createdAt: 'DESC', id: 'DESC' },
      skip: skipped(query),
      take: query.pageSize,
    });
    return pageOf(query, rows, total);
  }

  /** Of these zones, begun and not ended; one that should have ended goes on until somebody says that water is back. */
  current(zoneIds: readonly number[]): Promise<Interruption[]> {
    return this.announced(zoneIds, this.clock.now());
  }

  /** Not ended and begun before `until`, by their beginning. */
  announced(zoneIds: readonly number[], until: Instant): Promise<Interruption[]> {
    return this.store.reads(Interruption).find({
      where: { zoneId: In([...zoneIds]), state: 'ANNOUNCED', fromAt: LessThanOrEqual(until) },
      order: { fromAt: 'ASC', id: 'ASC' },
    });
  }

  private act(
    target: Versioned,
    notice: NoticeKind,
    by: Principal,
    decide: (interruption: Interruption) => Partial<Interruption>,
  ): Promise<Interruption> {
    return this.uow.run(async () => {
      const interruption = await this.get(target.id);
      const { state } = interruption;
      if (state !== 'ANNOUNCED') throw new Problem(INTERRUPTIONS['water.interruption-state'], { extra: { state } });
      await this.store.updateVersioned(Interruption, target, decide(interruption));
      const changed = await this.get(target.id);
      await this.told(changed, notice, by);
      return changed;
    });
  }

  private async told(interruption: Interruption, kind: NoticeKind, by: Principal): Promise<void> {
    await this.notices.tell(interruption, kind, by.userId);
    const { id: interruptionId, zoneId, fromAt, untilAt } = interruption;
    const detail = { interruptionId, zoneId, fromAt, untilAt };
    await this.audit.record({ action: `water.interruption-${kind.toLowerCase()}`, detail });
  }

  private async requireOrder(orderId: number | null, zoneId: number): Promise<void> {
    if (orderId === null) return;
    if (!(await this.store.reads(WorkOrder).existsBy({ id: orderId, zoneId })))
      throw invalidField('/orderId', 'unknown');
  }
}

function checkTimes(kind: InterruptionKind, fromAt: Instant, untilAt: Instant, now: Instant): void {
  if (kind === 'PLANNED' && compare(fromAt, now) <= 0) throw invalidField('/from', 'notToCome');
  if (compare(untilAt, fromAt) <= 0) throw invalidField('/until', 'notAfterFrom');
  if (compare(untilAt, now) <= 0) throw invalidField('/until', 'notToCome');
  if (compare(untilAt, addDuration(fromAt, { days: MOST_DAYS })) > 0) throw invalidField('/until', 'tooLong');
}
