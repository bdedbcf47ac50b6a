import { Inject, Injectable } from '@nestjs/common';
import { addMonths, localDateOf, type Clock } from '@libs/calendar';
import { CLOCK } from '@libs/config';
import { Accounts, type Holding } from '../../billing';
import { Consumption, Subscriptions, type SubscriptionDetail } from '../../water';

/** A subscription that is billed on an account of the citizen. */
export interface MySubscription {
  detail: SubscriptionDetail;
  held: Holding;
  /** First day of this citizen; null for the first holder. What was used before is another's. */
  since: string | null;
}

export interface CycleUse {
  period: string;
  cubicMetres: number;
  estimated: boolean;
}

/** Two-monthly cycles too. */
const MONTHS = 24;
const CYCLES = 12;

/** Water as its subscriber sees it. */
@Injectable()
export class MyWater {
  constructor(
    private readonly accounts: Accounts,
    private readonly subscriptions: Subscriptions,
    private readonly consumption: Consumption,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async all(oneRecordId: number): Promise<MySubscription[]> {
    const held = new Map((await this.accounts.holdings(oneRecordId)).map((each) => [each.account.id, each]));
    const found = await this.subscriptions.onAccounts([...held.keys()]);
    return found.map((detail) => mine(detail, held.get(detail.subscription.accountId)!));
  }

  /** @throws {Problem} http.not-found, for another's as for none */
  async one(oneRecordId: number, id: number): Promise<MySubscription> {
    const detail = await this.subscriptions.get(id);
    return mine(detail, await this.accounts.held(oneRecordId, detail.subscription.accountId));
  }

  /** Of the last twelve cycles that were read, the oldest first. */
  async used({ detail, since }: MySubscription): Promise<CycleUse[]> {
    const today = localDateOf(this.clock.now());
    const first = addMonths(today, 1 - MONTHS);
    const from = since !== null && since > first ? since : first;
    const { id } = detail.subscription;
    return ((await this.consumption.of([id], from.slice(0, 7), today.slice(0, 7))).get(id) ?? []).slice(-CYCLES);
  }

  /** Of the places that are supplied. */
  async zoneIds(oneRecordId: number): Promise<Set<number>> {
    return new Set((await this.all(oneRecordId)).flatMap(({ detail }) => zoneOf(detail) ?? []));
  }
}

const mine = (detail: SubscriptionDetail, held: Holding): MySubscription => ({
  detail,
  held,
  since: held.account.tenure > 1 ? held.account.openedOn : null,
});

export const zoneOf = ({ premise, route }: SubscriptionDetail): number | null =>
  premise.zoneId ?? route?.zoneId ?? null;
