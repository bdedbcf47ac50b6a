import * as fc from 'fast-check';
import { sortWithIndices } from './radix';

it('sorts keys with their indices, stably', () => {
  const keys = fc.array(fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 0xffffffff })), { maxLength: 300 });
  fc.assert(
    fc.property(keys, (list) => {
      const sorted = Uint32Array.from(list);
      const order = sortWithIndices(sorted, list.length);
      const expected = list.map((key, i) => ({ key, i })).sort((a, b) => a.key - b.key || a.i - b.i);
      expect(Array.from(order)).toEqual(expected.map(({ i }) => i));
      expect(Array.from(sorted)).toEqual(expected.map(({ key }) => key));
    }),
  );
});
