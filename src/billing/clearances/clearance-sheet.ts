import type { Config } from '@libs/config';
import type { Language } from '@libs/http';
import type { ClearanceCertificate } from '@libs/printing';
import { letterheadOf, verifyUrlOf } from '../../documents';

import type { ServiceType } from '../accounts/account.entity';
import type { Clearance } from './clearance.entity';

const SERVICES: Record<ServiceType, readonly [ar: string, en: string]> = {
  WATER: ['مياه', 'Water'],
  SEWER: ['صرف صحي', 'Sewerage'],
  WASTE: ['نفايات', 'Solid waste'],
  PROPERTY: ['أملاك ومعارف', 'Property and education tax'],
  LICENCE: ['حرف وصناعات', 'Trade licence'],
  PROJECT: ['مساهمة مشاريع', 'Project participation'],
  RENT: ['إيجارات', 'Rent'],
  OTHER: ['أخرى', 'Other'],
};
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
      service: SERVICES[serviceType][lang === 'ar' ? 0 : 1],
    })),
    purpose: purpose ?? PURPOSE[lang],
    validUntil,
    signatory: { title: TITLE[lang] },
  };
}
