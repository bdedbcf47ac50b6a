import { type LocalDate, localDateOf, parseLegacyDate } from '@libs/calendar';
import { type Currency, type Money, parseAmount } from '@libs/money';
import { AMOUNT_FAULTS, isCurrency, signed } from './amounts';
import type { Faults } from './faults';
import type { XmlNode } from './xml';

const DECIMAL = /^\+?(?=\.?\d)(\d*)(?:\.(\d*))?$/;
const DATE = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/;

/** Readers of the simple types of ISO 20022. Each adds a fault and gives null for what is none. */
export class CamtValues {
  constructor(readonly faults: Faults) {}

  /** The element that must be there. */
  required(parent: XmlNode, ...names: string[]): XmlNode | null {
    return parent.first(...names) ?? this.faults.add('missing', parent, { what: names.join('/') });
  }

  /** Amount without sign, in the currency it names. */
  money(node: XmlNode): Money | null {
    const currency = this.currency(node.attributes['Ccy'] ?? '', node);
    return currency && this.amount(node, currency);
  }

  currency(value: string, node: XmlNode): Currency | null {
    return isCurrency(value) ? value : this.faults.add('currency-unknown', node, { value });
  }

  /** CRDT in, DBIT out. */
  sign(parent: XmlNode): 1 | -1 | null {
    const node = this.required(parent, 'CdtDbtInd');
    const value = node && this.code(node, ['CRDT', 'DBIT']);
    return value && (value === 'CRDT' ? 1 : -1);
  }

  /** `Amt` with the sign of `CdtDbtInd`. */
  signedMoney(parent: XmlNode): Money | null {
    const amount = this.required(parent, 'Amt');
    const money = amount && this.money(amount);
    const sign = this.sign(parent);
    return money && sign && { minor: signed(money.minor, sign), currency: money.currency };
  }

  flag(node: XmlNode | undefined): boolean {
    const value = node && this.code(node, ['true', 'false', '1', '0']);
    return value === 'true' || value === '1';
  }

  code<Code extends string>(node: XmlNode, expected: readonly Code[]): Code | null {
    const value = node.folded ?? '';
    if ((expected as readonly string[]).includes(value)) return value as Code;
    return this.faults.add('code-unknown', node, { value, expected: expected.join(', ') });
  }

  /** `Dt`, or `DtTm` as the day in Hebron when it names an offset, else as written. Null where there is none. */
  date(choice: XmlNode | undefined): LocalDate | null {
    const date = choice?.first('Dt');
    if (date) return this.dateOf(DATE.exec(date.folded ?? '')?.[1], date);
    return this.dateTime(choice?.first('DtTm'));
  }

  dateTime(node: XmlNode | undefined): LocalDate | null {
    if (!node) return null;
    const text = node.folded ?? '';
    const [, day, offset] = DATE_TIME.exec(text) ?? [];
    if (day === undefined || Number.isNaN(Date.parse(text))) return this.dateOf(undefined, node);
    return this.dateOf(day, node) && (offset === undefined ? day : localDateOf(text));
  }

  private dateOf(day: string | undefined, node: XmlNode): LocalDate | null {
    return parseLegacyDate(day ?? '') ?? this.faults.add('date-invalid', node, { value: node.folded ?? '' });
  }

  private amount(node: XmlNode, currency: Currency): Money | null {
    const value = node.folded ?? '';
    const [, whole, fraction] = DECIMAL.exec(value) ?? [];
    const decimal = whole === undefined ? value : (whole || '0') + (fraction ? `.${fraction}` : '');
    const parsed = parseAmount(whole === undefined ? '' : decimal, currency);
    if (parsed.ok) return { minor: parsed.minor, currency };
    return this.faults.add(AMOUNT_FAULTS[parsed.error], node, { value, currency });
  }
}
