import * as fc from 'fast-check';
import { foldDigits, hasLetters, isBlankName, isolate, normalizeText, stripBidiControls } from './index';

const arabicNoise = fc.string({
  unit: fc.constantFrom(...'ابوعدلمحةىأإآؤئءـَّ. -/٣۳a\u200F\u202Eﻻﷲک\t'),
  maxLength: 40,
});
const anyText = fc.oneof(arabicNoise, fc.string({ unit: 'binary', maxLength: 40 }));

describe('normalizeText', () => {
  it.each([
    ['أحمد إبراهيم آمنة ٱلله', 'احمد ابراهيم امنه الله'],
    ['مصطفى فؤاد رائد هبة', 'مصطفي فواد رايد هبه'],
    ['محــمد', 'محمد'],
    ['مُحَمَّدٌ حّكمت', 'محمد حكمت'],
    ['٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹', '0123456789 0123456789'],
    ['\u202Bعلي\u202C \u200Fحسن\u2069\uFEFF', 'علي حسن'],
    ['ﻣﺤﻤﺪ ﻻﻓﻲ ﷲ', 'محمد لافي الله'],
    ['  علي \t حسن\r\n\u00A0سالم  ', 'علي حسن سالم'],
    ['د.علي،حسن؛(م.خ.م)', 'د علي حسن م خ م'],
    ['علی کمال', 'علي كمال'],
    ['Société ABC-12', 'societe abc 12'],
    ['ＡＢ１', 'ab1'],
    ['ماء', 'ماء'],
    ['أ', 'ا'],
    ['ا\u0654حمد', 'احمد'],
    ['ΣΟΦΟΣ', 'σοφοσ'],
    ['', ''],
    ['.', ''],
    ['   ', ''],
    ['ــ ّ', ''],
  ])('%j → %j', (raw, expected) => expect(normalizeText(raw)).toBe(expected));

  it('is idempotent, folds spaces and leaves only letters and digits', () => {
    fc.assert(
      fc.property(anyText, (raw) => {
        const once = normalizeText(raw);
        expect(normalizeText(once)).toBe(once);
        expect(once).not.toMatch(/^ | $| {2}|[أإآٱىؤئةـ٠-٩۰-۹]|\p{M}|\p{Cf}|\p{P}/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same whether the text needs Unicode normalization or not', () => {
    fc.assert(
      fc.property(arabicNoise, (raw) => {
        expect(normalizeText(`${raw} ﺀ`)).toBe(`${normalizeText(raw)} ء`.trimStart());
      }),
      { numRuns: 2000 },
    );
  });
});

describe('letters', () => {
  it.each(['علي', 'X', '  .ع', 'ﻣ', '1a', '\u200Fع'])('are in %j', (raw) => {
    expect(hasLetters(raw)).toBe(true);
    expect(isBlankName(raw)).toBe(false);
  });

  it.each(['', ' ', '.', '---', '\u200F\u202E', 'ـــ', 'ًٌ', 'ﹱ', '\t\n'])('are not in %j', (raw) => {
    expect(hasLetters(raw)).toBe(false);
    expect(isBlankName(raw)).toBe(true);
  });

  it('are not digits, though a number is not blank', () => {
    expect(hasLetters('١٢3')).toBe(false);
    expect(isBlankName('١٢3')).toBe(false);
  });
});

describe('digits and bidi controls', () => {
  it('folds digits and nothing else', () => {
    expect(foldDigits('رقم ٤٤٢۰9/أ')).toBe('رقم 44209/أ');
    const plain = 'رقم 12';
    expect(foldDigits(plain)).toBe(plain);
  });

  it('strips direction controls and nothing else', () => {
    expect(stripBidiControls('\u202A+970\u202C \u2068علي\u2069\u200E\u200F\u061C!')).toBe('+970 علي!');
    expect(stripBidiControls('مُحمد\u200C12')).toBe('مُحمد\u200C12');
  });
});

describe('isolate', () => {
  const marked = (text: string) => isolate(text).replaceAll('\u2068', '⟨').replaceAll('\u2069', '⟩');

  it.each([
    ['هاتف +970599123456.', 'هاتف ⟨+970599123456⟩.'],
    ['المبلغ -1,234.50 شيكل', 'المبلغ ⟨-1,234.50⟩ شيكل'],
    ['من 01/02/2024 إلى ٢٩-٠٢-٢٠٢٤', 'من ⟨01/02/2024⟩ إلى ⟨٢٩-٠٢-٢٠٢٤⟩'],
    ['نسبة 17%،', 'نسبة ⟨17%⟩،'],
    ['شركة Blue Line 24 للسفر', 'شركة ⟨Blue Line 24⟩ للسفر'],
    ['القطع 12 14', 'القطع ⟨12⟩ ⟨14⟩'],
    ['شارع-5', 'شارع-⟨5⟩'],
    ['البريد office@example.org', 'البريد ⟨office@example.org⟩'],
    ['لا أرقام هنا', 'لا أرقام هنا'],
    ['', ''],
  ])('%j', (text, expected) => expect(marked(text)).toBe(expected));

  it('adds nothing but balanced isolates, once', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: fc.constantFrom(...'عaé1٢+-.,/% \u2068\u2069') })), (text) => {
        const once = isolate(text);
        expect(stripBidiControls(once)).toBe(stripBidiControls(text));
        expect(isolate(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
});
