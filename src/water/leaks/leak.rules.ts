import { roundHalfUp } from '@libs/money';
import type { ByHead } from '../billing/water-lines.rules';
import type { LeakComputation } from './leak-allowance.entity';

/** Millionths of the currency a m³ to minor units a litre: the price is of 1,000 litres, a shekel of 100 agorot. */
const PRICE_PER_MINOR_LITRE = 10_000_000n;

/** What as many days would usually take, in litres. */
export const usualIn = (days: number, before: { litres: number; days: number }): number =>
  roundHalfUp(BigInt(before.litres) * BigInt(days), BigInt(before.days));

/**
 * What is given back by head, rounded half-up each: a share of what the water of the leak costs with all that depends on
 * it. With a price, that share which leaves the price for each m³ of the leak; none where the water costs less.
 * @param excess litres above what is usual
 */
export function reliefOf(
  billed: ByHead,
  usual: ByHead,
  excess: number,
  relief: LeakComputation['relief'],
): LeakComputation['heads'] {
  const water = (billed.get('WATER') ?? 0) - (usual.get('WATER') ?? 0);
  const [part, whole] =
    'percent' in relief
      ? [relief.percent, 100]
      : [
          Math.max(0, water - roundHalfUp(BigInt(excess) * BigInt(relief.price), PRICE_PER_MINOR_LITRE)),
          Math.max(1, water),
        ];
  return [...billed].flatMap(([head, amount]) => {
    const more = amount - (usual.get(head) ?? 0);
    const given = more > 0 ? roundHalfUp(BigInt(more) * BigInt(part), BigInt(whole)) : 0;
    return given > 0 ? [{ head, billed: amount, usual: amount - more, relief: given }] : [];
  });
}
