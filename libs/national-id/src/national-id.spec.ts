import * as fc from 'fast-check';
import { checkDigit, documentKey, documentKind, isValidNationalId, maskId, parseNationalId } from './index';

const body = fc.stringMatching(/^[0-9]{8}$/).filter((digits) => digits !== '00000000');

describe('check digit', () => {
  it.each(['123456782', '900000001', '400000006', '039337423'])('%s is valid', (id) => {
    expect(isValidNationalId(id)).toBe(true);
    expect(checkDigit(id.slice(0, 8))).toBe(Number(id[8]));
  });

  it.each(['123456789', '000000000', '12345678', '1234567820', '١٢٣٤٥٦٧٨٢', '12345678a', ''])('%s is not', (id) => {
    expect(isValidNationalId(id)).toBe(false);
  });

  it('pads a short body on the left and refuses what is no body', () => {
    expect(checkDigit('3933742')).toBe(3);
    for (const wrong of ['', '123456782', '1234567x', '١٢٣٤٥٦٧٨']) expect(() => checkDigit(wrong)).toThrow(RangeError);
  });

  it('completes every body to a valid ID', () => {
    fc.assert(fc.property(body, (digits) => isValidNationalId(`${digits}${checkDigit(digits)}`)));
  });

  it('detects every error in a single digit', () => {
    fc.assert(
      fc.property(body, fc.nat(8), fc.integer({ min: 1, max: 9 }), (digits, position, shift) => {
        const id = `${digits}${checkDigit(digits)}`;
        const wrong = (Number(id[position]) + shift) % 10;
        expect(isValidNationalId(id.slice(0, position) + wrong + id.slice(position + 1))).toBe(false);
      }),
    );
  });

  it('cannot see a swap of 09 and 90', () => {
    expect(checkDigit('40900000')).toBe(checkDigit('49000000'));
  });
});

describe('a national ID as written', () => {
  it.each([
    ['123456782', 'valid', '123456782', '123456782'],
    [' 1-2345678-2 ', 'valid', '123456782', '123456782'],
    ['٠٣٩٣٣٧٤٢٣', 'valid', '039337423', '039337423'],
    ['۹۰۰۰۰۰۰۰۱', 'valid', '900000001', '900000001'],
    ['\u202B400000006\u202C\u200F', 'valid', '400000006', '400000006'],
    ['12345678', 'completed', '12345678', '123456782'],
    ['123456789', 'invalid-check', '123456789', undefined],
    ['1234567', 'wrong-length', '1234567', undefined],
    ['1234567820', 'wrong-length', '1234567820', undefined],
    ['0', 'zeros', '0', undefined],
    ['000000000', 'zeros', '000000000', undefined],
    ['00000000', 'zeros', '00000000', undefined],
    ['', 'empty', '', undefined],
    [' - \u200E', 'empty', '', undefined],
    ['لا يوجد', 'not-a-number', '', undefined],
    ['12345678X', 'not-a-number', '', undefined],
  ])('%j is %s', (raw, kind, digits, id) => {
    expect(parseNationalId(raw)).toEqual(id === undefined ? { digits, kind } : { digits, kind, id });
  });

  it('may be missing', () => {
    expect(parseNationalId(null).kind).toBe('empty');
    expect(parseNationalId(undefined).kind).toBe('empty');
  });

  it('gives an id only when it is valid, for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9٠-٩ -]{0,12}$/)), (raw) => {
        const { id, kind } = parseNationalId(raw);
        expect(id !== undefined).toBe(kind === 'valid' || kind === 'completed');
        if (id !== undefined) expect(isValidNationalId(id)).toBe(true);
      }),
    );
  });

  it('is masked but for its end', () => {
    expect(maskId('123456782')).toBe('*****6782');
    expect(maskId('6782')).toBe('****');
    expect(maskId('')).toBe('');
  });
});

describe('document key', () => {
  it('is the same for every way of writing one document', () => {
    for (const raw of ['123456782', '12345678', '1-2345678-2', '١٢٣٤٥٦٧٨٢', '\u200F123456782 '])
      expect(documentKey('هوية', raw)).toBe('national-id:123456782');
    expect(documentKey('جواز سفر', 'p 614-3318')).toBe('passport:P6143318');
    expect(documentKey('سجل تجاري', '٥-٦٢٩٦٢٨٠-٨')).toBe('company:562962808');
  });

  it('keeps a national ID that fails its check or length, as written', () => {
    expect(documentKey('هوية', '842194911')).toBe('national-id:842194911');
    expect(documentKey('هوية', '8421949')).toBe('national-id:8421949');
  });

  it('recognises a national ID without a type', () => {
    expect(documentKey('', '400000006')).toBe('national-id:400000006');
    expect(documentKey('غير معروف', '123456782')).toBe('unknown:123456782');
    expect(documentKey(null, '٧٧١٢٣')).toBe('unknown:77123');
  });

  it.each([null, undefined, '', '0', '000000000', '999999999', '123456789', '123', 'لا يوجد', 'NONE', '--', '12#45'])(
    'is null for %j',
    (raw) => {
      for (const type of ['هوية', 'جواز سفر', 'سجل تجاري', 'غير معروف', '']) expect(documentKey(type, raw)).toBeNull();
    },
  );

  it('tells the kinds apart', () => {
    expect(['هوية', ' هويه', 'جواز سفر', 'سجل تجاري', 'غير معروف', '', null].map(documentKind)).toEqual([
      'national-id',
      'national-id',
      'passport',
      'company',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });
});
