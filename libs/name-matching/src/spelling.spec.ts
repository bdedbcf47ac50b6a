import * as fc from 'fast-check';
import { MOST_LETTERS, spellingBits, UNLIKE } from './spelling';

function bits(a: string, b: string, limit = 60): number {
  const codes = new Uint16Array(2 * MOST_LETTERS);
  const [x, y] = [a.slice(0, MOST_LETTERS), b.slice(0, MOST_LETTERS)];
  for (let i = 0; i < x.length; i++) codes[i] = x.charCodeAt(i);
  for (let i = 0; i < y.length; i++) codes[MOST_LETTERS + i] = y.charCodeAt(i);
  return spellingBits(codes, 0, x.length, MOST_LETTERS, MOST_LETTERS + y.length, limit);
}

const letters = fc.string({ unit: fc.constantFrom(...'ابتحدرسمنهوي'), maxLength: 12 });

describe('spellingBits', () => {
  it('is nothing for equal texts and symmetrical', () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        expect(bits(a, a)).toBe(0);
        expect(bits(a, b)).toBeCloseTo(bits(b, a), 9);
        if (a !== b) expect(bits(a, b)).toBeGreaterThan(0);
      }),
    );
  });

  it('counts one error about 10 bits: swapped, lost, doubled, mistaken', () => {
    for (const [a, b] of [
      ['محمد', 'محدم'],
      ['محمد', 'محد'],
      ['محمد', 'محممد'],
      ['محمد', 'مجمد'],
    ] as const) {
      expect(bits(a, b)).toBeGreaterThan(7);
      expect(bits(a, b)).toBeLessThan(11);
    }
  });

  it('holds letters that are mistaken for one another nearer than others', () => {
    expect(bits('صالح', 'صالخ')).toBeLessThan(bits('صالح', 'صالم'));
    expect(bits('خضر', 'خظر')).toBeLessThan(bits('خضر', 'خمر'));
  });

  it('gives up above the limit', () => {
    expect(bits('محمد', 'ابراهيم', 24)).toBe(UNLIKE);
    expect(bits('ا'.repeat(10_000), 'ب'.repeat(10_000), 24)).toBe(UNLIKE);
  });
});
