import type { BillLine } from '../../billing';
import { allocateByShares } from '@libs/money';
import type { Component, RatedPart, Rating, Tariff } from '@libs/tariff';

/** Charge head of each component. What tops up to a minimum is charged as water; a cap is no charge. */
const HEADS: Readonly<Record<Exclude<Component, 'CAP'>, string>> = {
  WATER: 'WATER',
  FIXED: 'WATER_FIXED',
  MAINTENANCE: 'MAINTENANCE',
  SEWER: 'SEWER',
  MINIMUM: 'WATER',
  TAX: 'VAT',
};

export type ByHead = ReadonlyMap<string, number>;

/**
 * What a rating charges under each head; the sums of all heads are its total. What a cap takes off comes off the
 * components that it is of, by their shares.
 */
export function headsOf({ parts }: Pick<Rating, 'parts'>, tariffOf: (code: string) => Pick<Tariff, 'charges'>): ByHead {
  const heads = new Map<string, number>();
  for (const part of parts) {
    for (const [component, amount] of capped(part, tariffOf(part.tariff))) {
      const head = HEADS[component];
      heads.set(head, (heads.get(head) ?? 0) + amount);
    }
  }
  return heads;
}

function capped({ lines }: RatedPart, { charges }: Pick<Tariff, 'charges'>) {
  const sums = new Map<Exclude<Component, 'CAP'>, number>();
  let cap = 0;
  for (const { component, amount } of lines) {
    if (component === 'CAP') cap -= amount;
    else sums.set(component, (sums.get(component) ?? 0) + amount);
  }
  if (cap === 0) return sums;
  const limit = charges.find(({ rule }) => rule === 'AT_MOST') as Extract<Tariff['charges'][number], { of: unknown }>;
  const of = [...sums.keys()].filter((component) => limit.of.includes(component));
  const off = allocateByShares(
    cap,
    of.map((component) => sums.get(component)!),
  );
  of.forEach((component, at) => sums.set(component, sums.get(component)! - off[at]!));
  return sums;
}

/** What comes to more, or to less, under each head; heads that stay are left out. */
export function difference(before: ByHead, after: ByHead): [head: string, amount: number][] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((head): [string, number] => [head, (after.get(head) ?? 0) - (before.get(head) ?? 0)])
    .filter(([, amount]) => amount !== 0);
}

/** Lines of a bill; a head that comes to nothing has none. */
export const linesOf = (
  heads: Iterable<readonly [string, number]>,
  detail: string | null,
  period?: string,
): BillLine[] =>
  [...heads].flatMap(([head, amount]) => (amount > 0 ? [{ head, amount, detail, ...(period && { period }) }] : []));
