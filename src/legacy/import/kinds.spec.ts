import * as fc from 'fast-check';
import { amount, joinedKey, KINDS, readLine, REASONS, wholeNumber, type Known } from './kinds';

const known: Known = { citizens: new Map([['1003', 11]]), services: new Map([['20003', 22]]) };
const read = (file: keyof typeof KINDS, ...fields: string[]) => readLine(KINDS[file], fields, known).read;

describe('a citizen', () => {
  const named = (name: string) => read('citizens', '1003', name, 'هوية', '4-3949004-6', '0599123456', '', '9/9/2018');

  it('keeps its raw text beside what it says', () => {
    expect(named(' رولا  جيطان\u200f')).toEqual([
      ...[' رولا  جيطان\u200f', 'هوية', '4-3949004-6', '0599123456', '', '9/9/2018'],
      ...['national-id:439490046', '+970599123456', '2018-09-09'],
    ]);
  });

  it.each(['', '   ', ' - ', '.', '؟', '\u0640\u0640', '\u064e', '\u202b\u202c', '"'])(
    'is refused when named %j',
    (name) => expect(named(name)).toBe(REASONS.noName),
  );

  it.each(['ع', '٣', 'A', '- محمد -'])('is taken in when named %s', (name) =>
    expect(named(name)).toBeInstanceOf(Array),
  );

  it('reads an ID in Arabic digits', () => {
    expect(read('citizens', '1', 'س', 'هوية', '٤٣٩٤٩٠٠٤٦', '', '', '')).toContain('national-id:439490046');
  });

  it('keeps a document number that is no key', () => {
    const values = read(
      'citizens',
      '1',
      'س'.repeat(10_000),
      'هوية',
      '7'.repeat(9000) + '1',
      '',
      '',
      'غدا',
    ) as unknown[];
    expect(values.slice(6)).toEqual([null, null, null]);
  });
});

describe('a service', () => {
  it.each([
    ['1003', '01/02/2003', [11, 'مياه', '', 'فعال', '01/02/2003', '2003-02-01']],
    [' 1003 ', '2003-02-01', [11, 'مياه', '', 'فعال', '2003-02-01', '2003-02-01']],
    ['9', '01/02/2003', REASONS.citizenUnknown],
    ['9', '31/02/2003', REASONS.citizenUnknown],
    ['1003', '31/02/2003', REASONS.date],
  ])('of citizen %s since %s', (citNo, start, result) =>
    expect(read('services', '20003', 'مياه', citNo, '', 'فعال', start)).toEqual(result),
  );
});

describe('a movement', () => {
  const move = (service: string, debit: string, credit: string, cur = 'JOD') =>
    read('movements', service, '00/00/0000', 'رسوم', debit, credit, cur, 'F1');

  it.each([
    ['20003', '1,035.00', '0.00', [22, '00/00/0000', null, 'رسوم', 1_035_000, 0, 'JOD']],
    ['20003', '٣٥٫٢٥', '-1.5', [22, '00/00/0000', null, 'رسوم', 35_250, -1500, 'JOD']],
    ['20004', '35.0x', '0.00', REASONS.serviceUnknown],
    ['20003', '35.0x', '0.00', REASONS.amount],
    ['20003', '0.00', '', REASONS.amount],
    ['20003', '10,35.00', '0.00', REASONS.amount],
    ['20003', '0.0001', '0.00', REASONS.amountPrecision],
    ['20003', '9'.repeat(20), '0.00', REASONS.amountPrecision],
  ])('on %s of %s and %s', (service, debit, credit, result) => expect(move(service, debit, credit)).toEqual(result));

  it('counts hundredths in a currency the municipality does not use', () => {
    expect(move('20003', '1.25', '0.000', ' EUR ')).toEqual([22, '00/00/0000', null, 'رسوم', 125, 0, 'EUR']);
  });

  it('is refused when its number is too long for a key', () => {
    const fields = ['20003', '01/01/2018', 'رسوم', '1.00', '0.00', 'ILS', 'F'.repeat(101)];
    expect(readLine(KINDS.movements, fields, known).read).toBe(REASONS.keyLength);
  });
});

describe('a reading', () => {
  it.each([
    ['01/2018', '194', [22, 'S1', '01/2018', '194', '1', '07', '2018-01', 194]],
    ['1/2018', '', [22, 'S1', '1/2018', '', '1', '07', '2018-01', null]],
    ['13/2018', '194', REASONS.month],
  ])('of %s', (period, index, result) => {
    const values = read('readings', '20003', 'S1', period, index, '1', '07');
    expect(typeof values === 'string' ? values : values.slice(1)).toEqual(result);
  });

  it('is named by its service and month', () => {
    expect(KINDS.readings.name(['20003', 'S1', '13/2018', '', '', ''])).toBe('20003 13/2018');
  });
});

it('a row of a service that the extract lacks is taken in without one', () => {
  expect(read('licences', '7', 'بقالة', 'ب', '1,060.00', '31/02/2018')).toEqual([
    ...['7', null, 'بقالة', 'ب', '1,060.00', '31/02/2018', 1_060_000, null],
  ]);
});

describe('keys', () => {
  it('of many columns fit, differ and are stable, however long the columns', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 90, maxLength: 300 }), fc.string({ maxLength: 40 }), (a, b) => {
        const key = joinedKey(a, b);
        expect(key.length).toBeLessThanOrEqual(100);
        expect(joinedKey(` ${a}`, `${b} `)).toBe(key);
        expect(joinedKey(`${a}x`, b)).not.toBe(key);
      }),
    );
    expect(joinedKey('20003', 'S1')).toBe('20003|S1');
  });
});

it('numbers are whole, of Latin or Arabic digits, or none', () => {
  const texts = ['15', ' ١٥ ', '', '1.5', '-1', '9999999999', 'x'];
  expect(texts.map(wholeNumber)).toEqual([15, 15, null, null, null, null, null]);
});

it('trailing zeros beyond the minor unit change nothing', () => expect(amount('35.5000', 'ILS')).toBe(3550));
