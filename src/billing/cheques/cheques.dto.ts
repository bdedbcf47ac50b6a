import {
  DateField,
  Flag,
  Id,
  IdList,
  InstantField,
  Int,
  ListOf,
  MoneyField,
  OneOf,
  PageQuery,
  Part,
  Txt,
  type Page,
} from '@libs/http';
import { moneyView } from '../till/amounts';
import { CurrencyAmountView } from '../till/shifts.dto';
import { CHEQUE_DEPOSIT_STATES, CHEQUE_STATES, OUTCOMES, RELIEFS, type ChequeState } from './cheque.entity';
import type { DepositedCheques } from './cheque-deposits';
import { GRADES } from './cheque.rules';
import type { ChequeWithLife, DiaryDay, Drawer, FoundCheque } from './cheque-search';

/** Digits, also ٠-٩. */
const DIGITS = /^[0-9\u0660-\u0669]+$/;

export class ChequeField {
  @Txt({ max: 20, pattern: DIGITS, example: '30001245' }) number: string;
  @Txt({ max: 20, pattern: /^[A-Za-z0-9]+$/, example: '89', about: 'code of the bank on the cheque' }) bank: string;
  @Txt({ optional: true, max: 100, example: 'بنك المثال', about: 'as printed; default the code' }) bankName?: string;
  @Txt({ optional: true, max: 60, example: 'نابلس' }) branch?: string;
  @Txt({ max: 200, example: 'شركة النور التجارية' }) drawer: string;
  @Txt({ optional: true, max: 30, example: '900000001', about: 'national ID, passport or company register' })
  drawerId?: string;
  @Txt({ optional: true, max: 40, example: '1234567', about: 'account on the cheque' }) drawerAccount?: string;
  @DateField({ about: 'at most 180 days ago' }) dueOn: string;
}

export class ChequeOfRoute {
  @Id() id: number;
}

export class ListCheques extends PageQuery {
  @OneOf(CHEQUE_STATES, { optional: true, example: 'DUE' }) state?: ChequeState;
  @DateField({ optional: true }) dueFrom?: string;
  @DateField({ optional: true }) dueTo?: string;
  @Txt({ optional: true, max: 20, example: '30001245' }) number?: string;
  @Txt({ optional: true, max: 220, example: 'ID:900000001', about: 'of the drawers' }) drawerKey?: string;
  @Id({ optional: true, about: 'shift that took it' }) shiftId?: number;
}

export class DiaryQuery {
  @DateField() from: string;
  @DateField({ about: 'inclusive' }) to: string;
}

export class DrawersQuery extends PageQuery {
  @Txt({ optional: true, max: 200, example: 'النور', about: 'a part of the name, however it is spelled' })
  name?: string;
}

export class HoldCheques {
  @IdList({ max: 500, example: [1042] }) chequeIds: number[];
}

export class ReplaceCheque {
  @Txt({ max: 40, example: 'RC-OSS-2026-000123-45', about: 'receipt of the payment in its stead' }) receipt: string;
}

export class ReferCheque {
  @Txt({ max: 60, example: '1245/2026', about: 'of the court or the execution department' }) caseNumber: string;
  @Txt({ optional: true, max: 500, example: 'لم يسدد المدين بعد الإخطار' }) reason?: string;
}

export class ChequeView {
  @Id() id: number;
  @OneOf(CHEQUE_STATES, { example: 'HELD' }) state: string;
  @Txt({ example: 'RC-OSS-2026-000123-45' }) receipt: string;
  @Txt({ example: '30001245' }) number: string;
  @Txt({ example: '89' }) bank: string;
  @Txt({ example: 'بنك المثال' }) bankName: string;
  @Txt({ nullable: true, example: 'نابلس' }) branch: string | null;
  @Txt({ example: 'شركة النور التجارية' }) drawer: string;
  @Txt({ nullable: true, example: '900000001' }) drawerId: string | null;
  @Txt({ nullable: true, example: '1234567' }) drawerAccount: string | null;
  @Txt({ max: 220, example: 'ID:900000001' }) drawerKey: string;
  @Part(() => CurrencyAmountView) sum: CurrencyAmountView;
  @DateField() dueOn: string;
  @OneOf(RELIEFS, { example: 'DEFERRED', about: 'whether it counts before it clears' }) relief: string;
  @Int({ example: 0, about: 'times the bank sent it back' }) returns: number;
  @Txt({ nullable: true, example: null }) caseNumber: string | null;
}

class ChequeLineView {
  @Id() accountId: number;
  @MoneyField() amount: string;
  @IdList({ nullable: true, min: 0, max: 200, example: null, about: 'charges it is for; null: the oldest' })
  chargeIds: number[] | null;
  @Id({ nullable: true, about: 'what it credited; null while it counts nothing' }) creditId: number | null;
}

class ChequeEventView {
  @OneOf(CHEQUE_STATES, { nullable: true, example: 'RECEIVED' }) from: string | null;
  @OneOf(CHEQUE_STATES, { example: 'HELD' }) to: string;
  @DateField() on: string;
  @InstantField() at: string;
  @Id({ nullable: true, about: 'employee; null of a nightly job' }) by: number | null;
  @Txt({ nullable: true, max: 500, example: null }) reason: string | null;
  @Id({ nullable: true }) postingId: number | null;
}

class PayerReturnView {
  @Id() postingId: number;
  @MoneyField() amount: string;
  @DateField() on: string;
  @Id({ about: 'employee' }) by: number;
  @Txt({ nullable: true, max: 500, example: null }) reason: string | null;
  @Flag({ about: 'it waits in suspense again' }) undone: boolean;
}

