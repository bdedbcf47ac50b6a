import { dictionary } from '../i18n/dictionary';

export const REFUND = dictionary(
  {
    part: 'إعادة جزء',
    partTitle: 'إعادة جزء من الدفعة {serial}',
    partHint: 'اكتب ما يُعاد من كل حساب. يبقى الوصل قائماً بالباقي حتى يُعاد كله.',
    left: 'بقي منه',
    back: 'يُعاد',
    backOf: 'يُعاد من {account}',
    tooMuch: 'أكثر مما بقي',
    notAnAmount: 'ليس مبلغاً',
    tooManyDecimals: 'منازل عشرية أكثر من العملة',
    positive: 'أكبر من صفر',
    parts: 'أُعيد من هذا الوصل',
  },
  {
    part: 'Take a part back',
    partTitle: 'Take back a part of payment {serial}',
    partHint: 'Say what goes back of each account. The receipt stands with the rest until all was taken back.',
    left: 'Left of it',
    back: 'Goes back',
    backOf: 'Goes back of {account}',
    tooMuch: 'More than is left',
    notAnAmount: 'Not an amount',
    tooManyDecimals: 'More decimals than the currency has',
    positive: 'More than zero',
    parts: 'Taken back of this receipt',
  },
);
