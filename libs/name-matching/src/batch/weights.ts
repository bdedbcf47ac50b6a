import { spellingBits, UNLIKE } from '../spelling';
import { sharedFloats } from './growing';
import type { Readings } from './roles';
import type { Columns } from './register';

/** What tokens weigh, by role kind (0 given, 1 father or grandfather, 2 family). */
export interface TokenWeights {
  /** Bits of agreeing on a token. */
  equal: [Float32Array, Float32Array, Float32Array];
  /** Chance that somebody's token in this role was meant as this one; the pair at hand left out. */
  meant: [Float32Array, Float32Array, Float32Array];
  /** Chance that it is written so, errors included. */
  written: [Float32Array, Float32Array, Float32Array];
  /** Spelling bits between a token and its root, 0 when it is its own. */
  fromRoot: Float32Array;
}

const WELL_WRITTEN = Math.log2(0.92);
const MOST_BITS = 15;
const LEFT_OVER = 0.25;

export function weighTokens({ vocabulary, roots }: Columns, { counts, totals }: Readings): TokenWeights {
  const { codes, start } = vocabulary;
  const size = vocabulary.counts.length;
  const three = () => [sharedFloats(size), sharedFloats(size), sharedFloats(size)] as TokenWeights['equal'];
  const weights: TokenWeights = { equal: three(), meant: three(), written: three(), fromRoot: sharedFloats(size) };
  for (let t = 0; t < size; t++) {
    const root = roots[t]!;
    const bits =
      root === t ? 0 : spellingBits(codes, start[t]!, start[t + 1]!, start[root]!, start[root + 1]!, UNLIKE - 1);
    weights.fromRoot[t] = bits;
    for (let kind = 0; kind < 3; kind++) {
      const total = Math.max(totals[kind]!, 50);
      const meant = Math.max(counts[kind]![t]! - 1, LEFT_OVER) / total;
      const byError = root === t ? 0 : (counts[kind]![root]! / total) * 2 ** -bits;
      weights.meant[kind]![t] = meant;
      weights.written[kind]![t] = meant + byError;
      weights.equal[kind]![t] = Math.min(MOST_BITS, WELL_WRITTEN - Math.log2(meant));
    }
  }
  return weights;
}