export class ChequeWithLifeView extends ChequeView {
  @Id({ nullable: true, about: 'payment in its stead' }) replacedByPaymentId: number | null;
  @Part(() => CurrencyAmountView, { about: 'cleared for a closed account, and pays nothing yet' })
  suspended: CurrencyAmountView;
  @ListOf(() => PayerReturnView, { max: 1000, about: 'out of suspense, back to its payer' })
  payerReturns: PayerReturnView[];
  @ListOf(() => ChequeLineView) lines: ChequeLineView[];
  @ListOf(() => ChequeEventView, { max: 1000 }) events: ChequeEventView[];
}

export class DiaryDayView {
  @DateField() dueOn: string;
  @Int({ example: 4 }) count: number;
  @Part(() => CurrencyAmountView) sum: CurrencyAmountView;
}

export class DrawerView {
  @Txt({ max: 220, example: 'ID:900000001' }) drawerKey: string;
  @Txt({ example: 'شركة النور التجارية' }) name: string;
  @Int({ example: 12 }) cheques: number;
  @Int({ example: 9 }) cleared: number;
  @Int({ example: 1, about: 'that came back at least once' }) returned: number;
  @OneOf(GRADES, { example: 'B', about: 'A none returned, B one in ten, C one in four or a single one, D more' })
  grade: string;
}

export class NewChequeDeposit {
  @IdList({ max: 100, example: [1042], about: 'cheques that are due, or came back' }) chequeIds: number[];
  @Txt({ max: 40, pattern: /^[A-Za-z0-9-]+$/, example: 'PS92PALS000000000400123456702' }) bankAccount: string;
  @Txt({ max: 100, example: 'بنك المثال' }) bankName: string;
  @Txt({ optional: true, max: 300, example: 'حافظة رقم 12' }) note?: string;
}

class ReturnedField {
  @Id() chequeId: number;
  @Txt({ min: 3, max: 500, example: 'عدم كفاية الرصيد' }) reason: string;
}

export class BankAnswerBody {
  @IdList({ optional: true, min: 0, max: 100, example: [1042], about: 'cheques that the bank has paid' })
  cleared?: number[];
  @ListOf(() => ReturnedField, { optional: true, max: 100, about: 'cheques that it sent back' })
  returned?: ReturnedField[];
  @Txt({ optional: true, max: 60, example: '778812', about: 'the bank’s number of the entry' }) reference?: string;
}

class DepositedChequeView extends ChequeView {
  @OneOf(OUTCOMES, { example: 'PENDING' }) outcome: string;
  @Txt({ nullable: true, example: null }) bankReference: string | null;
}

export class ChequeDepositView {
  @Id() id: number;
  @OneOf(CHEQUE_DEPOSIT_STATES, { example: 'IN_TRANSIT' }) state: string;
  @DateField() madeOn: string;
  @Txt({ example: 'PS92PALS000000000400123456702' }) bankAccount: string;
  @Txt({ example: 'بنك المثال' }) bankName: string;
  @Txt({ nullable: true, max: 300, example: null }) note: string | null;
  @ListOf(() => DepositedChequeView) cheques: DepositedChequeView[];
}

export class PrintSlip {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: 'ar' | 'en';
}

export function chequeView({ cheque, receipt }: FoundCheque): ChequeView {
  const { id, state, number, bank, bankName, branch, drawer, drawerId, drawerAccount, drawerKey } = cheque;
  const { currency, amount, dueOn, relief, returns, caseNumber } = cheque;
  return {
    id,
    state,
    receipt,
    number,
    bank,
    bankName,
    branch,
    drawer,
    drawerId,
    drawerAccount,
    drawerKey,
    sum: moneyView(currency, amount),
    dueOn,
    relief,
    returns,
    caseNumber,
  };
}

export const chequePage = (page: Page<FoundCheque>): Page<ChequeView> => ({
  ...page,
  items: page.items.map(chequeView),
});

export const lifeView = (found: ChequeWithLife): ChequeWithLifeView => ({
  ...chequeView(found),
  replacedByPaymentId: found.cheque.replacedById,
  suspended: moneyView(found.cheque.currency, found.suspended),
  payerReturns: found.payerReturns.map((each) => ({ ...each, amount: String(each.amount) })),
  lines: found.lines.map(({ accountId, amount, chargeIds, creditId }) => {
    return { accountId, amount: String(amount), chargeIds, creditId };
  }),
  events: found.events.map(({ fromState, toState, happenedOn, happenedAt, actorId, reason, postingId }) => ({
    from: fromState,
    to: toState,
    on: happenedOn,
    at: happenedAt,
    by: actorId,
    reason,
    postingId,
  })),
});

export const diaryView = ({ dueOn, currency, count, amount }: DiaryDay): DiaryDayView => ({
  dueOn,
  count,
  sum: moneyView(currency, amount),
});

export const drawerPage = (page: Page<Drawer>): Page<DrawerView> => page;

export function depositView(
  { deposit, cheques }: DepositedCheques,
  receipts: ReadonlyMap<number, string>,
): ChequeDepositView {
  const { id, state, madeOn, bankAccount, bankName, note } = deposit;
  return {
    id,
    state,
    madeOn,
    bankAccount,
    bankName,
    note,
    cheques: cheques.map(({ cheque, outcome, bankReference }) => ({
      ...chequeView({ cheque, receipt: receipts.get(cheque.paymentId)! }),
      outcome,
      bankReference,
    })),
  };
}
