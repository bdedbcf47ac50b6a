import type { Instant, LocalDate } from '@libs/calendar';
import type { LabelledDocument, Letterhead, NameParts, PrintedAmount, PrintedMoney, Sheet } from './sheets';
import { amountInLine, figure, localTime, plain, prose, shortDate, splitAmount } from './text';

const HEBRON = 'Asia/Hebron';
export type View = Record<string, unknown>;
/** What the template of each sheet reads. */
export type Views<Sheets> = { [T in keyof Sheets]: (data: Sheets[T], writer: Writer) => View };

/** Writes figures in the digits of a sheet and times on its clock. */
export class Writer {
  private readonly digits;
  private readonly zone;

  constructor(
    sheet: Sheet,
    readonly labels: Record<string, string>,
  ) {
    this.digits = sheet.digits ?? 'latin';
    this.zone = sheet.timeZone ?? HEBRON;
  }

  readonly fig = (text: string): string => figure(text, this.digits);
  readonly date = (date: LocalDate): string => this.fig(shortDate(date));
  readonly time = (instant: Instant): string => this.fig(localTime(instant, this.zone));
  readonly amount = (value: PrintedAmount): View => {
    const { whole, fraction } = splitAmount(value.text, this.digits);
    return { whole, fraction, text: amountInLine(value.text, this.digits), sign: value.sign };
  };
  /** As people call the currency, or its code. */
  readonly currency = (code: string): string => currencyName(this.labels, code) ?? prose(code);
  readonly money = ({ currency, amount }: PrintedMoney): View => ({
    currency: this.currency(currency),
    amount: this.amount(amount),
  });
}

export const optional = (text: string | null | undefined, clean: (text: string) => string): string | null =>
  text === null || text === undefined || clean(text) === '' ? null : clean(text);

/** One part for a body, four for a person. */
export const name = (name: NameParts | string): (string | null)[] =>
  (typeof name === 'string' ? [name] : [name.given, name.father, name.grandfather, name.family]).map((part) =>
    optional(part, prose),
  );

export const document = (given: LabelledDocument | null | undefined, fig: (text: string) => string): View | null =>
  given ? { label: prose(given.label), number: optional(given.number, fig) } : null;

export const currencyName = (names: object, code: string): string | null =>
  /^[A-Z]{3}$/.test(code) && code in names ? (names as Record<string, string>)[code]! : null;

export const letterhead = (head: Letterhead): View => ({
  nameAr: prose(head.nameAr),
  nameEn: prose(head.nameEn),
  author: plain(head.nameEn),
  departmentAr: optional(head.departmentAr, prose),
  departmentEn: optional(head.departmentEn, prose),
  contact: optional(head.contact, prose),
  emblem: head.emblemSvg ?? null,
});
