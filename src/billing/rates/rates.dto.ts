import { DateField, Flag, Id, InstantField, OneOf, PageQuery, Part, Txt } from '@libs/http';
import { CURRENCIES, type Currency } from '@libs/money';
import { amountOf, moneyView } from '../till/amounts';
import { CurrencyAmountView } from '../till/shifts.dto';
import type { Quoted } from './exchange-rates';
import type { ExchangeRate } from './rate.entity';
import { MICROS } from './rates.rules';

export class NewRate {
  @OneOf(CURRENCIES, { example: 'JOD' }) base: Currency;
  @OneOf(CURRENCIES, { example: 'ILS' }) quote: Currency;
  @Txt({ max: 20, example: '5.12', about: 'what one of base costs in quote; at most 6 decimals' }) rate: string;
  @DateField({ optional: true, about: 'default today' }) validOn?: string;
  @Txt({ min: 2, max: 100, example: 'سلطة النقد الفلسطينية' }) source: string;
  @Flag({ optional: true, example: false, about: 'meant, though it is far from the rate before' }) confirmed?: boolean;
}

export class ListRates extends PageQuery {
  @OneOf(CURRENCIES, { optional: true, example: 'JOD' }) base?: Currency;
  @OneOf(CURRENCIES, { optional: true, example: 'ILS' }) quote?: Currency;
}

export interface RateQuote<Amount> {
  owed: Amount;
  owedCurrency: Currency;
  paid?: Amount;
  paidCurrency: Currency;
}

export class QuoteQuery implements RateQuote<string> {
  @Txt({ max: 30, example: '100.000', about: 'debt' }) owed: string;
  @OneOf(CURRENCIES, { example: 'JOD' }) owedCurrency: Currency;
  @Txt({ optional: true, max: 30, example: '200.00', about: 'what is paid; default what all of the debt costs' })
  paid?: string;
  @OneOf(CURRENCIES, { example: 'ILS' }) paidCurrency: Currency;
}

export class RateView {
  @Id() id: number;
  @OneOf(CURRENCIES, { example: 'JOD' }) base: string;
  @OneOf(CURRENCIES, { example: 'ILS' }) quote: string;
  @Txt({ example: '5.12' }) rate: string;
  @DateField() validOn: string;
  @Txt({ max: 100, example: 'سلطة النقد الفلسطينية' }) source: string;
  @Id() enteredBy: number;
  @InstantField() enteredAt: string;
}

export class QuoteView {
  @Part(() => RateView) rate: RateView;
  @Part(() => CurrencyAmountView, { about: 'of the debt' }) relieved: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { about: 'what that costs: the amount of the tender' }) price: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { about: 'paid beyond that' }) change: CurrencyAmountView;
}

/** A rate as written: at least two decimals, no zeros behind them. */
export function rateText(micros: number): string {
  const fraction = String(micros % MICROS)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${Math.floor(micros / MICROS)}.${fraction}`;
}

export const rateView = ({ micros, ...rate }: ExchangeRate): RateView => ({ ...rate, rate: rateText(micros) });

/** @throws {Problem} http.invalid */
export function typedQuote({ owed, owedCurrency, paid, paidCurrency }: QuoteQuery): RateQuote<number> {
  const debt = { owed: amountOf(owed, owedCurrency, '/owed'), owedCurrency, paidCurrency };
  return paid === undefined ? debt : { ...debt, paid: amountOf(paid, paidCurrency, '/paid') };
}

export const quoteView = ({ owedCurrency, paidCurrency }: QuoteQuery, quoted: Quoted): QuoteView => ({
  rate: rateView(quoted.rate),
  relieved: moneyView(owedCurrency, quoted.relieved),
  price: moneyView(paidCurrency, quoted.price),
  change: moneyView(paidCurrency, quoted.change),
});
