import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal, invalidField } from '@libs/http';
import { Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../../identity';
import { Fault } from './fault.entity';
import { Faults } from './faults';
import { FAULTS } from './faults.problems';

/** Open reports that need no work: somebody told it before, or there is nothing. */
@Injectable()
export class FaultDecisions {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly faults: Faults,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * What was a duplicate of it becomes one of the original too.
   * @throws {Problem} http.not-found, http.invalid, water.fault-state, water.fault-other-zone,
   *   water.fault-duplicate-of-itself @throws {StaleVersionError}
   */
  duplicate(target: Versioned, ofId: number, by: Principal): Promise<Fault> {
    return this.uow.run(async () => {
      const fault = await this.requireOpen(target);
      const original = await this.store.reads(Fault).findOneBy({ id: ofId });
      if (!original) throw invalidField('/ofId', 'unknown');
      if (original.id === fault.id || original.state === 'DUPLICATE')
        throw new Problem(FAULTS['water.fault-duplicate-of-itself']);
      if (original.zoneId !== fault.zoneId) throw new Problem(FAULTS['water.fault-other-zone']);
      if (original.state === 'DISMISSED') throw new Problem(FAULTS['water.fault-state']);
      // Counts its version up, so that nobody makes it a duplicate at the same time.
      await this.store.updateVersioned(Fault, original, {});
      await this.store.update(Fault, { duplicateOfId: fault.id }, { duplicateOfId: original.id });
      return this.close(target, by, { state: 'DUPLICATE', duplicateOfId: original.id });
    });
  }

  /** @throws {Problem} http.not-found, water.fault-state @throws {StaleVersionError} */
  dismiss(target: Versioned, reason: string, by: Principal): Promise<Fault> {
    return this.uow.run(async () => {
      await this.requireOpen(target);
      return this.close(target, by, { state: 'DISMISSED', closingNote: reason });
    });
  }

  private async requireOpen({ id }: Versioned): Promise<Fault> {
    const fault = await this.faults.get(id);
    if (fault.state !== 'OPEN') throw new Problem(FAULTS['water.fault-state'], { extra: { state: fault.state } });
    return fault;
  }

  private async close(target: Versioned, by: Principal, changes: Partial<Fault>): Promise<Fault> {
    const closed = { ...changes, closedAt: this.clock.now(), closedBy: by.userId };
    await this.store.updateVersioned(Fault, target, closed);
    await this.audit.record({ action: 'water.fault-closed', detail: { faultId: target.id, ...changes } });
    return this.faults.get(target.id);
  }
}
