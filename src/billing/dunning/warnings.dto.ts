import { DateField, Flag, Id, InstantField, Int, ListOf, MoneyField, OneOf, PageQuery, Part, Txt } from '@libs/http';
import type { Config } from '@libs/config';
import { formatAmount, type Currency } from '@libs/money';
import { verifyUrlOf } from '../../documents';
import { SERVICE_TYPES } from '../accounts/account.entity';
import { totalsOf } from './dunning.rules';
import { DECISIONS, SECURITIES, SERVICE_MEANS, WARNING_STATES } from './warning.entity';
import type { WarningNow } from './warnings';

export class WarningParam {
  @Txt({ max: 60, example: 'WN-OSS-2026-000012-08' }) serial: string;
}

export class PrintWarning {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: 'ar' | 'en';
}

export class PrintWarnings extends PrintWarning {
  @Int({ min: 1, max: 100_000, optional: true, fallback: 1, example: 1, about: 'of the files of at most 100 warnings' })
  part: number = 1;
}

export class WarningsQuery extends PageQuery {
  @OneOf(WARNING_STATES, { optional: true, example: 'EXPIRED', about: 'as the last act or nightly review left it' })
  state?: string;
  @Id({ optional: true, about: 'dunning run' }) runId?: number;
  @Id({ optional: true }) oneRecordId?: number;
  @Id({ optional: true }) legacyCitizenId?: number;
  @Id({ optional: true }) accountId?: number;
  @DateField({ optional: true, about: 'those whose last day to pay was before' }) deadlineBefore?: string;
}

export class RecordService {
  @OneOf([...SERVICE_MEANS, 'SMS'], {
    example: 'IN_PERSON',
    about: 'a text message (SMS) is refused: it is no service',
  })
  means: string;
  @DateField() on: string;
  @Txt({ optional: true, max: 200, min: 2, example: 'زوجته سلمى حامد', about: 'who received it, in what capacity' })
  to?: string;
  @Txt({ min: 2, max: 200, example: 'المبلّغ رائد سالم' }) server: string;
  @Txt({ optional: true, max: 200, min: 2, example: 'الجار سامي يعيش', about: 'needed where nobody took it' })
  witness?: string;
  @Flag({ optional: true, example: false, about: 'receipt or signature was refused' }) refused?: boolean;
  @Txt({ optional: true, max: 40, min: 2, example: 'RR123456785PS', about: 'of the registered mail' })
  mailNumber?: string;
}

export class RecordObjection {
  @DateField({ about: 'the day it was made at court' }) on: string;
  @Txt({ min: 2, max: 200, example: 'محكمة بداية نابلس' }) court: string;
  @Txt({ max: 100, example: '214/2026' }) caseNumber: string;
  @OneOf(SECURITIES, { example: 'SECURITY', about: 'the law asks for one of the two' })
  security: (typeof SECURITIES)[number];
}

export class DecideObjection {
  @OneOf(DECISIONS, { example: 'DISMISSED', about: 'UPHELD ends the warning' }) outcome: (typeof DECISIONS)[number];
  @DateField() on: string;
  @Txt({ max: 100, example: '77/2027' }) number: string;
}

export class ReferWarning {
  @Txt({ max: 100, example: 'ق.ق 2027/31', about: 'of the letter to the legal department' }) number: string;
}

export class WarningReason {
  @Txt({ min: 3, max: 500, example: 'بيع العقار قبل الاستحقاق' }) reason: string;
}

class WarnedMoneyView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ about: 'unpaid when the warning was issued' }) amount: string;
  @Txt({ example: '1,250.00' }) formatted: string;
  @MoneyField({ about: 'still owed of it now' }) outstanding: string;
  @Txt({ example: '250.00' }) outstandingFormatted: string;
}

class WarnedDebtView extends WarnedMoneyView {
  @Id() chargeId: number;
  @Txt({ example: '20011' }) accountNumber: string;
  @OneOf(SERVICE_TYPES, { example: 'WATER' }) serviceType: string;
  @Txt({ example: 'WATER' }) head: string;
  @Txt({ example: 'أثمان مياه' }) nameAr: string;
  @Txt({ example: 'Water' }) nameEn: string;
  @Txt({ example: '2026-09' }) period: string;
  @DateField() dueOn: string;
}

class ServiceView {
  @OneOf(SERVICE_MEANS, { example: 'IN_PERSON' }) means: string;
  @DateField() on: string;
  @Txt({ nullable: true, example: 'زوجته سلمى حامد' }) to: string | null;
  @Txt({ example: 'المبلّغ رائد سالم' }) server: string;
  @Txt({ nullable: true, example: null }) witness: string | null;
  @Flag({ example: false }) refused: boolean;
  @Txt({ nullable: true, example: null }) mailNumber: string | null;
  @Id({ about: 'employee' }) recordedBy: number;
  @InstantField() recordedAt: string;
}

