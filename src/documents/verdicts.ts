import type { VerificationView } from './verification.dto';

type Tone = 'good' | 'note' | 'bad';
/** What the page says of a document. */
export interface Verdict {
  tone: Tone;
  sign: string;
  ar: string;
  en: string;
  moreAr: string;
  moreEn: string;
}

export type Kind = VerificationView['kind'];

/** Name, and the adjective that agrees with it. */
export const NAMES: Record<Kind, { ar: string; valid: string; en: string }> = {
  STATEMENT_OF_BALANCES: { ar: 'كشف أرصدة', valid: 'صحيح', en: 'Statement of balances' },
  STATEMENT_OF_ACCOUNT: { ar: 'كشف حساب', valid: 'صحيح', en: 'Statement of account' },
  RECEIPT: { ar: 'إيصال قبض', valid: 'صحيح', en: 'Receipt' },
  BILL: { ar: 'فاتورة', valid: 'صحيحة', en: 'Bill' },
  CLEARANCE_CERTIFICATE: { ar: 'براءة ذمة', valid: 'صحيحة', en: 'Clearance certificate' },
  DISCONNECTION_NOTICE: { ar: 'إخطار بالفصل', valid: 'صحيح', en: 'Notice of disconnection' },
  PAYMENT_WARNING: { ar: 'إخطار بالدفع', valid: 'صحيح', en: 'Notice to pay' },
};

const COMPARE = {
  moreAr: 'صدرت هذه الوثيقة عن البلدية. قارن ما يلي بالورقة التي بين يديك.',
  moreEn: 'Issued by the municipality. Compare what follows with the paper.',
};

export function verdictOf({ kind, status }: VerificationView): Verdict {
  const { ar: name, valid } = NAMES[kind];
  switch (status) {
    case 'VALID':
      return { tone: 'good', sign: '✓', ar: `${name} ${valid}`, en: 'Valid', ...COMPARE };
    case 'SUPERSEDED':
      return {
        tone: 'note',
        sign: '!',
        ar: `${name} ${valid}، وصدر بعدها أحدث منها`,
        en: 'Valid, but a newer one exists',
        moreAr: 'صدرت هذه الوثيقة عن البلدية، وقد تكون الأرصدة تغيّرت. اطلب الأحدث.',
        moreEn: 'Issued by the municipality; the balances may have changed. Ask for the newer one.',
      };
    case 'EXPIRED':
      return {
        tone: 'note',
        sign: '!',
        ar: `${name}: انتهت مدة الصلاحية`,
        en: 'Expired',
        moreAr: 'صدرت هذه الوثيقة عن البلدية وانتهت مدتها. اطلب وثيقة جديدة.',
        moreEn: 'Issued by the municipality, and no longer in force. Ask for a new one.',
      };
    case 'REVOKED':
      return {
        tone: 'bad',
        sign: '✕',
        ar: `${name}: ملغاة`,
        en: 'Revoked',
        moreAr: 'صدرت هذه الوثيقة عن البلدية ثم أُلغيت. لا تعتمد عليها.',
        moreEn: 'Issued by the municipality and withdrawn since. Do not rely on it.',
      };
    case 'ALTERED':
      return {
        tone: 'bad',
        sign: '✕',
        ar: 'لا يمكن تأكيد هذه الوثيقة',
        en: 'Cannot be confirmed',
        moreAr: 'لا تعتمد عليها وراجع البلدية.',
        moreEn: 'Do not rely on it; ask the municipality.',
      };
  }
}

export const UNKNOWN: Verdict = {
  tone: 'bad',
  sign: '✕',
  ar: 'لا توجد وثيقة بهذا الرقم',
  en: 'No such document',
  moreAr: 'لم تصدر البلدية وثيقة بهذا الرقم المتسلسل. إن كانت الورقة تحمله فراجع البلدية.',
  moreEn: 'The municipality issued no document with this serial. If your paper shows it, ask the municipality.',
};

export const MISTYPED: Verdict = {
  ...UNKNOWN,
  tone: 'note',
  sign: '؟',
  ar: 'تحقق من الرقم',
  en: 'Check the number',
  moreAr: 'الرقم المتسلسل غير مكتوب كما هو على الورقة. أعد كتابته أو امسح الرمز.',
  moreEn: 'The serial is not as on the paper. Type it again or scan the code.',
};
