import { DateField, ListOf, MoneyField, OneOf, Txt } from '@libs/http';

export const DOCUMENT_KINDS = [
  'STATEMENT_OF_BALANCES',
  'STATEMENT_OF_ACCOUNT',
  'RECEIPT',
  'BILL',
  'CLEARANCE_CERTIFICATE',
  'PAYMENT_WARNING',
  'DISCONNECTION_NOTICE',
] as const;
export const VERIFICATIONS = ['VALID', 'SUPERSEDED', 'EXPIRED', 'REVOKED', 'ALTERED'] as const;

export class VerifiedTotalView {
  @Txt({ example: 'JOD' }) currency: string;
  @MoneyField({ example: '35250' }) balance: string;
  @Txt({ example: '35.250' }) formatted: string;
}

/** No more than what the holder of the paper needs to compare. */
export class VerificationView {
  @OneOf(DOCUMENT_KINDS, { example: 'STATEMENT_OF_BALANCES' }) kind: (typeof DOCUMENT_KINDS)[number];
  @OneOf(VERIFICATIONS, {
    example: 'VALID',
    about:
      'SUPERSEDED: issued by us, and a newer one exists; EXPIRED: was valid; REVOKED: withdrawn, or a voided receipt; ALTERED: do not rely on it, ask the municipality',
  })
  status: (typeof VERIFICATIONS)[number];
  @Txt({ example: 'ST-OSS-2026-000123-62' }) serial: string;
  @DateField() issuedOn: string;
  @DateField({ nullable: true, about: 'the day whose balances it states' }) asOf: string | null;
  @DateField({ nullable: true, about: 'last day on which it holds' }) validUntil: string | null;
  @Txt({ nullable: true, example: 'محمد أ. خ. ن.', about: 'masked; null when altered' }) holder: string | null;
  @ListOf(() => VerifiedTotalView) totals: VerifiedTotalView[];
}
