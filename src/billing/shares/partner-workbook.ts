import type { Language } from '@libs/http';
import type { Currency } from '@libs/money';
import { writeWorkbook, type CellValue, type SheetColumn } from '@libs/spreadsheet';
import type { ChargeHead } from '../accounts/account.entity';
import type { PartnerStatement } from './partner-statement';

const WORDS = {
  ar: {
    account: 'كشف حساب الجهة',
    headers: ['العملة', 'التاريخ', 'المستند', 'البيان', 'عليه', 'له', 'الرصيد'],
    opening: 'الرصيد الافتتاحي',
    lines: 'الحصص من التحصيل',
    lineHeaders: ['شهر التسوية', 'شهر التحصيل', 'البند', 'العملة', 'المحصّل', 'النسبة', 'الحصة'],
  },
  en: {
    account: 'Statement of partner',
    headers: ['Currency', 'Date', 'Document', 'Description', 'Debit', 'Credit', 'Balance'],
    opening: 'Opening balance',
    lines: 'Shares of collections',
    lineHeaders: ['Settled for', 'Collected in', 'Head', 'Currency', 'Collected', 'Rate', 'Share'],
  },
} satisfies Record<Language, unknown>;

type Kind = SheetColumn['type'];
const ACCOUNT: Kind[] = ['text', 'date', 'text', 'text', 'amount', 'amount', 'amount'];
const LINES: Kind[] = ['text', 'text', 'text', 'text', 'amount', 'text', 'amount'];

const columns = (headers: readonly string[], kinds: readonly Kind[]): SheetColumn[] =>
  headers.map((header, at) => {
    const type = kinds[at]!;
    return type === 'amount' ? { header, type, decimals: 2 } : { header, type };
  });

/** The statement as a workbook to reckon with: the account of each currency, and what the shares are made of. */
export function partnerWorkbook(
  { accounts, lines }: PartnerStatement,
  heads: ReadonlyMap<string, ChargeHead>,
  lang: Language,
): Promise<Buffer> {
  const words = WORDS[lang];
  const rows = accounts.flatMap(({ currency, opening, entries }): CellValue[][] => {
    const money = (minor: number) => ({ minor, currency: currency as Currency });
    return [
      [currency, null, null, words.opening, null, null, money(opening)],
      ...entries.map(({ on, document, description, amount, balance }): CellValue[] => [
        currency,
        on,
        document,
        description,
        amount < 0 ? money(-amount) : null,
        amount > 0 ? money(amount) : null,
        money(balance),
      ]),
    ];
  });
  const shares = lines.map(({ settled, period, head, currency, collected, basisPoints, share }): CellValue[] => {
    const money = (minor: number) => ({ minor, currency: currency as Currency });
    const { nameAr, nameEn } = heads.get(head)!;
    const rate = `${(basisPoints / 100).toFixed(2)}%`;
    return [settled, period, lang === 'ar' ? nameAr : nameEn, currency, money(collected), rate, money(share)];
  });
  const rtl = lang === 'ar';
  return writeWorkbook({
    sheets: [
      { name: words.account, rtl, columns: columns(words.headers, ACCOUNT), rows },
      { name: words.lines, rtl, columns: columns(words.lineHeaders, LINES), rows: shares },
    ],
  });
}
