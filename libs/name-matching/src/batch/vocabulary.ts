import { listedName } from '@libs/arabic';
import { sharedInts } from './growing';
import { skeletonKey } from '../skeleton';
import { MOST_LETTERS, spellingBits, UNLIKE } from '../spelling';

/** The tokens of a register: their letters and how often each stands in it. */
export interface Vocabulary {
  /** UTF-16 units of token t: codes[start[t] .. start[t+1]). */
  codes: Uint16Array;
  start: Int32Array;
  /** One bit a letter of the token, to tell at a glance that two tokens are unlike. */
  masks: Int32Array;
  counts: Int32Array;
  /** A number for each given name of the region, however rare it is here and however spelled; 0 for other tokens. */
  known: Int32Array;
  /** A number for each sound ({@link skeletonKey}), the same in Arabic and Latin letters, negative in Latin; all 0 without Latin tokens. */
  sounds: Int32Array;
}

const AT_MOST_ONE_ERROR = 13;
const OUTNUMBERED = 8;
const FEWEST_TO_STAND_FOR = 4;
const SHORTEST = 3;
const LATIN = /^[a-z]/;

export class Interner {
  private readonly ids = new Map<string, number>();
  readonly texts: string[] = [];

  idOf(text: string): number {
    let id = this.ids.get(text);
    if (id === undefined) {
      id = this.texts.length;
      this.ids.set(text, id);
      this.texts.push(text);
    }
    return id;
  }

  find(text: string): number | undefined {
    return this.ids.get(text);
  }
}

export function buildVocabulary(texts: readonly string[], occurrences: ArrayLike<number>): Vocabulary {
  const start = sharedInts(texts.length + 1);
  for (let t = 0; t < texts.length; t++) start[t + 1] = start[t]! + Math.min(texts[t]!.length, MOST_LETTERS);
  const codes = new Uint16Array(new SharedArrayBuffer(start[texts.length]! * 2));
  const masks = sharedInts(texts.length);
  for (let t = 0; t < texts.length; t++) {
    const from = start[t]!;
    for (let i = from; i < start[t + 1]!; i++) {
      const code = texts[t]!.charCodeAt(i - from);
      codes[i] = code;
      masks[t]! |= 1 << (code & 31);
    }
  }
  const known = sharedInts(texts.length);
  const numbers = new Map<string, number>();
  texts.forEach((text, t) => {
    const name = listedName(text);
    if (name === undefined) return;
    known[t] = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, known[t]!);
  });
  return { codes, start, masks, counts: sharedInts(texts.length, occurrences), known, sounds: soundsOf(texts) };
}

function soundsOf(texts: readonly string[]): Int32Array {
  const sounds = sharedInts(texts.length);
  const latin = texts.map((text) => LATIN.test(text));
  if (!latin.includes(true)) return sounds;
  const keys = new Interner();
  texts.forEach((text, t) => {
    const key = keys.idOf(skeletonKey(text)) + 1;
    sounds[t] = latin[t] ? -key : key;
  });
  return sounds;
}

/** {@link rootsOf} of plain tokens, each with how often it occurs. */
export function likelyRoots(tokens: readonly string[], occurrences: readonly number[]): string[] {
  return Array.from(rootsOf(buildVocabulary(tokens, occurrences)), (root) => tokens[root]!);
}

/**
 * The token that each token most likely was meant to be: itself, or one many times as frequent and a typing error away.
 * For blocking and for guessing roles only; evidence is weighed on the spelling as written.
 */
export function rootsOf({ codes, start, counts }: Vocabulary): Int32Array {
  const size = counts.length;
  const roots = sharedInts(size);
  const frequent = new Map<number, number>();
  const eachDeletion = (t: number, visit: (hash: number) => void) => {
    const from = start[t]!;
    const to = start[t + 1]!;
    for (let skip = from - 1; skip < to; skip++) {
      let hash = 17;
      for (let i = from; i < to; i++) if (i !== skip) hash = (Math.imul(hash, 31) + codes[i]!) | 0;
      visit(hash);
    }
  };
  const byCount = Array.from({ length: size }, (_, t) => t).filter((t) => counts[t]! >= FEWEST_TO_STAND_FOR);
  byCount.sort((a, b) => counts[b]! - counts[a]! || a - b);
  for (const t of byCount) {
    if (start[t + 1]! - start[t]! < SHORTEST) continue;
    eachDeletion(t, (hash) => {
      if (!frequent.has(hash)) frequent.set(hash, t);
    });
  }
  for (let t = 0; t < size; t++) {
    let best = t;
    let bestBits = UNLIKE;
    if (start[t + 1]! - start[t]! >= SHORTEST) {
      eachDeletion(t, (hash) => {
        const other = frequent.get(hash);
        if (other === undefined || other === t || counts[other]! < OUTNUMBERED * counts[t]!) return;
        const errors = spellingBits(
          codes,
          start[t]!,
          start[t + 1]!,
          start[other]!,
          start[other + 1]!,
          AT_MOST_ONE_ERROR,
        );
        if (errors === UNLIKE) return;
        const bits = errors - Math.log2(counts[other]!);
        if (bits < bestBits || (bits === bestBits && other < best)) {
          best = other;
          bestBits = bits;
        }
      });
    }
    roots[t] = best;
  }
  return roots;
}
