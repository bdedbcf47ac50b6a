import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Problem, type Principal } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { officeCode } from '@libs/serial';
import { Audit } from '../../identity';
import { CashierShift, Till } from './till.entity';
import { TILL } from './till.problems';

/** The drawers of the municipality. */
@Injectable()
export class Tills {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly audit: Audit,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  all(): Promise<Till[]> {
    return this.store.reads(Till).find({ order: { code: 'ASC' } });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<Till> {
    const till = await this.store.reads(Till).findOneBy({ id });
    if (!till) throw new Problem('http.not-found');
    return till;
  }

  /** @throws {Problem} billing.till-code-taken */
  async create(given: { code: string; office: string; name: string }, caller: Principal): Promise<Till> {
    try {
      return await this.uow.run(async () => {
        const till: Till = {
          id: await this.ids.one(),
          version: 1,
          code: given.code.toUpperCase(),
          office: officeCode(given.office),
          name: given.name,
          active: true,
          createdBy: caller.userId,
          createdAt: this.clock.now(),
        };
        await this.store.insert(Till, till);
        await this.audit.record({ action: 'billing.till-created', detail: { tillId: till.id, code: till.code } });
        return till;
      });
    } catch (error) {
      throw isUniqueViolation(error) ? new Problem(TILL['billing.till-code-taken']) : error;
    }
  }

  /** @throws {Problem} http.not-found; billing.till-in-use when one with an open shift is taken out of use */
  change(id: number, version: number, changes: Partial<Pick<Till, 'name' | 'active'>>): Promise<Till> {
    return this.uow.run(async () => {
      const till = await this.get(id);
      const next = { name: changes.name ?? till.name, active: changes.active ?? till.active };
      const changed = await this.store.updateVersioned(Till, { id, version }, next);
      if (!next.active && (await this.store.reads(CashierShift).existsBy({ openTillId: id }))) {
        throw new Problem(TILL['billing.till-in-use']);
      }
      await this.audit.record({ action: 'billing.till-changed', detail: { tillId: id, ...next } });
      return { ...till, ...next, version: changed };
    });
  }
}
