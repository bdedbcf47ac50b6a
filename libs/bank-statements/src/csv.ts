import { foldDigits, stripBidiControls } from '@libs/arabic';
import { compare, type LocalDate } from '@libs/calendar';
import { type MinorUnits, parseAmount } from '@libs/money';
import { DateTime } from 'luxon';
import { AMOUNT_FAULTS } from './amounts';
import { checkBalances } from './control';
import type { CsvColumns, CsvProfile } from './csv-profile';
import { csvRows, type CsvRow, type Positions } from './csv-rows';
import { checkSize, decodeText, type ReadLimits } from './decode';
import { Faults, type Place } from './faults';
import type { BankEntry, BankFile, BankStatement } from './statement';

const DATE_OPTIONS = { locale: 'en', zone: 'utc', setZone: true } as const;

/** Balances that stand on the paper and not in the file. */
export interface CsvControl {
  openingBalance?: MinorUnits;
  closingBalance?: MinorUnits;
}

interface ReadRow {
  place: Place;
  entry: BankEntry;
  /** Running balance after the entry. */
  balance: MinorUnits | null;
}

/**
 * Reads a statement in CSV by the profile of its bank. Rows without any text are none; each of the others is an entry
 * unless the profile says to ignore it. Digits may be Arabic, thousands grouped, fields quoted. Balances come from the
 * running balance or from `control`; where both tell one, they must be the same.
 * @throws {BankStatementError} with every fault found; then nothing of the file may be used
 */
export function readCsv(
  bytes: Uint8Array,
  profile: CsvProfile,
  { openingBalance, closingBalance, ...limits }: CsvControl & ReadLimits = {},
): BankFile {
  const faults = new Faults();
  checkSize(bytes, limits, faults);
  const { rows, positions } = csvRows(decodeText(bytes, profile.encoding, faults), profile, faults);
  const reader = new RowReader(profile, positions, faults);
  const read = rows.flatMap((row) => reader.read(row) ?? []);
  faults.throwIfAny();
  if (profile.order === 'newest-first') read.reverse();

  const entries = read.map(({ entry }) => entry);
  const days = entries.map(({ bookedOn }) => bookedOn).sort(compare);
  const statement: BankStatement = {
    iban: profile.iban ?? null,
    account: profile.account ?? null,
    currency: profile.currency,
    from: days[0] ?? null,
    to: days.at(-1) ?? null,
    openingBalance: openingBalance ?? balanceBefore(read[0]),
    closingBalance: closingBalance ?? read.at(-1)?.balance ?? null,
    id: null,
    sequence: null,
    entries,
    unbooked: [],
  };
  checkRunning(read, statement, faults);
  if (!faults.any) checkBalances(statement, { line: read.at(-1)?.place.line ?? 0, path: '' }, faults);
  faults.throwIfAny();
  return { format: 'csv', statements: [statement] };
}

/** Each running balance is proved from the one before it, so that the first wrong row is named. */
function checkRunning(rows: ReadRow[], statement: BankStatement, faults: Faults): void {
  let opening = statement.openingBalance;
  for (const { place, entry, balance } of rows) {
    checkBalances({ ...statement, openingBalance: opening, closingBalance: balance, entries: [entry] }, place, faults);
    opening = balance;
  }
}

function balanceBefore(row: ReadRow | undefined): MinorUnits | null {
  return row && row.balance !== null ? row.balance - row.entry.amount : null;
}

class RowReader {
  private readonly days = new Map<string, LocalDate | null>();

  constructor(
    private readonly profile: CsvProfile,
    private readonly positions: Positions,
    private readonly faults: Faults,
  ) {}

  /** Null when the row has faults. */
  read(row: CsvRow): ReadRow | null {
    const { line } = row;
    const text = (name: keyof CsvColumns) => this.cell(row, name) || null;
    const bookedOn = this.cell(row, 'bookedOn') === '' ? this.missing(row, 'bookedOn') : this.date(row, 'bookedOn');
    const valueOn = this.date(row, 'valueOn');
    const amount = this.positions.amount === undefined ? this.inOrOut(row) : this.amount(row, 'amount');
    const balance = this.positions.balance === undefined ? null : this.amount(row, 'balance');
    if (bookedOn === null || amount === null) return null;
    const reference = text('reference');
    const entry: BankEntry = {
      ref: `line ${line}`,
      line,
      bookedOn,
      valueOn,
      amount,
      reference,
      references: reference === null ? [] : [reference],
      counterparty: text('counterparty'),
      counterpartyAccount: null,
      description: text('description'),
      bankReference: text('bankReference'),
      reversal: false,
      instructed: null,
    };
    return { place: { line, path: this.title('balance') }, entry, balance };
  }

  /** A debit goes out, a credit comes in; one of the two may be a zero. */
  private inOrOut(row: CsvRow): MinorUnits | null {
    const { line } = row;
    const sides = (['credit', 'debit'] as const).filter((name) => this.cell(row, name) !== '');
    if (sides.length === 0) return this.missing(row, 'credit');
    const amounts = sides.map((name) => {
      const amount = this.amount(row, name);
      if (amount === null || amount >= 0) return amount;
      return this.faults.add('amount-negative', { line, path: this.title(name) }, { value: this.cell(row, name) });
    });
    if (amounts.includes(null)) return null;
    const told = amounts.flatMap((amount, at) => (amount ? [sides[at] === 'debit' ? -amount : amount] : []));
    return told.length > 1 ? this.faults.add('debit-and-credit', { line, path: this.title('debit') }) : (told[0] ?? 0);
  }

  private amount(row: CsvRow, name: keyof CsvColumns): MinorUnits | null {
    const { currency, decimalSign } = this.profile;
    const value = this.cell(row, name);
    if (value === '') return this.missing(row, name);
    const dotted = decimalSign === ',' ? value.replace(/[.,]/g, (sign) => (sign === ',' ? '.' : ',')) : value;
    const parsed = parseAmount(dotted, currency);
    if (parsed.ok) return parsed.minor;
    return this.faults.add(
      AMOUNT_FAULTS[parsed.error],
      { line: row.line, path: this.title(name) },
      { value, currency },
    );
  }

  private date(row: CsvRow, name: 'bookedOn' | 'valueOn'): LocalDate | null {
    const value = this.cell(row, name);
    if (value === '') return null;
    // Days repeat from row to row, and a format is slow to read.
    let date = this.days.get(value);
    if (date === undefined) {
      date = DateTime.fromFormat(foldDigits(value), this.profile.dateFormat, DATE_OPTIONS).toISODate();
      this.days.set(value, date);
    }
    return date ?? this.faults.add('date-invalid', { line: row.line, path: this.title(name) }, { value });
  }

  private missing(row: CsvRow, name: keyof CsvColumns): null {
    return this.faults.add('missing', { line: row.line, path: this.title(name) }, { what: this.title(name) });
  }

  private cell({ fields }: CsvRow, name: keyof CsvColumns): string {
    const field = fields[this.positions[name] ?? -1] ?? '';
    return stripBidiControls(field).replace(/\s+/g, ' ').trim();
  }

  /** As the profile names the column. */
  private title(name: keyof CsvColumns): string {
    return String(this.profile.columns[name] ?? name);
  }
}
