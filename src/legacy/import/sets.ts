/** Ids seen so far, a bit each. */
export class IdSet {
  private bits: Uint8Array;

  constructor(highest: number) {
    this.bits = new Uint8Array((highest >> 3) + 1024);
  }

  add(id: number): void {
    const at = Math.floor(id / 8);
    if (at >= this.bits.length) {
      const grown = new Uint8Array(Math.max(this.bits.length * 2, at + 1));
      grown.set(this.bits);
      this.bits = grown;
    }
    this.bits[at]! |= 1 << (id & 7);
  }

  has(id: number): boolean {
    return ((this.bits[Math.floor(id / 8)] ?? 0) & (1 << (id & 7))) !== 0;
  }
}

/**
 * Keys that may have been met before: never misses one, and takes hardly one in a billion for another, so that a hit must be
 * looked up. Four bytes a slot instead of a string a key.
 */
export class KeyFilter {
  private readonly mask: number;
  /** Hashes; 0 is an empty slot. */
  private readonly slots: Int32Array;
  private hash = 0;

  constructor(keys: number) {
    let size = 1024;
    while (size * 0.6 < keys) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(size);
  }

  has(key: string): boolean {
    return this.slots[this.slotOf(key)] !== 0;
  }

  add(key: string): void {
    const slot = this.slotOf(key);
    this.slots[slot] = this.hash;
  }

  /**
   * The slot of the key, or the empty one where it belongs. Two multiplicative hashes over the UTF-16 units, finished as
   * in MurmurHash3: one says where, the other what.
   */
  private slotOf(key: string): number {
    let where = 0x9747b28c;
    let what = 0x3c6ef372;
    for (let at = 0; at < key.length; at++) {
      const unit = key.charCodeAt(at);
      where = Math.imul(where ^ unit, 0x01000193);
      what = Math.imul(what ^ unit, 0x5bd1e995) + (what >>> 15);
    }
    this.hash = mixed(what) || 1;
    let slot = mixed(where) & this.mask;
    while (this.slots[slot] !== 0 && this.slots[slot] !== this.hash) slot = (slot + 1) & this.mask;
    return slot;
  }
}

function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
