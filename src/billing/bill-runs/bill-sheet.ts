import { formatArabicDate } from '@libs/calendar';
import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import type { PrintedAmount, SheetData } from '@libs/printing';
import { verifyUrlOf } from '../../documents';
import { SERVICE_NAMES } from '../accounts/service-names';
import type { BillContent } from './bill-content';

type Printed = SheetData['bills']['bills'][number];

/** A bill that counts no more, and since when and why. */
export interface Reversed {
  at: string;
  reason: string;
}

/**
 * A bill as it is printed. What advances have paid of it stands as a payment, and the balance before without it, so that
 * the reader's sum of balance, charges and payments is the total due.
 */
export function billSheet(content: BillContent, config: Config, lang: Language, reversed: Reversed | null): Printed {
  const { serial, holder, account, period, issuedOn, dueOn, lines, previousBalance, advanceApplied } = content;
  const amount = (minor: number): PrintedAmount => ({
    text: formatAmount(Math.abs(minor), account.currency as Currency),
    sign: Math.sign(minor) as PrintedAmount['sign'],
  });
  return {
    serial,
    voided: reversed,
    holder: { approvedName: holder.name, oneRecordNumber: holder.oneRecordNumber },
    accountNumber: account.number,
    service: SERVICE_NAMES[account.serviceType][lang],
    address: account.address,
    period: periodOf(period, lang),
    issuedOn,
    dueOn,
    currency: account.currency,
    lines: lines.map((line) => ({
      head: lang === 'ar' ? line.nameAr : line.nameEn,
      detail: [line.detail, line.period === period ? null : line.period].filter(Boolean).join(' · ') || null,
      amount: amount(line.amount),
    })),
    charges: amount(content.amount),
    previousBalance: amount(previousBalance + advanceApplied),
    payments: amount(advanceApplied),
    totalDue: amount(content.totalDue),
    verificationUrl: verifyUrlOf(config, serial),
  };
}

/** @param period `YYYY-MM` */
function periodOf(period: string, lang: Language): Printed['period'] {
  const [year, month] = period.split('-').map(Number) as [number, number];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const from = `${period}-01`;
  // Of `1 تشرين الثاني 2026` what follows the day.
  const name = lang === 'ar' ? formatArabicDate(from).slice(2) : null;
  return { from, to: `${period}-${last}`, name };
}
