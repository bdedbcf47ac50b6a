import type { Language } from '@libs/http';
import type { Currency } from '@libs/money';
import { writeWorkbook, type CellValue, type SheetColumn } from '@libs/spreadsheet';
import type { AccountStatementContent } from './issued-statement.entity';

const WORDS = {
  ar: {
    sheet: 'كشف حساب',
    headers: ['الحساب', 'العملة', 'التاريخ', 'المستند', 'البيان', 'مدين', 'دائن', 'الرصيد'],
    opening: 'الرصيد الافتتاحي',
  },
  en: {
    sheet: 'Statement of account',
    headers: ['Account', 'Currency', 'Date', 'Document', 'Description', 'Debit', 'Credit', 'Balance'],
    opening: 'Opening balance',
  },
} satisfies Record<Language, unknown>;

const TYPES = ['text', 'text', 'date', 'text', 'text', 'amount', 'amount', 'amount'] as const;

/** The entries of an issued statement as a workbook to reckon with: the balance is positive where it is owed. */
export function statementWorkbook({ statement }: AccountStatementContent, lang: Language): Promise<Buffer> {
  const { sheet, headers, opening } = WORDS[lang];
  const columns = headers.map((header, at): SheetColumn => {
    const type = TYPES[at]!;
    return type === 'amount' ? { header, type, decimals: 2 } : { header, type };
  });
  const rows = statement.accounts.flatMap((account): CellValue[][] => {
    const { number, currency } = account;
    const money = (minor: string) => ({ minor: Number(minor), currency: currency as Currency });
    const some = (minor: string) => (minor === '0' ? null : money(minor));
    return [
      [number, currency, null, null, opening, null, null, money(account.opening)],
      ...account.entries.map(({ on, document, description, debit, credit, balance }): CellValue[] => [
        number,
        currency,
        on,
        document,
        description,
        some(debit),
        some(credit),
        money(balance),
      ]),
    ];
  });
  return writeWorkbook({ sheets: [{ name: sheet, rtl: lang === 'ar', columns, rows }] });
}
