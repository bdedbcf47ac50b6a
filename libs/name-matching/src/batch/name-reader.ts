const UNLIKELY = Math.log2(1 / 400);
/** How names are written: with all four parts, three with or without the family, two; family first one time in thirty. */
const GFH = Math.log2(0.09);
const FAMILY_FIRST = Math.log2(0.03);
const GIVEN_FATHER = Math.log2(0.03);
const LONE_FAMILY = Math.log2(0.2);

/** Lists the readings of one name, likeliest first. */
export class Reader {
  readonly slots = new Int32Array(16);
  readonly bits = new Float64Array(4);
  readonly order = [0, 0, 0, 0];
  kept = 0;
  /** log2 of the likelihood of the name read last, over all its readings. */
  total = 0;
  private made = 0;

  constructor(
    private readonly given: Float64Array,
    private readonly middle: Float64Array,
    private readonly family: Float64Array,
    private readonly roots: Int32Array,
    /** log2 of the share of names of three parts that leave out the father and not the grandfather. */
    private readonly fatherLeftOut = -Infinity,
  ) {}

  read(tokens: Int32Array, from: number, length: number, firm: boolean): void {
    this.made = 0;
    const a = tokens[from]!;
    const b = tokens[from + 1]!;
    const c = tokens[from + 2]!;
    if (length === 0) this.kept = 0;
    else if (firm) this.add(a, -1, -1, -1, 0);
    else if (length === 1) {
      this.add(a, -1, -1, -1, this.g(a));
      this.add(-1, -1, -1, a, this.f(a) + LONE_FAMILY);
    } else if (length === 2) {
      this.add(a, -1, -1, b, this.g(a) + this.f(b));
      this.add(a, b, -1, -1, this.g(a) + this.m(b) + GIVEN_FATHER);
      this.add(b, -1, -1, a, this.g(b) + this.f(a) + FAMILY_FIRST);
    } else if (length === 3) {
      this.add(a, b, -1, c, this.g(a) + this.m(b) + this.f(c));
      this.add(a, b, c, -1, this.g(a) + this.m(b) + this.m(c) + GFH);
      this.add(b, c, -1, a, this.g(b) + this.m(c) + this.f(a) + FAMILY_FIRST);
      if (this.fatherLeftOut > UNLIKELY) this.add(a, -1, b, c, this.g(a) + this.m(b) + this.f(c) + this.fatherLeftOut);
    } else {
      const last = tokens[from + length - 1]!;
      this.add(a, b, c, last, this.g(a) + this.m(b) + this.m(c) + this.f(last));
      const d = tokens[from + 3]!;
      this.add(b, c, d, a, this.g(b) + this.m(c) + this.m(d) + this.f(a) + FAMILY_FIRST);
    }
    if (length > 0) this.rank();
  }

  private g(token: number): number {
    return this.given[this.roots[token]!]!;
  }

  private m(token: number): number {
    return this.middle[this.roots[token]!]!;
  }

  private f(token: number): number {
    return this.family[this.roots[token]!]!;
  }

  private add(given: number, father: number, grandfather: number, family: number, bits: number): void {
    const at = 4 * this.made;
    this.slots[at] = given;
    this.slots[at + 1] = father;
    this.slots[at + 2] = grandfather;
    this.slots[at + 3] = family;
    this.bits[this.made++] = bits;
  }

  /** Turns likelihoods into chances, drops the far-fetched and puts the rest in order. */
  private rank(): void {
    let sum = 0;
    let best = -Infinity;
    for (let r = 0; r < this.made; r++) best = Math.max(best, this.bits[r]!);
    for (let r = 0; r < this.made; r++) sum += 2 ** (this.bits[r]! - best);
    this.total = best + Math.log2(sum);
    this.kept = 0;
    for (let r = 0; r < this.made; r++) {
      this.bits[r]! -= this.total;
      if (this.bits[r]! < UNLIKELY) continue;
      let k = this.kept++;
      for (; k > 0 && this.bits[this.order[k - 1]!]! < this.bits[r]!; k--) this.order[k] = this.order[k - 1]!;
      this.order[k] = r;
    }
  }
}
