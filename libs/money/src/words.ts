import { assertMinorUnits, Currency, DECIMALS, MinorUnits } from './currency';

/** Forms of a counted noun; `one` is the form that says "one" itself. */
interface Noun {
  feminine: boolean;
  one: string;
  dual: string;
  /** Dual before a further noun: ألفا شيكل. */
  dualConstruct: string;
  /** After 3-10. */
  plural: string;
  /** After 11-99: accusative of specification. */
  accusative: string;
  /** After 100, 200, 1000 ... and, of a scale, after 11-99 before a further noun. */
  genitive: string;
}

type Unit = Pick<Noun, 'feminine' | 'one' | 'dual' | 'plural' | 'accusative' | 'genitive'>;

const UNITS: Readonly<Record<Currency, { major: Unit; minor: Unit }>> = {
  ILS: {
    major: unit('شيكل', 'شيكل واحد', 'شيكلان', 'شواكل', 'شيكلاً'),
    minor: { ...unit('أغورة', 'أغورة واحدة', 'أغورتان', 'أغورات', 'أغورة'), feminine: true },
  },
  JOD: {
    major: unit('دينار', 'دينار واحد', 'ديناران', 'دنانير', 'ديناراً'),
    minor: unit('فلس', 'فلس واحد', 'فلسان', 'فلوس', 'فلساً'),
  },
  USD: {
    major: unit('دولار', 'دولار واحد', 'دولاران', 'دولارات', 'دولاراً'),
    minor: unit('سنت', 'سنت واحد', 'سنتان', 'سنتات', 'سنتاً'),
  },
};

const SCALES: readonly { size: number; noun: Noun }[] = [
  { size: 1e12, noun: scale('تريليون', 'تريليونان', 'تريليونا', 'تريليونات', 'تريليوناً') },
  { size: 1e9, noun: scale('مليار', 'ملياران', 'مليارا', 'مليارات', 'ملياراً') },
  { size: 1e6, noun: scale('مليون', 'مليونان', 'مليونا', 'ملايين', 'مليوناً') },
  { size: 1e3, noun: scale('ألف', 'ألفان', 'ألفا', 'آلاف', 'ألفاً') },
];

/** 3-10 before a masculine noun carry ة, before a feminine one they do not. */
const DIGITS_MASCULINE = ' واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة'.split(' ');
const DIGITS_FEMININE = ' إحدى اثنتان ثلاث أربع خمس ست سبع ثماني تسع عشر'.split(' ');
const TENS = '  عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون'.split(' ');
const HUNDREDS = ' مئة مئتان ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة'.split(' ');
const AND = ' و';

/**
 * The amount in Arabic words for receipts, nominative: 103.50 ILS → `مئة وثلاثة شواكل وخمسون أغورة`. The counted noun
 * follows the number: singular, dual, plural for 3-10, accusative singular for 11-99, genitive singular for whole
 * hundreds and thousands; agora is feminine. Negative amounts begin with `ناقص`.
 * @throws RangeError for no minor units.
 */
export function amountInWords(minor: MinorUnits, currency: Currency, lang: 'ar' = 'ar'): string {
  if (lang !== 'ar') throw new RangeError(`no number words for language ${String(lang)}`);
  assertMinorUnits(minor);
  const unitSize = 10 ** DECIMALS[currency];
  const amount = Math.abs(minor);
  const fraction = amount % unitSize;
  const whole = (amount - fraction) / unitSize;
  const { major, minor: small } = UNITS[currency];
  const phrases: string[] = [];
  if (whole > 0) phrases.push(counted(whole, major));
  if (fraction > 0) phrases.push(counted(fraction, small));
  if (phrases.length === 0) return `صفر ${major.genitive}`;
  return `${minor < 0 ? 'ناقص ' : ''}${phrases.join(AND)}`;
}

/** `count` > 0 of a currency unit. One and two after a hundred repeat the noun: مئة شيكل وشيكل واحد. */
function counted(count: number, noun: Unit): string {
  const rest = count % 100;
  if (count === 1) return noun.one;
  if (count === 2) return noun.dual;
  if (rest === 1 || rest === 2) return counted(count - rest, noun) + AND + counted(rest, noun);
  if (rest === 0) return `${cardinal(count, noun.feminine, true)} ${noun.genitive}`;
  return `${cardinal(count, noun.feminine, false)} ${rest <= 10 ? noun.plural : noun.accusative}`;
}

/** Number words of `count`, whose last two digits are not 1 or 2; `construct` when it ends in a scale or hundred before a noun. */
function cardinal(count: number, feminine: boolean, construct: boolean): string {
  const phrases: string[] = [];
  let left = count;
  for (const { size, noun } of SCALES) {
    const times = Math.floor(left / size);
    left -= times * size;
    if (times > 0) phrases.push(scaled(times, noun, construct && left === 0));
  }
  if (left > 0) phrases.push(belowThousand(left, feminine, construct));
  return phrases.join(AND);
}

function scaled(times: number, noun: Noun, construct: boolean): string {
  const rest = times % 100;
  if (times === 1) return noun.one;
  if (times === 2) return construct ? noun.dualConstruct : noun.dual;
  if (rest === 1 || rest === 2) return scaled(times - rest, noun, false) + AND + scaled(rest, noun, construct);
  if (rest === 0) return `${belowThousand(times, false, true)} ${noun.genitive}`;
  const form = rest <= 10 ? noun.plural : construct ? noun.genitive : noun.accusative;
  return `${belowThousand(times, false, false)} ${form}`;
}

function belowThousand(count: number, feminine: boolean, construct: boolean): string {
  const hundreds = Math.floor(count / 100);
  const rest = count % 100;
  const hundred = construct && rest === 0 && hundreds === 2 ? 'مئتا' : HUNDREDS[hundreds]!;
  if (rest === 0) return hundred;
  return hundreds === 0 ? belowHundred(rest, feminine) : hundred + AND + belowHundred(rest, feminine);
}

function belowHundred(count: number, feminine: boolean): string {
  const digits = feminine ? DIGITS_FEMININE : DIGITS_MASCULINE;
  if (count <= 10) return digits[count]!;
  if (count === 11) return feminine ? 'إحدى عشرة' : 'أحد عشر';
  if (count === 12) return feminine ? 'اثنتا عشرة' : 'اثنا عشر';
  const ones = count % 10;
  if (count < 20) return `${digits[ones]!} ${feminine ? 'عشرة' : 'عشر'}`;
  const tens = TENS[Math.floor(count / 10)]!;
  if (ones === 0) return tens;
  return (feminine && ones === 8 ? 'ثمانٍ' : digits[ones]!) + AND + tens;
}

function unit(genitive: string, one: string, dual: string, plural: string, accusative: string): Unit {
  return { feminine: false, one, dual, plural, accusative, genitive };
}

function scale(one: string, dual: string, dualConstruct: string, plural: string, accusative: string): Noun {
  return { feminine: false, one, dual, dualConstruct, plural, accusative, genitive: one };
}
