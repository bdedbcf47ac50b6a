import {
  DateField,
  Flag,
  Id,
  IdList,
  InstantField,
  Int,
  ListOf,
  MoneyField,
  OneOf,
  PageQuery,
  Part,
  TextList,
  Txt,
} from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import { MATCHES, PROPOSAL_STATES, type BankProposal } from './bank.entity';
import type { LinePosting } from './bank-lines';
import { LEDGER_TARGETS, type LedgerTarget } from './resolution.rules';
import type { LineInSuspense } from './suspense';
import { SUSPENSE_AGES, type SuspenseRow } from './suspense.rules';

export class BankLineParam {
  @Id() id: number;
}

export class BankProposalParam extends BankLineParam {
  @Id() proposalId: number;
}

export class LinesQuery extends PageQuery {
  @Id({ optional: true }) bankAccountId?: number;
  @Id({ optional: true }) statementId?: number;
  @Id({ optional: true, about: 'the employee who is to resolve them' }) ownerId?: number;
  @Flag({ optional: true, about: 'true: those that nobody is to resolve' }) unassigned?: boolean;
  @Flag({ optional: true, about: 'true: also those that are resolved' }) all?: boolean;
  @DateField({ optional: true }) from?: string;
  @DateField({ optional: true }) to?: string;
}

export class AssignLine {
  @Id({ optional: true, nullable: true, about: 'null: nobody' }) ownerId?: number | null;
  @Txt({ optional: true, max: 500, example: 'اتصلنا بالبنك لمعرفة المحوّل' }) note?: string;
}

class ExpectedPart {
  @Txt({ max: 60, example: 'deposit:1042' }) target: string;
  @Txt({ optional: true, max: 30, example: '970.00', about: 'default all of it' }) amount?: string;
}

class LinePaymentPart {
  @Id() accountId: number;
  @Txt({ max: 30, example: '125.50' }) amount: string;
  @IdList({ optional: true, max: 200, about: 'the charges it is for; default the oldest' }) chargeIds?: number[];
}

class PaymentPart {
  @Id({ optional: true }) oneRecordId?: number;
  @Txt({ optional: true, max: 200, example: 'سامر خليل عودة', about: 'default the name of the record' })
  payerName?: string;
  @ListOf(() => LinePaymentPart, { min: 1, max: 50 }) lines: LinePaymentPart[];
}

class LedgerPart {
  @OneOf(LEDGER_TARGETS, { example: 'BANK_CHARGES' }) ledger: LedgerTarget;
  @Txt({
    max: 30,
    example: '-30.00',
    about: 'in the sign of the line: what the bank kept of money that came in is negative',
  })
  amount: string;
}

class OtherLinePart {
  @Id({ about: 'the line that it takes back, or that takes it back' }) lineId: number;
  @Txt({ max: 30, example: '125.50', about: 'of this line' }) amount: string;
}

/** What a line is, in any number of parts. */
export class ResolveLine {
  @ListOf(() => ExpectedPart, { optional: true, max: 50 }) expected?: ExpectedPart[];
  @Part(() => PaymentPart, { optional: true }) payment?: PaymentPart;
  @ListOf(() => LedgerPart, { optional: true, max: 10 }) ledger?: LedgerPart[];
  @ListOf(() => OtherLinePart, { optional: true, max: 50 }) lines?: OtherLinePart[];
  @Txt({ optional: true, max: 30, example: '20.00', about: 'goes back to its payer' }) returned?: string;
  @Txt({ optional: true, max: 500, example: 'عمولة البنك على البطاقات' }) note?: string;
}

export class UndoLine {
  @IdList({ max: 50, about: 'postings of the line' }) postingIds: number[];
  @Txt({ min: 3, max: 500, example: 'سُجلت على حساب آخر' }) reason: string;
}

const LINE_STATES = ['OPEN', 'PARTLY', 'RESOLVED'] as const;

