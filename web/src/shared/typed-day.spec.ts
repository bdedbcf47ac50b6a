import { typedDay, writtenDay } from './typed-day';

describe('a typed day', () => {
  it.each([
    ['24/11/2026', '2026-11-24'],
    ['٢٤/١١/٢٠٢٦', '2026-11-24'],
    ['4-3-26', '2026-03-04'],
    ['040326', '2026-03-04'],
    ['24112026', '2026-11-24'],
    ['2026-11-24', '2026-11-24'],
    ['29/02/2028', '2028-02-29'],
    ['29/02/2027', ''],
    ['24/13/2026', ''],
    ['24/11', ''],
    ['', ''],
  ])('%s is %s', (text, day) => expect(typedDay(text)).toBe(day));

  it('is written as in the city', () => {
    expect(writtenDay('2026-11-24')).toBe('24/11/2026');
    expect(writtenDay('')).toBe('');
  });
});
