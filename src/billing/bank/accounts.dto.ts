import {
  DateField,
  Flag,
  Id,
  InstantField,
  Int,
  JsonField,
  ListOf,
  MoneyField,
  OneOf,
  Part,
  TextList,
  Txt,
} from '@libs/http';
import { CURRENCIES, formatAmount, type Currency } from '@libs/money';
import type { CsvColumns, CsvProfile } from '@libs/bank-statements';
import type { BankAccount, StoredCsvProfile } from './bank.entity';
import { EXPECTED_KINDS, type Expected } from './expected';
import type { Reconciliation, StatementWithGap } from './statements';

export class BankAccountParam {
  @Id() id: number;
}

class CsvColumnsDto {
  @Txt({ max: 100, example: 'التاريخ' }) bookedOn: string;
  @Txt({ max: 100, example: 'المرجع' }) reference: string;
  @Txt({ optional: true, max: 100, about: 'signed; or else both debit and credit' }) amount?: string;
  @Txt({ optional: true, max: 100, example: 'مدين' }) debit?: string;
  @Txt({ optional: true, max: 100, example: 'دائن' }) credit?: string;
  @Txt({ optional: true, max: 100, example: 'تاريخ الحق' }) valueOn?: string;
  @Txt({ optional: true, max: 100, example: 'الاسم' }) counterparty?: string;
  @Txt({ optional: true, max: 100, example: 'البيان' }) description?: string;
  @Txt({ optional: true, max: 100, example: 'رقم الحركة' }) bankReference?: string;
  @Txt({ optional: true, max: 100, example: 'الرصيد', about: 'running balance; every one is proved' }) balance?: string;
}

/** How the bank writes CSV. A column is named by its title, or by its number from 1 where there is no header. */
class CsvProfileDto {
  @OneOf([',', ';', '\t', '|'], { example: ',' }) separator: CsvProfile['separator'];
  @OneOf(['utf-8', 'windows-1256'], { example: 'utf-8' }) encoding: CsvProfile['encoding'];
  @Int({ max: 1000, example: 1, about: 'line of the titles; 0: none' }) headerRow: number;
  @Part(() => CsvColumnsDto) columns: CsvColumnsDto;
  @Txt({ max: 40, example: 'dd/MM/yyyy' }) dateFormat: string;
  @OneOf(['.', ','], { example: '.' }) decimalSign: CsvProfile['decimalSign'];
  @OneOf(['oldest-first', 'newest-first'], { optional: true, example: 'oldest-first' }) order?: CsvProfile['order'];
  @TextList({
    optional: true,
    max: 20,
    length: 100,
    example: ['المجموع'],
    about: 'beginnings of rows that are no entries',
  })
  ignoreRows?: string[];
}

export function profileOf(typed: CsvProfileDto | undefined): StoredCsvProfile | undefined {
  if (!typed) return undefined;
  const named = Object.entries(typed.columns).filter(([, ref]) => typeof ref === 'string' && ref !== '');
  const columns = named.map(([name, ref]) => [name, typed.headerRow === 0 ? Number(ref) : (ref as string)]);
  return { ...typed, columns: Object.fromEntries(columns) as unknown as CsvColumns };
}

export class NewBankAccount {
  @Txt({ max: 120, example: 'الحساب الجاري – شيكل' }) name: string;
  @Txt({ max: 120, example: 'بنك تجريبي، فرع نابلس' }) bank: string;
  @Txt({ max: 50, example: 'PS74NBLS000000000400123456702' }) iban: string;
  @Txt({ optional: true, max: 40, example: '400123', about: 'in files that do not tell the IBAN' }) number?: string;
  @OneOf(CURRENCIES, { example: 'ILS' }) currency: string;
  @Part(() => CsvProfileDto, { optional: true }) csvProfile?: CsvProfileDto;
}

export class BankAccountChange {
  @Txt({ optional: true, min: 1, max: 120, example: 'الحساب الجاري' }) name?: string;
  @Txt({ optional: true, max: 40, example: '400123' }) number?: string;
  @Flag({ optional: true, example: true, about: 'false takes it out of use' }) active?: boolean;
  @Part(() => CsvProfileDto, { optional: true }) csvProfile?: CsvProfileDto;
}

export class BankAccountView {
  @Id() id: number;
  @Int({ min: 1, example: 1 }) version: number;
  @Txt({ example: 'الحساب الجاري – شيكل' }) name: string;
  @Txt({ example: 'بنك تجريبي، فرع نابلس' }) bank: string;
  @Txt({ example: 'PS74NBLS000000000400123456702' }) iban: string;
  @Txt({ nullable: true, example: null }) number: string | null;
  @OneOf(CURRENCIES, { example: 'ILS' }) currency: string;
  @JsonField({ nullable: true }) csvProfile: StoredCsvProfile | null;
  @Flag({ example: true }) active: boolean;
}

