import { digitValue } from './text';

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';
const PREFIXES = '+-−#';
const SUFFIXES = '%°';
const CONNECTORS = ".,:/-_@+&'٫٬";

/** The text without direction marks, embeddings, overrides and isolates (ALM, LRM, RLM, U+202A-E, U+2066-9). */
export function stripBidiControls(text: string): string {
  let out = '';
  let runStart = 0;
  for (let i = 0; i < text.length; i++) {
    if (!isBidiControl(text.charCodeAt(i))) continue;
    out += text.slice(runStart, i);
    runStart = i + 1;
  }
  return runStart === 0 ? text : out + text.slice(runStart);
}

/**
 * For a line of Arabic: wraps every number, date, amount, phone and Latin phrase in FSI ... PDI (Unicode bidi, UAX 9),
 * so that signs and separators stay on their side. What is isolated already stays as it is. Idempotent.
 */
export function isolate(text: string): string {
  let out = '';
  let i = 0;
  while (i < text.length) {
    const character = text.charAt(i);
    if (character === FIRST_STRONG_ISOLATE) {
      const close = text.indexOf(POP_DIRECTIONAL_ISOLATE, i);
      const end = close < 0 ? text.length : close + 1;
      out += text.slice(i, end);
      i = end;
    } else if (startsRun(text, i)) {
      const end = endOfRun(text, i);
      out += FIRST_STRONG_ISOLATE + text.slice(i, end) + POP_DIRECTIONAL_ISOLATE;
      i = end;
    } else {
      out += character;
      i++;
    }
  }
  return out;
}

function startsRun(text: string, i: number): boolean {
  if (isDigit(text.charCodeAt(i)) || isLatin(text.charCodeAt(i))) return true;
  if (!PREFIXES.includes(text.charAt(i)) || !isDigit(text.charCodeAt(i + 1))) return false;
  return i === 0 || !/\p{L}/u.test(text.charAt(i - 1));
}

function endOfRun(text: string, start: number): number {
  let end = start + 1;
  let latin = isLatin(text.charCodeAt(start));
  for (let i = end; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isLatin(code)) latin = true;
    else if (!isDigit(code)) {
      const next = text.charCodeAt(i + 1);
      const joins = CONNECTORS.includes(text.charAt(i)) || (text.charAt(i) === ' ' && (latin || isLatin(next)));
      if (!joins || !(isDigit(next) || isLatin(next))) break;
    }
    end = i + 1;
  }
  return end < text.length && SUFFIXES.includes(text.charAt(end)) ? end + 1 : end;
}

function isDigit(code: number): boolean {
  return digitValue(code) >= 0;
}

function isLatin(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7);
}

function isBidiControl(code: number): boolean {
  if (code < 0x61c) return false;
  return (
    code === 0x61c ||
    code === 0x200e ||
    code === 0x200f ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}
