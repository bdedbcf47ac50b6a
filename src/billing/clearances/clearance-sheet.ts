import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import type { ClearanceCertificate } from '@libs/printing';
import { letterheadOf, verifyUrlOf } from '../../documents';

import { SERVICE_NAMES } from '../accounts/service-names';
import type { Clearance } from './clearance.entity';

const PURPOSE = { ar: 'لمن يهمه الأمر', en: 'To whom it may concern' };
const TITLE = { ar: 'رئيس قسم الجباية', en: 'Head of revenue collection' };

/** @param print 1 for the original, n for copy n */
export function clearanceSheet(
  { content, revokedAt, revokedReason }: Clearance,
  config: Config,
  { lang, print }: { lang: Language; print: number },
): ClearanceCertificate {
  const { serial, issuedAt, issuedBy, validUntil, purpose, holder, accounts } = content;
  return {
    letterhead: letterheadOf(config),
    lang,
    serial,
    copy: print > 1 ? print : null,
    voided: revokedAt === null ? null : { at: revokedAt, reason: revokedReason ?? '' },
    issuedAt,
    issuedBy,
    verificationUrl: verifyUrlOf(config, serial),
    holder: { approvedName: holder.approvedName, oneRecordNumber: holder.oneRecordNumber },
    services: accounts.map(({ number, serviceType }) => ({
      accountNumber: number,
      service: SERVICE_NAMES[serviceType][lang],
    })),
    purpose: purpose ?? PURPOSE[lang],
    validUntil,
    signatory: { title: TITLE[lang] },
  };
}
