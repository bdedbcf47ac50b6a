import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import { amountInWords, formatAmount } from '@libs/money';
import type { SheetData } from '@libs/printing';
import { letterheadOf, verifyUrlOf } from '../../documents';
import type { CutNotice } from './cut.entity';

const TITLE = { ar: 'رئيس قسم المياه', en: 'Head of the water department' };

/** @param print 1 for the original, n for copy n */
export function cutNoticeSheet(
  { content, state, endedAt, endReason }: CutNotice,
  config: Config,
  { lang, print }: { lang: Language; print: number },
): SheetData['disconnection-notice'] {
  const { serial, issuedAt, issuedBy, subscription, address, meter, holder, bills, owed, oldestDueOn, noticeDays } =
    content;
  return {
    letterhead: letterheadOf(config),
    ...{ lang, serial, copy: print > 1 ? print : null, issuedAt, issuedBy },
    voided: state === 'CANCELLED' ? { at: endedAt!, reason: endReason ?? '' } : null,
    verificationUrl: verifyUrlOf(config, serial),
    holder: { approvedName: holder.name, oneRecordNumber: holder.oneRecordNumber, address },
    ...{ subscription, meter, bills, oldestDueOn, days: noticeDays },
    owed: { currency: 'ILS', amount: { text: formatAmount(owed, 'ILS'), sign: 1 } },
    words: lang === 'ar' ? amountInWords(owed, 'ILS') : null,
    signatory: { title: TITLE[lang] },
  };
}
