/** Whole numbers in a typed array that doubles when full: a million rows without a million objects. */
export class Growing {
  length = 0;
  private items: Int32Array;

  /** @param expected how many there will probably be; memory is taken up as it is filled */
  constructor(expected = 1024) {
    this.items = new Int32Array(Math.max(expected, 16));
  }

  push(value: number): void {
    if (this.length === this.items.length) {
      const wider = new Int32Array(this.length * 2);
      wider.set(this.items);
      this.items = wider;
    }
    this.items[this.length++] = value;
  }

  at(index: number): number {
    return this.items[index]!;
  }

  /** The numbers themselves, until the next is pushed. */
  filled(): Int32Array {
    return this.items.subarray(0, this.length);
  }

  /** A shareable copy of the exact length, for worker threads. */
  shared(): Int32Array {
    return sharedInts(this.length, this.filled());
  }

  clear(): void {
    this.length = 0;
    this.items = new Int32Array(16);
  }
}

export function sharedInts(length: number, from?: ArrayLike<number>): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(length * 4));
  if (from) shared.set(from);
  return shared;
}

export function sharedFloats(length: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * 4));
}
