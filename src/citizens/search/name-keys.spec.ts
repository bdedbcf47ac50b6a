import fc from 'fast-check';
import { oneTypoApart, partiesOf, typoKeys } from './name-keys';

describe('name keys', () => {
  it.each([
    ['زهير  طارق سليمان الشكعة', [['زهير', 'طارق', 'سليمان', 'شكعه']]],
    ['هدى عبد الرحمن كنعان', [['هدي', 'عبدالرحمن', 'كنعان']]],
    ['الحاجة فاطمة أبو ليل', [['فاطمه', 'ابوليل']]],
    [
      'محمد محمود وشركه محمد سليمان طوقان',
      [
        ['محمد', 'محمود'],
        ['محمد', 'سليمان', 'طوقان'],
      ],
    ],
    ['مريم زبن وأخوه', [['مريم', 'زبن']]],
    ['ورثة فاطمة ابوليل', [['فاطمه', 'ابوليل']]],
    [
      'جمانة النابلسي وأحمد الطنبور',
      [
        ['جمانه', 'نابلسي'],
        ['احمد', 'طنبور'],
      ],
    ],
    ['— ، —', []],
  ])('of %s', (name, keys) => {
    expect(partiesOf(name)).toEqual(keys);
  });

  it('are cut without halving a character', () => {
    const [[key] = []] = partiesOf(`${'ب'.repeat(39)}𐤀𐤀`);
    expect(key).toBe('ب'.repeat(39));
    expect(Buffer.from(key!, 'utf8').toString('utf8')).toBe(key);
  });

  it.each([
    ['احمد', 'احدم'],
    ['محمد', 'محد'],
    ['فاطمه', 'فاطم'],
    ['رشيد', 'رشيج'],
  ])('%s and %s are one typing error apart', (a, b) => {
    expect([oneTypoApart(a, b), oneTypoApart(b, a)]).toEqual([true, true]);
    expect(typoKeys(a).some((key) => typoKeys(b).includes(key))).toBe(true);
  });

  it.each([
    ['احمد', 'احمد'],
    ['احمد', 'محمود'],
    ['سليم', 'سليمان'],
  ])('%s and %s are not', (a, b) => {
    expect(oneTypoApart(a, b)).toBe(false);
  });

  it('share a typo key wherever they are one typing error apart', () => {
    const word = fc.string({ unit: fc.constantFrom('ا', 'ب', 'م'), minLength: 3, maxLength: 6 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        if (oneTypoApart(a, b)) expect(typoKeys(a).some((key) => typoKeys(b).includes(key))).toBe(true);
        expect(oneTypoApart(a, b)).toBe(oneTypoApart(b, a));
      }),
    );
  });
});
