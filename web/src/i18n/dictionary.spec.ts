import { fill, withoutIsolates } from './dictionary';

describe('fill', () => {
  it('isolates each value, and holds Arabic digits in their order', () => {
    expect(fill('السجل {number} لـ {name}', { number: '2026-000042', name: 'خالد' })).toBe(
      'السجل \u20682026-000042\u2069 لـ \u2068خالد\u2069',
    );
    expect(fill('{n}', { n: '٢٠٢٦-٠٠٠٠٤٢' })).toBe('\u2068\u202d٢٠٢٦-٠٠٠٠٤٢\u202c\u2069');
    expect(fill('{n}', { n: 'شارع ٥' })).toBe('\u2068شارع ٥\u2069');
  });

  it('leaves a place without a value, and file names without isolates', () => {
    expect(fill('{a} {b}', { a: 1 })).toBe('\u20681\u2069 {b}');
    expect(withoutIsolates(fill('كشف {n}', { n: '٢-٣' }))).toBe('كشف ٢-٣');
  });
});
