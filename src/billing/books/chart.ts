/** The chart of accounts: code → kind and names. Receivables and income are kept apart further by account and head. */
export const LEDGER_KINDS = ['ASSET', 'LIABILITY', 'INCOME', 'EXPENSE', 'EQUITY'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

interface LedgerAccount {
  kind: LedgerKind;
  ar: string;
  en: string;
}

const ledger = (kind: LedgerKind, ar: string, en: string): LedgerAccount => ({ kind, ar, en });

export const CHART = {
  /** By account: what parties owe, less what they have paid in advance. */
  RECEIVABLE: ledger('ASSET', 'ذمم المكلفين', 'Receivables'),
  /** By shift until it is deposited. */
  CASH: ledger('ASSET', 'الصندوق', 'Cash in tills'),
  CASH_IN_TRANSIT: ledger('ASSET', 'نقد في الطريق إلى البنك', 'Cash in transit'),
  CHEQUES: ledger('ASSET', 'شيكات برسم التحصيل', 'Cheques in hand'),
  CARD_CLEARING: ledger('ASSET', 'بطاقات قيد التسوية', 'Card clearing'),
  GATEWAY_CLEARING: ledger('ASSET', 'دفع إلكتروني قيد التسوية', 'E-payment clearing'),
  TRANSFER_CLEARING: ledger('ASSET', 'حوالات قيد التسوية', 'Transfer clearing'),
  /** By bank account. */
  BANK: ledger('ASSET', 'البنك', 'Bank'),
  /** Cheques received that relieve no debt until they clear. */
  CHEQUES_PENDING: ledger('LIABILITY', 'شيكات مستلمة لم تُحصّل', 'Uncleared cheques received'),
  /** By line of the bank's statement, cheque, online payment. */
  SUSPENSE: ledger('LIABILITY', 'مبالغ معلقة', 'Suspense'),
  /** By line of the bank's statement, or cheque, that brought it. */
  RETURNS: ledger('LIABILITY', 'مبالغ برسم الإعادة لدافعيها', 'To be returned to payers'),
  /** By partner. */
  THIRD_PARTY: ledger('LIABILITY', 'أمانات لجهات أخرى', 'Due to third parties'),
  /** By head: charged by a debit note, given back by a credit note or with the sale. */
  DEPOSITS: ledger('LIABILITY', 'تأمينات المشتركين', 'Deposits of subscribers'),
  /** By head. */
  INCOME: ledger('INCOME', 'الإيرادات', 'Income'),
  PENALTIES: ledger('INCOME', 'غرامات التأخير', 'Penalties'),
  BANK_INTEREST: ledger('INCOME', 'فوائد بنكية', 'Bank interest'),
  FEES: ledger('INCOME', 'رسوم خدمات', 'Fees'),
  DISCOUNTS: ledger('EXPENSE', 'خصومات', 'Discounts'),
  WAIVERS: ledger('EXPENSE', 'إعفاءات', 'Waivers'),
  WRITE_OFFS: ledger('EXPENSE', 'ديون معدومة', 'Write-offs'),
  ADJUSTMENTS: ledger('EXPENSE', 'تسويات', 'Adjustments'),
  OVER_SHORT: ledger('EXPENSE', 'زيادة ونقص الصندوق', 'Cash over and short'),
  EXCHANGE: ledger('ASSET', 'تبادل العملات', 'Currency exchange'),
  EXCHANGE_DIFFERENCE: ledger('EXPENSE', 'فروق العملة', 'Exchange differences'),
  BANK_CHARGES: ledger('EXPENSE', 'عمولات ومصاريف بنكية', 'Bank charges'),
  ROUNDING: ledger('EXPENSE', 'فروق التقريب', 'Rounding'),
  /** The other side of what was taken over from the old systems. */
  OPENING: ledger('EQUITY', 'أرصدة افتتاحية', 'Opening balances'),
} as const satisfies Record<string, LedgerAccount>;

export type LedgerCode = keyof typeof CHART;
