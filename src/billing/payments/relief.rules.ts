/**
 * Reliefs that are granted with a payment: discounts, campaigns. One relief a charge, and of the combinations that are
 * possible the one that spares the payer most. Money and reliefs together are never more than is owed: a payer who gives
 * more than closes the account gets less relief, and no relief becomes an advance. All amounts are minor units.
 */
import { sum, type Budgets, type PaidPart, type PayableCharge, type ReliefGrant, type ReliefOffer } from './relief';
import { matched, Run, type Choice } from './relief-run';

/** More than this many offers for one account are not combined; the smallest are left out. */
const MOST_OFFERS = 8;

/** The reliefs of a payment on one account. @param budgets by key, what earlier accounts of the payment have left */
export function relieve(
  charges: readonly PayableCharge[],
  parts: readonly PaidPart[],
  offers: readonly ReliefOffer[],
  budgets: Budgets = new Map(),
): ReliefGrant[] {
  const money = parts.reduce((sum, { amount }) => sum + amount, 0);
  const open = offers.filter((offer) => money >= offer.least && isBorne(offer, budgets));
  let best: { run: Run; relief: number } | undefined;
  for (const some of combinations(open)) {
    const run = settled(charges, parts, some, budgets, true);
    const relief = sum(run.relief.values());
    if (relief > (best?.relief ?? 0)) best = { run, relief };
  }
  const grants = best?.run.grants() ?? [];
  for (const { offer, amount } of grants) budgets.set(offer.key, (budgets.get(offer.key) ?? offer.budget) - amount);
  return grants;
}

/** The least that closes the charges named, or all of the account. */
export function closing(
  charges: readonly PayableCharge[],
  offers: readonly ReliefOffer[],
  chargeIds?: readonly number[],
  budgets: Budgets = new Map(),
): number {
  const named = charges.filter(({ id }) => chargeIds?.includes(id) ?? true);
  const owed = sum(named.map(({ outstanding }) => outstanding));
  const parts: PaidPart[] = [{ amount: owed, chargeIds, surplus: 'REFUSE' }];
  let least = owed;
  for (const some of combinations(offers.filter((offer) => isBorne(offer, budgets)))) {
    const run = settled(charges, parts, some, budgets, false);
    const asked = run.grants().map(({ offer }) => offer.least);
    least = Math.min(least, Math.max(sum(run.paid.values()), ...asked));
  }
  return least;
}

/** A budget bears what is off an account whole or not at all; what matches payments as far as it lasts. */
const isBorne = ({ key, budget, terms }: ReliefOffer, budgets: Budgets): boolean =>
  terms.kind === 'MATCH' || sum(terms.off.values()) <= (budgets.get(key) ?? budget);

/** Every combination of offers, the fewest first where they are alike. */
function combinations(offers: readonly ReliefOffer[]): ReliefOffer[][] {
  const few =
    offers.length > MOST_OFFERS
      ? [...offers].sort((a, b) => potential(b) - potential(a)).slice(0, MOST_OFFERS)
      : offers;
  const all = Array.from({ length: 2 ** few.length }, (_, mask) => few.filter((__, at) => (mask >> at) & 1));
  return all.sort((a, b) => a.length - b.length);
}

const potential = ({ terms }: ReliefOffer): number =>
  terms.kind === 'MATCH' ? terms.ratePpm * terms.chargeIds.length : sum(terms.off.values());

/** Until every relief that the run assumed is also earned. */
function settled(
  charges: readonly PayableCharge[],
  parts: readonly PaidPart[],
  offers: readonly ReliefOffer[],
  budgets: Budgets,
  capped: boolean,
): Run {
  const choices = chosen(charges, offers);
  for (;;) {
    const run = new Run(charges, choices, budgets);
    run.pay(parts, capped);
    const failed = [...choices].filter(([id, choice]) => !run.earned(id, choice));
    if (failed.length === 0) return run;
    for (const [id] of failed) choices.delete(id);
  }
}

/** The better offer of each charge. */
function chosen(charges: readonly PayableCharge[], offers: readonly ReliefOffer[]): Map<number, Choice> {
  const choices = new Map<number, Choice>();
  const consider = (id: number, choice: Choice) => {
    if (choice.off > (choices.get(id)?.off ?? 0)) choices.set(id, choice);
  };
  for (const offer of offers) {
    const { terms } = offer;
    if (terms.kind !== 'MATCH') for (const [id, off] of terms.off) consider(id, { offer, off });
    else {
      const ids = new Set(terms.chargeIds);
      for (const { id, outstanding } of charges) {
        if (!ids.has(id)) continue;
        const [paid] = matched(outstanding, outstanding, { paid: 0, relief: 0, budget: Infinity }, terms.ratePpm);
        consider(id, { offer, off: outstanding - paid });
      }
    }
  }
  return choices;
}
