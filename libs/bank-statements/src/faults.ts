type Values = Record<string, string | number>;

const REASONS = {
  'too-large': ['the file has more than {limit} bytes', 'حجم الملف أكبر من {limit} بايت'],
  'encoding-wrong': ['the text is not {expected}', 'النص ليس بترميز {expected}'],
  'encoding-unknown': ['the encoding {found} is not supported', 'الترميز {found} غير مدعوم'],
  'format-unsupported': ['{found} is no statement of account (camt.053)', '{found} ليس كشف حساب (camt.053)'],
  'xml-malformed': ['not well-formed XML: {why}', 'ملف XML غير سليم: {why}'],
  'xml-doctype': ['a document type declaration is not allowed', 'تعريف نوع المستند DOCTYPE غير مسموح'],
  'xml-too-deep': ['more than {limit} elements in one another', 'أكثر من {limit} عنصر متداخل'],
  'xml-too-many': ['one element holds more than {limit} others', 'عنصر واحد يحوي أكثر من {limit} عنصر'],
  missing: ['{what} is missing', '{what} مفقود'],
  'iban-invalid': ['{value} is no IBAN: length or check digits are wrong', '{value} ليس رقم آيبان صحيحاً'],
  'currency-unknown': ['no account is kept in the currency {value}', 'العملة {value} غير معتمدة'],
  'currency-mismatch': ['{found} in an account in {expected}', 'العملة {found} في حساب بعملة {expected}'],
  'amount-invalid': ['{value} is no amount', '{value} ليس مبلغاً'],
  'amount-decimals': ['{value} has more decimals than {currency}', 'منازل {value} العشرية أكثر من منازل {currency}'],
  'amount-range': ['{value} is too large', 'المبلغ {value} أكبر من الحد المسموح'],
  'amount-negative': ['{value} is negative', 'المبلغ {value} سالب'],
  'debit-and-credit': ['both a debit and a credit', 'مدين ودائن معاً في القيد نفسه'],
  'date-invalid': ['{value} is no date', '{value} ليس تاريخاً صحيحاً'],
  'period-reversed': [
    'the period ends on {to}, before it begins on {from}',
    'الفترة تنتهي في {to} قبل بدايتها في {from}',
  ],
  'code-unknown': ['{value} is none of {expected}', '{value} ليس من {expected}'],
  'balance-missing': ['no {what} balance', 'لا يوجد رصيد {what}'],
  'balance-mismatch': [
    'the entries lead from {opening} to {reached}, the balance told is {closing}',
    'القيود توصل الرصيد من {opening} إلى {reached} والرصيد المذكور {closing}',
  ],
  'statement-missing': ['the file holds no statement', 'لا يوجد في الملف أي كشف'],
  'csv-malformed': ['not well-formed CSV: {why}', 'ملف CSV غير سليم: {why}'],
  'column-missing': ['there is no column {column}', 'العمود {column} غير موجود'],
  'column-repeated': ['the column {column} is there twice', 'العمود {column} مكرر'],
  'profile-invalid': ['the profile is wrong: {why}', 'تعريف صيغة الملف غير صحيح: {why}'],
} as const satisfies Record<string, readonly [string, string]>;

/** What is wrong; stable, for programs. */
export type FaultCode = keyof typeof REASONS;

export interface Fault {
  code: FaultCode;
  /** Physical line, the first being 1; 0 when the file as a whole is meant. */
  line: number;
  /** Element, column or setting: `Document/BkToCstmrStmt/Stmt/Ntry[3]/Amt`, `debit`; empty for the whole. */
  path: string;
  reason: string;
  reasonAr: string;
}

export interface Place {
  line: number;
  path: string;
}

const WHOLE_FILE: Place = { line: 0, path: '' };
const MOST_FAULTS = 100;
const LONGEST_VALUE = 60;

/** The file is refused as a whole. `faults` are in the order of the file, at most 100, never none. */
export class BankStatementError extends Error {
  override readonly name = 'BankStatementError';

  constructor(readonly faults: readonly [Fault, ...Fault[]]) {
    const [{ line, path, reason }, ...others] = faults;
    const place = [line > 0 ? `line ${line}` : '', path].filter((part) => part !== '').join(', ');
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    super(`${place === '' ? '' : `${place}: `}${reason}${more}`);
  }
}

/** Gathers what is wrong, so that all of it can be told at once. */
export class Faults {
  private readonly found: Fault[] = [];

  get any(): boolean {
    return this.found.length > 0;
  }

  /** @throws {BankStatementError} when there are so many that reading on helps nobody */
  add(code: FaultCode, place: Place, values: Values = {}): null {
    this.found.push(fault(code, place, values));
    if (this.found.length >= MOST_FAULTS) this.throwIfAny();
    return null;
  }

  /** For a fault after which nothing can be read. @throws {BankStatementError} always */
  fail(code: FaultCode, place: Place = WHOLE_FILE, values: Values = {}): never {
    this.found.push(fault(code, place, values));
    return this.throwIfAny() as never;
  }

  throwIfAny(): void {
    const [first, ...others] = [...this.found].sort((a, b) => a.line - b.line);
    if (first) throw new BankStatementError([first, ...others]);
  }
}

function fault(code: FaultCode, { line, path }: Place, values: Values): Fault {
  const [reason, reasonAr] = REASONS[code].map((text) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => shortened(String(values[name]))),
  );
  return { code, line, path, reason: reason!, reasonAr: reasonAr! };
}

function shortened(value: string): string {
  return value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
}
