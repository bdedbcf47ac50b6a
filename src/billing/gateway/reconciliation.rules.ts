import { sums } from '../till/amounts';

export const FINDING_KINDS = [
  'UNKNOWN_HERE',
  'NOT_SUCCESSFUL_HERE',
  'UNKNOWN_THERE',
  'AMOUNT_DIFFERS',
  'REFUND_DIFFERS',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** A paid transaction, on either side; amounts in minor units. */
export interface Paid {
  reference: string;
  currency: string;
  amount: number;
  refunded: boolean;
}

export interface OursPaid extends Paid {
  transactionId: number;
}

export interface Finding {
  kind: FindingKind;
  reference: string;
  transactionId: number | null;
  /** Whether what the gateway says was taken over. */
  corrected: boolean;
}

/** Refunds do not count against it: they are days of their own at the bank. */
export interface Total {
  currency: string;
  count: number;
  amount: number;
}

/** Counts and sums by currency, in the order of the alphabet. */
export function totalsOf(paid: readonly Paid[]): Total[] {
  return [...sums(paid)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amount]) => ({
      currency,
      amount,
      count: paid.filter((each) => each.currency === currency).length,
    }));
}

/**
 * Where the lists of a day differ, by reference. What only the gateway has is looked for among all of ours by
 * `elsewhere`: a transaction that has not succeeded, or one of another day, whose finding says so.
 */
export function compareLists(
  ours: readonly OursPaid[],
  theirs: readonly Paid[],
  elsewhere: ReadonlyMap<string, number>,
): Finding[] {
  const finding = (kind: FindingKind, reference: string, transactionId: number | null): Finding => ({
    kind,
    reference,
    transactionId,
    corrected: false,
  });
  const known = new Map(ours.map((each) => [each.reference, each]));
  const told = new Set(theirs.map(({ reference }) => reference));
  return [
    ...theirs.flatMap((there) => {
      const { reference } = there;
      const here = known.get(reference);
      if (!here) {
        const id = elsewhere.get(reference) ?? null;
        return [finding(id === null ? 'UNKNOWN_HERE' : 'NOT_SUCCESSFUL_HERE', reference, id)];
      }
      const differs: FindingKind[] = [];
      if (here.currency !== there.currency || here.amount !== there.amount) differs.push('AMOUNT_DIFFERS');
      if (here.refunded !== there.refunded) differs.push('REFUND_DIFFERS');
      return differs.map((kind) => finding(kind, reference, here.transactionId));
    }),
    ...ours
      .filter(({ reference }) => !told.has(reference))
      .map(({ reference, transactionId }) => finding('UNKNOWN_THERE', reference, transactionId)),
  ];
}
