import { learnAgreement } from './agreement';

it('learns without labels what a field weighs', () => {
  // Two fields of three levels (missing, other, same); matches agree on both, the rest at random on one in ten.
  const pairs: number[] = [];
  for (let i = 0; i < 1000; i++)
    pairs.push(...(i < 100 ? [2, i % 10 === 0 ? 1 : 2] : [i % 10 === 1 ? 2 : 1, i % 11 === 2 ? 2 : 1]));
  const { weights, prior } = learnAgreement(Uint8Array.from(pairs), [3, 3]);
  expect(weights[0]![0]).toBe(0);
  expect(weights[0]![2]).toBeGreaterThan(2);
  expect(weights[0]![1]).toBeLessThan(-2);
  expect(weights[0]![2]).toBeGreaterThan(weights[1]![1]!);
  expect(prior).toBeLessThan(-2);
  expect(prior).toBeGreaterThan(-4.5);
});
