import fc from 'fast-check';
import { namedIn, spread } from './named.rules';

describe('what a transfer names', () => {
  it.each([
    [['20011'], null, { accounts: ['20011'] }],
    [['٢٠٠١١'], null, { accounts: ['20011'] }],
    [[], 'دفعة حساب رقم: 20011 عن تشرين', { accounts: ['20011'] }],
    [[], 'اشتراك W-77/2 ماء', { accounts: ['W-77/2'] }],
    [[], 'account no. 20011', { accounts: ['20011'] }],
    [[], 'هاتف 0599123456', { accounts: [] }],
    [[], 'فاتورة bl–oss–2026–000123–62', { serials: ['BL-OSS-2026-000123-62'], records: [] }],
    [[], 'سجل ٢٠٢٦-٠٠٠٠٤٥', { records: ['2026-000045'] }],
    [[], '12026-000045 2026-0000456', { records: [] }],
  ])('%j %j', (references, text, named) => expect(namedIn(references, text)).toMatchObject(named));
});

describe('spread', () => {
  const owed = fc.array(
    fc.record({
      accountId: fc.integer({ min: 1, max: 4 }),
      outstanding: fc.integer({ min: 1, max: 10_000 }),
      period: fc.constantFrom('2026-01', '2026-02'),
      dueOn: fc.constantFrom('2026-02-01', '2026-03-01'),
    }),
  );

  it('gives out the whole amount, to no account more than is owed unless all is paid', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), owed, (amount, charges) => {
        const shares = spread(amount, [1, 2, 3, 4], charges);
        expect([...shares.values()].reduce((sum, part) => sum + part, 0)).toBe(amount);
        const of = (id: number) =>
          charges.reduce((sum, each) => (each.accountId === id ? sum + each.outstanding : sum), 0);
        const over = [...shares].filter(([id, part]) => part > of(id));
        const total = charges.reduce((sum, { outstanding }) => sum + outstanding, 0);
        expect(over.length).toBe(amount > total ? 1 : 0);
      }),
    );
  });

  it('pays the oldest first, whatever its account', () => {
    const charge = (accountId: number, period: string) => ({
      accountId,
      outstanding: 100,
      period,
      dueOn: '2026-03-01',
    });
    expect([...spread(150, [1, 2], [charge(1, '2026-02'), charge(2, '2026-01')])]).toEqual([
      [2, 100],
      [1, 50],
    ]);
    expect([...spread(150, [], [])]).toEqual([]);
  });
});
