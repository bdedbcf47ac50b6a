import fc from 'fast-check';
import { partiesOf, soundKeys, typoKeys } from './name-keys';

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
  ])('%s and %s, one typing error apart, share a typo key', (a, b) => {
    expect(shareTypoKey(a, b)).toBe(true);
  });

  it('share a typo key after any one error', () => {
    const letter = fc.constantFrom('ا', 'ب', 'م');
    const word = fc.array(letter, { minLength: 3, maxLength: 6 });
    const edit = fc.constantFrom('drop', 'add', 'replace', 'swap');
    fc.assert(
      fc.property(word, fc.nat(), letter, edit, (letters, place, other, kind) => {
        const at = place % letters.length;
        const edited = [...letters];
        if (kind === 'drop') edited.splice(at, 1);
        if (kind === 'add') edited.splice(at, 0, other);
        if (kind === 'replace') edited[at] = other;
        if (kind === 'swap' && at > 0) [edited[at - 1], edited[at]] = [edited[at]!, edited[at - 1]!];
        if (edited.length >= 3) expect(shareTypoKey(letters.join(''), edited.join(''))).toBe(true);
      }),
    );
  });

  it('share a sound key across scripts', () => {
    expect(soundKeys('محمد')).toEqual(soundKeys('mohammed'));
    expect(soundKeys('محمد')).not.toEqual(soundKeys('mahmoud'.slice(0, 3)));
    expect(soundKeys('2000')).toEqual([]);
  });

  it('of a sound stay within the column', () => {
    expect(soundKeys('xb'.repeat(20))[0]!.length).toBeLessThanOrEqual(48);
  });
});

function shareTypoKey(a: string, b: string): boolean {
  return typoKeys(a).some((key) => typoKeys(b).includes(key));
}