export const bankAccountView = ({ createdBy: _, createdAt: __, ...account }: BankAccount): BankAccountView => account;

export class ImportQuery {
  @Txt({ optional: true, max: 30, example: '12500.00', about: 'of a CSV file that does not tell it' })
  openingBalance?: string;
  @Txt({ optional: true, max: 30, example: '13787.75', about: 'of a CSV file that does not tell it' })
  closingBalance?: string;
}

export class BankStatementView {
  @Id() id: number;
  @Id() bankAccountId: number;
  @Txt({ example: 'camt.053.001.08' }) format: string;
  @Txt({ nullable: true, example: '400123456702-2024-071' }) reference: string | null;
  @Txt({ nullable: true, example: '71' }) sequence: string | null;
  @DateField({ nullable: true }) fromOn: string | null;
  @DateField({ nullable: true }) toOn: string | null;
  @MoneyField({ nullable: true }) openingBalance: string | null;
  @MoneyField({ nullable: true }) closingBalance: string | null;
  @MoneyField({ nullable: true, example: '0', about: 'missing before it; null when it tells no balance' })
  gap: string | null;
  @Int({ example: 120, about: 'lines that were new' }) lines: number;
  @MoneyField() amount: string;
  @Int({ example: 0, about: 'lines that an earlier file had brought' }) repeated: number;
  @MoneyField({ example: '0' }) repeatedAmount: string;
  @Int({ example: 2, about: 'announced and not booked: not imported' }) unbooked: number;
  @Txt({ example: '9f86d081884c7d65…', about: 'SHA-256 of the file' }) fileHash: string;
  @InstantField() importedAt: string;
}

export class BankImportView {
  @ListOf(() => BankStatementView) statements: BankStatementView[];
}

const text = (amount: number | null): string | null => (amount === null ? null : String(amount));

export const statementView = ({ statement, gap }: StatementWithGap): BankStatementView => {
  const { position: _, importedBy: __, ...rest } = statement;
  return {
    ...rest,
    openingBalance: text(statement.openingBalance),
    closingBalance: text(statement.closingBalance),
    gap: text(gap),
    amount: String(statement.amount),
    repeatedAmount: String(statement.repeatedAmount),
  };
};

export class BankMatchAskedView {
  @Id({ about: 'the message a worker takes' }) messageId: number;
}

export class ExpectedMoneyView {
  @Txt({ example: 'deposit:1042', about: 'what a line is resolved against' }) target: string;
  @OneOf(EXPECTED_KINDS, { example: 'DEPOSIT' }) kind: string;
  @Txt({ max: 300, example: 'إيداع نقدي 1042 كيس رقم 17' }) label: string;
  @DateField() on: string;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ about: 'negative what is to go out' }) amount: string;
  @Txt({ example: '1250.00' }) formatted: string;
}

export const expectedView = ({ id, kind, label, date, currency, amount }: Expected): ExpectedMoneyView => ({
  target: id,
  kind,
  label,
  on: date,
  currency,
  amount: String(amount),
  formatted: formatAmount(amount, currency),
});

export class ReconciliationView {
  @Id() bankAccountId: number;
  @Txt({ example: 'ILS' }) currency: string;
  @DateField({ nullable: true, about: 'of the last statement' }) statementOn: string | null;
  @MoneyField({ nullable: true, about: 'of the last statement' }) closingBalance: string | null;
  @MoneyField({ about: 'BANK of the account in the ledger' }) ledger: string;
  @MoneyField({ nullable: true, about: 'ledger less closing balance' }) difference: string | null;
  @MoneyField({ about: 'explains: what was at the bank before the first statement, in no books' }) opening: string;
  @MoneyField({ about: 'explains: deposits, cheques and remittances confirmed by hand that no statement has shown' })
  confirmedByHand: string;
  @MoneyField({ about: 'lines that the statements skipped' }) missing: string;
  @MoneyField({ about: 'posted to the account past the statements' }) other: string;
  @Flag({ example: true, about: 'nothing is missing and nothing else was posted' }) agrees: boolean;
}

export const reconciliationView = (given: Reconciliation): ReconciliationView => {
  const { account, ledger, closing, opening, confirmedByHand, missing, other } = given;
  return {
    bankAccountId: account.id,
    currency: account.currency as Currency,
    statementOn: closing?.on ?? null,
    closingBalance: text(closing?.amount ?? null),
    ledger: String(ledger),
    difference: closing === null ? null : String(ledger - closing.amount),
    opening: String(opening),
    confirmedByHand: String(confirmedByHand),
    missing: String(missing),
    other: String(other),
    agrees: missing === 0 && other === 0,
  };
};
