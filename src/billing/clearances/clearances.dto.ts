import type { Config } from '@libs/config';
import { DateField, Id, InstantField, Int, ListOf, OneOf, TextList, Txt } from '@libs/http';
import { verifyUrlOf } from '../../documents';
import { IsIn } from 'class-validator';
import { SERVICE_TYPES, type ServiceType } from '../accounts/account.entity';
import type { Clearance } from './clearance.entity';

const STATES = ['VALID', 'REVOKED'] as const;

export class IssueClearance {
  @TextList({ optional: true, min: 1, max: SERVICE_TYPES.length, example: ['WATER'], about: 'default: all services' })
  @IsIn(SERVICE_TYPES, { each: true })
  serviceTypes?: ServiceType[];

  @Txt({ optional: true, max: 200, example: 'ترخيص بناء', about: 'what the citizen needs it for' }) purpose?: string;
}

export class RevokeClearance {
  @Txt({ max: 500, min: 3, example: 'شيك راجع رقم 1042' }) reason: string;
}

export class PrintClearance {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: 'ar' | 'en';
}

class ClearedAccountView {
  @Txt({ example: '20011' }) number: string;
  @OneOf(SERVICE_TYPES, { example: 'WATER' }) serviceType: string;
  @Txt({ example: 'ILS' }) currency: string;
}

export class ClearanceView {
  @Txt({ example: 'CL-OSS-2026-000012-34' }) serial: string;
  @OneOf(STATES, { example: 'VALID' }) state: (typeof STATES)[number];
  @Id() oneRecordId: number;
  @Txt({ example: '2026-000045' }) oneRecordNumber: string;
  @Txt({ example: 'محمد أحمد خليل النابلسي', max: 500 }) approvedName: string;
  @InstantField() issuedAt: string;
  @Txt({ example: 'سناء كنعان' }) issuedBy: string;
  @DateField({ about: 'the last day on which it holds' }) validUntil: string;
  @Txt({ nullable: true, example: 'ترخيص بناء' }) purpose: string | null;
  @ListOf(() => ClearedAccountView, { max: 100_000 }) accounts: ClearedAccountView[];
  @Int({ example: 1, about: 'sheets printed; from the second on they are copies' }) prints: number;
  @InstantField({ nullable: true }) revokedAt: string | null;
  @Txt({ nullable: true, max: 500, example: null }) revokedReason: string | null;
  @Txt({ example: 'https://baladiya.example/verify/CL-OSS-2026-000012-34' }) verifyUrl: string;
}

export function clearanceView(clearance: Clearance, config: Config): ClearanceView {
  const { serial, oneRecordId, content, validUntil, issuedAt, prints, revokedAt, revokedReason } = clearance;
  return {
    serial,
    state: revokedAt === null ? 'VALID' : 'REVOKED',
    oneRecordId,
    oneRecordNumber: content.holder.oneRecordNumber,
    approvedName: content.holder.approvedName,
    issuedAt,
    issuedBy: content.issuedBy,
    validUntil,
    purpose: content.purpose,
    accounts: content.accounts,
    prints,
    revokedAt,
    revokedReason,
    verifyUrl: verifyUrlOf(config, serial),
  };
}
