import { DateField, Id, InstantField, Int, ListOf, MoneyField, OneOf, PageQuery, Txt } from '@libs/http';
import { formatAmount, sumByCurrency, type Currency } from '@libs/money';
import { SERVICE_TYPES } from '../../accounts/account.entity';
import type { LedgerLine, LedgerRange } from './account-ledger';
import { MOST_LINES, type AccountStatement, type RecordStatement } from './account-statements';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const KNOWN_AT = {
  optional: true,
  pattern: INSTANT,
  example: '2026-11-24T08:30:00.000Z',
  about: 'of an earlier statement, to make it again: entries posted later are left out',
};

export class RecordStatementQuery {
  @DateField({ optional: true, about: 'first day; default the first of the year of the last day' }) from?: string;
  @DateField({ optional: true, about: 'last day; default today' }) to?: string;
  @Txt(KNOWN_AT) knownAt?: string;
}

export class AccountStatementQuery extends PageQuery {
  @DateField({ optional: true, about: 'first day; default the first of the year of the last day' }) from?: string;
  @DateField({ optional: true, about: 'last day; default today' }) to?: string;
  @Txt(KNOWN_AT) knownAt?: string;
}

class StatementLineView {
  @Id() entryId: number;
  @Id() postingId: number;
  @DateField() on: string;
  @Txt({ example: 'PAYMENT' }) kind: string;
  @Txt({ nullable: true, example: 'D104233', about: 'number of the document' }) document: string | null;
  @Txt({ max: 300, example: 'فاتورة' }) description: string;
  @MoneyField({ about: '0 for a credit' }) debit: string;
  @MoneyField({ about: '0 for a debit' }) credit: string;
  @MoneyField({ about: 'after this entry' }) balance: string;
}

export class AccountOfStatementView {
  @Id() accountId: number;
  @Txt({ example: '20011' }) number: string;
  @OneOf(SERVICE_TYPES, { example: 'WATER' }) serviceType: string;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ about: 'before the first day' }) opening: string;
  @MoneyField() debit: string;
  @MoneyField() credit: string;
  @MoneyField({ about: 'opening and debit less credit' }) closing: string;
  @Txt({ example: '1,250.00' }) formatted: string;
  @Int({ example: 14, about: 'entries of the whole range' }) total: number;
  @ListOf(() => StatementLineView, { max: MOST_LINES }) entries: StatementLineView[];
}

export class AccountStatementView extends AccountOfStatementView {
  @DateField() from: string;
  @DateField() to: string;
  @InstantField({ about: 'give it again to get this statement again' }) knownAt: string;
  @Int({ example: 1 }) page: number;
  @Int({ example: 20 }) pageSize: number;
}

class HeldStatementView extends AccountOfStatementView {
  @Txt({ example: 'SAME_PERSON' }) relation: string;
}

class ClosingView {
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField() closing: string;
  @Txt({ example: '1,250.00' }) formatted: string;
}

export class RecordStatementView {
  @DateField() from: string;
  @DateField() to: string;
  @InstantField({ about: 'give it again to get this statement again' }) knownAt: string;
  @ListOf(() => HeldStatementView, { max: 100_000 }) accounts: HeldStatementView[];
  @ListOf(() => ClosingView, { about: 'of the accounts that are the person’s own, one sum a currency' })
  closing: ClosingView[];
}

const line = ({ amount, balance, accountId: _, ...entry }: LedgerLine): StatementLineView => ({
  ...entry,
  debit: String(Math.max(amount, 0)),
  credit: String(Math.max(-amount, 0)),
  balance: String(balance),
});

const stated = ({ account, entries, ...sums }: AccountStatement): AccountOfStatementView => ({
  accountId: account.id,
  number: account.number,
  serviceType: account.serviceType,
  currency: account.currency,
  opening: String(sums.opening),
  debit: String(sums.debit),
  credit: String(sums.credit),
  closing: String(sums.closing),
  formatted: formatAmount(sums.closing, account.currency as Currency),
  total: sums.lines,
  entries: entries.map(line),
});

export const accountStatementView = (
  range: LedgerRange,
  statement: AccountStatement,
  { page, pageSize }: PageQuery,
): AccountStatementView => ({ ...range, page, pageSize, ...stated(statement) });

export const recordStatementView = ({ range, accounts }: RecordStatement): RecordStatementView => ({
  ...range,
  accounts: accounts.map(({ relation, ...statement }) => ({ relation, ...stated(statement) })),
  closing: [...ownClosing(accounts)].map(([currency, minor]) => ({
    currency,
    closing: String(minor),
    formatted: formatAmount(minor, currency),
  })),
});

/** Accounts in which the person stands beside others are never added to the person's own. */
export const ownClosing = (accounts: RecordStatement['accounts']): Map<Currency, number> =>
  sumByCurrency(
    accounts
      .filter(({ relation }) => relation === 'SAME_PERSON')
      .map(({ account, closing }) => ({ minor: closing, currency: account.currency as Currency })),
  );
