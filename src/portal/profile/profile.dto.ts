import { InstantField, Int, ListOf, OneOf, Part, Txt } from '@libs/http';
import { maskId } from '@libs/national-id';
import { maskPhone } from '@libs/phone';
import { DOCUMENT_TYPES, RELATIONS, type OneRecord, type StatementContent } from '../../citizens';
import { CurrencyAmountView, moneyView } from '../../billing';

export class PortalProfileView {
  @Txt({ example: '2026-000045', about: 'of the OneRecord' }) recordNumber: string;
  @Txt({ example: 'INDIVIDUAL' }) partyType: string;
  @Txt({ max: 500, example: 'محمد أحمد خليل النابلسي' }) approvedName: string;
  @Txt({ nullable: true, max: 500, example: 'Mohammad Ahmad Khalil Nabulsi' }) approvedLatinName: string | null;
  @OneOf(DOCUMENT_TYPES, { nullable: true, example: 'NATIONAL_ID' }) documentType: string | null;
  @Txt({ nullable: true, example: '*****6782' }) maskedDocument: string | null;
  @Txt({ nullable: true, example: '+970*****0111' }) maskedPhone: string | null;
  @InstantField({ nullable: true, about: 'when the phone was last proved' }) phoneVerifiedAt: string | null;
  @InstantField({ nullable: true }) activatedAt: string | null;
}

class PortalServiceView {
  @Txt({ example: '20011' }) number: string;
  @Txt({ example: 'مياه', about: 'as the old system calls it' }) type: string;
  @Txt({ example: 'فعال' }) status: string;
  @Txt({ nullable: true, max: 10_000, example: 'رفيديا - قرب المسجد', about: 'null where it is shared' })
  address: string | null;
  @OneOf(RELATIONS, { example: 'SAME_PERSON' }) relation: string;
  @Int({ nullable: true, max: 10_000, example: null, about: 'share in hundredths of a percent' })
  shareHundredths: number | null;
  @Part(() => CurrencyAmountView, { about: 'positive is owed' }) balance: CurrencyAmountView;
}

export class PortalServicesView {
  @ListOf(() => PortalServiceView, { max: 100_000 }) services: PortalServiceView[];
}

export const profileView = (record: OneRecord): PortalProfileView => ({
  recordNumber: record.number,
  partyType: record.partyType,
  approvedName: record.approvedName ?? '',
  approvedLatinName: record.approvedLatinName,
  documentType: record.documentType,
  maskedDocument: record.documentNumber === null ? null : maskId(record.documentNumber),
  maskedPhone: record.phoneE164 === null ? null : maskPhone(record.phoneE164),
  phoneVerifiedAt: record.phoneVerifiedAt,
  activatedAt: record.activatedAt,
});

/** A service with balances in two currencies stands there twice. */
export const servicesView = ({ own, related }: Pick<StatementContent, 'own' | 'related'>): PortalServicesView => ({
  services: [...own.accounts, ...related.accounts].map(
    ({ serviceNumber: number, type, status, address, relation, shareHundredths, currency, balance }) => ({
      ...{ number, type, status, relation, shareHundredths },
      address: relation === 'SAME_PERSON' ? address || null : null,
      balance: moneyView(currency, balance),
    }),
  ),
});
