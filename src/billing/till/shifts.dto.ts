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
  invalidField,
} from '@libs/http';
import { CURRENCIES, DENOMINATIONS } from '@libs/money';
import { amountOf, moneyView } from './amounts';
import { CHEQUE_STATES } from '../cheques/cheque.entity';
import { PAYMENT_STATES, TENDER_KINDS } from '../payments/payment.entity';
import type { ShiftReport } from './shift-report';
import type { CountedCurrency } from './shifts';
import { SHIFT_STATES, type CashierShift, type CurrencyAmount, type ShiftState, type Till } from './till.entity';
import { unknownDenomination } from './till.refusals';

export class ShiftOfRoute {
  @Id() id: number;
}

class FloatField {
  @OneOf(CURRENCIES, { example: 'ILS' }) currency: string;
  @Txt({ max: 30, example: '200.00' }) amount: string;
}

export class OpenShiftBody {
  @Id({ about: 'till' }) tillId: number;
  @ListOf(() => FloatField, { max: 3, about: 'cash in the drawer to begin with, at most one a currency' })
  floats: FloatField[];
}

class PiecesField {
  @Txt({ max: 30, example: '200', about: 'value of one note or coin' }) denomination: string;
  @Int({ max: 100_000, example: 12 }) pieces: number;
}

class CountField {
  @OneOf(CURRENCIES, { example: 'ILS' }) currency: string;
  @ListOf(() => PiecesField, { max: 20 }) pieces: PiecesField[];
}

export class CountShiftBody {
  @ListOf(() => CountField, { max: 3, about: 'a currency that is left out was counted as nothing' })
  counts: CountField[];
}

export class CloseShiftBody {
  @Txt({ optional: true, max: 300, example: 'نقص خمسة شواكل' }) note?: string;
}

export class ListShifts extends PageQuery {
  @Id({ optional: true }) cashierId?: number;
  @Id({ optional: true }) tillId?: number;
  @OneOf(SHIFT_STATES, { optional: true, example: 'COUNTED' }) state?: ShiftState;
  @DateField({ optional: true, about: 'first day of opening' }) from?: string;
  @DateField({ optional: true, about: 'last day of opening' }) to?: string;
}

export class CurrencyAmountView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() amount: string;
  @Txt({ example: '1,250.00' }) formatted: string;
}

export class ShiftView {
  @Id() id: number;
  @OneOf(SHIFT_STATES, { example: 'OPEN' }) state: string;
  @Id({ about: 'till' }) tillId: number;
  @Txt({ example: 'OSS-1' }) tillCode: string;
  @Id({ about: 'cashier' }) cashierId: number;
  @Txt({ example: 'رنا الصيفي' }) cashierName: string;
  @DateField() openedOn: string;
  @InstantField() openedAt: string;
  @InstantField({ nullable: true }) countedAt: string | null;
  @InstantField({ nullable: true }) closedAt: string | null;
  @Txt({ nullable: true, max: 300, example: null }) note: string | null;
  @Id({ nullable: true, about: 'deposit that its cash went with' }) depositId: number | null;
}

class CountedPiecesView {
  @MoneyField({ example: '20000', about: 'value of one piece' }) denomination: string;
  @Int({ example: 12 }) pieces: number;
}

class ShiftDrawerView {
  @Txt({ example: 'ILS' }) currency: string;
  @Part(() => CurrencyAmountView) float: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { about: 'float and takings' }) expected: CurrencyAmountView;
  @Part(() => CurrencyAmountView) counted: CurrencyAmountView;
  @Part(() => CurrencyAmountView, { about: 'positive is over, negative is short' }) difference: CurrencyAmountView;
  @ListOf(() => CountedPiecesView) pieces: CountedPiecesView[];
}

class TakenView {
  @OneOf(TENDER_KINDS, { example: 'CASH' }) kind: string;
  @OneOf(PAYMENT_STATES, { example: 'POSTED', about: 'what was voided or reversed stands apart' }) state: string;
  @Int({ example: 48, about: 'payments' }) count: number;
  @Part(() => CurrencyAmountView) sum: CurrencyAmountView;
}

