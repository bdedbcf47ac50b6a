const BITS = 11;
const BUCKETS = 1 << BITS;
const PASSES = 3;

/** Radix sort in {@link PASSES} passes: linear, and kind to the cache. Keeps its working memory for the next time. */
export class RadixSorter {
  private indices = new Int32Array(0);
  private others = new Int32Array(0);
  private keys = new Uint32Array(0);
  private readonly places = new Int32Array(BUCKETS);

  /**
   * Indices 0 .. length-1 in ascending order of their keys; equal keys keep their order. The keys are sorted along with
   * them (the array is reordered). The answer stands until the next call.
   */
  sort(keys: Uint32Array, length: number): Int32Array {
    this.makeRoom(length);
    let fromKeys = keys;
    let toKeys: Uint32Array = this.keys;
    let from = this.indices;
    let to = this.others;
    for (let i = 0; i < length; i++) from[i] = i;
    for (let pass = 0; pass < PASSES; pass++) {
      this.distribute(fromKeys, from, toKeys, to, length, pass * BITS);
      [fromKeys, toKeys] = [toKeys, fromKeys];
      [from, to] = [to, from];
    }
    if (fromKeys !== keys) keys.set(fromKeys.subarray(0, length));
    return from.subarray(0, length);
  }

  private distribute(
    fromKeys: Uint32Array,
    from: Int32Array,
    toKeys: Uint32Array,
    to: Int32Array,
    length: number,
    shift: number,
  ): void {
    const { places } = this;
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
  }

  private makeRoom(length: number): void {
    if (this.indices.length >= length) return;
    this.indices = new Int32Array(length);
    this.others = new Int32Array(length);
    this.keys = new Uint32Array(length);
  }
}

/** {@link RadixSorter.sort} for once. */
export function sortWithIndices(keys: Uint32Array, length: number): Int32Array {
  return new RadixSorter().sort(keys, length);
}
