import type { AccountLedger, BillContent, BillingSheets, LedgerRow, ReceiptTender } from './billing-sheets';
import { SHEETS_PER_FILE } from './sheets-per-file';
import { chequeOf, holder, issued, period, proved } from './issued-views';
import { officeViews } from './office-views';
import { prose } from './text';
import { optional, type View, type Views, type Writer } from './view-parts';

const MOST_BARS = 12;

export const billingViews: Views<BillingSheets> = {
  receipt: (data, writer) => ({
    ...issued(data, writer),
    portrait: data.orientation === 'portrait',
    payer: prose(data.payer.name),
    oneRecord: optional(data.payer.oneRecordNumber, writer.fig),
    till: writer.fig(data.till),
    shift: optional(data.shift, writer.fig),
    lines: data.lines.map((line) => ({
      account: writer.fig(line.accountNumber),
      service: prose(line.service),
      description: optional(line.description, prose),
      ...writer.money(line),
    })),
    tenders: data.tenders.map((each) => tender(each, writer)),
    totals: data.totals.map((total) => ({ ...writer.money(total), words: prose(total.words) })),
    remaining: (data.remaining ?? []).map(writer.money),
    note: optional(data.note, prose),
  }),
  bill: (data, writer) => ({ printedAt: writer.time(data.printedAt), bills: [bill(data, writer)] }),
  bills: (data, writer) => {
    const { length } = data.bills;
    if (length < 1 || length > SHEETS_PER_FILE) throw new RangeError(`${length} bills, not 1 to ${SHEETS_PER_FILE}`);
    return { printedAt: writer.time(data.printedAt), bills: data.bills.map((each) => bill(each, writer)) };
  },
  'statement-of-account': (data, writer) => ({
    ...issued(data, writer),
    holder: holder(data.holder, writer),
    purpose: optional(data.purpose, prose),
    period: period(data.period, writer),
    accounts: data.accounts.map((account) => ledger(account, writer)),
    closing: (data.closing ?? []).map(writer.money),
  }),
  ...officeViews,
};

function tender({ kind, cheque, reference, exchange, ...money }: ReceiptTender, writer: Writer): View {
  return {
    kind: writer.labels[kind],
    ...writer.money(money),
    cheque: cheque ? chequeOf(cheque, writer) : null,
    reference: optional(reference, writer.fig),
    exchange: exchange
      ? {
          base: writer.currency(exchange.base),
          rate: writer.fig(exchange.rate),
          date: writer.date(exchange.date),
          source: optional(exchange.source, prose),
          settles: writer.money(exchange.settles),
        }
      : null,
  };
}

function bill(data: BillContent, writer: Writer): View {
  const { fig, date, amount } = writer;
  return {
    ...proved(data, writer),
    holder: holder(data.holder, writer),
    account: fig(data.accountNumber),
    service: prose(data.service),
    address: optional(data.address, prose),
    facts: (data.facts ?? []).map(({ label, value }) => [prose(label), fig(value)]),
    period: period(data.period, writer),
    issuedOn: date(data.issuedOn),
    dueOn: date(data.dueOn),
    currency: writer.currency(data.currency),
    lines: data.lines.map((line) => ({
      head: prose(line.head),
      detail: optional(line.detail, prose),
      quantity: optional(line.quantity, fig),
      rate: optional(line.rate, fig),
      amount: amount(line.amount),
    })),
    charges: amount(data.charges),
    previousBalance: amount(data.previousBalance),
    payments: amount(data.payments),
    totalDue: amount(data.totalDue),
    words: optional(data.totalInWords, prose),
    blocks: data.blocks?.rows.length
      ? {
          title: optional(data.blocks.title, prose),
          rows: data.blocks.rows.map((row) => ({
            range: fig(row.range),
            quantity: fig(row.quantity),
            rate: fig(row.rate),
            amount: amount(row.amount),
          })),
        }
      : null,
    chart: data.chart?.bars.length
      ? {
          title: prose(data.chart.title),
          bars: data.chart.bars.slice(-MOST_BARS).map(({ label, value, text }) => ({
            label: fig(label),
            value: Math.max(0, value),
            text: fig(text),
          })),
        }
      : null,
    message: optional(data.message, prose),
  };
}

function ledger(account: AccountLedger, writer: Writer): View {
  const { fig, date, amount } = writer;
  const row = ({ debit, credit, ...rest }: LedgerRow): View => ({
    date: date(rest.date),
    document: fig(rest.document),
    description: prose(rest.description),
    debit: debit ? amount(debit) : null,
    credit: credit ? amount(credit) : null,
    balance: amount(rest.balance),
  });
  return {
    number: fig(account.accountNumber),
    service: prose(account.service),
    address: optional(account.address, prose),
    currency: writer.currency(account.currency),
    opening: amount(account.opening),
    rows: account.rows.map(row),
    debit: amount(account.totals.debit),
    credit: amount(account.totals.credit),
    closing: amount(account.closing),
  };
}
