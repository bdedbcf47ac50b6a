const BITS = 11;
const BUCKETS = 1 << BITS;
const PASSES = 3;

/**
 * Indices 0 .. length-1 in ascending order of their keys; equal keys keep their order. The keys are sorted along with
 * them (the array is reordered). Radix sort in {@link PASSES} passes: linear, and kind to the cache.
 */
export function sortWithIndices(keys: Uint32Array, length: number): Int32Array {
  let fromKeys: Uint32Array = keys;
  let toKeys: Uint32Array = new Uint32Array(length);
  let from = new Int32Array(length);
  for (let i = 0; i < length; i++) from[i] = i;
  let to = new Int32Array(length);
  const places = new Int32Array(BUCKETS);
  for (let pass = 0; pass < PASSES; pass++) {
    const shift = pass * BITS;
    places.fill(0);
    for (let i = 0; i < length; i++) places[(fromKeys[i]! >>> shift) & (BUCKETS - 1)]!++;
    let before = 0;
    for (let d = 0; d < BUCKETS; d++) {
      const count = places[d]!;
      places[d] = before;
      before += count;
    }
    for (let i = 0; i < length; i++) {
      const key = fromKeys[i]!;
      const place = places[(key >>> shift) & (BUCKETS - 1)]!++;
      toKeys[place] = key;
      to[place] = from[i]!;
    }
    [fromKeys, toKeys] = [toKeys, fromKeys];
    [from, to] = [to, from];
  }
  if (fromKeys !== keys) keys.set(fromKeys.subarray(0, length));
  return from;
}
