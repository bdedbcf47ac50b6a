/** Weights of a Fellegi-Sunter model over fields compared in levels. */
export interface Agreement {
  /** Bits of each level of each field: weights[field][level]. */
  weights: number[][];
  /** log2 of the odds that a pair taken at random from those compared is a match. */
  prior: number;
}

const ROUNDS = 100;
const SMALLEST = 1e-6;

/**
 * Learns by expectation-maximisation, without labels, what each level of agreement of each field weighs. `pairs` holds
 * one row a pair, `levels.length` bytes each: the level of each field, 0 where it is missing on a side (weighs nothing).
 * `levels[field]` is the number of levels; the higher the level, the better it agrees. `guess` is the share of matches
 * to start from.
 */
export function learnAgreement(pairs: Uint8Array, levels: readonly number[], guess = 0.05): Agreement {
  const fields = levels.length;
  const patterns = patternsOf(pairs, fields);
  let share = guess;
  let m = levels.map((n) =>
    Array.from({ length: n }, (_, level) => (level === n - 1 ? 0.8 : 0.2 / Math.max(n - 2, 1))),
  );
  let u = levels.map((n) => Array.from({ length: n }, (_, level) => (level === 1 ? 0.9 : 0.1 / Math.max(n - 2, 1))));
  for (let round = 0; round < ROUNDS; round++) {
    const nextM = levels.map((n) => new Array<number>(n).fill(SMALLEST));
    const nextU = levels.map((n) => new Array<number>(n).fill(SMALLEST));
    let matches = 0;
    let all = 0;
    for (const { levels: found, count } of patterns) {
      let match = share;
      let other = 1 - share;
      for (let field = 0; field < fields; field++) {
        const level = found[field]!;
        if (level === 0) continue;
        match *= m[field]![level]!;
        other *= u[field]![level]!;
      }
      const chance = match / (match + other || 1);
      matches += chance * count;
      all += count;
      for (let field = 0; field < fields; field++) {
        const level = found[field]!;
        if (level === 0) continue;
        nextM[field]![level]! += chance * count;
        nextU[field]![level]! += (1 - chance) * count;
      }
    }
    share = Math.min(0.999, Math.max(SMALLEST, matches / all));
    m = nextM.map(normalised);
    u = nextU.map(normalised);
  }
  const weights = m.map((row, field) => row.map((p, level) => (level === 0 ? 0 : Math.log2(p / u[field]![level]!))));
  return { weights, prior: Math.log2(share / (1 - share)) };
}

function normalised(row: number[]): number[] {
  let sum = 0;
  for (let level = 1; level < row.length; level++) sum += row[level]!;
  return row.map((value, level) => (level === 0 ? 0 : value / sum));
}

function patternsOf(pairs: Uint8Array, fields: number): { levels: Uint8Array; count: number }[] {
  const patterns = new Map<string, { levels: Uint8Array; count: number }>();
  for (let at = 0; at + fields <= pairs.length; at += fields) {
    const found = pairs.subarray(at, at + fields);
    const key = found.join();
    const known = patterns.get(key);
    if (known) known.count++;
    else patterns.set(key, { levels: found, count: 1 });
  }
  return [...patterns.values()];
}
