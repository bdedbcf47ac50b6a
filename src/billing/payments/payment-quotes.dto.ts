import { DateField, Id, IdList, ListOf, OneOf, Part, Txt } from '@libs/http';
import { SERVICE_TYPES } from '../accounts/account.entity';
import { moneyView } from '../till/amounts';
import { CurrencyAmountView } from '../till/shifts.dto';
import type { PaymentQuote } from './payment-quotes';
import { sum } from './relief';
import type { GrantedRelief } from './reliefs';

class QuoteLineField {
  @Id({ about: 'account' }) accountId: number;
  @Txt({ optional: true, min: 1, max: 30, example: '500.00', about: 'what it would come to, beside what closes it' })
  amount?: string;
  @IdList({ optional: true, max: 200, example: [1042], about: 'charges it is for; default all' }) chargeIds?: number[];
}

export class AskPaymentQuote {
  @Id({ optional: true, about: 'record; without lines all its own accounts that owe' }) oneRecordId?: number;
  @ListOf(() => QuoteLineField, { optional: true, min: 1, max: 100, about: 'one an account' }) lines?: QuoteLineField[];
}

class QuotedReliefView {
  @Txt({ example: 'campaign:1042', about: 'what grants it' }) source: string;
  @Txt({ example: 'حملة تسوية المتأخرات' }) nameAr: string;
  @Txt({ example: 'Arrears campaign' }) nameEn: string;
  @Part(() => CurrencyAmountView) granted: CurrencyAmountView;
}

class QuotedAmountView {
  @Part(() => CurrencyAmountView) paid: CurrencyAmountView;
  @ListOf(() => QuotedReliefView) reliefs: QuotedReliefView[];
  @Part(() => CurrencyAmountView, { about: 'still owed afterwards' }) left: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { about: 'more than is owed' }) surplus: CurrencyAmountView;
}

class QuotedLineView {
  @Id() accountId: number;
  @Txt({ example: '20011' }) accountNumber: string;
  @OneOf(SERVICE_TYPES, { example: 'WATER' }) serviceType: string;
  @Part(() => CurrencyAmountView) owed: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { about: 'what closes it exactly, with these reliefs' }) closes: CurrencyAmountView;
  @ListOf(() => QuotedReliefView) reliefs: QuotedReliefView[];
  @Part(() => CurrencyAmountView, { about: 'their sum: `relief` of the line of a payment' }) relief: CurrencyAmountView;
  @Part(() => QuotedAmountView, { nullable: true, about: 'of the amount asked about' }) asked: QuotedAmountView | null;
}

export class PaymentQuoteView {
  @DateField() on: string;
  @ListOf(() => QuotedLineView) lines: QuotedLineView[];
  @ListOf(() => CurrencyAmountView, { about: 'that close all of them, one a currency' }) totals: CurrencyAmountView[];
}

const reliefView = ({ offer: { key, nameAr, nameEn }, currency, amount }: GrantedRelief): QuotedReliefView => ({
  source: key,
  nameAr,
  nameEn,
  granted: moneyView(currency, amount),
});

export const paymentQuoteView = ({ on, lines, totals }: PaymentQuote): PaymentQuoteView => ({
  on,
  lines: lines.map(({ account: { accountId, accountNumber, serviceType, currency }, owed, closes, reliefs, paid }) => ({
    accountId,
    accountNumber,
    serviceType,
    owed: moneyView(currency, owed),
    closes: moneyView(currency, closes),
    reliefs: reliefs.map(reliefView),
    relief: moneyView(currency, sum(reliefs.map(({ amount }) => amount))),
    asked: paid && {
      paid: moneyView(currency, paid.amount),
      reliefs: paid.reliefs.map(reliefView),
      left: moneyView(currency, paid.left),
      surplus: moneyView(currency, paid.surplus),
    },
  })),
  totals: totals.map(({ currency, amount }) => moneyView(currency, amount)),
});
