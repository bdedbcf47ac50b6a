import { daysInMonth, formatArabicDate } from '@libs/calendar';
import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import type { PrintedAmount, SheetData } from '@libs/printing';
import { verifyUrlOf } from '../../documents';
import { SERVICE_NAMES } from '../accounts/service-names';
import type { BillContent, BillDetail } from './bill-content';

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
  const { serial, holder, account, period, issuedOn, dueOn, lines, previousBalance, advanceApplied, detail } = content;
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
    address: account.address ?? detail?.address,
    period: periodOf(period, lang, detail),
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
    message: [detail?.message?.[lang], planOf(content, lang)].filter(Boolean).join(' ') || null,
    ...(detail && detailOf(detail, lang, amount)),
  };
}

function detailOf({ facts, blocks, chart }: BillDetail, lang: Language, amount: (minor: number) => PrintedAmount) {
  return {
    facts: facts.map(({ label, value }) => ({ label: label[lang], value: value[lang] })),
    blocks: { rows: blocks.map((row) => ({ ...row, range: row.range[lang], amount: amount(row.amount) })) },
    chart: chart && { title: chart.title[lang], bars: chart.bars },
  };
}

function planOf({ plan, account }: BillContent, lang: Language): string | null {
  if (!plan) return null;
  const text = (minor: number) => formatAmount(minor, account.currency as Currency);
  const [left, next] = [text(plan.remaining), plan.next && text(plan.next.amount)];
  const due = plan.next && shortDate(plan.next.dueOn);
  return lang === 'ar'
    ? `اتفاقية تقسيط رقم ${plan.planId}: المتبقي منها ${left}${next ? `، والقسط القادم ${next} يستحق في ${due}` : ''}.`
    : `Instalment plan ${plan.planId}: ${left} left${next ? `; next instalment ${next}, due ${due}` : ''}.`;
}

/** As the sheets write days. */
const shortDate = (date: string): string => date.split('-').reverse().join('/');

/** @param period `YYYY-MM` */
function periodOf(period: string, lang: Language, days?: Pick<BillDetail, 'from' | 'to'> | null): Printed['period'] {
  const from = `${period}-01`;
  // Of `1 تشرين الثاني 2026` what follows the day.
  const name = lang === 'ar' ? formatArabicDate(from).slice(2) : null;
  return { from: days?.from ?? from, to: days?.to ?? `${period}-${daysInMonth(from)}`, name };
}
