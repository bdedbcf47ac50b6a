import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { addDays, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Leases, Schedules } from '@libs/outbox';
import { StaleVersionError, UnitOfWork } from '@libs/persistence';
import type { InstalmentPlan, PlanState } from './plan.entity';
import { standing, verdict, type Verdict } from './plan.rules';
import { PlanStore } from './plan-store';
import { Plans } from './plans.service';

const LEASE = 'billing-plan-review';
const LEASE_SECONDS = 120;
const BATCH = 200;

/** How many plans changed to which state. */
export type Reviewed = Partial<Record<PlanState, number>>;

/** Every night: plans whose down payment came become active, those that are not kept end. */
@Injectable()
export class PlanReview implements OnApplicationBootstrap {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly leases: Leases,
    private readonly schedules: Schedules,
    private readonly planStore: PlanStore,
    private readonly plans: Plans,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.schedules.every('plan-review', this.config.planReviewCron, () => this.run());
  }

  /** @returns undefined while another process reviews */
  async run(): Promise<Reviewed | undefined> {
    return (await this.leases.once(LEASE, LEASE_SECONDS, () => this.all()))?.result;
  }

  private async all(): Promise<Reviewed> {
    const changed: Reviewed = {};
    for (let after = 0; ;) {
      const plans = await this.planStore.live(after, BATCH);
      if (plans.length === 0) return changed;
      for (const [plan, state] of await this.verdicts(plans)) {
        if (await this.carryOut(plan, state)) changed[state.state] = (changed[state.state] ?? 0) + 1;
      }
      after = plans.at(-1)!.id;
    }
  }

  private async verdicts(plans: readonly InstalmentPlan[]): Promise<[InstalmentPlan, Verdict][]> {
    const today = localDateOf(this.clock.now());
    const ids = plans.map(({ id }) => id);
    const settled = await this.planStore.settled(plans);
    const instalments = await this.planStore.instalments(ids);
    const unpaid = await this.planStore.withUnpaidBills(ids, addDays(today, -this.config.planCurrentBillDays));
    return plans.flatMap((plan): [InstalmentPlan, Verdict][] => {
      const paid = settled.get(plan.id)!;
      const { missed } = standing(plan.downPayment, instalments.get(plan.id)!, paid, today);
      const facts = { ...plan, settled: paid, missed, currentBillUnpaid: unpaid.has(plan.id) };
      const found = verdict(facts, today, this.config.planMissedInstalments);
      return found ? [[plan, found]] : [];
    });
  }

  /** Each in a unit of its own; one that somebody changes meanwhile is left to the next review. */
  private async carryOut(plan: InstalmentPlan, found: Verdict): Promise<boolean> {
    try {
      await this.uow.run(() =>
        found.state === 'ACTIVE'
          ? this.plans.begin(plan)
          : this.plans.end(plan, found.state, found.cause, { by: null }),
      );
      return true;
    } catch (error) {
      if (error instanceof StaleVersionError) return false;
      throw error;
    }
  }
}
