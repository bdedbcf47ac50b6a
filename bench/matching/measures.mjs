/** Precision, recall and F1 of decisions { said, y }. */
export function f1Of(decisions) {
  let right = 0;
  let said = 0;
  let true_ = 0;
  for (const each of decisions) {
    if (each.said) said++;
    if (each.y) true_++;
    if (each.said && each.y) right++;
  }
  return measures(right, said, true_);
}

export function measures(right, said, true_) {
  const round = (value) => Math.round(value * 1e5) / 1e5;
  return {
    precision: round(right / said),
    recall: round(right / true_),
    F1: round((2 * right) / (said + true_)),
    said,
    true: true_,
  };
}

/** Pairs of equal keys. */
export function pairsOf(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  let pairs = 0;
  for (const n of counts.values()) pairs += (n * (n - 1)) / 2;
  return pairs;
}

export function seeded(state) {
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

export function jaroWinkler(a, b) {
  if (a === b) return 1;
  const reach = Math.max(0, (Math.max(a.length, b.length) >> 1) - 1);
  const takenB = new Uint8Array(b.length);
  const inA = [];
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - reach); j < Math.min(b.length, i + reach + 1); j++) {
      if (takenB[j] || a[i] !== b[j]) continue;
      takenB[j] = 1;
      inA.push(a[i]);
      break;
    }
  }
  if (inA.length === 0) return 0;
  let swapped = 0;
  let k = 0;
  for (let j = 0; j < b.length; j++) if (takenB[j] && inA[k++] !== b[j]) swapped++;
  const m = inA.length;
  const jaro = (m / a.length + m / b.length + (m - swapped / 2) / m) / 3;
  let prefix = 0;
  while (prefix < 4 && a[prefix] !== undefined && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
