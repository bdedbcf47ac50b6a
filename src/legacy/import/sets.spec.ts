import * as fc from 'fast-check';
import { IdSet, KeyFilter } from './sets';

it('an id set holds what was added, and grows', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000)), fc.nat(100_000), (ids, other) => {
      const set = new IdSet(10);
      ids.forEach((id) => set.add(id));
      expect(ids.every((id) => set.has(id))).toBe(true);
      expect(set.has(other)).toBe(ids.includes(other));
    }),
  );
});

it('a key filter misses no key, and takes no stranger of 200,000 for one of 200,000', () => {
  const filter = new KeyFilter(200_000);
  for (let i = 0; i < 200_000; i++) filter.add(`R${i}`);
  let missed = 0;
  let mistaken = 0;
  for (let i = 0; i < 200_000; i++) {
    if (!filter.has(`R${i}`)) missed++;
    if (filter.has(`B${i}`)) mistaken++;
  }
  expect([missed, mistaken]).toEqual([0, 0]);
});
