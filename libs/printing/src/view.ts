import { labels } from './labels';
import { billingViews } from './billing-views';
import { waterViews } from './water-views';
import type { SheetData, StatementCurrency, Template } from './sheets';
import { address, plain, prose, shortDate } from './text';
import { currencyName, document, letterhead, name, optional, type View, type Views, Writer } from './view-parts';

/** What the Typst template reads: strings that are clean, in their digits and in their direction, and the labels. */
export function viewOf<T extends Template>(template: T, data: SheetData[T]): View {
  const lang = data.lang ?? 'ar';
  const view = views[template](data, new Writer(data, labels[template][lang]));
  return {
    ...view,
    lang,
    indic: data.digits === 'arabic-indic',
    labels: labels[template][lang],
    head: letterhead(data.letterhead),
  };
}

/** The parts of a view that a QR code of their `url` proves: each bill or warning of a batch, or the sheet itself. */
export const provedParts = (view: View): View[] =>
  ((view.bills ?? view.warnings ?? view.notices) as View[] | undefined) ?? [view];

/** The instant the sheet was made, which is also the creation date of the PDF. */
export function madeAt(data: SheetData[Template]): string {
  return 'printedAt' in data ? data.printedAt : data.issuedAt;
}

const views: Views<SheetData> = {
  ...billingViews,
  ...waterViews,
  'statement-of-balances': (data, { fig, amount, time, labels }) => {
    const group = ({ currency, accounts, total }: StatementCurrency): View => ({
      code: prose(currency),
      name: currencyName(labels, currency),
      count: fig(String(accounts.length)),
      total: amount(total),
      accounts: accounts.map((account, index) => ({
        index: fig(String(index + 1)),
        number: fig(account.number),
        type: prose(account.type),
        relation: optional(account.relation, prose),
        address: optional(account.address, prose),
        status: prose(account.status),
        balance: amount(account.balance),
      })),
    });
    const sections = data.sections
      .map(({ heading, note, currencies }) => ({
        heading: optional(heading, prose),
        note: optional(note, prose),
        currencies: currencies.filter(({ accounts }) => accounts.length > 0).map(group),
      }))
      .filter(({ currencies }) => currencies.length > 0);
    return {
      serial: fig(data.serial),
      copy: data.copy ? fig(String(data.copy)) : null,
      issuedAt: time(data.issuedAt),
      asOf: fig(shortDate(data.asOf)),
      issuedBy: prose(data.issuedBy),
      purpose: optional(data.purpose, prose),
      name: prose(data.holder.approvedName),
      oneRecord: fig(data.holder.oneRecordNumber),
      document: document(data.holder.document, fig),
      sections,
      url: plain(data.verificationUrl),
      urlText: address(data.verificationUrl),
    };
  },
  'one-record': (data, { fig, time }) => {
    return {
      number: fig(data.number),
      state: prose(data.state),
      party: prose(data.party),
      nameAr: name(data.nameAr),
      nameLatin: data.nameLatin ? name(data.nameLatin) : null,
      document: document(data.document, fig),
      phone: optional(data.phone, fig),
      legacyRows: data.legacyRows.map((row) => [
        fig(row.citizenNumber),
        prose(row.rawName),
        row.document ? [fig(row.document.number), optional(row.document.type, prose)] : null,
        prose(row.relation),
      ]),
      services: data.services.map((service) => [
        fig(service.citizenNumber),
        fig(service.number),
        [prose(service.type), optional(service.relation, prose)],
        optional(service.address, prose),
        prose(service.status),
      ]),
      transactions: data.transactions.map((transaction) => [
        fig(transaction.number),
        time(transaction.at),
        prose(transaction.action),
        prose(transaction.employee),
        optional(transaction.reason, prose),
      ]),
      printedBy: prose(data.printedBy),
      printedAt: time(data.printedAt),
    };
  },
};
