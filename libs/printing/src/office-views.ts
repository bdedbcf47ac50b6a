import type { BillingSheets, CashCount, DepositCurrency, ShiftCurrency, WarningSheet } from './billing-sheets';
import { chequeOf, holder, issued } from './issued-views';
import { SHEETS_PER_FILE } from './sheets-per-file';
import { prose } from './text';
import { optional, type View, type Views, type Writer } from './view-parts';

type OfficeSheets = Pick<
  BillingSheets,
  'clearance-certificate' | 'deposit-slip' | 'warning' | 'warnings' | 'shift-report'
>;

export const officeViews: Views<OfficeSheets> = {
  'clearance-certificate': (data, writer) => ({
    ...issued(data, writer),
    holder: holder(data.holder, writer),
    services: data.services.map(({ accountNumber, service, address }) => [
      writer.fig(accountNumber),
      prose(service),
      optional(address, prose),
    ]),
    purpose: prose(data.purpose),
    validUntil: writer.date(data.validUntil),
    note: optional(data.note, prose),
    signatory: signatory(data.signatory),
  }),
  'deposit-slip': (data, writer) => {
    const { bank, branch, holder, number, iban, reference } = data.bankAccount;
    return {
      ...issued(data, writer),
      bank: optional(bank, prose),
      branch: optional(branch, prose),
      accountHolder: prose(holder),
      number: optional(number, writer.fig),
      iban: optional(iban, writer.fig),
      reference: optional(reference, writer.fig),
      shifts: data.shifts.map((shift) => [writer.fig(shift.number), prose(shift.cashier), writer.fig(shift.till)]),
      currencies: data.currencies.map((currency) => deposit(currency, writer)),
    };
  },
  warning: (data, writer) => ({ warnings: [warning(data, writer)] }),
  warnings: (data, writer) => {
    const { length } = data.warnings;
    if (length < 1 || length > SHEETS_PER_FILE) throw new RangeError(`${length} warnings, not 1 to ${SHEETS_PER_FILE}`);
    return { warnings: data.warnings.map((each) => warning(each, writer)) };
  },
  'shift-report': (data, writer) => ({
    ...issued(data, writer),
    cashier: prose(data.cashier),
    till: writer.fig(data.till),
    openedAt: writer.time(data.openedAt),
    closedAt: optional(data.closedAt, writer.time),
    closedBy: optional(data.closedBy, prose),
    receipts: data.receipts
      ? {
          first: writer.fig(data.receipts.first),
          last: writer.fig(data.receipts.last),
          count: writer.fig(String(data.receipts.count)),
        }
      : null,
    currencies: data.currencies.map((currency) => shift(currency, writer)),
    cheques: data.cheques.map((cheque) => ({ ...chequeOf(cheque, writer), ...writer.money(cheque) })),
    voids: data.voids.map(({ receipt, at, reason, ...money }) => ({
      receipt: writer.fig(receipt),
      at: writer.time(at),
      reason: prose(reason),
      ...writer.money(money),
    })),
    note: optional(data.note, prose),
  }),
};

const warning = (data: WarningSheet, writer: Writer): View => ({
  ...issued(data, writer),
  holder: holder(data.holder, writer),
  debts: data.debts.map((debt) => ({
    type: prose(debt.type),
    account: optional(debt.accountNumber, writer.fig),
    period: writer.fig(debt.period),
    ...writer.money(debt),
  })),
  totals: data.totals.map((total) => ({ ...writer.money(total), words: optional(total.words, prose) })),
  days: writer.fig(String(data.days)),
  few: data.days % 100 >= 3 && data.days % 100 <= 10,
  signatory: signatory(data.signatory),
});

export const signatory = ({ name, title }: { name?: string | null; title: string }): View => ({
  name: optional(name, prose),
  title: prose(title),
});

const cash = (counts: CashCount[], writer: Writer): View[] =>
  counts.map(({ denomination, count, amount }) => ({
    denomination: writer.fig(denomination),
    count: writer.fig(String(count)),
    amount: writer.amount(amount),
  }));

const deposit = (data: DepositCurrency, writer: Writer): View => ({
  currency: writer.currency(data.currency),
  cash: cash(data.cash, writer),
  cashTotal: writer.amount(data.cashTotal),
  cheques: data.cheques.map((cheque) => ({
    ...chequeOf(cheque, writer),
    receipt: optional(cheque.receipt, writer.fig),
    amount: writer.amount(cheque.amount),
  })),
  chequesTotal: writer.amount(data.chequesTotal),
  total: writer.amount(data.total),
  words: optional(data.totalInWords, prose),
});

const shift = (data: ShiftCurrency, writer: Writer): View => ({
  currency: writer.currency(data.currency),
  float: writer.amount(data.float),
  tenders: data.tenders.map(({ kind, count, amount }) => ({
    kind: writer.labels[kind],
    count: writer.fig(String(count)),
    amount: writer.amount(amount),
  })),
  received: writer.amount(data.received),
  voided: {
    count: data.voided.count === 0 ? null : writer.fig(String(data.voided.count)),
    amount: writer.amount(data.voided.amount),
  },
  paidOut: data.paidOut ? writer.amount(data.paidOut) : null,
  expected: writer.amount(data.expected),
  cash: cash(data.cash, writer),
  counted: writer.amount(data.counted),
  difference: writer.amount(data.difference),
});
