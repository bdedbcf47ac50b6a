import { gluedAnd } from '../tokens';
import type { Interner } from './vocabulary';

const SHORTEST_SPLIT = 5;
const LONGEST_SPLIT = 19;
const OUTNUMBERED = 8;
const OFTEN = 12;
const FAR_OUTNUMBERED = 200;
/** Tokens that one person's name has at most. */
const LONGEST_NAME = 4;
const NONE = -1;

/** Mends names whose words were written apart or run together, by the register's own names. */
export class WordBreaks {
  /** The name that two tokens are when put together, by {@link pairOf}. */
  private readonly wholes = new Map<number, number>();
  /** Whether a token is the first half of any. */
  private readonly begins: Uint8Array;
  /** By token, the name behind the و that it begins with. */
  private readonly behindAnd: Int32Array;

  constructor(
    private readonly names: Interner,
    private readonly counts: Int32Array,
    private readonly roots: Int32Array,
  ) {
    const size = names.texts.length;
    this.begins = new Uint8Array(size);
    this.behindAnd = Int32Array.from(names.texts, (text) => {
      const rest = gluedAnd(text);
      return rest === null ? NONE : (names.find(rest) ?? NONE);
    });
    for (let whole = 0; whole < size; whole++) if (counts[whole]! >= OUTNUMBERED) this.addSplits(whole);
  }

  private addSplits(whole: number): void {
    const text = this.names.texts[whole]!;
    if (text.length < SHORTEST_SPLIT || text.length > LONGEST_SPLIT) return;
    for (let at = 1; at < text.length; at++) {
      const first = this.names.find(text.slice(0, at));
      const second = first === undefined ? undefined : this.names.find(text.slice(at));
      if (first === undefined || second === undefined) continue;
      if (this.counts[whole]! < OUTNUMBERED * Math.max(this.counts[first]!, this.counts[second]!)) continue;
      this.wholes.set(this.pairOf(first, second), whole);
      this.begins[first] = 1;
    }
  }

  private pairOf(first: number, second: number): number {
    return first * this.begins.length + second;
  }

  /** A name split by a stray space (عب دالرضا) is put together where the whole is a name of the register. */
  rejoin(own: number[]): void {
    for (let i = 0; i + 1 < own.length; i++) {
      if (this.begins[own[i]!] === 0) continue;
      const whole = this.wholes.get(this.pairOf(own[i]!, own[i + 1]!));
      if (whole !== undefined) own.splice(i, 2, whole);
    }
  }

  /**
   * و glued to a misspelt name (وممحد): a further party where the rest is meant as a frequent name, or the name is too
   * long for one person, and the whole is no name. Shortens `own`; returns the further party's tokens, null for none.
   */
  unglue(own: number[]): number[] | null {
    const { counts, roots } = this;
    for (let i = 2; i + 1 < own.length; i++) {
      const token = own[i]!;
      const name = this.behindAnd[token]!;
      if (name === NONE || (roots[token] !== token && roots[token] !== roots[name])) continue;
      const meant = counts[roots[name]!]!;
      const rare = counts[token]! <= 2 || counts[token]! * FAR_OUTNUMBERED <= meant;
      if (!rare || (meant < OFTEN && own.length <= LONGEST_NAME)) continue;
      const further = [name, ...own.slice(i + 1)];
      own.length = i;
      return further;
    }
    return null;
  }
}
