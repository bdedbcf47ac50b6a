import { Injectable, type OnModuleInit } from '@nestjs/common';
import { invalidField } from '@libs/http';
import { BillFeeders, type BilledCycle, type BilledRun, type BillFeeder } from '../../billing';
import type { BillDetail, Calculation, FedBill } from '../../billing';
import { BillDetails } from '../billing/bill-details';
import { RatingStore } from '../billing/rating-store';
import { calculations, sameAs, WATER_REFUSALS } from '../billing/water.feeder';
import type { RatedBatch } from '../billing/water-charges';
import { FinalReadings } from './final-readings';

const PARAMETER = 'finalBill';

/** One final bill; its runs are made for a subscription, not by hand. */
@Injectable()
export class FinalBillFeeder implements BillFeeder, OnModuleInit {
  readonly code = 'water-final';
  readonly serviceType = 'WATER';
  readonly nameAr = 'مياه، نهائية';
  readonly nameEn = 'Water, final';
  readonly refusals = WATER_REFUSALS;

  constructor(
    private readonly feeders: BillFeeders,
    private readonly finals: FinalReadings,
    private readonly ratings: RatingStore,
    private readonly sheets: BillDetails,
  ) {}

  onModuleInit(): void {
    this.feeders.register(this);
  }

  check(parameters: Record<string, unknown>): void {
    const [name, ...others] = Object.keys(parameters);
    if (name === PARAMETER && others.length === 0 && /^[1-9]\d{0,14}$/.test(String(parameters[name]))) return;
    throw invalidField('/parameters', 'unknownParameter');
  }

  async accounts(parameters: Record<string, unknown>, afterAccountId: number): Promise<number[]> {
    const final = await this.finals.ofRun(Number(parameters[PARAMETER]));
    return final && final.accountId > afterAccountId ? [final.accountId] : [];
  }

  async calculate(_: readonly number[], { parameters }: BilledCycle): Promise<Map<number, Calculation>> {
    return calculations((await this.rate(parameters))?.accounts ?? new Map());
  }

  async posting(bills: readonly FedBill[], run: BilledRun): Promise<void> {
    const now = await this.rate(run.parameters);
    const rated = sameAs(bills, now?.accounts ?? new Map());
    if (now) await this.ratings.post(rated, run, { kind: 'FINAL', book: now.book });
  }

  reversed(bills: readonly FedBill[], run: BilledRun): Promise<void> {
    return this.ratings.reverse(bills, run);
  }

  details(bills: readonly FedBill[], { period }: BilledRun): Promise<Map<number, BillDetail>> {
    return this.sheets.of(bills, period);
  }

  private async rate(parameters: Record<string, unknown>): Promise<RatedBatch | null> {
    const final = await this.finals.ofRun(Number(parameters[PARAMETER]));
    return final ? this.finals.rate(final) : null;
  }
}
