import { DateField, Flag, Id, IdList, InstantField, Int, ListOf, MoneyField, OneOf, PageQuery, Part, TextList, Txt } from '@libs/http'; // prettier-ignore
import { CURRENCIES, type Currency } from '@libs/money';
import { SERVICE_TYPES, type ServiceType } from '../accounts/account.entity';
import { moneyView } from '../till/amounts';
import { CurrencyAmountView } from '../till/shifts.dto';
import {
  CAMPAIGN_KINDS,
  CAMPAIGN_STATES,
  type Campaign,
  type CampaignDebtor,
  type CampaignGrant,
  type CampaignKind,
  type CampaignState,
} from './campaign.entity';
import { phaseOf } from './campaign.rules';
import type { CampaignReport, ReportLine } from './campaign-report';

const MILLION = 1_000_000;
const CODE = /^[A-Za-z0-9][A-Za-z0-9-]*$/;

export class CampaignParam {
  @Id() id: number;
}

export class GrantParam extends CampaignParam {
  @Id() grantId: number;
}

export class CampaignsQuery extends PageQuery {
  @OneOf(CAMPAIGN_STATES, { optional: true, example: 'APPROVED' }) state?: CampaignState;
  @OneOf(CAMPAIGN_KINDS, { optional: true, example: 'MATCHING' }) kind?: CampaignKind;
}

export class DraftCampaign {
  @Txt({ max: 30, pattern: CODE, example: 'ARREARS-2026' }) code: string;
  @Txt({ example: 'حملة تسوية المتأخرات' }) nameAr: string;
  @Txt({ example: 'Arrears campaign' }) nameEn: string;
  @Txt({ max: 100, example: 'قرار المجلس 2026/112' }) decisionNumber: string;
  @OneOf(CAMPAIGN_KINDS, { example: 'PERCENT_OF_ARREARS' }) kind: CampaignKind;
  @OneOf(CURRENCIES, { example: 'ILS' }) currency: Currency;
  @TextList({
    optional: true,
    max: 8,
    length: 20,
    example: ['WATER'],
    about: `of ${SERVICE_TYPES.join(', ')}; default all`,
  })
  serviceTypes?: ServiceType[];
  @DateField({ example: '2026-11-01', about: 'days of payment, inclusive' }) from: string;
  @DateField({ example: '2026-12-31' }) until: string;
  @DateField({ optional: true, example: '2026-01-01', about: 'what was due before it is arrears; not COMPLIANT_BONUS' })
  arrearsBefore?: string;
  @Int({
    optional: true,
    min: 1,
    max: MILLION,
    example: 400_000,
    about: 'millionths of the arrears, of what is paid, of the bill; not DONOR',
  })
  ratePpm?: number;
  @Txt({ optional: true, min: 1, example: 'صندوق الزكاة', about: 'DONOR only, as are the shares' }) donorName?: string;
  @Int({
    optional: true,
    min: 1,
    max: MILLION,
    example: 666_667,
    about: 'millionths of the arrears that the donor owes',
  })
  donorPpm?: number;
  @Int({
    optional: true,
    max: MILLION,
    example: 333_333,
    about: 'that the municipality waives; the debtor pays the rest',
  })
  municipalityPpm?: number;
  @Int({ optional: true, min: 1, max: 120, example: 12, about: 'without arrears; COMPLIANT_BONUS only' })
  compliantMonths?: number;
  @Txt({ optional: true, min: 1, max: 30, example: '100.00', about: 'least that is paid on the account' })
  minimumPayment?: string;
  @Flag({ optional: true, example: true, about: 'default true: not for accounts in a live instalment plan' })
  withoutPlan?: boolean;
  @Txt({ optional: true, min: 1, max: 30, example: '250000.00', about: 'most that is granted; default any amount' })
  budget?: string;
}

export class CampaignReason {
  @Txt({ min: 3, max: 500, example: 'بقرار المجلس' }) reason: string;
}

export class CampaignView {
  @Id() id: number;
  @Txt({ example: 'ARREARS-2026' }) code: string;
  @Txt({ example: 'حملة تسوية المتأخرات' }) nameAr: string;
  @Txt({ example: 'Arrears campaign' }) nameEn: string;
  @Txt({ max: 100, example: 'قرار المجلس 2026/112' }) decisionNumber: string;
  @OneOf(CAMPAIGN_KINDS, { example: 'PERCENT_OF_ARREARS' }) kind: string;
  @OneOf(CAMPAIGN_STATES, { example: 'APPROVED' }) state: string;
  @OneOf(['UPCOMING', 'ACTIVE', 'OVER'], { example: 'ACTIVE', about: 'what its days make of it when it is approved' })
  phase: string;
  @Txt({ example: 'ILS' }) currency: string;
  @TextList({ nullable: true, max: 8, example: ['WATER'], about: 'null for all' }) serviceTypes: string[] | null;
  @DateField() from: string;
  @DateField() until: string;
  @DateField({ nullable: true }) arrearsBefore: string | null;
  @Int({ nullable: true, example: 400_000 }) ratePpm: number | null;
  @Txt({ nullable: true, example: null }) donorName: string | null;
  @Int({ nullable: true, example: null }) donorPpm: number | null;
  @Int({ nullable: true, example: null }) municipalityPpm: number | null;
  @Int({ nullable: true, example: null }) compliantMonths: number | null;
  @MoneyField({ nullable: true, example: null }) minimumPayment: string | null;
  @Flag({ example: true }) withoutPlan: boolean;
  @MoneyField({ nullable: true, example: '25000000' }) budget: string | null;
  @Part(() => CurrencyAmountView) spent: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { nullable: true, about: 'of the budget' }) left: CurrencyAmountView | null;
  @Id({ about: 'employee' }) draftedBy: number;
  @InstantField() draftedAt: string;
  @Id({ nullable: true }) approvedBy: number | null;
  @InstantField({ nullable: true }) approvedAt: string | null;
  @Txt({ nullable: true, max: 500, example: null, about: 'why it was suspended, resumed or ended' })
  stateReason: string | null;
  @Int({ min: 1, example: 2 }) version: number;
}

