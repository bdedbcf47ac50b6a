import {
  DateField,
  Id,
  InstantField,
  Int,
  ListOf,
  MoneyField,
  OneOf,
  PageQuery,
  Part,
  Txt,
  type Language,
} from '@libs/http';
import { CURRENCIES } from '@libs/money';
import { moneyView } from '../till/amounts';
import { CurrencyAmountView } from '../till/shifts.dto';
import type { PartnerStatement } from './partner-statement';
import type { Due } from './partners';
import type { SettlementWithLines } from './settlements';
import {
  SHARE_STATES,
  type SharedAmount,
  type SharePartner,
  type ShareRemittance,
  type ShareSettlement,
} from './share.entity';
import { WHOLE, type ShareLine } from './share.rules';

const MONTH = { example: '2026-10', pattern: /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/, min: 7, max: 7 };

export class ShareOfRoute {
  @Id() id: number;
}

export class NewPartner {
  @Txt({ max: 20, pattern: /^[A-Z0-9-]+$/, example: 'MOF' }) code: string;
  @Txt({ min: 2, max: 120, example: 'وزارة المالية' }) nameAr: string;
  @Txt({ min: 2, max: 120, example: 'Ministry of Finance' }) nameEn: string;
}

export class PartnerView extends NewPartner {
  @Id() id: number;
}

export class PartnerWithDue extends PartnerView {
  @ListOf(() => CurrencyAmountView, { about: 'settled and not paid yet; below zero when too much was paid' })
  due: CurrencyAmountView[];
}

export class NewRule {
  @Txt({ max: 20, example: 'PROPERTY_TAX', about: 'code of a charge head' }) head: string;
  @Id({ about: 'partner' }) partnerId: number;
  @DateField({ about: 'first day of collection that it is for' }) fromDay: string;
  @Int({ max: WHOLE, example: 9000, about: 'hundredths of a percent of what is collected; 0 ends the share' })
  basisPoints: number;
  @Txt({ min: 2, max: 100, example: 'قرار مجلس الوزراء 14/2026' }) decision: string;
}

export class RuleView extends NewRule {
  @Id() id: number;
  @Id() createdBy: number;
  @InstantField() createdAt: string;
}

export class MonthQuery {
  @Txt(MONTH) period: string;
}

export class SettleMonth {
  @Txt({ ...MONTH, about: 'a month that is over' }) period: string;
}

export class ReverseShare {
  @Txt({ min: 3, max: 500, example: 'نسبة الحصة خاطئة' }) reason: string;
}

class ShareLineView {
  @Txt({ example: 'PROPERTY_TAX' }) head: string;
  @Txt({ example: 'ILS' }) currency: string;
  @Txt({ example: '2026-10', about: 'month of collection; earlier than the settlement’s for what came in late' })
  period: string;
  @DateField({ about: 'first day of the shares in force' }) rateFrom: string;
  @Int({ example: 9000 }) basisPoints: number;
  @MoneyField() collected: string;
  @MoneyField() share: string;
}

class SharedAmountView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() collected: string;
  @MoneyField() share: string;
  @Txt({ example: '1,250.00', about: 'the share' }) formatted: string;
}

export class SharePreviewView {
  @Id() partnerId: number;
  @Txt(MONTH) period: string;
  @ListOf(() => SharedAmountView) amounts: SharedAmountView[];
  @ListOf(() => ShareLineView, { max: 10_000 }) lines: ShareLineView[];
}

export class SettlementSummary {
  @Id() id: number;
  @Id() partnerId: number;
  @Txt(MONTH) period: string;
  @OneOf(SHARE_STATES, { example: 'POSTED' }) state: string;
  @ListOf(() => SharedAmountView) amounts: SharedAmountView[];
  @DateField() postedOn: string;
  @Id() postingId: number;
  @Id() settledBy: number;
  @InstantField() settledAt: string;
  @Id({ nullable: true, example: null }) reversedBy: number | null;
  @InstantField({ nullable: true, example: null }) reversedAt: string | null;
  @Txt({ nullable: true, max: 500, example: null }) reason: string | null;
  @Id({ nullable: true, example: null }) reversalId: number | null;
}

export class SettlementView extends SettlementSummary {
  @ListOf(() => ShareLineView, { max: 10_000 }) lines: ShareLineView[];
}

export class SettlementsQuery extends PageQuery {
  @Id({ optional: true }) partnerId?: number;
}

export class NewRemittance {
  @OneOf(CURRENCIES, { example: 'ILS' }) currency: string;
  @Txt({ max: 30, example: '12500.00', about: 'at most what is due' }) amount: string;
  @DateField({ optional: true, about: 'default today' }) paidOn?: string;
  @Txt({ max: 40, pattern: /^[A-Za-z0-9-]+$/, example: 'PS92PALS000000000400123456702' }) bankAccount: string;
  @Txt({ min: 1, max: 60, example: 'حوالة 4471', about: 'number of the transfer order or cheque' }) reference: string;
}

