import * as fc from 'fast-check';
import { compareNames } from './compare';

const same = (a: string, b: string) => compareNames(a, b).same;

describe('compareNames', () => {
  it.each([
    ['رولا جيطان', 'الحاج رولا ثائر أحمد الجيطان'],
    ['زهير طارق سليمان الشكعة', 'زهير طارق شكعه'],
    ['عبد الرحيم طاهر بعارة', 'بعاره عبدالرحيم طاهر'],
    ['محمود علي احمد', 'محمودد على أحمد'],
    ['محمد سالم المصري', 'Mohammed Salem Al-Masri'],
    ['Muammar Qaddafi', 'Moammar Gaddafi'],
    ['Mhmd Ahmad', 'Mohammed Ahmed'],
    ["'Abd al-Aziz al-Nuristani", 'NURISTANI, Abdul Aziz'],
    ['Владимир Путин', 'Vladimir Putin'],
    ['RamiMakhlouf', 'Rami Makhlouf'],
  ])('takes %s and %s for one', (a, b) => {
    expect(same(a, b)).toBe(true);
    expect(same(b, a)).toBe(true);
  });

  it.each([
    ['صالح احمد المصري', 'صلاح احمد المصري'],
    ['سالم علي المصري', 'سلام علي المصري'],
    ['علاء خالد حسن', 'علا خالد حسن'],
    ['هناء خالد حسن', 'هنا خالد حسن'],
    ['خالد محمود الشكعة', 'محمود خالد الشكعة'],
    ['جهاد المصري', 'زينب جهاد المصري'],
    ['محمد حسن المصري', 'محمد علي المصري'],
    ['SALMAN BIN MUHAMMAD AL-RAWI', 'MUHAMMAD BIN SALMAN AL-RAWI'],
    ['IZZAT IBRAHIM AL-MOSULI', 'IZZAT IBRAHIM AL-DURI'],
  ])('takes %s and %s for two', (a, b) => {
    expect(same(a, b)).toBe(false);
    expect(same(b, a)).toBe(false);
  });

  it('gives more bits to a rarer and to a fuller agreement', () => {
    const two = compareNames('محمد المصري', 'محمد المصري').bits;
    expect(compareNames('حكمت المصري', 'حكمت المصري').bits).toBeGreaterThan(two);
    expect(compareNames('محمد حكمت المصري', 'محمد حكمت المصري').bits).toBeGreaterThan(two);
  });

  it('says why, token by token, in Arabic and English', () => {
    expect(compareNames('محمد حسن المصري', 'محمد علي المصري').explain()).toEqual([
      { ar: 'الاسم: محمد متطابق', en: 'given name: محمد same' },
      { ar: 'الأب: حسن ليس علي', en: 'father: حسن is not علي' },
      { ar: 'العائلة: مصري متطابق', en: 'family: مصري same' },
    ]);
  });

  it('takes any two texts, and every name for itself', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const { score, bits } = compareNames(a, b);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(Number.isFinite(bits)).toBe(true);
      }),
    );
    expect(compareNames('ا'.repeat(10_000), 'محمد '.repeat(2_000)).same).toBe(false);
    expect(compareNames('', 'محمد')).toMatchObject({ score: 0, same: false });
  });

  it('does not mind which of the two comes first', () => {
    const words = 'محمد احمد علي عبد ال الله ابو ام طوقان صلاح محمدعلي كامل Abu Abd al Mohammed Ali Dr khld mhmd x ,';
    const name = fc.array(fc.constantFrom(...words.split(' ')), { maxLength: 6 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(compareNames(b, a).bits).toBeCloseTo(compareNames(a, b).bits, 9);
      }),
      { numRuns: 3000 },
    );
    const turned = ['محمد علي طوقان', 'طوقان محمد علي'] as const;
    expect(compareNames(...turned).bits).toBeCloseTo(compareNames(turned[1], turned[0]).bits, 9);
  });

  it('hears the long vowels that Arabic writes', () => {
    const other = 'محمود:Mohammed صلاح:Saleh سلام:Salem جميل:Jamal حسين:Hassan امين:Ayman';
    const one =
      'محمود:Mahmoud صالح:Saleh صلاح:Salah سالم:Salem حسين:Husain رائد:Raed عبدالله:Abdullah نورالدين:Nuruddin';
    const pairs = (text: string) => text.split(' ').map((pair) => pair.split(':') as [string, string]);
    for (const [a, b] of pairs(other)) expect([a, b, same(`${a} طوقان`, `${b} Tuqan`)]).toEqual([a, b, false]);
    for (const [a, b] of pairs(one)) expect([a, b, same(`${a} طوقان`, `${b} Tuqan`)]).toEqual([a, b, true]);
  });

  it('holds two given names turned round for father and son, but not a family that comes first', () => {
    expect(same('محمد احمد', 'احمد محمد')).toBe(false);
    expect(same('محمد طوقان', 'طوقان محمد')).toBe(true);
  });

  it('does not take a firm for the person it is named after', () => {
    const found = compareNames('شركة مثنى كاظم الدويك', 'مثنى كاظم الدويك');
    expect(found.same).toBe(false);
    expect(found.explain()[0]).toEqual({ ar: 'أحدهما شركة والآخر شخص', en: 'one is a firm, the other a person' });
    expect(same('شركة النور للتجارة', 'النور للتجارة')).toBe(true);
  });
});