export class ListDebtors {
  @IdList({ max: 500, example: [1042], about: 'accounts' }) accountIds: number[];
  @Txt({ max: 100, example: 'كتاب الشؤون الاجتماعية 2026/77', about: 'number of the paper that supports it' })
  documentNumber: string;
}

export class ApproveDebtors {
  @IdList({ max: 500, example: [1042] }) accountIds: number[];
}

export class CampaignDebtorView {
  @Id() accountId: number;
  @Txt({ max: 100, example: 'كتاب 2026/77' }) documentNumber: string;
  @Id({ about: 'employee' }) addedBy: number;
  @InstantField() addedAt: string;
  @Id({ nullable: true }) approvedBy: number | null;
  @InstantField({ nullable: true }) approvedAt: string | null;
}

export class SettleDebtor {
  @Id() accountId: number;
}

export class GrantView {
  @Id() id: number;
  @Id() campaignId: number;
  @Id() accountId: number;
  @Id({ nullable: true, about: 'null when the donor settled the debt' }) paymentId: number | null;
  @Part(() => CurrencyAmountView, { about: 'negative when it was given back' }) granted: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { about: 'the donor’s part of it' }) donor: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { about: 'paid on the account beside it' }) collected: CurrencyAmountView;
  @DateField() grantedOn: string;
  @InstantField() grantedAt: string;
  @Id({ nullable: true }) grantedBy: number | null;
  @Id({ nullable: true, about: 'the grant that this one gives back' }) reversesId: number | null;
}

class ReportLineView {
  @Txt({ example: '2026-11-24', about: 'day, or service type' }) key: string;
  @MoneyField() granted: string;
  @MoneyField({ example: '0' }) givenBack: string;
  @MoneyField({ example: '0', about: 'of granted less given back, the donor’s' }) donor: string;
  @MoneyField({ about: 'paid beside it, less what was reversed' }) collected: string;
  @Int({ example: 12 }) grants: number;
}

export class CampaignReportView {
  @Part(() => CampaignView) campaign: CampaignView;
  @Int({ example: 12, about: 'accounts that have a grant' }) accounts: number;
  @Part(() => CurrencyAmountView, { about: 'on the books: what the donor owes' }) donorOwes: CurrencyAmountView;
  @Part(() => ReportLineView) total: ReportLineView;
  @ListOf(() => ReportLineView, { max: 100_000 }) byDay: ReportLineView[];
  @ListOf(() => ReportLineView) byService: ReportLineView[];
}

export function campaignView(campaign: Campaign, on: string): CampaignView {
  const { validFrom: from, validUntil: until, budget, spent, minimumPayment, currency, ...rest } = campaign;
  return {
    ...rest,
    phase: phaseOf(campaign, on),
    currency,
    from,
    until,
    minimumPayment: minimumPayment === null ? null : String(minimumPayment),
    budget: budget === null ? null : String(budget),
    spent: moneyView(currency, spent),
    left: budget === null ? null : moneyView(currency, budget - spent),
  };
}

export const debtorView = ({ id: _, campaignId: __, ...debtor }: CampaignDebtor): CampaignDebtorView => debtor;

export function grantView(grant: CampaignGrant, currency: string): GrantView {
  const { amount, donorAmount, collected, postingId: _, ...rest } = grant;
  return {
    ...rest,
    granted: moneyView(currency, amount),
    donor: moneyView(currency, donorAmount),
    collected: moneyView(currency, collected),
  };
}

const lineView = ({ granted, givenBack, donor, collected, ...rest }: ReportLine): ReportLineView => ({
  ...rest,
  granted: String(granted),
  givenBack: String(givenBack),
  donor: String(donor),
  collected: String(collected),
});

export const campaignReportView = (report: CampaignReport, campaign: CampaignView): CampaignReportView => ({
  campaign,
  accounts: report.accounts,
  donorOwes: moneyView(campaign.currency, report.donorOwes),
  total: lineView(report.total),
  byDay: report.byDay.map(lineView),
  byService: report.byService.map(lineView),
});
