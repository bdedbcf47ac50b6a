import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import { amountInWords, formatAmount, type Currency } from '@libs/money';
import type { DepositSlip } from '@libs/printing';
import { letterheadOf } from '../../documents';
import { sums } from '../till/amounts';
import type { DepositedCheques } from './cheque-deposits';

/** @param receipts serials by payment */
export function chequeSlip(
  { deposit, cheques }: DepositedCheques,
  receipts: ReadonlyMap<number, string>,
  config: Config,
  { lang, issuedBy }: { lang: Language; issuedBy: string },
): DepositSlip {
  const { id, bankAccount, bankName, madeAt } = deposit;
  const items = cheques.map(({ cheque }) => cheque);
  return {
    letterhead: letterheadOf(config),
    lang,
    serial: String(id),
    copy: null,
    voided: null,
    issuedAt: madeAt,
    issuedBy,
    bankAccount: {
      bank: bankName,
      holder: lang === 'ar' ? config.municipalityAr : config.municipalityEn,
      number: bankAccount,
    },
    shifts: [],
    currencies: [...sums(items)].map(([currency, total]) => ({
      currency,
      cash: [],
      cashTotal: printed(0, currency),
      cheques: items
        .filter((cheque) => cheque.currency === currency)
        .map(({ number, bankName: bank, dueOn: dueDate, drawer, amount, paymentId }) => ({
          number,
          bank,
          dueDate,
          drawer,
          receipt: receipts.get(paymentId) ?? null,
          amount: printed(amount, currency),
        })),
      chequesTotal: printed(total, currency),
      total: printed(total, currency),
      totalInWords: amountInWords(total, currency as Currency),
    })),
  };
}

const printed = (amount: number, currency: string) => ({
  text: formatAmount(amount, currency as Currency),
  sign: amount === 0 ? (0 as const) : (1 as const),
});
