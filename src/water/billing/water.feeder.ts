import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Problem, invalidField } from '@libs/http';
import { BillFeeders, type BilledCycle, type BilledRun, type BillFeeder } from '../../billing';
import type { BillDetail, Calculation, FedBill } from '../../billing';
import { WATER_CLASSES, type WaterClass } from '../subscriptions/subscription.entity';
import { BillDetails } from './bill-details';
import { BilledSubscriptions, type Billed } from './billed-subscriptions';
import { RatingStore } from './rating-store';
import { WATER_BILLING } from './water-billing.problems';
import { type RatedBatch, WaterCharges } from './water-charges';
import type { Outcome, RatedAccount } from './cycle-rating.rules';

const ID = /^[1-9]\d{0,14}$/;
export const WATER_REFUSALS = Object.values(WATER_BILLING);

/** Water bills of a cycle: of a route, a zone, a class, or all. */
@Injectable()
export class WaterFeeder implements BillFeeder, OnModuleInit {
  readonly code = 'water';
  readonly serviceType = 'WATER';
  readonly nameAr = 'مياه';
  readonly nameEn = 'Water';
  readonly refusals = WATER_REFUSALS;

  constructor(
    private readonly feeders: BillFeeders,
    private readonly billed: BilledSubscriptions,
    private readonly charges: WaterCharges,
    private readonly ratings: RatingStore,
    private readonly sheets: BillDetails,
  ) {}

  onModuleInit(): void {
    this.feeders.register(this);
  }

  check(parameters: Record<string, unknown>): void {
    const wrong = Object.entries(parameters).find(([name, value]) => {
      if (name === 'waterClass') return !WATER_CLASSES.includes(value as WaterClass);
      return !['routeId', 'zoneId'].includes(name) || !ID.test(String(value));
    });
    if (wrong) throw invalidField('/parameters', 'unknownParameter');
  }

  accounts(
    parameters: Record<string, unknown>,
    afterAccountId: number,
    limit: number,
    { period }: BilledCycle,
  ): Promise<number[]> {
    return this.billed.accounts(billedBy(parameters), period, afterAccountId, limit);
  }

  async calculate(accountIds: readonly number[], { period }: BilledCycle): Promise<Map<number, Calculation>> {
    return calculations((await this.rate(accountIds, period)).accounts);
  }

  async posting(bills: readonly FedBill[], run: BilledRun): Promise<void> {
    const { accounts, book } = await this.rate(
      bills.map(({ accountId }) => accountId),
      run.period,
    );
    await this.ratings.post(sameAs(bills, accounts), run, { kind: 'BILL', book });
  }

  reversed(bills: readonly FedBill[], run: BilledRun): Promise<void> {
    return this.ratings.reverse(bills, run);
  }

  details(bills: readonly FedBill[], { period }: BilledRun): Promise<Map<number, BillDetail>> {
    return this.sheets.of(bills, period);
  }

  private async rate(accountIds: readonly number[], period: string): Promise<RatedBatch> {
    return this.charges.rate(await this.billed.ofAccounts(accountIds, period), period);
  }
}

const billedBy = ({ routeId, zoneId, waterClass }: Record<string, unknown>): Billed => ({
  ...(routeId !== undefined && { routeId: Number(routeId) }),
  ...(zoneId !== undefined && { zoneId: Number(zoneId) }),
  ...(waterClass !== undefined && { waterClass: String(waterClass) }),
});

export const calculations = (rated: ReadonlyMap<number, Outcome<RatedAccount>>): Map<number, Calculation> =>
  new Map([...rated].map(([id, outcome]) => [id, 'reason' in outcome ? outcome : { lines: outcome.lines }]));

/** @throws {Problem} water.changed-since-calculated when a bill would be another today */
export function sameAs(
  bills: readonly FedBill[],
  rated: ReadonlyMap<number, Outcome<RatedAccount>>,
): (FedBill & { rated: RatedAccount })[] {
  return bills.map((bill) => {
    const now = rated.get(bill.accountId);
    if (!now || 'reason' in now || JSON.stringify(now.lines) !== JSON.stringify(bill.lines)) {
      throw new Problem(WATER_BILLING['water.changed-since-calculated'], { extra: { accountId: bill.accountId } });
    }
    return { ...bill, rated: now };
  });
}
