import type { InBoth, PostingKind } from '../../billing';

/** What was posted, as it is told to whoever owes. */
const NAMES: Readonly<Record<PostingKind, InBoth>> = {
  OPENING: { ar: 'رصيد افتتاحي', en: 'Opening balance' },
  CHARGE: { ar: 'مطالبة', en: 'Charge' },
  PAYMENT: { ar: 'دفعة', en: 'Payment' },
  CHEQUE: { ar: 'شيك', en: 'Cheque' },
  REVERSAL: { ar: 'عكس قيد', en: 'Reversal' },
  CREDIT_NOTE: { ar: 'إشعار دائن', en: 'Credit note' },
  ADJUSTMENT: { ar: 'تسوية', en: 'Adjustment' },
  WRITE_OFF: { ar: 'شطب', en: 'Write-off' },
  WAIVER: { ar: 'إعفاء', en: 'Waiver' },
  DISCOUNT: { ar: 'خصم', en: 'Discount' },
  PENALTY: { ar: 'غرامة تأخير', en: 'Late penalty' },
  TRANSFER: { ar: 'نقل حساب', en: 'Transfer of the account' },
  REFUND: { ar: 'رد', en: 'Refund' },
  SHIFT: { ar: 'صندوق', en: 'Till' },
  DEPOSIT: { ar: 'إيداع', en: 'Deposit' },
  BANK: { ar: 'حركة بنكية', en: 'Bank entry' },
  SUSPENSE: { ar: 'مبلغ معلق', en: 'Suspense' },
  EXCHANGE: { ar: 'فرق عملة', en: 'Exchange difference' },
  SHARE: { ar: 'حصة', en: 'Share' },
};

export const movementName = (kind: string): InBoth => NAMES[kind as PostingKind];
