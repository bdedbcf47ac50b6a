import * as fc from 'fast-check';
import { checkDigit, isValidNationalId } from '@libs/national-id';
import { parsePhone } from '@libs/phone';
import { completed, digitsOf, oneSlipApart, passesCheck, phoneNumber } from './numbers';

const eight = fc.integer({ min: 1e7, max: 99_999_999 });

describe('numbers', () => {
  it('checks and completes like libs/national-id', () => {
    fc.assert(
      fc.property(eight, fc.nat(9), (body, last) => {
        expect(completed(body)).toBe(Number(`${body}${checkDigit(String(body))}`));
        expect(passesCheck(body * 10 + last)).toBe(isValidNationalId(`${body}${last}`));
      }),
    );
  });

  it('reads digits of either script through separators, and no letters', () => {
    expect(digitsOf('4-3949004-٦')).toEqual({ value: 439490046, count: 9 });
    expect(digitsOf('000000000')).toEqual({ value: 0, count: 9 });
    expect(digitsOf('A12').value).toBe(-1);
    expect(digitsOf('9'.repeat(10_000)).value).toBe(-1);
  });

  it('reads phones like libs/phone', () => {
    const written = [
      '0599123456',
      '599123456',
      '059-9123456',
      '+970599123456',
      '00972599123456',
      '٠٥٦٣٢٤٨٧٥٧',
      '092391234',
      '+97092392334',
    ];
    for (const raw of written) expect(`+970${phoneNumber(raw)}`).toBe(parsePhone(raw).e164);
    for (const raw of ['', '123', '0521234567', '5991234567899']) expect(phoneNumber(raw)).toBe(-1);
  });

  it('knows one digit off and two neighbours swapped', () => {
    expect(oneSlipApart(875199820, 877199820)).toBe(true);
    expect(oneSlipApart(409123456, 490123456)).toBe(true);
    expect(oneSlipApart(875199820, 875199820)).toBe(false);
    expect(oneSlipApart(875199820, 877199821)).toBe(false);
    expect(oneSlipApart(812345678, 182435678)).toBe(false);
  });
});
