import { compare, type LocalDate } from '@libs/calendar';
import type { Currency, MinorUnits } from '@libs/money';
import { readEntry, type ReadEntry } from './camt053-entry';
import { CamtValues } from './camt053-values';
import { checkBalances } from './control';
import { checkSize, type ReadLimits } from './decode';
import { Faults, type Place } from './faults';
import { isValidIban, normalizeIban } from './iban';
import type { BankFile, BankStatement } from './statement';
import { walkXml, type XmlNode, type XmlVisitor } from './xml';

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:(camt\.053\.001\.(?:0[2-9]|[1-9][0-9]))$/;
/** Booked balances; available and forward ones are none of the account's entries. */
const BALANCES = ['OPBD', 'PRCD', 'ITBD', 'CLBD'];

interface Balance {
  code: string;
  minor: MinorUnits;
  currency: Currency;
  date: LocalDate;
  place: Place;
}

/**
 * Reads a bank-to-customer statement of ISO 20022, camt.053.001.02 and later, under any prefix and also inside a
 * business message envelope. Only booked entries are entries; a batch becomes one entry a transaction when the
 * transactions tell amounts that sum to it, else one as a whole. Where a page begins or ends with an interim balance
 * that is its opening or closing.
 * @throws {BankStatementError} with every fault found; then nothing of the file may be used
 */
export function readCamt053(bytes: Uint8Array, limits: ReadLimits = {}): BankFile {
  const faults = new Faults();
  checkSize(bytes, limits, faults);
  const reader = new Camt053Reader(new CamtValues(faults), faults);
  walkXml(bytes, reader, limits, faults);
  return reader.end();
}

class Camt053Reader implements XmlVisitor {
  private root: XmlNode | null = null;
  private document: XmlNode | null = null;
  private format = '';
  private readonly statements: BankStatement[] = [];
  private entries: ReadEntry[] = [];

  constructor(
    private readonly values: CamtValues,
    private readonly faults: Faults,
  ) {}

  opened(node: XmlNode): void {
    this.root ??= node;
    // An envelope may hold several.
    if (node.name !== 'Document' || (node !== this.root && node.parent !== this.root)) return;
    const format = NAMESPACE.exec(node.namespace)?.[1];
    if (format === undefined) {
      return this.faults.fail('format-unsupported', node, { found: node.namespace || node.name });
    }
    this.document = node;
    this.format = format;
  }

  closed(node: XmlNode): boolean {
    // Everything outside, and whatever a bank adds in a namespace of its own.
    if (!this.document || node.namespace !== this.document.namespace) return false;
    if (this.isStatement(node)) {
      this.statements.push(...this.readStatement(node));
      this.entries = [];
      return false;
    }
    if (node.name === 'Ntry' && this.isStatement(node.parent)) {
      const read = readEntry(node, this.values);
      if (read) this.entries.push(read);
      return false;
    }
    return true;
  }

  end(): BankFile {
    if (!this.document && this.root) {
      this.faults.fail('format-unsupported', this.root, { found: this.root.namespace || this.root.name });
    }
    this.faults.throwIfAny();
    if (this.statements.length === 0) this.faults.fail('statement-missing');
    return { format: this.format, statements: this.statements };
  }

  private isStatement(node: XmlNode | null): boolean {
    return node?.name === 'Stmt' && node.parent?.name === 'BkToCstmrStmt' && node.parent.parent === this.document;
  }

  /** None when it has faults. */
  private readStatement(node: XmlNode): BankStatement[] {
    const account = this.readAccount(node);
    const id = this.values.required(node, 'Id');
    const balances = this.readBalances(node);
    const currency = account.currency ?? balances.opening?.currency;
    const period = this.readPeriod(node);
    if (!currency || !balances.opening || !balances.closing || !id) return [];

    for (const { place, currency: found } of [...this.entries, balances.opening, balances.closing]) {
      if (found !== currency) this.faults.add('currency-mismatch', place, { found, expected: currency });
    }
    const entries = this.entries.flatMap(({ booked }) => booked);
    const days = entries.map(({ bookedOn }) => bookedOn).sort(compare);
    const statement: BankStatement = {
      iban: account.iban,
      account: account.other,
      currency,
      from: period.from ?? days[0] ?? balances.opening.date,
      to: period.to ?? days.at(-1) ?? balances.closing.date,
      openingBalance: balances.opening.minor,
      closingBalance: balances.closing.minor,
      id: id.folded,
      sequence: node.value('ElctrncSeqNb') ?? node.value('LglSeqNb'),
      entries,
      unbooked: this.entries.flatMap(({ unbooked }) => unbooked),
    };
    // What could not be read is missing in the sum.
    if (!this.faults.any) checkBalances(statement, node, this.faults);
    return [statement];
  }

  private readAccount(statement: XmlNode): { iban: string | null; other: string | null; currency: Currency | null } {
    const node = this.values.required(statement, 'Acct');
    const currencyNode = node?.first('Ccy');
    const currency = currencyNode ? this.values.currency(currencyNode.folded ?? '', currencyNode) : null;
    const ibanNode = node?.first('Id', 'IBAN');
    const iban = ibanNode ? normalizeIban(ibanNode.text) : null;
    if (ibanNode && iban !== null && !isValidIban(iban)) this.faults.add('iban-invalid', ibanNode, { value: iban });
    const other = iban === null ? (node?.value('Id', 'Othr', 'Id') ?? null) : null;
    if (node && iban === null && other === null) this.faults.add('missing', node, { what: 'Id' });
    return { iban, other, currency };
  }

  /** A statement over several days may tell both balances for each: the first opens and the last closes it. */
  private readBalances(statement: XmlNode): { opening: Balance | null; closing: Balance | null } {
    const balances = statement.all('Bal').flatMap((node) => this.readBalance(node));
    balances.sort((a, b) => compare(a.date, b.date));
    const of = (code: string) => balances.filter((balance) => balance.code === code);
    const opening = of('OPBD')[0] ?? of('PRCD')[0] ?? of('ITBD')[0];
    const closing = of('CLBD').at(-1) ?? of('ITBD').findLast((balance) => balance !== opening);
    if (!this.faults.any) {
      if (!opening) this.faults.add('balance-missing', statement, { what: 'OPBD' });
      if (!closing) this.faults.add('balance-missing', statement, { what: 'CLBD' });
    }
    return { opening: opening ?? null, closing: closing ?? null };
  }

  private readBalance(node: XmlNode): Balance[] {
    const code = node.value('Tp', 'CdOrPrtry', 'Cd') ?? '';
    if (!BALANCES.includes(code)) return [];
    const money = this.values.signedMoney(node);
    const dateNode = this.values.required(node, 'Dt');
    const date = dateNode && this.values.date(dateNode);
    return money && date ? [{ code, ...money, date, place: node }] : [];
  }

  private readPeriod(statement: XmlNode): { from: LocalDate | null; to: LocalDate | null } {
    const node = statement.first('FrToDt');
    const from = this.values.dateTime(node?.first('FrDtTm'));
    const to = this.values.dateTime(node?.first('ToDtTm'));
    if (node && from && to && compare(from, to) > 0) this.faults.add('period-reversed', node, { from, to });
    return { from, to };
  }
}
