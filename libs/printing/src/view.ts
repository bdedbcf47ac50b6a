import { labels } from './labels';
import type {
  Digits,
  LabelledDocument,
  Language,
  Letterhead,
  NameParts,
  PrintedAmount,
  SheetData,
  StatementCurrency,
  Template,
} from './sheets';
import { address, figure, localTime, plain, prose, shortDate, splitAmount } from './text';

const HEBRON = 'Asia/Hebron';
type View = Record<string, unknown>;

/** What the Typst template reads: strings that are clean, in their digits and in their direction, and the labels. */
export function viewOf<T extends Template>(template: T, data: SheetData[T]): View {
  const lang = data.lang ?? 'ar';
  const view = views[template](data, data.digits ?? 'latin', lang);
  return {
    ...view,
    lang,
    indic: data.digits === 'arabic-indic',
    labels: labels[template][lang],
    head: letterhead(data.letterhead),
  };
}

/** The instant the sheet was made, which is also the creation date of the PDF. */
export function madeAt<T extends Template>(template: T, data: SheetData[T]): string {
  return template === 'one-record' ? (data as SheetData['one-record']).printedAt : (data as Statement).issuedAt;
}

type Statement = SheetData['statement-of-balances'];
type Views = { [T in Template]: (data: SheetData[T], digits: Digits, lang: Language) => View };

const views: Views = {
  'statement-of-balances': (data, digits, lang) => {
    const fig = (text: string): string => figure(text, digits);
    const names = labels['statement-of-balances'][lang];
    const group = ({ currency, accounts, total }: StatementCurrency): View => ({
      code: prose(currency),
      name: currencyName(names, currency),
      count: fig(String(accounts.length)),
      total: amount(total, digits),
      accounts: accounts.map((account, index) => ({
        index: fig(String(index + 1)),
        number: fig(account.number),
        type: prose(account.type),
        relation: optional(account.relation, prose),
        address: optional(account.address, prose),
        status: prose(account.status),
        balance: amount(account.balance, digits),
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
      issuedAt: fig(localTime(data.issuedAt, data.timeZone ?? HEBRON)),
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
  'one-record': (data, digits) => {
    const fig = (text: string): string => figure(text, digits);
    const zone = data.timeZone ?? HEBRON;
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
        fig(localTime(transaction.at, zone)),
        prose(transaction.action),
        prose(transaction.employee),
        optional(transaction.reason, prose),
      ]),
      printedBy: prose(data.printedBy),
      printedAt: fig(localTime(data.printedAt, zone)),
    };
  },
};

const optional = (text: string | null | undefined, clean: (text: string) => string): string | null =>
  text === null || text === undefined || clean(text) === '' ? null : clean(text);

const amount = (value: PrintedAmount, digits: Digits): View => ({
  ...splitAmount(value.text, digits),
  sign: value.sign,
});

/** One part for a body, four for a person. */
const name = (name: NameParts | string): (string | null)[] =>
  (typeof name === 'string' ? [name] : [name.given, name.father, name.grandfather, name.family]).map((part) =>
    optional(part, prose),
  );

const document = (given: LabelledDocument | null | undefined, fig: (text: string) => string): View | null =>
  given ? { label: prose(given.label), number: optional(given.number, fig) } : null;

const currencyName = (names: object, code: string): string | null =>
  /^[A-Z]{3}$/.test(code) && code in names ? (names as Record<string, string>)[code]! : null;

const letterhead = (head: Letterhead): View => ({
  nameAr: prose(head.nameAr),
  nameEn: prose(head.nameEn),
  author: plain(head.nameEn),
  departmentAr: optional(head.departmentAr, prose),
  departmentEn: optional(head.departmentEn, prose),
  contact: optional(head.contact, prose),
  emblem: head.emblemSvg ?? null,
});
