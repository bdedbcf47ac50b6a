import fc from 'fast-check';
import { readingOf } from './capture.rules';

const DEFAULTS = { period: '2026-11', source: 'FIELD' as const, reader: '12', now: '2026-11-24T08:00:00.000Z' };
const of = (raw: unknown) => readingOf(raw, DEFAULTS);

describe('a reading as it was sent', () => {
  it('is taken with what it leaves out', () => {
    expect(of({ subscription: ' 20005 ', value: '١٠٤٢' })).toEqual({
      ok: {
        ...{ clientKey: null, subscription: '20005', serial: null, period: '2026-11', value: 1042, noAccess: null },
        ...{ readOn: '2026-11-24', capturedAt: null, reader: '12', source: 'FIELD', note: null, replaces: null },
      },
    });
    expect(of({ serial: 'Z1', value: 0, readOn: '24/11/2026', reader: '7' })).toMatchObject({
      ok: { value: 0, readOn: '2026-11-24', reader: '7' },
    });
  });

  it('has the day of Hebron on which it was captured', () => {
    const late = { serial: 'Z1', value: 5, capturedAt: '2026-11-22T22:30:00Z' };
    expect(of(late)).toMatchObject({ ok: { readOn: '2026-11-23', capturedAt: '2026-11-22T22:30:00.000Z' } });
    expect(of({ ...late, capturedAt: '2026-11-24T08:05:00Z' })).toHaveProperty('ok');
    expect(of({ ...late, capturedAt: '2026-11-24T08:20:00Z' })).toEqual({ refused: 'water.reading-in-future' });
    expect(of({ ...late, capturedAt: 'yesterday' })).toEqual({ refused: 'water.reading-malformed' });
  });

  it('belongs to its period: from the month before to two months after', () => {
    const on = (readOn: string, period: string) => Object.keys(of({ serial: 'Z1', value: 5, readOn, period })).join();
    expect(on('2026-11-01', '2026-09')).toBe('ok');
    expect(on('2026-10-01', '2026-11')).toBe('ok');
    expect(of({ serial: 'Z1', value: 5, readOn: '2026-11-01', period: '2026-08' })).toEqual({
      refused: 'water.day-of-another-period',
    });
    expect(on('2026-09-30', '2026-11')).toBe('refused');
  });

  it('is refused for what the register cannot show', () => {
    const value = (text: unknown) => (of({ serial: 'Z1', value: text }) as { refused: string }).refused;
    expect(['12.5', '12,5', '١٢٫٥', 12.5, '+1.0'].map(value)).toEqual(Array(5).fill('water.reading-not-whole'));
    expect(['-1', -1, '−٣', '- 2'].map(value)).toEqual(Array(4).fill('water.reading-negative'));
    expect(['1e3', '12a', '0x10', 1e21, true, {}, []].map(value)).toEqual(Array(7).fill('water.reading-malformed'));
    expect(['', ' ', null, undefined].map(value)).toEqual(Array(4).fill('water.reading-blank'));
    expect(value('1234567890')).toBe('water.reading-beyond-register');
  });

  it('never throws, whatever is sent', () => {
    const names = [
      'clientKey',
      'subscription',
      'serial',
      'period',
      'value',
      'noAccess',
      'readOn',
      'capturedAt',
      'source',
    ];
    const anything = fc.oneof(fc.anything(), fc.dictionary(fc.constantFrom(...names), fc.anything()));
    fc.assert(fc.property(anything, (raw) => Object.keys(of(raw)).length === 1));
  });
});
