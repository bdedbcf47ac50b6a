import type { Language } from '@libs/http';
import { writeWorkbook, type CellValue, type SheetColumn } from '@libs/spreadsheet';
import type { ListedDifference } from './differences';
import { changeOf } from './re-ratings.dto';

const WORDS = {
  ar: {
    sheet: 'فروق إعادة الاحتساب',
    headers: ['رقم الاشتراك', 'رقم الحساب', 'الفترة', 'قبل', 'بعد', 'الفرق', 'الحالة', 'سبب الرفض'],
    states: { LISTED: 'مدرج', POSTED: 'مرحّل', REVERSED: 'معكوس', REFUSED: 'مرفوض' },
  },
  en: {
    sheet: 'Differences',
    headers: ['Subscription', 'Account', 'Period', 'Before', 'After', 'Difference', 'State', 'Refusal'],
    states: { LISTED: 'Listed', POSTED: 'Posted', REVERSED: 'Reversed', REFUSED: 'Refused' },
  },
} satisfies Record<Language, unknown>;

const TYPES = ['text', 'text', 'text', 'amount', 'amount', 'amount', 'text', 'text'] as const;

/** The list of a re-rating to reckon with; what is taken back is below zero. */
export function differencesWorkbook(differences: readonly ListedDifference[], lang: Language): Promise<Buffer> {
  const { sheet, headers, states } = WORDS[lang];
  const columns = headers.map((header, at): SheetColumn => {
    const type = TYPES[at]!;
    return type === 'amount' ? { header, type, decimals: 2 } : { header, type };
  });
  const money = (minor: number) => ({ minor, currency: 'ILS' as const });
  const rows = differences.map((difference): CellValue[] => {
    const { subscriptionNumber, accountNumber, period, before, after, state, refusal } = difference;
    const amounts = [before, after, changeOf(difference)].map(money);
    return [subscriptionNumber, accountNumber, period, ...amounts, states[state], refusal];
  });
  return writeWorkbook({ sheets: [{ name: sheet, rtl: lang === 'ar', columns, rows }] });
}
