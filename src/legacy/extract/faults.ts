import { Problem } from '@libs/http';
import { LEGACY } from '../legacy.problems';

/** Why an extract is refused as a whole. */
export interface ExtractFault {
  file: string;
  /** Physical line, the header being 1; 0 when the file as a whole is meant. */
  line: number;
  reason: string;
  reasonAr: string;
}

type Values = Record<string, string | number>;

const REASONS = {
  'no-folder': ['there is no such folder', 'المجلد غير موجود'],
  'no-extract': ['the folder holds no file of an extract', 'لا يوجد في المجلد أي ملف من المستخرج'],
  missing: ['the file is missing', 'الملف مفقود'],
  unreadable: ['the file cannot be read: {why}', 'تعذرت قراءة الملف: {why}'],
  'gzip-cut': ['the gzip file is cut off (Z_BUF_ERROR)', 'الملف المضغوط مبتور'],
  'gzip-damaged': ['no gzip file, or a damaged one (Z_DATA_ERROR)', 'الملف ليس بصيغة gzip أو هو تالف'],
  header: ['the columns are not {expected}', 'الأعمدة ليست {expected}'],
  'not-utf8': ['the text is not UTF-8', 'النص ليس بترميز UTF-8'],
  'not-windows-1256': ['the text is UTF-8, Windows-1256 is expected', 'النص بترميز UTF-8 والمطلوب Windows-1256'],
  nul: ['a zero byte: this is no text of the expected encoding', 'بايت صفري: النص ليس بالترميز المطلوب'],
  fields: ['{found} fields instead of {expected}', 'عدد الحقول {found} بدلاً من {expected}'],
  quotes: ['text after a closing quote', 'نص بعد علامة اقتباس مغلقة'],
  'open-quote': ['a quote is opened and never closed', 'علامة اقتباس لم تُغلق'],
  truncated: ['the file ends in the middle of a line: it is truncated', 'الملف مبتور: ينتهي في وسط سطر'],
  'too-long': [
    'a line of more than a megabyte: the line ends are not LF or CRLF',
    'سطر أطول من ميغابايت: نهايات الأسطر ليست LF أو CRLF',
  ],
  records: ['{found} records, control.json says {expected}', 'عدد السجلات {found} وفي control.json {expected}'],
  emptied: ['no record, and rows of earlier extracts are there', 'لا سجل في الملف، وفي النظام سجلات من مستخرجات سابقة'],
  control: ['not what it should be: {why}', 'محتوى control.json غير صحيح: {why}'],
  changed: ['the file was changed during the import', 'تغيّر الملف أثناء الاستيراد'],
} as const satisfies Record<string, readonly [string, string]>;

/** The extract is refused; nothing was changed unless the reason is that a file changed meanwhile. */
export class ExtractError extends Problem {
  readonly fault: ExtractFault;

  constructor(file: string, line: number, reason: keyof typeof REASONS, values: Values = {}) {
    const [en, ar] = REASONS[reason].map((text) => text.replace(/\{(\w+)\}/g, (_, name: string) => `${values[name]}`));
    const fault = { file, line, reason: en!, reasonAr: ar! };
    super(LEGACY['legacy.extract-invalid'], { extra: { ...fault } });
    this.fault = fault;
    this.message = `${file}${line > 0 ? `, line ${line}` : ''}: ${en}`;
  }
}