export class BankLineView {
  @Id() id: number;
  @Int({ min: 1, example: 1 }) version: number;
  @Id() bankAccountId: number;
  @Id() statementId: number;
  @OneOf(LINE_STATES, { example: 'OPEN' }) state: string;
  @DateField() bookedOn: string;
  @DateField({ nullable: true }) valueOn: string | null;
  @Txt({ example: 'ILS' }) currency: string;
  @MoneyField({ about: 'positive what came in' }) amount: string;
  @Txt({ example: '1250.00' }) formatted: string;
  @MoneyField({ about: 'what is unresolved of it' }) open: string;
  @Int({ example: 12, about: 'days since the bank booked it' }) days: number;
  @TextList({ example: ['20011'] }) references: string[];
  @Txt({ nullable: true, example: 'سامر خليل عودة' }) counterparty: string | null;
  @Txt({ nullable: true, example: 'PS29TSTB000000000770000031415' }) counterpartyAccount: string | null;
  @Txt({ nullable: true, max: 10_000, example: 'فاتورة مياه' }) description: string | null;
  @Txt({ nullable: true, example: 'FT24072000001' }) bankReference: string | null;
  @Flag({ example: false, about: 'takes an earlier movement back' }) reversal: boolean;
  @Id({ nullable: true }) ownerId: number | null;
  @Txt({ nullable: true, example: 'سناء كنعان' }) owner: string | null;
  @Txt({ nullable: true, max: 500, example: null }) note: string | null;
}

export function lineView({ line, open, days, owner }: LineInSuspense): BankLineView {
  const { references, amount, currency } = line;
  const { id, version, bankAccountId, statementId, bookedOn, valueOn, counterparty, counterpartyAccount } = line;
  const { description, bankReference, reversal, ownerId, note } = line;
  return {
    ...{ id, version, bankAccountId, statementId, bookedOn, valueOn, counterparty, counterpartyAccount },
    ...{ description, bankReference, reversal, ownerId, note, currency, days, owner },
    state: open === 0 ? 'RESOLVED' : open === amount ? 'OPEN' : 'PARTLY',
    amount: String(amount),
    formatted: formatAmount(amount, currency as Currency),
    open: String(open),
    references: references?.split('\n') ?? [],
  };
}

class BankProposalView {
  @Id() id: number;
  @Txt({ example: 'deposit:1042' }) target: string;
  @OneOf(MATCHES, { example: 'LIKELY' }) match: string;
  @OneOf(PROPOSAL_STATES, { example: 'OPEN' }) state: string;
  @Txt({ max: 300, example: 'إيداع نقدي 1042' }) label: string;
  @InstantField() proposedAt: string;
  @Id({ nullable: true, about: 'null also when it was applied by itself' }) decidedBy: number | null;
  @InstantField({ nullable: true }) decidedAt: string | null;
}

class LinePostingView {
  @Id() postingId: number;
  @Txt({ example: 'SUSPENSE' }) kind: string;
  @Txt({ nullable: true, example: 'deposit' }) documentType: string | null;
  @Txt({ nullable: true, example: '1042' }) documentId: string | null;
  @Txt({ max: 300, example: 'إيداع نقدي 1042' }) description: string;
  @Txt({ nullable: true, max: 500, example: null }) reason: string | null;
  @MoneyField({ about: 'taken of the line; a reversal gives back' }) amount: string;
  @DateField() postedOn: string;
  @Id({ nullable: true, about: 'null when it was matched by itself' }) by: number | null;
  @Flag({ example: false }) reversed: boolean;
}

export class BankLineDetailView extends BankLineView {
  @ListOf(() => BankProposalView) proposals: BankProposalView[];
  @ListOf(() => LinePostingView, { about: 'what was posted on it since it came' }) postings: LinePostingView[];
}

export const lineDetailView = (
  line: LineInSuspense,
  proposals: readonly BankProposal[],
  postings: readonly LinePosting[],
): BankLineDetailView => ({
  ...lineView(line),
  proposals: proposals.map(({ lineId: _, ...proposal }) => proposal),
  postings: postings.map((posting) => ({ ...posting, amount: String(posting.amount) })),
});

class SuspenseAgeView {
  @OneOf(SUSPENSE_AGES, { example: 'DAYS_8_30' }) age: string;
  @Int({ example: 4 }) lines: number;
  @MoneyField() incoming: string;
  @MoneyField({ example: '0' }) outgoing: string;
}

class SuspenseRowView {
  @Id({ nullable: true, about: 'null: nobody' }) ownerId: number | null;
  @Txt({ nullable: true, example: 'سناء كنعان' }) owner: string | null;
  @Txt({ example: 'ILS' }) currency: string;
  @ListOf(() => SuspenseAgeView) ages: SuspenseAgeView[];
}

export class SuspenseView {
  @DateField() asOf: string;
  @ListOf(() => SuspenseRowView) rows: SuspenseRowView[];
}

export const suspenseRowView = ({ ages, ...row }: SuspenseRow & { owner: string | null }): SuspenseRowView => ({
  ...row,
  ages: ages.map(({ lines, incoming, outgoing }, at) => ({
    age: SUSPENSE_AGES[at]!,
    lines,
    incoming: String(incoming),
    outgoing: String(outgoing),
  })),
});
