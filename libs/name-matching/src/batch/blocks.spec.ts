import * as fc from 'fast-check';
import { BlockCollector } from './blocks';

const CAPS = [5, 3];
const anyKeys = fc.array(
  fc.record({ party: fc.nat(19), kind: fc.nat(1), key: fc.oneof(fc.nat(3), fc.constant(0xffffffff)) }),
  { maxLength: 60 },
);

/** The parties in blocks by kind and key, as written down by hand; a party has a key of a kind once. */
function expected(entries: { party: number; kind: number; key: number }[], came: Int32Array): string[] {
  const sharing = new Map<string, number[]>();
  for (const { party, kind, key } of entries) {
    const own = sharing.get(`${kind} ${key}`) ?? [];
    sharing.set(`${kind} ${key}`, [...own, party]);
  }
  return [...sharing]
    .filter(([name, own]) => own.length > 1 && own.length <= CAPS[Number(name[0])]!)
    .map(([, own]) => own.sort((x, y) => came[x]! - came[y]!).join());
}

describe('blocks', () => {
  it('hold the parties that share a key, as they came, up to the cap of the kind', () => {
    const came = Int32Array.from({ length: 20 }, (_, p) => (p * 7) % 20);
    fc.assert(
      fc.property(anyKeys, (drawn) => {
        const entries = [...new Map(drawn.map((entry) => [`${entry.party} ${entry.kind}`, entry])).values()];
        const collector = new BlockCollector(came, CAPS);
        for (const { party, kind, key } of entries) collector.add(party, kind, key);
        collector.endPart();
        const { start, members, of, blocksOf } = collector.blocks();
        const blocks = Array.from(start.subarray(1), (to, k) => members.subarray(start[k], to).join());
        expect([...blocks].sort()).toEqual(expected(entries, came).sort());
        const byParty = Array.from(came, (_, p) => Array.from(blocksOf.subarray(of[p], of[p + 1])));
        byParty.forEach((own, p) => {
          expect(own).toEqual(blocks.flatMap((block, k) => (block.split(',').includes(String(p)) ? [k] : [])));
        });
      }),
    );
  });

  it('cut the largest when the pairs would be too many, but for those that always stay', () => {
    const parties = 12_000;
    const collector = new BlockCollector(
      Int32Array.from({ length: parties }, (_, p) => p),
      [6000],
    );
    for (let p = 0; p < 6000; p++) collector.add(p, 0, 1);
    collector.endPart(true);
    for (let p = 6000; p < parties; p++) collector.add(p, 0, 2);
    collector.add(0, 0, 3);
    collector.add(1, 0, 3);
    collector.endPart();
    const { start } = collector.blocks();
    expect(Array.from(start)).toEqual([0, 6000, 6002]);
  });
});
