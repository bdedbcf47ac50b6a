import fc from 'fast-check';
import { firstBroken, genesis, hashOf, type Chained } from './chain';
import type { LinkTransaction } from './transaction.entity';

const YEAR = 2026;
const start = { number: 0, hash: genesis(YEAR) };

function chain(states: readonly fc.JsonValue[]): LinkTransaction[] {
  let previousHash = genesis(YEAR);
  return states.map((after, at) => {
    const said: Chained = {
      year: YEAR,
      number: at + 1,
      oneRecordId: 7,
      relatedRecordId: null,
      action: 'LINK',
      employeeId: 3,
      reason: null,
      before: null,
      after,
      evidence: null,
      at: '2026-11-24T08:00:00.000Z',
      previousHash,
    };
    previousHash = hashOf(said);
    return { id: 100 + at, ...said, hash: previousHash };
  });
}

const chains = fc.array(fc.jsonValue(), { minLength: 1, maxLength: 12 }).map(chain);

describe('the chain of transactions', () => {
  it('holds as written, whole or in parts', () => {
    fc.assert(
      fc.property(chains, fc.nat(), (rows, cut) => {
        const middle = cut % rows.length;
        expect(firstBroken(rows, start)).toBeNull();
        expect(firstBroken(rows.slice(middle), middle === 0 ? start : rows[middle - 1]!)).toBeNull();
      }),
    );
  });

  const forgeries: [keyof LinkTransaction, unknown][] = [
    ['number', 99],
    ['oneRecordId', 8],
    ['relatedRecordId', 8],
    ['action', 'UNLINK'],
    ['employeeId', null],
    ['reason', ''],
    ['before', {}],
    ['after', { forged: true }],
    ['evidence', 'f'.repeat(64)],
    ['at', '2026-11-24T08:00:00.001Z'],
    ['previousHash', 'f'.repeat(64)],
    ['hash', 'f'.repeat(64)],
  ];
  it.each(forgeries)('shows an altered %s where it is', (column, value) => {
    fc.assert(
      fc.property(chains, fc.nat(), (rows, at) => {
        const place = at % rows.length;
        const forged = rows.map((row, each) => (each === place ? { ...row, [column]: value } : row));
        expect(firstBroken(forged, start)).toBe(place + 1);
      }),
    );
  });

  it('shows a forgery whose own hash was computed anew at the next one', () => {
    const rows = chain([1, 2, 3]);
    const forged = { ...rows[1]!, reason: 'غيره' };
    expect(firstBroken([rows[0]!, { ...forged, hash: hashOf(forged) }, rows[2]!], start)).toBe(3);
  });

  it('shows a missing and a doubled one', () => {
    const rows = chain([1, 2, 3]);
    expect(firstBroken([rows[0]!, rows[2]!], start)).toBe(2);
    expect(firstBroken([rows[0]!, rows[0]!, rows[1]!], start)).toBe(2);
  });

  it('does not depend on the order of members', () => {
    const [row] = chain([{ a: 1, b: { c: 2, d: 3 } }]);
    expect(firstBroken([{ ...row!, after: { b: { d: 3, c: 2 }, a: 1 } }], start)).toBeNull();
  });
});
