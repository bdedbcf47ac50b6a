import * as fc from 'fast-check';
import { labelClusters } from './labels';
import { RowKeys } from './row-keys';

const someKeys = fc.uniqueArray(fc.oneof(fc.string({ unit: 'binary', maxLength: 6 }), fc.nat(50).map(String)));

describe('RowKeys', () => {
  it('keeps each key once, in the order in which they came', () => {
    const keys = new RowKeys();
    const numbers = Array.from({ length: 20_000 }, (_, i) => String((i * 7919) % 15_000));
    expect(numbers.map((key) => keys.add(key))).toEqual(numbers.map((_, i) => i < 15_000));
    expect(Array.from({ length: keys.length }, (_, i) => keys.at(i))).toEqual(numbers.slice(0, 15_000));
  });

  it('names clusters as labelClusters does', () => {
    fc.assert(
      fc.property(someKeys, fc.array(fc.nat(5)), (list, draws) => {
        const keys = new RowKeys();
        for (const key of list) expect(keys.add(key)).toBe(true);
        const cluster = Int32Array.from(list, (_, row) => Math.min(row, draws[row] ?? row));
        const least = keys.leastOf(cluster);
        expect(Array.from(cluster, (of) => keys.at(least[of]!))).toEqual(labelClusters(cluster, list));
      }),
    );
  });
});
