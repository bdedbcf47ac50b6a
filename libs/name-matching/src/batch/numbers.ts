import { digitValue } from '@libs/arabic';

const WEIGHTED = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];

/** Digits of a raw text as a number; -1 when a letter stands among them, 0 when nothing does. At most 15 digits. */
export function digitsOf(raw: string): { value: number; count: number } {
  let value = 0;
  let count = 0;
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    const digit = digitValue(code);
    if (digit >= 0) {
      if (++count > 15) return { value: -1, count };
      value = value * 10 + digit;
    } else if (isLetter(code)) return { value: -1, count };
  }
  return { value, count };
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || (code >= 0x621 && code <= 0x64a);
}

/** Whether a number of nine digits passes the national check (Luhn: weights 1, 2, 1, 2 ...). */
export function passesCheck(nine: number): boolean {
  return luhnSum(nine, false) % 10 === 0;
}

/** The national ID that begins with these eight digits. */
export function completed(eight: number): number {
  return eight * 10 + ((10 - (luhnSum(eight, true) % 10)) % 10);
}

function luhnSum(number: number, doublesLast: boolean): number {
  let sum = 0;
  let doubled = doublesLast;
  for (let rest = number; rest > 0; rest = Math.floor(rest / 10)) {
    sum += doubled ? WEIGHTED[rest % 10]! : rest % 10;
    doubled = !doubled;
  }
  return sum;
}

/** Whether two numbers of nine digits differ by one digit, or by two neighbours swapped (09 typed for 90). */
export function oneSlipApart(a: number, b: number): boolean {
  let different = 0;
  let first = -1;
  let firstA = 0;
  let firstB = 0;
  for (let place = 0; place < 9; place++) {
    const x = a % 10;
    const y = b % 10;
    a = (a - x) / 10;
    b = (b - y) / 10;
    if (x === y) continue;
    different++;
    if (different === 1) {
      first = place;
      firstA = x;
      firstB = y;
    } else if (different > 2 || place !== first + 1 || x !== firstB || y !== firstA) return false;
  }
  return different > 0;
}

/** National digits of a Palestinian phone as a number (599123456, 92381234), or -1. Any prefix and separators. */
export function phoneNumber(raw: string): number {
  const { value, count } = digitsOf(raw);
  if (value <= 0 || count < 8) return -1;
  const mobile = value % 1e9;
  const code = Math.floor(mobile / 1e7);
  if ((code === 56 || code === 59) && isPrefix(Math.floor(value / 1e9))) return mobile;
  const fixed = value % 1e8;
  const area = Math.floor(fixed / 1e6);
  const known = area === 22 || area === 42 || area === 82 || area === 92;
  return known && isPrefix(Math.floor(value / 1e8)) ? fixed : -1;
}

function isPrefix(prefix: number): boolean {
  return prefix === 0 || prefix === 970 || prefix === 972 || prefix === 9700 || prefix === 9720;
}
