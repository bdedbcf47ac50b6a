import { DateField, Id, Int, ListOf, MoneyField, OneOf, PageQuery, Txt } from '@libs/http';
import { CURRENCIES, formatAmount, type Currency } from '@libs/money';
import { SERVICE_TYPES } from '../accounts/account.entity';
import { CHART } from '../books/chart';
import type { AgedAccount, AgedDebt, AgedLine } from './aged-debt';
import { BUCKETS } from './buckets';
import type { CollectionLine } from './collection';
import type { TrialBalance } from './trial-balance';

const MONTH = /^(19|2\d)\d\d-(0[1-9]|1[0-2])$/;

export class TrialBalanceQuery {
  @DateField({ optional: true, about: 'first day; left out: all entries up to the last day' }) from?: string;
  @DateField({ optional: true, about: 'last day; default today' }) to?: string;
}

class TrialSums {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ about: 'before the first day; debit positive' }) opening: string;
  @MoneyField() debit: string;
  @MoneyField() credit: string;
  @MoneyField({ about: 'opening and debit less credit' }) closing: string;
  @Txt({ example: '1,250.00', about: 'the closing' }) formatted: string;
}

class TrialLineView extends TrialSums {
  @Txt({ example: 'RECEIVABLE' }) ledger: string;
  @Txt({ example: 'ASSET' }) kind: string;
  @Txt({ example: 'ذمم المكلفين' }) nameAr: string;
  @Txt({ example: 'Receivables' }) nameEn: string;
}

export class TrialBalanceView {
  @DateField({ nullable: true }) from: string | null;
  @DateField() to: string;
  @ListOf(() => TrialLineView, { max: 1000, about: 'by currency, then in the order of the chart' })
  lines: TrialLineView[];
  @ListOf(() => TrialSums, { about: 'opening and closing are zero in books that hold' }) totals: TrialSums[];
}

const text = (amount: number): string => String(amount);
const sums = ({ currency, opening, debit, credit, closing }: TrialBalance['totals'][number]): TrialSums => ({
  currency,
  opening: text(opening),
  debit: text(debit),
  credit: text(credit),
  closing: text(closing),
  formatted: formatAmount(closing, currency as Currency),
});

export const trialBalanceView = ({ from, to, lines, totals }: TrialBalance): TrialBalanceView => ({
  from,
  to,
  lines: lines.map((line) => {
    const { kind, ar: nameAr, en: nameEn } = CHART[line.ledger];
    return { ledger: line.ledger, kind, nameAr, nameEn, ...sums(line) };
  }),
  totals: totals.map(sums),
});

const AS_OF = { optional: true, about: 'as things stood at the end of this day; default today' } as const;

export class AgedQuery {
  @DateField(AS_OF) asOf?: string;
}

export class AgedAccountsQuery extends PageQuery {
  @DateField(AS_OF) asOf?: string;
  @OneOf(SERVICE_TYPES, { optional: true, example: 'WATER' }) serviceType?: string;
  @OneOf(CURRENCIES, { optional: true, example: 'ILS' }) currency?: string;
}

class AgedAmountView {
  @OneOf(BUCKETS, { example: 'DAYS_31_60' }) bucket: string;
  @MoneyField() amount: string;
}

class AgedLineView {
  @Txt({ example: 'WATER', about: 'charge head' }) head: string;
  @OneOf(SERVICE_TYPES, { example: 'WATER' }) serviceType: string;
  @Txt({ example: 'ILS' }) currency: string;
  @ListOf(() => AgedAmountView) buckets: AgedAmountView[];
  @MoneyField() total: string;
  @Txt({ example: '1,250.00' }) formatted: string;
}

class CurrencySumView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() amount: string;
}

class AgedTotalView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() owed: string;
  @MoneyField() advances: string;
  @MoneyField({ about: 'of receivables in the ledger on the day' }) balance: string;
  @MoneyField({
    example: '0',
    about: 'balance that no open item explains: what old systems settled after the day and before they were taken over',
  })
  beforeTakeOver: string;
}

export class AgedDebtView {
  @DateField() asOf: string;
  @ListOf(() => AgedLineView, { max: 1000 }) lines: AgedLineView[];
  @ListOf(() => CurrencySumView, { about: 'paid in advance; owed less advances is what receivables stand at' })
  advances: CurrencySumView[];
  @ListOf(() => AgedTotalView) totals: AgedTotalView[];
}

export class AgedAccountView {
  @Id() accountId: number;
  @Txt({ example: '20011' }) number: string;
  @OneOf(SERVICE_TYPES, { example: 'WATER' }) serviceType: string;
  @Txt({ example: 'ILS' }) currency: string;
  @Txt({ nullable: true, example: 'محمد احمد النابلسي', about: 'as the old systems write it' }) holder: string | null;
  @ListOf(() => AgedAmountView) buckets: AgedAmountView[];
  @MoneyField() total: string;
  @Txt({ example: '1,250.00' }) formatted: string;
}

export class AgedRecordView {
  @ListOf(() => AgedAccountView, { max: 100_000 }) accounts: AgedAccountView[];
}

const aged = (buckets: readonly number[], currency: string) => {
  const total = buckets.reduce((all, each) => all + each, 0);
  return {
    buckets: buckets.map((amount, at) => ({ bucket: BUCKETS[at]!, amount: text(amount) })),
    total: text(total),
    formatted: formatAmount(total, currency as Currency),
  };
};

export const agedDebtView = ({ asOf, lines, totals }: Awaited<ReturnType<AgedDebt['summary']>>): AgedDebtView => ({
  asOf,
  lines: lines.map(agedLineView),
  advances: totals.flatMap(({ currency, advances }) => (advances === 0 ? [] : { currency, amount: text(advances) })),
  totals: totals.map(({ currency, owed, advances, balance, beforeTakeOver }) => ({
    currency,
    owed: text(owed),
    advances: text(advances),
    balance: text(balance),
    beforeTakeOver: text(beforeTakeOver),
  })),
});

const agedLineView = ({ head, serviceType, currency, buckets }: AgedLine): AgedLineView => ({
  head,
  serviceType,
  currency,
  ...aged(buckets, currency),
});

export const agedAccountView = ({ buckets, total: _, ...account }: AgedAccount): AgedAccountView => ({
  ...account,
  ...aged(buckets, account.currency),
});

export class CollectionQuery {
  @Txt({ example: '2026-01', pattern: MONTH, about: 'first month' }) from: string;
  @Txt({ example: '2026-10', pattern: MONTH, about: 'last month, at most ten years later' }) to: string;
  @OneOf(SERVICE_TYPES, { optional: true, example: 'WATER' }) serviceType?: string;
}

class CollectionLineView {
  @Txt({ example: '2026-10' }) period: string;
  @OneOf(SERVICE_TYPES, { example: 'WATER' }) serviceType: string;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() charged: string;
  @MoneyField() collected: string;
  @MoneyField({ about: 'credit notes, waivers, discounts, write-offs, adjustments' }) relieved: string;
  @Int({ nullable: true, min: -2_147_483_648, example: 8714, about: 'hundredths of a percent of what was charged' })
  rateHundredths: number | null;
}

export class CollectionView {
  @ListOf(() => CollectionLineView, { max: 10_000 }) lines: CollectionLineView[];
}

export const collectionLineView = ({ charged, collected, relieved, ...line }: CollectionLine): CollectionLineView => ({
  ...line,
  charged: text(charged),
  collected: text(collected),
  relieved: text(relieved),
});
