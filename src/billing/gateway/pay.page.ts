import type { Config } from '@libs/config';
import { html, ltr, maskName, publicPage, row, verifyUrlOf, type Html, type Verdict } from '../../documents';
import { moneyView } from '../till/amounts';
import type { PayView } from './gateway.dto';
import type { TransactionState } from './gateway.entity';
import type { FoundTransaction } from './transactions';

const CURRENCY_NAMES: Record<string, string> = { ILS: 'شيكل', JOD: 'دينار أردني', USD: 'دولار أمريكي' };

const OPEN: Verdict = {
  tone: 'note',
  sign: '…',
  ar: 'مبلغ للدفع',
  en: 'To be paid',
  moreAr: 'تنتقل إلى صفحة بوابة الدفع، ثم تعود إلى هنا.',
  moreEn: 'You go to the page of the payment gateway, and come back here.',
};

const VERDICTS: Record<TransactionState, Verdict> = {
  CREATED: OPEN,
  PENDING: {
    ...OPEN,
    ar: 'لم يكتمل الدفع بعد',
    en: 'Not paid yet',
    moreAr: 'إن دفعت للتو فحدّث هذه الصفحة بعد قليل، وإلا فتابع الدفع.',
    moreEn: 'If you have just paid, load this page again shortly; else go on paying.',
  },
  SUCCESS: {
    tone: 'good',
    sign: '✓',
    ar: 'تم الدفع',
    en: 'Paid',
    moreAr: 'وصل المبلغ إلى البلدية. احتفظ برقم الوصل.',
    moreEn: 'The municipality has the money. Keep the number of the receipt.',
  },
  FAILED: {
    tone: 'bad',
    sign: '✕',
    ar: 'لم يتم الدفع',
    en: 'Not paid',
    moreAr: 'رفضت بوابة الدفع العملية. اطلب رابطاً جديداً أو ادفع في مركز الخدمات.',
    moreEn: 'The gateway refused it. Ask for a new link, or pay at the service centre.',
  },
  EXPIRED: {
    tone: 'bad',
    sign: '✕',
    ar: 'انتهت مدة الرابط',
    en: 'The link has expired',
    moreAr: 'اطلب رابطاً جديداً أو ادفع في مركز الخدمات.',
    moreEn: 'Ask for a new link, or pay at the service centre.',
  },
  REFUNDED: {
    tone: 'note',
    sign: '↺',
    ar: 'رُدّ المبلغ',
    en: 'Refunded',
    moreAr: 'ردّت البلدية المبلغ من خلال بوابة الدفع.',
    moreEn: 'The municipality gave the money back through the gateway.',
  },
};

/** In suspense: the payer has done their part. */
const IN_SUSPENSE: Verdict = {
  ...VERDICTS.SUCCESS,
  moreAr: 'وصل المبلغ إلى البلدية، ويقيّده موظف على حسابك ويصدر وصله.',
  moreEn: 'The municipality has the money; an employee puts it on your account and issues the receipt.',
};

const UNKNOWN: Verdict = {
  tone: 'bad',
  sign: '✕',
  ar: 'رابط غير صحيح',
  en: 'No such link',
  moreAr: 'تحقق من الرابط كما وصلك.',
  moreEn: 'Check the link as you were given it.',
};

export function payView({ transaction, receiptSerial }: FoundTransaction, payable: boolean): PayView {
  const { state, payerName, currency, amount, expiresAt } = transaction;
  const payer = maskName(payerName.split(/\s+/));
  // A link whose time is over says so before the next poll does.
  const shown = !payable && (state === 'CREATED' || state === 'PENDING') ? 'EXPIRED' : state;
  return { state: shown, payable, payer, total: moneyView(currency, amount), expiresAt, receiptSerial };
}

/** What the payer sees; the form posts to the page's own address. */
export function payPage({ state, payable, payer, total, receiptSerial }: PayView, config: Config): string {
  const facts = html`<dl>
    ${row('المكلف', 'Payer', html`<bdi>${payer}</bdi>`)}
    ${row('المبلغ', 'Amount', html`<b>${ltr(total.formatted)}</b> ${CURRENCY_NAMES[total.currency] ?? total.currency}`)}
    ${receiptSerial === null ? html`` : row('رقم الوصل', 'Receipt', receiptLink(receiptSerial, config))}
  </dl>`;
  const form = html`<form method="post">
    <button>ادفع الآن <span lang="en">Pay now</span></button>
  </form>`;
  const verdict = state === 'SUCCESS' && receiptSerial === null ? IN_SUSPENSE : VERDICTS[state as TransactionState];
  return publicPage(config, verdict, payable ? html`${facts}${form}` : facts);
}

export const unknownPayPage = (config: Config): string => publicPage(config, UNKNOWN, html``);

/** When the gateway could not be reached, or the link is over. */
export const payProblemPage = (ar: string, en: string, config: Config): string =>
  publicPage(config, { tone: 'bad', sign: '!', ar, en, moreAr: '', moreEn: '' }, html``);

const receiptLink = (serial: string, config: Config): Html =>
  html`<a href="${verifyUrlOf(config, serial)}">${ltr(serial)}</a>`;
