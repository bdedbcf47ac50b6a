import { DateField, Flag, Id, InstantField, Int, ListOf, MoneyField, OneOf, Txt } from '@libs/http';
import { formatAmount } from '@libs/money';
import { cubicMetres, price as priceText } from '../tariffs/rating.view';
import { TOP_UP_STATES, type PrepaidMeter, type PrepaidTopUp } from './prepaid.entity';
import type { TopUpQuote } from './top-up-quotes';

/** Agorot: a hundred thousand shekels. */
const MOST = 10_000_000;

export class PrepaidParam {
  @Id() id: number;
}

export class RegisterPrepaid {
  @Txt({
    min: 6,
    max: 20,
    pattern: /^\d+$/,
    example: '01234567890',
    about: 'of the decoder, as the vending system knows it',
  })
  decoderNumber: string;
}

export class TopUpAmount {
  @Int({ min: 1, max: MOST, example: 5000, about: 'agorot' }) amount: number;
}

const TENDERS = ['CASH', 'CARD', 'TRANSFER'] as const;

export class SellTopUp extends TopUpAmount {
  @OneOf(TENDERS, { example: 'CASH' }) tender: (typeof TENDERS)[number];
  @Int({ optional: true, min: 1, max: MOST, example: 10_000, about: 'agorot of cash handed over, when it is more' })
  tendered?: number;
  @Txt({ optional: true, max: 60, example: '004512', about: 'of the card slip or transfer' }) reference?: string;
  @Id({ optional: true, about: 'record of who pays; default that of the account' }) oneRecordId?: number;
  @Txt({ optional: true, max: 200, example: 'محمد أحمد النابلسي', about: 'where no record is known' })
  payerName?: string;
}

const UNDOINGS = ['VOID', 'REVERSAL'] as const;

export class CancelTopUp {
  @OneOf(UNDOINGS, { example: 'VOID', about: 'of the payment: in its open shift, or later' })
  undo: (typeof UNDOINGS)[number];
  @Txt({ min: 3, max: 500, example: 'شُحن عداد آخر' }) reason: string;
  @Id({ optional: true, about: 'of a REVERSAL: open shift whose drawer gives the cash back' }) payingShiftId?: number;
  @Flag({ optional: true, example: true, about: 'the token that was given out was not entered into the meter' })
  tokenNotEntered?: boolean;
}

export class PrepaidMeterView {
  @Id() meterId: number;
  @Txt({ example: '01234567890' }) decoderNumber: string;
  @DateField({ about: 'it is prepaid wherever it is put up from this day on' }) prepaidOn: string;
}

class TopUpLineView {
  @Txt({ example: 'WATER' }) head: string;
  @MoneyField({ example: '4950' }) amount: string;
}

class TopUpCostView {
  @Id() subscriptionId: number;
  @Id() accountId: number;
  @Id() meterId: number;
  @Txt({ example: '2026-11', about: 'in whose blocks it counts' }) month: string;
  @Txt({ example: 'JWU-42' }) tariff: string;
  @Int({ max: Number.MAX_SAFE_INTEGER, example: 9000 }) litres: number;
  @Txt({ example: '9.000' }) cubicMetres: string;
  @MoneyField({ example: '5000', about: 'agorot paid in' }) amount: string;
  @MoneyField({ example: '4950', about: 'what the water costs' }) price: string;
  @MoneyField({ example: '50', about: 'what buys no water: pays older debts, else stays as an advance' }) rest: string;
  @Txt({ example: '50.00', about: 'the amount in shekels' }) formatted: string;
}

class TopUpBlockView {
  @Txt({ example: '0.000', about: 'm³ of the month, exclusive' }) over: string;
  @Txt({ nullable: true, example: '10.000', about: 'm³ of the month, inclusive' }) upTo: string | null;
  @Txt({ example: '9.000' }) cubicMetres: string;
  @Txt({ example: '5.50', about: 'shekels a m³' }) price: string;
}

export class TopUpQuoteView extends TopUpCostView {
  @Int({ max: Number.MAX_SAFE_INTEGER, example: 0, about: 'bought in the month before' }) boughtLitres: number;
  @ListOf(() => TopUpLineView) lines: TopUpLineView[];
  @ListOf(() => TopUpBlockView, { about: 'of the water that it buys' }) blocks: TopUpBlockView[];
}

export class TopUpView extends TopUpCostView {
  @Id() id: number;
  @OneOf(TOP_UP_STATES, { example: 'VENDED' }) state: string;
  @Txt({ nullable: true, example: '12345678901234567890', about: '20 digits; null until it is asked for' })
  token: string | null;
  @Txt({ example: 'RC-OSS-2026-000123-45' }) receiptSerial: string;
  @Id({ about: 'employee' }) soldBy: number;
  @InstantField() soldAt: string;
  @InstantField({ nullable: true }) vendedAt: string | null;
  @Id({ nullable: true, about: 'employee' }) cancelledBy: number | null;
  @InstantField({ nullable: true }) cancelledAt: string | null;
  @Txt({ nullable: true, max: 500, example: null }) cancelReason: string | null;
  @DateField({
    nullable: true,
    about: 'the meter was taken off, or the customer went: fees of later days were given back',
  })
  endedOn: string | null;
}

export const prepaidMeterView = ({ meterId, decoderNumber, prepaidOn }: PrepaidMeter): PrepaidMeterView => ({
  ...{ meterId, decoderNumber, prepaidOn },
});

const costView = ({ litres, amount, price }: Pick<PrepaidTopUp, 'litres' | 'amount' | 'price'>) => ({
  ...{ litres, cubicMetres: cubicMetres(litres), amount: String(amount), price: String(price) },
  ...{ rest: String(amount - price), formatted: formatAmount(amount, 'ILS') },
});

export const topUpQuoteView = ({ subscription, lines, blocks, ...quote }: TopUpQuote): TopUpQuoteView => ({
  ...{ subscriptionId: subscription.id, accountId: subscription.accountId, meterId: quote.meterId, month: quote.month },
  ...{ tariff: quote.tariff, boughtLitres: quote.boughtLitres },
  ...costView(quote),
  lines: lines.map(({ head, amount }) => ({ head, amount: String(amount) })),
  blocks: blocks.map(({ over, upTo, litres, price }) => ({
    ...{ over: cubicMetres(over), upTo: upTo === null ? null : cubicMetres(upTo) },
    ...{ cubicMetres: cubicMetres(litres), price: priceText(price) },
  })),
});

export const topUpView = ({ chargeIds: _, paymentId: __, days: ___, ...topUp }: PrepaidTopUp): TopUpView => ({
  ...topUp,
  ...costView(topUp),
});
