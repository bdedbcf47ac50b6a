import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import type { PrintedMoney, Receipt as ReceiptSheet } from '@libs/printing';
import { letterheadOf, verifyUrlOf } from '../../documents';

import type { ServiceType } from '../accounts/account.entity';
import { SERVICE_NAMES } from '../accounts/service-names';
import type { PaymentWithReceipt } from './payment-recorder';
import type { ReceiptContent, ReceiptLine, ReceiptTender } from './receipt.content';

const WORDS = {
  ar: { advance: 'دفعة مقدمة', tendered: 'المقبوض نقداً', change: 'المُعاد' },
  en: { advance: 'advance', tendered: 'Cash received', change: 'change' },
};
/** A payment on the bank's statement is a transfer to whoever made it. */
const SHEET_KINDS = {
  CASH: 'CASH',
  CARD: 'CARD',
  TRANSFER: 'TRANSFER',
  CHEQUE: 'CHEQUE',
  ONLINE: 'ONLINE',
  BANK: 'TRANSFER',
} as const;
/** Periods named in one line of a receipt; of more the first and the last. */
const NAMED = 3;

/** @param print 1 for the original, n for copy n; @param undoneBy name of who voided or reversed it */
export function receiptSheet(
  { payment, receipt }: PaymentWithReceipt,
  config: Config,
  { lang, print, undoneBy }: { lang: Language; print: number; undoneBy: string | null },
): ReceiptSheet {
  const { serial, content } = receipt;
  return {
    letterhead: letterheadOf(config),
    lang,
    serial,
    copy: print > 1 ? print : null,
    voided: payment.state === 'POSTED' ? null : { at: payment.undoneAt!, reason: payment.undoneReason!, by: undoneBy },
    issuedAt: content.issuedAt,
    issuedBy: content.cashier,
    payer: content.payer,
    till: `${content.till.code} ${content.till.name}`,
    shift: payment.shiftId === null ? null : String(payment.shiftId),
    lines: sheetLines(content, lang),
    tenders: content.tenders.map(({ kind, currency, amount, reference, exchange }) => ({
      kind: SHEET_KINDS[kind],
      reference,
      ...(exchange && {
        exchange: { ...exchange, settles: money(exchange.settles.currency, exchange.settles.amount) },
      }),
      ...money(currency, amount),
    })),
    totals: content.totals.map(({ currency, amount, words }) => ({ ...money(currency, amount), words })),
    note: changeNote(content.tenders, lang),
    verificationUrl: verifyUrlOf(config, serial),
  };
}

/** A line says what of the debt ended; what was granted stands below it as a deduction, so that they sum to the total. */
function sheetLines({ lines, reliefs = [] }: ReceiptContent, lang: Language): ReceiptSheet['lines'] {
  return lines.flatMap((line, at) => {
    const first = lines.findIndex(({ accountId }) => accountId === line.accountId) === at;
    const own = first ? reliefs.filter(({ accountId }) => accountId === line.accountId) : [];
    const named = { accountNumber: line.accountNumber, service: SERVICE_NAMES[line.serviceType as ServiceType][lang] };
    const ended = own.reduce((sum, { amount }) => sum + amount, line.amount);
    return [
      { ...named, description: described(line, lang), ...money(line.currency, ended) },
      ...own.map(({ nameAr, nameEn, currency, amount }) => ({
        ...named,
        description: lang === 'ar' ? nameAr : nameEn,
        currency,
        amount: { ...money(currency, amount).amount, sign: -1 as const },
      })),
    ];
  });
}

const money = (currency: string, amount: number): PrintedMoney => ({
  currency,
  amount: { text: formatAmount(amount, currency as Currency), sign: 1 },
});

/** Heads with the periods that were paid, and what was paid in advance. */
function described({ charges, advance, currency }: ReceiptLine, lang: Language): string {
  const periods = new Map<string, Set<string>>();
  for (const { nameAr, nameEn, period } of charges) {
    const name = lang === 'ar' ? nameAr : nameEn;
    periods.set(name, (periods.get(name) ?? new Set()).add(period));
  }
  const parts = [...periods].map(([name, set]) => {
    const all = [...set].sort();
    const named = all.length > NAMED ? `${all[0]} – ${all.at(-1)}` : all.join(lang === 'ar' ? '، ' : ', ');
    return `${name} ${named}`;
  });
  if (advance > 0) parts.push(`${WORDS[lang].advance} ${formatAmount(advance, currency as Currency)}`);
  return parts.join(lang === 'ar' ? '؛ ' : '; ');
}

function changeNote(tenders: readonly ReceiptTender[], lang: Language): string | null {
  const { tendered, change } = WORDS[lang];
  const notes = tenders
    .filter((each) => each.tendered !== null)
    .map((each) => {
      const [given, back] = [each.tendered!, each.change!].map((minor) =>
        formatAmount(minor, each.currency as Currency),
      );
      return `${tendered} ${given} ${each.currency}${lang === 'ar' ? '، ' : ', '}${change} ${back}`;
    });
  return notes.length > 0 ? notes.join(' · ') : null;
}
