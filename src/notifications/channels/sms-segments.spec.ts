import fc from 'fast-check';
import { smsSize } from './sms-segments';

describe('size of a text message', () => {
  it.each([
    ['', 'GSM-7', 0, 0],
    ['a'.repeat(160), 'GSM-7', 160, 1],
    ['a'.repeat(161), 'GSM-7', 161, 2],
    ['a'.repeat(306), 'GSM-7', 306, 2],
    ['a'.repeat(307), 'GSM-7', 307, 3],
    ['€'.repeat(80), 'GSM-7', 160, 1],
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 'GSM-7', 306, 3],
    ['م'.repeat(70), 'UCS-2', 70, 1],
    ['م'.repeat(71), 'UCS-2', 71, 2],
    ['م'.repeat(134), 'UCS-2', 134, 2],
    ['م'.repeat(135), 'UCS-2', 135, 3],
    [`${'a'.repeat(69)}م`, 'UCS-2', 70, 1],
    [`${'م'.repeat(66)}😀${'م'.repeat(66)}`, 'UCS-2', 134, 3],
  ])('%#', (text, encoding, units, segments) => {
    expect(smsSize(text)).toEqual({ encoding, units, segments });
  });

  it('never shrinks when text is added', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ maxLength: 20 }), (text, more) => {
        expect(smsSize(text + more).segments).toBeGreaterThanOrEqual(smsSize(text).segments);
      }),
    );
  });
});
