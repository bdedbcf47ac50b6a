import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import type { PrintedMoney, Receipt as ReceiptSheet } from '@libs/printing';
import { letterheadOf, verifyUrlOf } from '../../documents';

import type { ServiceType } from '../accounts/account.entity';
import { SERVICE_NAMES } from '../accounts/service-names';
import { sums } from '../till/amounts';
import type { CurrencyAmount } from '../till/till.entity';
import type { PaymentWithReceipt } from './payment-recorder';
import type { ReceiptContent, ReceiptLine, ReceiptTender } from './receipt.content';

const WORDS = {
  ar: {
    advance: 'دفعة مقدمة',
    deferred: 'بعد تحصيل الشيك',
    tendered: 'المقبوض نقداً',
    change: 'المُعاد',
    back: 'عُكس منه',
    ILS: 'شيكل',
    JOD: 'دينار أردني',
    USD: 'دولار أمريكي',
  },
  en: {
    advance: 'advance',
    deferred: 'once the cheque clears',
    tendered: 'Cash received',
    change: 'change',
    back: 'Reversed of it',
    ILS: 'ILS',
    JOD: 'JOD',
    USD: 'USD',
  },
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

interface Printing {
  lang: Language;
  /** 1 for the original, n for copy n. */
  print: number;
  /** Name of who voided or reversed it. */
  undoneBy: string | null;
  /** What was taken back of one that stands. */
  back: readonly CurrencyAmount[];
}

export function receiptSheet(
  { payment, receipt }: PaymentWithReceipt,
  config: Config,
  { lang, print, undoneBy, back }: Printing,
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
    tenders: content.tenders.map(({ kind, currency, amount, reference, exchange, cheque }) => ({
      kind: SHEET_KINDS[kind],
      reference,
      ...(cheque && {
        cheque: { number: cheque.number, bank: cheque.bank, dueDate: cheque.dueOn, drawer: cheque.drawer },
      }),
      ...(exchange && {
        exchange: { ...exchange, settles: money(exchange.settles.currency, exchange.settles.amount) },
      }),
      ...money(currency, amount),
    })),
    totals: content.totals.map(({ currency, amount, words }) => ({ ...money(currency, amount), words })),
    note: [...changeNotes(content.tenders, lang), ...backNotes(back, lang)].join(' · ') || null,
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
function described({ charges, advance, deferred = 0, currency }: ReceiptLine, lang: Language): string {
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
  if (deferred > 0) parts.push(`${formatAmount(deferred, currency as Currency)} ${WORDS[lang].deferred}`);
  return parts.join(lang === 'ar' ? '؛ ' : '; ');
}

function changeNotes(tenders: readonly ReceiptTender[], lang: Language): string[] {
  const { tendered, change } = WORDS[lang];
  return tenders
    .filter((each) => each.tendered !== null)
    .map((each) => {
      const [given, back] = [each.tendered!, each.change!].map((minor) => said(each.currency, minor, lang));
      return `${tendered} ${given}${lang === 'ar' ? '، ' : ', '}${change} ${back}`;
    });
}

const backNotes = (back: readonly CurrencyAmount[], lang: Language): string[] =>
  [...sums(back)].map(([currency, amount]) => `${WORDS[lang].back} ${said(currency, amount, lang)}`);

const said = (currency: string, amount: number, lang: Language): string =>
  `${formatAmount(amount, currency as Currency)} ${WORDS[lang][currency as Currency]}`;
