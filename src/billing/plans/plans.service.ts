import { Inject, Injectable } from '@nestjs/common';
import { localDateOf, type Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { Problem, skipped, type Principal, invalidField } from '@libs/http';
import { IdAllocator, StaleVersionError, Store, UnitOfWork, type Versioned } from '@libs/persistence';
import { Audit } from '../../identity';
import { typedAmount } from '../adjustments/typed-amount';
import { Account } from '../accounts/account.entity';
import { Accounts } from '../accounts/accounts';
import { BOOKS } from '../billing.problems';
import { InstalmentPlan, PlanCharge, PlanInstalment, type EndCause, type PlanState } from './plan.entity';
import { instalmentsOf, standing } from './plan.rules';
import { PlanStore, type OpenCharge } from './plan-store';
import type { PlanDetail, PlansQuery, PlanTerms, ProposePlan } from './plans.dto';
import { PLANS } from './plans.problems';

interface Origin {
  oneRecordId: number;
  currency: string;
  restructuresId: number | null;
}

/** Instalment plans: DRAFT → ACTIVE → COMPLETED | DEFAULTED | RESTRUCTURED; a live one may be CANCELLED. */
@Injectable()
export class Plans {
  constructor(
    private readonly store: Store,
    private readonly uow: UnitOfWork,
    private readonly ids: IdAllocator,
    private readonly accounts: Accounts,
    private readonly planStore: PlanStore,
    private readonly audit: Audit,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Over the charges named, or all that are open on the person's own accounts and in no live plan. Without a down
   * payment it is active at once.
   * @throws {Problem} http.not-found; http.invalid for charges not of the record and currency, or terms that do not
   * fit; billing.plan-nothing-open, charge-settled, charge-in-plan
   */
  propose(oneRecordId: number, { currency, chargeIds, ...terms }: ProposePlan, by: Principal): Promise<InstalmentPlan> {
    return this.uow.run(async () => {
      const held = (await this.accounts.holdings(oneRecordId)).filter(({ account }) => account.currency === currency);
      const all = held.map(({ account }) => account.id);
      // What is outstanding stays so until the plan is written.
      await this.store.hold(Account, all);
      const own = held.filter(({ relation }) => relation === 'SAME_PERSON').map(({ account }) => account.id);
      const charges = chargeIds
        ? await this.named([...new Set(chargeIds)], new Set(all))
        : (await this.planStore.openOfAccounts(own)).filter(({ planned }) => !planned);
      return this.write(charges, terms, { oneRecordId, currency, restructuresId: null }, by);
    });
  }

  /** @throws {Problem} http.not-found */
  async get(id: number): Promise<InstalmentPlan> {
    const plan = await this.store.reads(InstalmentPlan).findOneBy({ id });
    if (!plan) throw new Problem('http.not-found');
    return plan;
  }

  /** With its schedule as it stands today. @throws {Problem} http.not-found */
  async detail(id: number): Promise<PlanDetail> {
    const plan = await this.get(id);
    const settled = (await this.planStore.settled([plan])).get(id)!;
    const instalments = (await this.planStore.instalments([id])).get(id)!;
    const day = plan.endedAt ?? this.clock.now();
    return {
      plan,
      settled,
      standing: standing(plan.downPayment, instalments, settled, localDateOf(day)),
      charges: await this.planStore.chargesOf(id),
    };
  }

  /** Newest first, each with what is settled of it. */
  async list({ state, oneRecordId, ...query }: PlansQuery): Promise<[[InstalmentPlan, number][], number]> {
    const where = { ...(state && { state }), ...(oneRecordId && { oneRecordId }) };
    const page = { skip: skipped(query), take: query.pageSize };
    const [rows, total] = await this.store
      .reads(InstalmentPlan)
      .findAndCount({ where, order: { proposedAt: 'DESC', id: 'DESC' }, ...page });
    const settled = await this.planStore.settled(rows);
    return [rows.map((plan) => [plan, settled.get(plan.id)!]), total];
  }

  /**
   * Once the down payment is paid; the nightly review does it too.
   * @throws {Problem} billing.plan-wrong-state, down-payment-unpaid
   * @throws {StaleVersionError}
   */
  activate(target: Versioned): Promise<InstalmentPlan> {
    return this.uow.run(async () => {
      const plan = await this.current(target, ['DRAFT']);
      const settled = (await this.planStore.settled([plan])).get(plan.id)!;
      if (settled < plan.downPayment) {
        throw new Problem(PLANS['billing.down-payment-unpaid'], {
          extra: { missing: String(plan.downPayment - settled) },
        });
      }
      await this.begin(plan);
      return this.get(plan.id);
    });
  }

  /** Its charges are due as they are without it. @throws as {@link activate} */
  cancel(target: Versioned, reason: string, by: Principal): Promise<InstalmentPlan> {
    return this.uow.run(async () => {
      const plan = await this.current(target, ['DRAFT', 'ACTIVE']);
      await this.end(plan, 'CANCELLED', 'CANCELLED', { reason, by: by.userId });
      return this.get(plan.id);
    });
  }

  /**
   * Ends an active plan and proposes a new one over what is open of its charges.
   * @returns the new plan
   * @throws as {@link activate} and {@link propose}
   */
  restructure(target: Versioned, terms: PlanTerms, by: Principal): Promise<InstalmentPlan> {
    return this.uow.run(async () => {
      const plan = await this.current(target, ['ACTIVE']);
      const charges = await this.planStore.chargesOf(plan.id);
      await this.store.hold(Account, [...new Set(charges.map(({ accountId }) => accountId))]);
      await this.end(plan, 'RESTRUCTURED', 'RESTRUCTURED', { by: by.userId });
      const rest = await this.planStore.byId(charges.map(({ chargeId }) => chargeId));
      const { oneRecordId, currency, id } = plan;
      const open = rest.filter(({ outstanding }) => outstanding > 0);
      return this.write(open, terms, { oneRecordId, currency, restructuresId: id }, by);
    });
  }

  /** Inside a unit of work. @throws {StaleVersionError} */
  async begin(plan: InstalmentPlan): Promise<void> {
    const changes = { state: 'ACTIVE' as const, activatedOn: localDateOf(this.clock.now()) };
    await this.store.updateVersioned(InstalmentPlan, plan, changes);
    await this.audit.record({ action: 'billing.plan-activated', detail: { planId: plan.id } });
  }

  /** Frees its charges. Inside a unit of work. @throws {StaleVersionError} */
  async end(
    plan: InstalmentPlan,
    state: PlanState,
    endCause: EndCause,
    { reason, by }: { reason?: string; by: number | null },
  ): Promise<void> {
    const settledAtEnd = (await this.planStore.settled([plan])).get(plan.id)!;
    const ended = { state, endCause, endReason: reason ?? null, endedBy: by, endedAt: this.clock.now(), settledAtEnd };
    await this.store.updateVersioned(InstalmentPlan, plan, ended);
    await this.store.update(PlanCharge, { planId: plan.id }, { liveChargeId: null });
    await this.audit.record({ action: 'billing.plan-ended', detail: { planId: plan.id, state, endCause } });
  }

  private async named(chargeIds: readonly number[], accountIds: ReadonlySet<number>): Promise<OpenCharge[]> {
    const charges = await this.planStore.byId(chargeIds);
    if (charges.length < chargeIds.length || charges.some(({ accountId }) => !accountIds.has(accountId))) {
      throw invalidField('/chargeIds', 'notOfRecordAndCurrency');
    }
    const paid = charges.find(({ outstanding }) => outstanding === 0);
    if (paid) throw new Problem(BOOKS['billing.charge-settled'], { extra: { chargeId: paid.id } });
    const planned = charges.find((charge) => charge.planned);
    if (planned) throw new Problem(PLANS['billing.charge-in-plan'], { extra: { chargeId: planned.id } });
    return charges;
  }

  private async write(
    charges: readonly OpenCharge[],
    terms: PlanTerms,
    { oneRecordId, currency, restructuresId }: Origin,
    by: Principal,
  ): Promise<InstalmentPlan> {
    const total = charges.reduce((sum, { outstanding }) => sum + outstanding, 0);
    if (total === 0) throw new Problem(PLANS['billing.plan-nothing-open']);
    const { firstDueOn, instalments, note } = terms;
    const downPayment = this.checkTerms(terms, total, currency);
    const plan: InstalmentPlan = {
      id: await this.ids.one(),
      oneRecordId,
      currency,
      state: 'DRAFT',
      total,
      downPayment,
      firstDueOn,
      note: note || null,
      restructuresId,
      proposedBy: by.userId,
      proposedAt: this.clock.now(),
      activatedOn: null,
      endCause: null,
      endReason: null,
      endedBy: null,
      endedAt: null,
      settledAtEnd: null,
      version: 1,
    };
    const planId = plan.id;
    await this.store.insert(InstalmentPlan, plan);
    const parts = instalmentsOf({ total, downPayment, instalments, firstDueOn });
    const partIds = await this.ids.many(parts.length);
    await this.store.bulkInsert(
      PlanInstalment,
      ['id', 'planId', 'number', 'dueOn', 'amount'],
      parts.map(({ number, dueOn, amount }, at) => [partIds[at], planId, number, dueOn, amount]),
    );
    const rowIds = await this.ids.many(charges.length);
    await this.store.bulkInsert(
      PlanCharge,
      ['id', 'planId', 'chargeId', 'amount', 'liveChargeId'],
      charges.map(({ id, outstanding }, at) => [rowIds[at], planId, id, outstanding, id]),
    );
    const detail = { planId, oneRecordId, currency, total: String(total), instalments };
    await this.audit.record({ action: 'billing.plan-proposed', detail });
    if (downPayment === 0) await this.begin(plan);
    return this.get(planId);
  }

  /** @returns the down payment in minor units */
  private checkTerms({ downPayment: typed, instalments, firstDueOn }: PlanTerms, total: number, currency: string) {
    const downPayment = typedAmount(typed, currency, '/downPayment', 0);
    if (downPayment >= total) throw invalidField('/downPayment', 'notLessThanTotal');
    if (instalments > this.config.planMostInstalments) throw invalidField('/instalments', 'tooMany');
    if (instalments > total - downPayment) throw invalidField('/instalments', 'moreThanMinorUnits');
    if (firstDueOn < localDateOf(this.clock.now())) throw invalidField('/firstDueOn', 'notBeforeToday');
    return downPayment;
  }

  private async current(target: Versioned, states: readonly PlanState[]): Promise<InstalmentPlan> {
    const plan = await this.get(target.id);
    if (plan.version !== target.version) throw new StaleVersionError(InstalmentPlan.name, target.id);
    if (!states.includes(plan.state)) {
      throw new Problem(PLANS['billing.plan-wrong-state'], { extra: { state: plan.state } });
    }
    return plan;
  }
}
