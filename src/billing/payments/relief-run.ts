import { paymentOrder } from '../books/open-items';
import {
  MILLION,
  ppmOf,
  type Budgets,
  type PaidPart,
  type PayableCharge,
  type ReliefGrant,
  type ReliefOffer,
} from './relief';

/** The offer that a charge would be relieved by. */
export interface Choice {
  offer: ReliefOffer;
  /** Off the charge; of MATCH what it would be if nothing else were paid. */
  off: number;
}

interface Matching {
  paid: number;
  relief: number;
  budget: number;
}

/** One way of paying: the reliefs are assumed, then the money goes where the books put it. */
export class Run {
  readonly paid = new Map<number, number>();
  readonly relief = new Map<number, number>();
  private readonly left = new Map<number, number>();
  private readonly order: number[];
  private readonly matching = new Map<ReliefOffer, Matching>();

  constructor(
    charges: readonly PayableCharge[],
    private readonly choices: ReadonlyMap<number, Choice>,
    budgets: Budgets,
  ) {
    this.order = [...charges].sort(paymentOrder).map(({ id }) => id);
    for (const { id, outstanding } of charges) {
      const choice = choices.get(id);
      const fixed = choice && choice.offer.terms.kind !== 'MATCH' ? choice.off : 0;
      if (fixed > 0) this.relief.set(id, fixed);
      this.left.set(id, outstanding - fixed);
    }
    for (const { offer } of choices.values()) {
      this.matching.set(offer, { paid: 0, relief: 0, budget: budgets.get(offer.key) ?? offer.budget });
    }
  }

  /** @param capped take reliefs back for money that finds nothing to pay */
  pay(parts: readonly PaidPart[], capped: boolean): void {
    let free = 0;
    for (const { amount, chargeIds, surplus } of parts) {
      if (!chargeIds) free += amount;
      else {
        const over = this.spend(amount, chargeIds);
        const rest = capped && surplus === 'REFUSE' ? this.trim(over, chargeIds) : over;
        if (surplus === 'ADVANCE') free += rest;
      }
    }
    const over = this.spend(free, this.order);
    if (capped) this.trim(over, this.order);
  }

  earned(id: number, { offer: { terms } }: Choice): boolean {
    if (terms.kind === 'MATCH') return true;
    if (terms.kind === 'EACH') return this.left.get(id) === 0 && this.paid.has(id);
    return [...terms.off.keys()].every((each) => this.left.get(each) === 0);
  }

  grants(): ReliefGrant[] {
    const grants = new Map<ReliefOffer, ReliefGrant>();
    for (const id of this.order) {
      const amount = this.relief.get(id) ?? 0;
      if (amount === 0) continue;
      const { offer } = this.choices.get(id)!;
      const grant = grants.get(offer) ?? { offer, amount: 0, charges: [] };
      grant.amount += amount;
      grant.charges.push({ chargeId: id, amount });
      grants.set(offer, grant);
    }
    return [...grants.values()];
  }

  /** @returns what is left of the money */
  private spend(money: number, ids: readonly number[]): number {
    for (const id of ids) {
      const left = this.left.get(id) ?? 0;
      if (money === 0) break;
      if (left === 0) continue;
      const [paid, relief] = this.portion(id, left, money);
      this.add(id, paid, relief);
      this.left.set(id, left - paid - relief);
      money -= paid;
    }
    return money;
  }

  private portion(id: number, left: number, money: number): [paid: number, relief: number] {
    const choice = this.choices.get(id);
    if (choice?.offer.terms.kind !== 'MATCH') return [Math.min(left, money), 0];
    return matched(left, money, this.matching.get(choice.offer)!, choice.offer.terms.ratePpm);
  }

  /** @returns what is still left of the money */
  private trim(money: number, ids: readonly number[]): number {
    for (const id of [...ids].reverse()) {
      const back = Math.min(money, this.relief.get(id) ?? 0);
      if (back === 0) continue;
      this.add(id, back, -back);
      money -= back;
    }
    return money;
  }

  private add(id: number, paid: number, relief: number): void {
    this.paid.set(id, (this.paid.get(id) ?? 0) + paid);
    if (relief !== 0) this.relief.set(id, (this.relief.get(id) ?? 0) + relief);
    const choice = this.choices.get(id);
    if (choice?.offer.terms.kind !== 'MATCH') return;
    const matching = this.matching.get(choice.offer)!;
    matching.paid += paid;
    matching.relief += relief;
    matching.budget -= relief;
  }
}

/**
 * Money and relief on a charge: no more money than closes it with the relief. Relief is rounded over all that the offer
 * matches, so that it is the rate of their sum.
 */
export function matched(
  left: number,
  money: number,
  { paid, relief, budget }: Matching,
  ratePpm: number,
): [number, number] {
  const gained = (x: number) => Math.min(ppmOf(paid + x, ratePpm) - relief, budget);
  const [owed, rate] = [BigInt(left + relief), BigInt(ratePpm)];
  const near = Number((owed * MILLION - BigInt(paid) * rate) / (MILLION + rate)) - 1;
  let x = Math.max(1, near, left - budget);
  while (x < left && x + gained(x) < left) x++;
  x = Math.min(x, left, money);
  return [x, Math.min(left - x, gained(x))];
}
