import { allocateByShares, roundHalfUp } from '@libs/money';
import type { EntryLine, NewCredit } from '../books/posting';

export interface PayableCharge {
  id: number;
  accountId: number;
  head: string;
  period: string;
  priority: number;
  dueOn: string;
  outstanding: number;
  /** Of a subscriber, no income: nobody can waive it. */
  deposit?: boolean;
}

/**
 * EACH: what a charge is lowered by when the payment closes it. ALL: the same, when it closes every one of them. MATCH:
 * millionths of what is paid of the charges.
 */
export type ReliefTerms =
  | { kind: 'EACH' | 'ALL'; off: ReadonlyMap<number, number> }
  | { kind: 'MATCH'; chargeIds: readonly number[]; ratePpm: number };

export interface ReliefOffer {
  /** Offers of one key share its budget. */
  key: string;
  accountId: number;
  nameAr: string;
  nameEn: string;
  /** Of the credits. */
  origin: 'DISCOUNT' | 'WAIVER';
  terms: ReliefTerms;
  /** Least that has to be paid on the account. */
  least: number;
  /** What may still be granted; Infinity for any amount. */
  budget: number;
  /** Who bears it, in what proportion. */
  ledgers: readonly { ledger: EntryLine['ledger']; dimension: string; weight: number }[];
}

/** What a payment puts on the account, as the books take it: by name in this order, or to the oldest. */
export interface PaidPart {
  amount: number;
  chargeIds?: readonly number[] | undefined;
  surplus: 'REFUSE' | 'ADVANCE';
}

export interface ReliefGrant {
  offer: ReliefOffer;
  amount: number;
  charges: { chargeId: number; amount: number }[];
}

/** As far as posting it goes. */
export type PostedRelief = Pick<ReliefGrant, 'amount' | 'charges'> & {
  offer: Pick<ReliefOffer, 'accountId' | 'origin' | 'ledgers'>;
};

/** By key: what is left to grant. */
export type Budgets = Map<string, number>;

export const MILLION = 1_000_000n;

export const ppmOf = (amount: number, ppm: number): number => roundHalfUp(BigInt(amount) * BigInt(ppm), MILLION);

/** One credit a charge, so that each charge shows what of it was relieved. */
export const creditsOf = (grants: readonly PostedRelief[]): NewCredit[] =>
  grants.flatMap(({ offer: { accountId, origin }, charges }) =>
    charges.map(({ chargeId, amount }) => ({ accountId, amount, origin, chargeIds: [chargeId] })),
  );

/** By ledger; the parts of a grant sum to it. */
export function reliefEntries(grants: readonly (PostedRelief & { currency: string })[]): EntryLine[] {
  return grants.flatMap(({ offer: { ledgers }, amount, currency }) => {
    const shares = sharesOf(amount, ledgers);
    return ledgers.map(({ ledger, dimension }, at) => ({ ledger, dimension, currency, amount: shares[at]! }));
  });
}

export const sharesOf = (amount: number, ledgers: ReliefOffer['ledgers']): number[] =>
  allocateByShares(
    amount,
    ledgers.map(({ weight }) => weight),
  );

/** A relief of several charges by their shares; something of each is left to be paid. */
export function shareOut(total: number, charges: readonly PayableCharge[]): Map<number, number> {
  const room = charges.map(({ outstanding }) => outstanding - 1);
  const capped = Math.min(total, sum(room));
  if (capped <= 0) return new Map();
  const shares = allocateByShares(
    capped,
    charges.map(({ outstanding }) => outstanding),
  );
  let over = sum(shares.map((share, at) => Math.max(0, share - room[at]!)));
  return new Map(
    charges.map(({ id }, at) => {
      const more = Math.max(0, Math.min(over, room[at]! - shares[at]!));
      over -= more;
      return [id, Math.min(shares[at]!, room[at]!) + more];
    }),
  );
}

export const sum = (amounts: Iterable<number>): number => [...amounts].reduce((total, amount) => total + amount, 0);