class DecisionView {
  @OneOf(DECISIONS, { example: 'DISMISSED' }) outcome: string;
  @DateField() on: string;
  @Txt({ example: '77/2027' }) number: string;
  @Id({ about: 'employee' }) recordedBy: number;
  @InstantField() recordedAt: string;
}

class ObjectionView {
  @DateField() on: string;
  @Txt({ example: 'محكمة بداية نابلس' }) court: string;
  @Txt({ example: '214/2026' }) caseNumber: string;
  @OneOf(SECURITIES, { example: 'SECURITY' }) security: string;
  @Part(() => DecisionView, { nullable: true }) decision: DecisionView | null;
  @Id({ about: 'employee' }) recordedBy: number;
  @InstantField() recordedAt: string;
}

class ReferralView {
  @Txt({ example: 'ق.ق 2027/31' }) number: string;
  @Id({ about: 'employee' }) recordedBy: number;
  @InstantField() recordedAt: string;
}

export class WarningView {
  @Txt({ example: 'WN-OSS-2026-000012-08' }) serial: string;
  @OneOf(WARNING_STATES, { example: 'SERVED', about: 'as it stands today; PAID: nothing of it is owed any more' })
  state: string;
  @Id() runId: number;
  @Id({ nullable: true }) oneRecordId: number | null;
  @Id({ nullable: true, example: null }) legacyCitizenId: number | null;
  @Txt({ max: 500, example: 'محمد أحمد خليل النابلسي' }) name: string;
  @Txt({ nullable: true, example: '2026-000045' }) oneRecordNumber: string | null;
  @Txt({ nullable: true, max: 500, example: 'رفيديا' }) address: string | null;
  @InstantField() issuedAt: string;
  @Txt({ example: 'هدى النابلسي' }) issuedBy: string;
  @Int({ example: 15, about: 'days to pay or object from the service on' }) payDays: number;
  @ListOf(() => WarnedDebtView, { max: 100_000 }) debts: WarnedDebtView[];
  @ListOf(() => WarnedMoneyView) totals: WarnedMoneyView[];
  @Part(() => ServiceView, { nullable: true }) service: ServiceView | null;
  @DateField({ nullable: true, about: 'the last day to pay or object' }) deadlineOn: string | null;
  @Part(() => ObjectionView, { nullable: true }) objection: ObjectionView | null;
  @Part(() => ReferralView, { nullable: true }) referral: ReferralView | null;
  @InstantField({ nullable: true, example: null }) withdrawnAt: string | null;
  @Txt({ nullable: true, max: 500, example: null }) withdrawnReason: string | null;
  @Int({ example: 1, about: 'sheets printed; from the second on they are copies' }) prints: number;
  @Txt({ example: 'https://baladiya.example/verify/WN-OSS-2026-000012-08' }) verifyUrl: string;
  @Int({ min: 1, example: 2 }) version: number;
}

export function warningView({ warning, standing, outstanding }: WarningNow, config: Config): WarningView {
  const { content, serial, runId, oneRecordId, legacyCitizenId, issuedAt, service, deadlineOn, ...rest } = warning;
  const { objection, referral, withdrawnAt, withdrawnReason, prints, version } = rest;
  const money = (currency: string, amount: number, left: number) => ({
    currency,
    amount: String(amount),
    formatted: formatAmount(amount, currency as Currency),
    outstanding: String(left),
    outstandingFormatted: formatAmount(left, currency as Currency),
  });
  // More may be open of a charge than the warning named, when a payment before it fell through: it claims no more.
  const debts = content.debts.map(({ chargeId, amount, ...debt }) => {
    const left = Math.min(amount, outstanding.get(chargeId) ?? 0);
    return { chargeId, ...debt, left, ...money(debt.currency, amount, left) };
  });
  const left = new Map(
    totalsOf(debts.map((debt) => ({ currency: debt.currency, amount: debt.left }))).map((each) => [
      each.currency,
      each,
    ]),
  );
  const { name, oneRecordNumber, address } = content.holder;
  return {
    ...{ serial, runId, oneRecordId, legacyCitizenId, issuedAt, service, deadlineOn },
    ...{ objection, referral, withdrawnAt, withdrawnReason, prints, version },
    ...{ state: standing, name, oneRecordNumber, address, issuedBy: content.issuedBy, payDays: content.payDays },
    debts: debts.map(({ left: _left, ...debt }) => debt),
    totals: content.totals.map(({ currency, amount }) => money(currency, amount, left.get(currency)!.amount)),
    verifyUrl: verifyUrlOf(config, serial),
  };
}
