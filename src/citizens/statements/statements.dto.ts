import {
  DateField,
  Id,
  InstantField,
  Int,
  ListOf,
  MoneyField,
  OneOf,
  Part,
  Txt,
  type Language,
  type Page,
} from '@libs/http';
import { localDateOf } from '@libs/calendar';
import { maskName, type VerificationView } from '../../documents';
import { RELATIONS } from '../one-records/link.entity';
import { DOCUMENT_TYPES } from '../one-records/one-record.entity';
import { formatted } from './amounts';
import type { StatedAccount, StatedAccounts, StatedTotal } from './content';
import type { Statement } from './statement.entity';

const SERIAL = 'ST-OSS-2026-000123-62';

export class RecordOfStatement {
  @Id() id: number;
}

export class IssueStatement {
  @DateField({ optional: true, about: 'balances at the end of this day, at the latest today; default today' })
  asOf?: string;

  @Txt({ optional: true, max: 200, example: 'معاملة ترخيص بناء', about: 'what the citizen needs it for' })
  purpose?: string;
}

export class PrintQuery {
  @OneOf(['ar', 'en'], { optional: true, example: 'ar' }) lang?: Language;
}

export class StatedAccountView {
  @Txt({ example: '20011' }) serviceNumber: string;
  @Txt({ example: 'ضريبة المعارف' }) type: string;
  @Txt({ example: 'رفيديا - قرب المسجد', max: 10_000 }) address: string;
  @Txt({ example: 'فعال' }) status: string;
  @OneOf(RELATIONS, { example: 'SAME_PERSON' }) relation: string;
  @Int({ nullable: true, max: 10_000, example: null, about: 'share in hundredths of a percent' })
  shareHundredths: number | null;
  @Txt({ example: 'JOD' }) currency: string;
  @MoneyField({ example: '35250', about: 'minor units; positive is owed by the citizen' }) balance: string;
  @Txt({ example: '35.250' }) formatted: string;
}

export class StatedTotalView {
  @Txt({ example: 'JOD' }) currency: string;
  @MoneyField({ example: '35250' }) balance: string;
  @Txt({ example: '35.250' }) formatted: string;
}

export class StatedAccountsView {
  @ListOf(() => StatedAccountView, { max: 100_000 }) accounts: StatedAccountView[];
  @ListOf(() => StatedTotalView, { about: 'one sum a currency, never added across' }) totals: StatedTotalView[];
}

export class StatementSummaryView {
  @Txt({ example: SERIAL }) serial: string;
  @Id() oneRecordId: number;
  @InstantField() issuedAt: string;
  @DateField() asOf: string;
  @Int({ example: 1, about: 'sheets printed; from the second on they are copies' }) prints: number;
}

export class StatementView extends StatementSummaryView {
  @Int({ min: 1, example: 4, about: 'version of the record that was stated' }) recordVersion: number;
  @Txt({ example: '2026-000045' }) oneRecordNumber: string;
  @Txt({ example: 'محمد أحمد خليل النابلسي', max: 500 }) approvedName: string;
  @Txt({ nullable: true, example: 'Mohammad Ahmad Khalil Nabulsi', max: 500 }) approvedLatinName: string | null;
  @OneOf(DOCUMENT_TYPES, { nullable: true, example: 'NATIONAL_ID' }) documentType: string | null;
  @Txt({ nullable: true, example: '*****6782' }) maskedDocument: string | null;
  @Txt({ example: 'سناء كنعان' }) issuedBy: string;
  @Txt({ nullable: true, example: 'معاملة ترخيص بناء' }) purpose: string | null;
  @Part(() => StatedAccountsView, { about: 'accounts of the person' }) own: StatedAccountsView;
  @Part(() => StatedAccountsView, {
    about: 'accounts the person shares or stands in for (co-owner, heir, tenant …); not in the totals of `own`',
  })
  related: StatedAccountsView;
  @Txt({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', about: 'SHA-256' })
  contentHash: string;
  @Txt({ example: `https://baladiya.example/verify/${SERIAL}` }) verifyUrl: string;
}

const amountView = ({ currency, balance }: StatedTotal): StatedTotalView => ({
  currency,
  balance: String(balance),
  formatted: formatted(balance, currency),
});

const accountView = ({ currency, balance, ...account }: StatedAccount): StatedAccountView => ({
  ...account,
  ...amountView({ currency, balance }),
});

const accountsView = ({ accounts, totals }: StatedAccounts): StatedAccountsView => ({
  accounts: accounts.map(accountView),
  totals: totals.map(amountView),
});

export type StatementSummary = Pick<Statement, 'serial' | 'oneRecordId' | 'issuedAt' | 'asOf' | 'prints'>;

const summaryView = ({ serial, oneRecordId, issuedAt, asOf, prints }: StatementSummary): StatementSummaryView => ({
  serial,
  oneRecordId,
  issuedAt,
  asOf,
  prints,
});

export const summaryPage = (page: Page<StatementSummary>): Page<StatementSummaryView> => ({
  ...page,
  items: page.items.map(summaryView),
});

export function statementView(statement: Statement, verifyUrl: string): StatementView {
  const { recordVersion, contentHash, content } = statement;
  const { oneRecordNumber, approvedName, approvedLatinName, documentType, maskedDocument } = content.holder;
  return {
    ...summaryView(statement),
    recordVersion,
    oneRecordNumber,
    approvedName,
    approvedLatinName,
    documentType,
    maskedDocument,
    issuedBy: content.issuedBy,
    purpose: content.purpose,
    own: accountsView(content.own),
    related: accountsView(content.related),
    contentHash,
    verifyUrl,
  };
}

export function verificationView(statement: Statement, status: VerificationView['status']): VerificationView {
  const { serial, issuedAt, asOf, content } = statement;
  const { given, father, grandfather, family, body } = content.holder.nameParts;
  const altered = status === 'ALTERED';
  return {
    kind: 'STATEMENT_OF_BALANCES',
    status,
    serial,
    issuedOn: localDateOf(issuedAt),
    asOf,
    validUntil: null,
    holder: altered ? null : maskName([given ?? body, father, grandfather, family]),
    totals: altered ? [] : content.own.totals.map(amountView),
  };
}
