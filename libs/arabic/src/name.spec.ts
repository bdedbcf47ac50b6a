import * as fc from 'fast-check';
import { jointMarker, nameTokens, normalizeName } from './index';

const NAME_WORDS =
  'أبو ابو وأبو عبد وعبد الله الرحمن الحاج الحاجة د. م. و ورثة وورثة وشركاه وأخوه بن ابن محمد ومحمد وليد علي، ال شركة'.split(
    ' ',
  );
const anyName = fc.oneof(
  fc.array(fc.constantFrom(...NAME_WORDS), { maxLength: 9 }).map((words) => words.join(' ')),
  fc.string({ unit: 'binary' }),
);

describe('normalizeName', () => {
  it.each([
    ['عبد الله سليم', 'عبدالله سليم'],
    ['عبدالله سليم', 'عبدالله سليم'],
    ['نور عبد الرؤوف', 'نور عبدالرووف'],
    ['عبد ربه سالم', 'عبد ربه سالم'],
    ['خليل أبو حمدة', 'خليل ابوحمده'],
    ['خليل ابوحمدة', 'خليل ابوحمده'],
    ['أبو عبد الله سليم', 'ابوعبدالله سليم'],
    ['علي أبو', 'علي ابو'],
    ['سليم أبو و علي', 'سليم ابو و علي'],
    ['سليم وعبد الله', 'سليم وعبدالله'],
    ['الحاجة فاطمة علي', 'فاطمه علي'],
    ['د. حازم فؤاد', 'حازم فواد'],
    ['د.حازم', 'حازم'],
    ['الحاج م. علي', 'علي'],
    ['المرحوم الحاج علي', 'علي'],
    ['ورثة الحاج سالم', 'ورثه سالم'],
    ['سالم علي و م. على كنعان', 'سالم علي و علي كنعان'],
    ['محمد الحاج', 'محمد الحاج'],
    ['محمد الشيخ سالم', 'محمد الشيخ سالم'],
    ['الحاج', 'الحاج'],
    ['الحاج وشركاه', 'الحاج وشركاه'],
    ['شركة النور م.خ.م', 'شركه النور م خ م'],
    ['John  SMITH', 'john smith'],
    ['', ''],
    ['.', ''],
  ])('%j → %j', (raw, expected) => expect(normalizeName(raw)).toBe(expected));

  it('is idempotent', () => {
    fc.assert(
      fc.property(anyName, (raw) => {
        const once = normalizeName(raw);
        expect(normalizeName(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps something of every name that has something', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...NAME_WORDS), { minLength: 1 }), (words) => {
        expect(normalizeName(words.join(' '))).not.toBe('');
      }),
    );
  });

  it('digests very long names of every sort', () => {
    for (const unit of ['م', 'م ', '. ', 'ـ', 'ﷺ', 'و ', 'أبو ', 'عبد الله ', 'د. ', '\u{1F600}'])
      expect(normalizeName(unit.repeat(10_000)).length).toBeLessThan(200_000);
  });
});

describe('nameTokens', () => {
  it('drops بن, ابن and بنت', () => {
    expect(nameTokens('هديل بنت غسان')).toEqual(['هديل', 'غسان']);
    expect(nameTokens('د. محمد بن عبد الله ابن سالم')).toEqual(['محمد', 'عبدالله', 'سالم']);
    expect(nameTokens('بن')).toEqual(['بن']);
    expect(nameTokens(' . ')).toEqual([]);
  });

  it('stops after a number of tokens no name has', () => {
    expect(nameTokens('علي '.repeat(1000))).toHaveLength(24);
  });
});

describe('jointMarker', () => {
  it.each([
    ['حسن رشيد عمر و محمد رشيد', 'and', 'حسن رشيد عمر', 'محمد رشيد'],
    ['كمال هاشم العالول وعائشه عبد الرحيم', 'and', 'كمال هاشم العالول', 'عائشه عبد الرحيم'],
    ['سالم علي وعبد الله سالم', 'and', 'سالم علي', 'عبدالله سالم'],
    ['سالم علي والحاج نايف حسن', 'and', 'سالم علي', 'نايف حسن'],
    ['محمد فادي النمر وآخرون', 'and', 'محمد فادي النمر', ''],
    ['زياد علي القدومي وشركاه', 'partners', 'زياد علي القدومي', ''],
    ['زياد علي القدومي وشركاؤه', 'partners', 'زياد علي القدومي', ''],
    ['زياد علي و شركاه', 'partners', 'زياد علي', ''],
    ['صلاح فتحي وشريكه', 'partners', 'صلاح فتحي', ''],
    ['محمد محمود وشركه محمد سليمان علي', 'partners', 'محمد محمود', 'محمد سليمان علي'],
    ['خليل أبو حمدة وأخوه', 'brothers', 'خليل ابوحمده', ''],
    ['محمد ابوعيشة واخوانه', 'brothers', 'محمد ابوعيشه', ''],
    ['عمر ســالم وَأخوه', 'brothers', 'عمر سالم', ''],
    ['عمر سالم وشكاه', 'partners', 'عمر سالم', ''],
    ['عمر سالم و شراكاه', 'partners', 'عمر سالم', ''],
    ['عمر سالم واخوناه', 'brothers', 'عمر سالم', ''],
    ['عمر سالم وشريفة', 'and', 'عمر سالم', 'شريفة'],
    ['عمر سالم وغيرهم', 'and', 'عمر سالم', ''],
    ['عمر سالم وأبو بكر', 'and', 'عمر سالم', 'أبو بكر'],
    ['عمر سالم ود. سمر مروان', 'and', 'عمر سالم', 'سمر مروان'],
  ])('%j: %s', (raw, relation, primary, other) => {
    expect(jointMarker(raw)).toMatchObject({
      relation,
      primary,
      other: normalizeName(other),
      heirsOf: { primary: false, other: false },
    });
  });

  it('tells whose heirs are meant', () => {
    expect(jointMarker('المرحوم عمر سالم وورثته')).toMatchObject({ relation: 'heirs', primary: 'عمر سالم', other: '' });
    expect(jointMarker('ورثة المرحومين عمر سالم وسامي حسن')).toMatchObject({ primary: 'عمر سالم', other: 'سامي حسن' });
    expect(jointMarker('ورثة عمر عبدالله لبادة')).toEqual({
      relation: 'heirs',
      marker: 'ورثه',
      primary: 'عمر عبدالله لباده',
      other: '',
      heirsOf: { primary: true, other: false },
    });
    expect(jointMarker('عبد الرضا حازم وورثة حسين صالح')).toEqual({
      relation: 'heirs',
      marker: 'وورثه',
      primary: 'عبدالرضا حازم',
      other: 'حسين صالح',
      heirsOf: { primary: false, other: true },
    });
    expect(jointMarker('ورثة سعيد هاشم وشركه ورثة عمر سالم')).toEqual({
      relation: 'partners',
      marker: 'وشركه',
      primary: 'سعيد هاشم',
      other: 'عمر سالم',
      heirsOf: { primary: true, other: true },
    });
  });

  it.each([
    'وليد بدر',
    'محمد وليد سالم',
    'سمر وائل رمضان',
    'أسماء وسيم يعيش',
    'سالم وسيمم علي',
    'سالم ود اد علي',
    'سالم علي وشاح',
    'سالم علي وزوز',
    'نور وفاء سالم',
    'شركة النابلسي لمواد البناء وشركاه',
    'ش. الطاهر للتجارة وشركاه',
    'النابلسي للاستيراد والتصدير',
    'النابلسي للاستيراد و التصدير',
    'طوقان للسياحة والسفر',
    'ورثة',
    'و',
    'و محمد',
    'محمد و',
    'وشركاه',
    '',
    '.',
  ])('%j is one party', (raw) => expect(jointMarker(raw)).toBeNull());

  it('splits a row at its marker without losing a word, for any text', () => {
    fc.assert(
      fc.property(anyName, (raw) => {
        const found = jointMarker(raw);
        if (found === null) return;
        expect(found.primary).not.toBe('');
        const name = normalizeName(raw);
        expect(name).toContain(found.primary);
        expect(name.endsWith(found.other)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});
