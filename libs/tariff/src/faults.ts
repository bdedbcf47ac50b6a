export type Values = Record<string, string | number>;

const REASONS = {
  'not-object': ['is no JSON object', 'ليس كائن JSON'],
  'not-list': ['is no list, or an empty one', 'ليس قائمة، أو قائمة فارغة'],
  'not-text': ['is no text; decimals are text as well', 'ليس نصاً، والأرقام العشرية تُكتب نصاً أيضاً'],
  'not-integer': ['is no whole number', 'ليس عدداً صحيحاً'],
  'wrong-form': ['{value} is not written like {example}', '{value} ليس بصيغة {example}'],
  missing: ['is missing', 'حقل مطلوب'],
  'unknown-member': ['there is no such member', 'لا يوجد حقل بهذا الاسم'],
  'unknown-value': ['{value} is none of {expected}', '{value} ليس من {expected}'],
  'not-decimal': [
    '{value} is no decimal written with digits and a point',
    '{value} ليس رقماً عشرياً مكتوباً بأرقام ونقطة',
  ],
  negative: ['{value} is negative', '{value} قيمة سالبة'],
  'too-many-decimals': ['{value} has more than {most} decimals', 'منازل {value} العشرية أكثر من {most}'],
  'too-large': ['{value} is too large', '{value} أكبر من الحد المسموح'],
  'not-positive': ['{value} is not above zero', '{value} ليس أكبر من صفر'],
  'repeated-value': ['{value} is named twice', '{value} مكرر'],
  'no-such-date': ['{value} is no date YYYY-MM-DD', '{value} ليس تاريخاً بصيغة YYYY-MM-DD'],
  'ends-before-start': ['{until} is before {from}', '{until} قبل {from}'],
  'block-gap': ['the block begins above {over}, the one before it ends at {upTo}', 'فجوة بين {upTo} و{over} م³'],
  'block-overlap': ['the block begins above {over}, the one before it ends at {upTo}', 'تداخل بين {over} و{upTo} م³'],
  'block-empty': ['the block ends where it begins, or before', 'نهاية الشريحة ليست بعد بدايتها'],
  'block-unended': ['only the last block has no end', 'الشريحة الأخيرة وحدها بلا نهاية'],
  'last-block-ended': ['the last block has no end (null)', 'الشريحة الأخيرة يجب أن تكون بلا نهاية (null)'],
  'unknown-base': ['the tariff has no {value}', 'لا يوجد في التعرفة بند {value}'],
  'circular-base': ['{value} is calculated from itself', 'حساب {value} يعتمد على نفسه'],
  'incomplete-base': [
    'names {value} without all that it is of: {missing}',
    'يذكر {value} دون كل ما يُحسب منه: {missing}',
  ],
  'limits-meet': [
    'minimum and cap share a base, so the later must name the earlier',
    'الحد الأدنى والسقف على أساس مشترك، فيجب أن يذكر اللاحق السابق',
  ],
  'versions-overlap': [
    '{value} and {other} are both for {class} from {from} on',
    'الإصداران {value} و{other} كلاهما لفئة {class} ابتداء من {from}',
  ],
  'no-tariff': ['no tariff of {class}, {size} mm on {day}', 'لا توجد تعرفة لفئة {class} وقطر {size} ملم بتاريخ {day}'],
  'currency-changes': ['the currency changes within the period', 'العملة تتغير خلال الفترة'],
  'cycles-apart': ['{from} does not follow on {to}', 'الدورة التي تبدأ في {from} لا تلي الدورة المنتهية في {to}'],
} as const satisfies Record<string, readonly [string, string]>;

/** What is wrong; stable, for programs. */
export type FaultCode = keyof typeof REASONS;

export interface Fault {
  code: FaultCode;
  /** JSON pointer to the value that is wrong: `/blocks/steps/1/over`; empty for the whole. */
  pointer: string;
  reason: string;
  reasonAr: string;
}

const MOST_FAULTS = 100;
const LONGEST_VALUE = 60;

/** A tariff that cannot be used, or a period that none covers. `faults` are never none, at most 100. */
export class TariffError extends Error {
  override readonly name = 'TariffError';

  constructor(readonly faults: readonly [Fault, ...Fault[]]) {
    const [{ pointer, reason }, ...others] = faults;
    super(`${pointer && `${pointer}: `}${reason}${others.length > 0 ? ` (and ${others.length} more)` : ''}`);
  }
}

/** Gathers what is wrong, so that all of it can be told at once. */
export class Faults {
  private readonly found: Fault[] = [];

  get any(): boolean {
    return this.found.length > 0;
  }

  add(code: FaultCode, pointer: string, values: Values = {}): void {
    if (this.found.length < MOST_FAULTS) this.found.push(fault(code, pointer, values));
  }

  throwIfAny(): void {
    const [first, ...others] = this.found;
    if (first) throw new TariffError([first, ...others]);
  }
}

export function fail(code: FaultCode, pointer = '', values: Values = {}): never {
  throw new TariffError([fault(code, pointer, values)]);
}

function fault(code: FaultCode, pointer: string, values: Values): Fault {
  const [reason, reasonAr] = REASONS[code].map((text) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]).slice(0, LONGEST_VALUE)),
  );
  return { code, pointer, reason: reason!, reasonAr: reasonAr! };
}
