import type { Random } from './random';

const FIRST = 'محمد احمد محمود علي حسن خليل ابراهيم عبد الله عمر يوسف سامي رولا هدى سعاد ليلى منى رنا عبدالرحمن أبو بكر'
  .replace('عبد الله', 'عبد_الله')
  .replace('أبو بكر', 'أبو_بكر')
  .split(' ')
  .map((word) => word.replace('_', ' '));
const FAMILY = 'الزيتاوي الصيرفي النابلسي المصري الخياط القدومي الصباغ الجوهري الدباغ السمان التكروري البيطار'.split(
  ' ',
);

export const QUARTERS = ['رفيديا', 'المخفية', 'حي الياسمينة', 'حي القريون', 'شارع تونس', 'الضاحية', 'راس العين', ''];
export const TRADES = ['بقالة', 'مكتب هندسي', 'حدادة', 'كراج ميكانيك', 'مخبز', 'صالون حلاقة'];
export const USES = ['منزلي', 'تجاري', 'صناعي'];
export const SERVICES = {
  مياه: 33,
  'صرف صحي': 16,
  نفايات: 10,
  'ضريبة معارف': 22,
  'حرف وصناعات': 9,
  'مساهمة مشاريع': 10,
};
export const STATUSES = { فعال: 90, مفصول: 6, ملغى: 4 };
export const DOCUMENTS = { هوية: 71, 'جواز سفر': 6, 'سجل تجاري': 6, '': 17 };

const MARKS = ['\u064e', '\u064f', '\u0651'];

/** A name as clerks of four systems wrote it over thirty years. */
export function uglyName(random: Random): string {
  const parts = [...Array.from({ length: random.whole(1, 4) }, () => random.pick(FIRST)), random.pick(FAMILY)];
  let name = parts.join(' ');
  if (random.chance(0.05)) name = `${random.pick(['الحاج', 'المرحوم', 'د.', 'ورثة'])} ${name}`;
  if (random.chance(0.05)) name += random.pick([' وشركاه', ' وشركه', ` و${random.pick(FIRST)} ${random.pick(FAMILY)}`]);
  if (random.chance(0.05)) name = name.replace(' ', '  ');
  if (random.chance(0.03)) name = name.replace(/(\S)(\S)/, '$1\u0640$2');
  if (random.chance(0.03)) name = name.replace(/(\S)/, `$1${random.pick(MARKS)}`);
  if (random.chance(0.02)) name = `\u202b${name}\u202c`;
  if (random.chance(0.02)) name += ' ';
  return name;
}

export const arabicDigits = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0x630));
