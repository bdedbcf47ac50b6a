import { Growing } from './growing';

const LEAST_SLOTS = 1 << 12;
const FREE = -1;

/**
 * Keys of rows (CIT_NO), each once, in the order in which they came. They are kept as UTF-16 units in typed arrays: ten
 * million strings would be walked by the garbage collector again and again.
 */
export class RowKeys {
  private units = new Uint16Array(1 << 14);
  /** Units of key k: units[start[k] .. start[k+1]). */
  private readonly start = new Growing();
  /** Open addressing: the key that took each slot. At most half of the slots are taken. */
  private slots = new Int32Array(LEAST_SLOTS).fill(FREE);

  constructor() {
    this.start.push(0);
  }

  get length(): number {
    return this.start.length - 1;
  }

  /** Takes a key; false when it is there already. */
  add(key: string): boolean {
    const from = this.start.at(this.length);
    const to = from + key.length;
    if (to > this.units.length) this.widen(to);
    for (let i = 0; i < key.length; i++) this.units[from + i] = key.charCodeAt(i);
    const slot = this.slotOf(from, to);
    if (this.slots[slot] !== FREE) return false;
    this.slots[slot] = this.length;
    this.start.push(to);
    if (2 * this.length > this.slots.length) this.spread();
    return true;
  }

  at(index: number): string {
    const end = this.start.at(index + 1);
    let key = '';
    for (let i = this.start.at(index); i < end; i++) key += String.fromCharCode(this.units[i]!);
    return key;
  }

  /** By cluster (its lowest row), the row of the least key: shorter before longer. @param cluster by row, its cluster */
  leastOf(cluster: Int32Array): Int32Array {
    const least = new Int32Array(cluster.length).fill(-1);
    for (let row = 0; row < cluster.length; row++) {
      const known = least[cluster[row]!]!;
      if (known < 0 || this.isBefore(row, known)) least[cluster[row]!] = row;
    }
    return least;
  }

  private isBefore(x: number, y: number): boolean {
    const [fromX, fromY] = [this.start.at(x), this.start.at(y)];
    const length = this.start.at(x + 1) - fromX;
    const other = this.start.at(y + 1) - fromY;
    if (length !== other) return length < other;
    for (let i = 0; i < length; i++) {
      const difference = this.units[fromX + i]! - this.units[fromY + i]!;
      if (difference !== 0) return difference < 0;
    }
    return false;
  }

  /** The slot that holds the key written at [from, to), or the free one that it would take. */
  private slotOf(from: number, to: number): number {
    let hash = to - from;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ this.units[i]!, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & (this.slots.length - 1);
    while (this.slots[slot] !== FREE && !this.isAt(this.slots[slot]!, from, to))
      slot = (slot + 1) & (this.slots.length - 1);
    return slot;
  }

  private isAt(index: number, from: number, to: number): boolean {
    const start = this.start.at(index);
    if (this.start.at(index + 1) - start !== to - from) return false;
    for (let i = from; i < to; i++) if (this.units[i] !== this.units[start + i - from]) return false;
    return true;
  }

  private widen(needed: number): void {
    const wider = new Uint16Array(Math.max(needed, 2 * this.units.length));
    wider.set(this.units);
    this.units = wider;
  }

  private spread(): void {
    this.slots = new Int32Array(4 * this.slots.length).fill(FREE);
    for (let k = 0; k < this.length; k++) this.slots[this.slotOf(this.start.at(k), this.start.at(k + 1))] = k;
  }
}