class TakenChequeView {
  @Id() id: number;
  @Txt({ example: '30001245' }) number: string;
  @Txt({ example: 'بنك المثال' }) bank: string;
  @DateField() dueOn: string;
  @OneOf(CHEQUE_STATES, { example: 'RECEIVED', about: 'RECEIVED: in the drawer' }) state: string;
  @Part(() => CurrencyAmountView) sum: CurrencyAmountView;
}

class ReceiptRangeView {
  @Txt({ nullable: true, example: 'RC-OSS-2026-000001-21' }) first: string | null;
  @Txt({ nullable: true, example: 'RC-OSS-2026-000048-74' }) last: string | null;
  @Int({ example: 48 }) count: number;
}

export class ShiftReportView extends ShiftView {
  @ListOf(() => ShiftDrawerView) cash: ShiftDrawerView[];
  @ListOf(() => TakenView) taken: TakenView[];
  @ListOf(() => TakenChequeView, { max: 10_000, about: 'by number' }) cheques: TakenChequeView[];
  @Part(() => ReceiptRangeView) receipts: ReceiptRangeView;
}

export function shiftView(shift: CashierShift, till: Pick<Till, 'code'>): ShiftView {
  const { id, state, tillId, cashierId, cashierName, openedOn, openedAt, countedAt, closedAt, note, depositId } = shift;
  const tillCode = till.code;
  return {
    id,
    state,
    tillId,
    tillCode,
    cashierId,
    cashierName,
    openedOn,
    openedAt,
    countedAt,
    closedAt,
    note,
    depositId,
  };
}

export const shiftReportView = ({
  shift,
  till,
  cash,
  counts,
  taken,
  cheques,
  receipts,
}: ShiftReport): ShiftReportView => ({
  ...shiftView(shift, till),
  cash: cash.map(({ currency, openingFloat, expected, counted }) => ({
    currency,
    float: moneyView(currency, openingFloat),
    expected: moneyView(currency, expected!),
    counted: moneyView(currency, counted!),
    difference: moneyView(currency, counted! - expected!),
    pieces: counts
      .find((each) => each.currency === currency)!
      .pieces.map(({ denomination, pieces }) => ({ denomination: String(denomination), pieces })),
  })),
  taken: taken.map(({ kind, state, count, currency, amount }) => ({
    kind,
    state,
    count,
    sum: moneyView(currency, amount),
  })),
  cheques: cheques.map(({ currency, amount, ...cheque }) => ({ ...cheque, sum: moneyView(currency, amount) })),
  receipts,
});

/** @throws {Problem} http.invalid */
export function floatsOf(fields: readonly FloatField[]): CurrencyAmount[] {
  refuseTwice(fields, '/floats');
  return fields.map(({ currency, amount }, at) => ({
    currency,
    amount: amountOf(amount, currency, `/floats/${at}/amount`, 0),
  }));
}

/** @throws {Problem} http.invalid, billing.denomination-unknown */
export function countsOf(fields: readonly CountField[]): CountedCurrency[] {
  refuseTwice(fields, '/counts');
  return fields.map(({ currency, pieces }, at) => {
    const seen = new Set<number>();
    return {
      currency,
      pieces: pieces.map((each, place) => {
        const pointer = `/counts/${at}/pieces/${place}/denomination`;
        const denomination = amountOf(each.denomination, currency, pointer);
        if (!DENOMINATIONS[currency as 'ILS'].includes(denomination)) throw unknownDenomination(pointer);
        if (seen.has(denomination)) throw invalidField(pointer, 'twice');
        seen.add(denomination);
        return { denomination, pieces: each.pieces };
      }),
    };
  });
}

function refuseTwice(fields: readonly { currency: string }[], pointer: string): void {
  const seen = new Set<string>();
  fields.forEach(({ currency }, at) => {
    if (seen.has(currency)) throw invalidField(`${pointer}/${at}/currency`, 'twice');
    seen.add(currency);
  });
}
