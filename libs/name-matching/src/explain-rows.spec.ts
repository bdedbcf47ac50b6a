import { explainRows } from './explain-rows';

const row = (name: string, docNo = '', phone = '', address = '') => ({ name, docType: 'هوية', docNo, phone, address });

describe('explainRows', () => {
  it('goes from the name to ID, phone and address', () => {
    const reasons = explainRows(
      row('محمد حسن النجار', '4-0000000-6', '0599123456', 'رفيديا'),
      row('محمد النجار', '40000000', '+970599123456', 'عسكر'),
    );
    expect(reasons.map(({ en }) => en)).toEqual([
      'given name: محمد same',
      'father: حسن missing',
      'family: نجار same',
      'ID: same',
      'phone: same',
      'address: different',
    ]);
  });

  it.each([
    ['400000006', '123456782', 'ID: two different valid numbers, two persons'],
    ['400000006', '400000106', 'ID: one digit off'],
    ['400000006', '812345678', 'ID: different'],
  ])('says of %s and %s: %s', (a, b, reason) => {
    expect(explainRows(row('محمد', a), row('محمد', b)).at(-1)?.en).toBe(reason);
  });

  it('is silent where a number stands for none', () => {
    expect(explainRows(row('محمد', '111111111', '0'), row('محمد', '111111111', '0'))).toHaveLength(1);
  });
});
