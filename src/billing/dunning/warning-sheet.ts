import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import { amountInWords, formatAmount, type Currency } from '@libs/money';
import type { SheetData } from '@libs/printing';
import { letterheadOf, verifyUrlOf } from '../../documents';
import type { Warning } from './warning.entity';

type Sheet = SheetData['warning'];

const TITLE = { ar: 'رئيس قسم الجباية', en: 'Head of revenue collection' };

/** Only Arabic has amounts in words. @param print 1 for the original, n for copy n */
export function warningSheet(
  { content, withdrawnAt, withdrawnReason }: Warning,
  config: Config,
  { lang, print }: { lang: Language; print: number },
): Sheet {
  const { serial, issuedAt, issuedBy, holder, debts, totals, payDays } = content;
  const money = (currency: string, amount: number) => ({
    currency,
    amount: { text: formatAmount(amount, currency as Currency), sign: 1 as const },
  });
  return {
    letterhead: letterheadOf(config),
    lang,
    serial,
    copy: print > 1 ? print : null,
    voided: withdrawnAt === null ? null : { at: withdrawnAt, reason: withdrawnReason ?? '' },
    issuedAt,
    issuedBy,
    verificationUrl: verifyUrlOf(config, serial),
    holder: { approvedName: holder.name, oneRecordNumber: holder.oneRecordNumber, address: holder.address },
    debts: debts.map(({ nameAr, nameEn, accountNumber, period, currency, amount }) => ({
      type: lang === 'ar' ? nameAr : nameEn,
      accountNumber,
      period,
      ...money(currency, amount),
    })),
    totals: totals.map(({ currency, amount }) => ({
      ...money(currency, amount),
      words: lang === 'ar' ? amountInWords(amount, currency as Currency) : null,
    })),
    days: payDays,
    signatory: { title: TITLE[lang] },
  };
}
