import * as fc from 'fast-check';
import { splitName } from './tokens';

describe('splitName', () => {
  it.each([
    ['الحاج محمد بن عبد الله أبو حمدة', ['محمد', 'عبدالله', 'ابوحمده']],
    ['نور الدين خير الله الشكعة', ['نورالدين', 'خيرالله', 'شكعه']],
    ['فاطمه سامي بني شمسة', ['فاطمه', 'سامي', 'بنيشمسه']],
    ['خليل عبـــد اكريم سفيان', ['خليل', 'عبداكريم', 'سفيان']],
    ['رولا  ثائر أحمد الجيطان', ['رولا', 'ثاير', 'احمد', 'جيطان']],
  ])('%s', (raw, tokens) => {
    expect(splitName(raw)).toMatchObject({ kind: 'person', heirs: false, tokens });
  });

  it('parts the parties of a joint row', () => {
    const { tokens, joint } = splitName('محمد عبدالحميد وشركه علي عبد الرؤوف الكخن');
    expect(tokens).toEqual(['محمد', 'عبدالحميد']);
    expect(joint).toEqual({ relation: 'partners', others: [['علي', 'عبدالرووف', 'كخن']] });
    expect(splitName('وليد وائل حسن').joint).toBeUndefined();
  });

  it.each([
    [
      'سالم علي و نايف حسن و خالد عمر',
      [
        ['نايف', 'حسن'],
        ['خالد', 'عمر'],
      ],
    ],
    ['سالم علي وشركاه وسامي حسن واخوانه وخالد', [['سامي', 'حسن'], ['خالد']]],
    ['سالم وشركاه و', []],
  ])('parts three parties and more: %s', (raw, others) => {
    expect(splitName(raw).joint?.others).toEqual(others);
    expect(splitName('سالم و علي '.repeat(1000)).joint?.others.length).toBeLessThanOrEqual(8);
  });

  it('keeps what is nothing but a word of descent', () => {
    expect(splitName('ابن بن ابن').tokens).toEqual(['ابن', 'بن', 'ابن']);
    expect(splitName('هديل بنت غسان بن راغب').tokens).toEqual(['هديل', 'غسان', 'راغب']);
  });

  it('takes ورثة alone as a word about the one named', () => {
    const heirs = splitName('ورثة فاطمة ابوليل');
    expect(heirs).toMatchObject({ heirs: true, tokens: ['فاطمه', 'ابوليل'] });
    expect(heirs.joint).toBeUndefined();
  });

  it('reads a firm as one token, without its legal form', () => {
    expect(splitName('شركة النابلسي لمواد البناء م.خ.م')).toEqual(splitName('شركه النابلسى لمواد البناء وشركاه'));
    expect(splitName('النابلسي للمقاولات').kind).toBe('firm');
  });

  it('takes any text, however long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => splitName(text).tokens.length <= 12),
    );
    expect(splitName('محمد '.repeat(10_000)).tokens.length).toBeLessThanOrEqual(12);
  });
});
