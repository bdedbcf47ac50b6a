import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config } from '@libs/config';
import { Leases, Schedules } from '@libs/outbox';
import { isUniqueViolation, StaleVersionError, Store, UnitOfWork } from '@libs/persistence';
import { Warning, type WarningState } from './warning.entity';
import { WarningActs } from './warning-acts';
import { Warnings, type WarningNow } from './warnings';

const LEASE = 'billing-warning-review';
const LEASE_SECONDS = 120;
const BATCH = 200;

/** Warnings that may stand elsewhere than their state says: the open ones, and paid ones of which something is owed again. */
const CANDIDATES = `w.id > :after AND (w.state IN ('ISSUED', 'SERVED', 'EXPIRED', 'REFERRED') OR (w.state = 'PAID' AND
  EXISTS (SELECT 1 FROM "warning_charges" wc JOIN "charges" c ON c."id" = wc."charge_id"
    WHERE wc."warning_id" = "w"."id" AND c."outstanding" > 0)))`;

/** How many warnings changed to which state. */
export type Reviewed = Partial<Record<WarningState, number>>;

/** Every night: warnings that are paid end, those whose days have run out expire, those whose payment fell through come back. */
@Injectable()
export class WarningReview implements OnApplicationBootstrap {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly leases: Leases,
    private readonly schedules: Schedules,
    private readonly warnings: Warnings,
    private readonly acts: WarningActs,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every('warning-review', this.config.dunningReviewCron, () => this.run());
  }

  /** @returns undefined while another process reviews */
  async run(): Promise<Reviewed | undefined> {
    return (await this.leases.once(LEASE, LEASE_SECONDS, () => this.all()))?.result;
  }

  private async all(): Promise<Reviewed> {
    const changed: Reviewed = {};
    for (let after = 0; ;) {
      const page = await this.store
        .query(Warning, 'w')
        .where(CANDIDATES, { after })
        .orderBy('w.id')
        .take(BATCH)
        .getMany();
      if (page.length === 0) return changed;
      for (const now of await this.warnings.now(page)) {
        if (now.standing === now.warning.state || !(await this.settle(now))) continue;
        changed[now.standing] = (changed[now.standing] ?? 0) + 1;
      }
      after = page.at(-1)!.id;
    }
  }

  /** One that somebody changes meanwhile, or whose charge another warning has just taken, is left to the next review. */
  private async settle(now: WarningNow): Promise<boolean> {
    try {
      await this.uow.run(() => this.acts.settle(now));
      return true;
    } catch (error) {
      if (error instanceof StaleVersionError || isUniqueViolation(error)) return false;
      throw error;
    }
  }
}