export class RemittanceView {
  @Id() id: number;
  @Id() partnerId: number;
  @OneOf(SHARE_STATES, { example: 'POSTED' }) state: string;
  @Part(() => CurrencyAmountView) sum: CurrencyAmountView;
  @DateField() paidOn: string;
  @Txt({ example: 'PS92PALS000000000400123456702' }) bankAccount: string;
  @Txt({ example: 'حوالة 4471' }) reference: string;
  @Id() postingId: number;
  @Id() paidBy: number;
  @InstantField() paidAt: string;
  @Id({ nullable: true, example: null }) reversedBy: number | null;
  @InstantField({ nullable: true, example: null }) reversedAt: string | null;
  @Txt({ nullable: true, max: 500, example: null }) reason: string | null;
  @Id({ nullable: true, example: null }) reversalId: number | null;
}

export class StatementQuery {
  @DateField({ optional: true, about: 'first day; default the first of the year of the last day' }) from?: string;
  @DateField({ optional: true, about: 'last day; default today' }) to?: string;
}

export class WorkbookQuery extends StatementQuery {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: Language;
}

class PartnerEntryView {
  @DateField() on: string;
  @Txt({ example: 'SHARE' }) kind: string;
  @Txt({ nullable: true, example: '2026-10', about: 'month of a settlement, reference of a remittance' })
  document: string | null;
  @Txt({ max: 300, example: 'حصة وزارة المالية من تحصيلات 2026-10' }) description: string;
  @MoneyField({ about: 'paid to them, or taken back' }) debit: string;
  @MoneyField({ about: 'theirs' }) credit: string;
  @MoneyField({ about: 'due after this entry' }) balance: string;
}

class PartnerAccountView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ about: 'due before the first day' }) opening: string;
  @MoneyField() closing: string;
  @Txt({ example: '1,250.00', about: 'the closing' }) formatted: string;
  @ListOf(() => PartnerEntryView, { max: 10_000 }) entries: PartnerEntryView[];
}

class SettledLineView extends ShareLineView {
  @Txt({ ...MONTH, about: 'month of the settlement' }) settled: string;
}

export class PartnerStatementView {
  @Part(() => PartnerView) partner: PartnerView;
  @DateField() from: string;
  @DateField() to: string;
  @ListOf(() => PartnerAccountView) accounts: PartnerAccountView[];
  @ListOf(() => SettledLineView, { max: 10_000, about: 'what the settlements of these days were made of' })
  lines: SettledLineView[];
}

export const partnerView = ({ id, code, nameAr, nameEn }: SharePartner): PartnerView => ({ id, code, nameAr, nameEn });

export const partnerWithDue = (partner: SharePartner, due: readonly Due[]): PartnerWithDue => ({
  ...partnerView(partner),
  due: due.map(({ currency, amount }) => moneyView(currency, amount)),
});

const lineView = <L extends ShareLine>({ collected, share, ...line }: L) => ({
  ...line,
  collected: String(collected),
  share: String(share),
});

const amountView = ({ currency, collected, share }: SharedAmount): SharedAmountView => ({
  currency,
  collected: String(collected),
  share: String(share),
  formatted: moneyView(currency, share).formatted,
});

export const previewView = (
  partnerId: number,
  period: string,
  { lines, amounts }: { lines: readonly ShareLine[]; amounts: readonly SharedAmount[] },
): SharePreviewView => ({ partnerId, period, amounts: amounts.map(amountView), lines: lines.map(lineView) });

export const settlementSummary = ({
  standingPartnerId: _,
  amounts,
  ...settlement
}: ShareSettlement): SettlementSummary => ({ ...settlement, amounts: amounts.map(amountView) });

export const settlementView = ({ settlement, lines }: SettlementWithLines): SettlementView => ({
  ...settlementSummary(settlement),
  lines: lines.map(lineView),
});

export const remittanceView = ({ currency, amount, ...remittance }: ShareRemittance): RemittanceView => ({
  ...remittance,
  sum: moneyView(currency, amount),
});

export const statementView = ({ partner, from, to, accounts, lines }: PartnerStatement): PartnerStatementView => ({
  partner: partnerView(partner),
  from,
  to,
  accounts: accounts.map(({ currency, opening, closing, entries }) => ({
    currency,
    opening: String(opening),
    closing: String(closing),
    formatted: moneyView(currency, closing).formatted,
    entries: entries.map(({ amount, balance, ...entry }) => ({
      ...entry,
      debit: String(Math.max(-amount, 0)),
      credit: String(Math.max(amount, 0)),
      balance: String(balance),
    })),
  })),
  lines: lines.map(lineView),
});
