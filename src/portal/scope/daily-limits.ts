import { Inject, Injectable } from '@nestjs/common';
import { addDays, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem } from '@libs/http';
import { IdAllocator, isUniqueViolation, Store, UnitOfWork } from '@libs/persistence';
import { PORTAL } from '../portal.problems';
import { PortalUse } from './portal-use.entity';

/** As `PORTAL_LIMITS` names them; a kind that it leaves out has no limit. */
export type LimitedKind =
  | 'STATEMENT'
  | 'ACCOUNT_STATEMENT'
  | 'CLEARANCE'
  | 'PAYMENT'
  | 'PAYMENT_REFRESH'
  | 'BILL_LOOKUP'
  | 'READING'
  | 'REQUEST'
  | 'FAULT';

/** What a citizen may ask for in a day, counted in the database: over every session and process. */
@Injectable()
export class DailyLimits {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Counts one use. In the caller's unit, where what is refused costs nothing; a guess is counted in a unit of its own.
   * @throws {Problem} portal.daily-limit
   */
  async use(oneRecordId: number, kind: LimitedKind): Promise<void> {
    const most = this.config.portalLimits[kind];
    if (most === undefined) return;
    const day = localDateOf(this.clock.now());
    await this.uow.run(async () => {
      if (await this.count(oneRecordId, day, kind, most)) return;
      throw new Problem(PORTAL['portal.daily-limit'], { extra: { kind, most, again: addDays(day, 1) } });
    });
  }

  /** Of two at once one waits, and then finds what the other has counted. */
  private async count(oneRecordId: number, day: string, kind: string, most: number): Promise<boolean> {
    const which = { oneRecordId, day, kind };
    for (;;) {
      const known = await this.store.reads(PortalUse).findOneBy(which);
      const used = known?.used ?? 0;
      if (used >= most) return false;
      if (known) {
        if ((await this.store.update(PortalUse, { id: known.id, used }, { used: used + 1 })) === 1) return true;
        continue;
      }
      try {
        await this.store.insert(PortalUse, { id: await this.ids.one(), ...which, used: 1 });
        return true;
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
      }
    }
  }
}
