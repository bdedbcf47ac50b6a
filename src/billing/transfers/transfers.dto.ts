import { DateField, Flag, Id, InstantField, Int, ListOf, MoneyField, OneOf, PageQuery, Txt } from '@libs/http';
import { formatAmount, type Currency } from '@libs/money';
import {
  ADVANCE_CHOICES,
  TRANSFER_STATES,
  type AccountTransfer,
  type AdvanceChoice,
  type SplitLine,
  type TransferredAccount,
} from './transfer.entity';
import type { Account } from '../accounts/account.entity';
import { sum, type Split } from './transfer-split';

export class TransferParam {
  @Id() id: number;
}

export class TransferPreviewQuery {
  @DateField({ about: 'the buyer’s first day' }) soldOn: string;
  @OneOf(ADVANCE_CHOICES, { optional: true, example: 'KEEP' }) advance?: AdvanceChoice;
}

export class ProposeTransfer {
  @Id({ about: 'an account of the number; its accounts in other currencies go with it' }) accountId: number;
  @Id({ about: 'approved OneRecord of the buyer' }) buyerId: number;
  @DateField({ about: 'the buyer’s first day, today or before' }) soldOn: string;
  @OneOf(ADVANCE_CHOICES, {
    optional: true,
    example: 'KEEP',
    about: 'KEEP (default): an advance stays on the seller’s account; CARRY: the buyer gets it, as both agreed',
  })
  advance?: AdvanceChoice;
  @Txt({ optional: true, max: 100, example: 'إقرار 2026/51', about: 'of that agreement; needed with CARRY' })
  agreementNumber?: string;
  @Flag({ optional: true, example: false, about: 'although the seller owes something; a supervisor approves it' })
  despiteDebt?: boolean;
  @Txt({ min: 3, max: 500, example: 'بيع شقة' }) reason: string;
  @Txt({ max: 100, example: 'عقد بيع 2026/311', about: 'number of the paper that proves the sale' })
  documentNumber: string;
}

export class TransferReason {
  @Txt({ min: 3, max: 500, example: 'لم يتم البيع' }) reason: string;
}

export class TransfersQuery extends PageQuery {
  @OneOf(TRANSFER_STATES, { optional: true, example: 'PROPOSED' }) state?: string;
  @Txt({ optional: true, min: 1, max: 100, example: '20011', about: 'of the accounts' }) number?: string;
  @Id({ optional: true }) buyerId?: number;
}

class SplitLineView {
  @Id({ nullable: true, about: 'null for a recurring charge that no bill was made of' }) chargeId: number | null;
  @Id({ nullable: true, example: null }) recurringId: number | null;
  @Txt({ example: 'WATER' }) head: string;
  @Txt({ example: '2026-11', about: 'first month' }) period: string;
  @Int({ min: 1, example: 1 }) months: number;
  @DateField({ nullable: true }) dueOn: string | null;
  @Txt({ nullable: true, example: null }) detail: string | null;
  @MoneyField({ about: 'of what is unpaid; below zero: a deposit that goes back' }) seller: string;
  @MoneyField() buyer: string;
  @Txt({ example: '150.00' }) sellerFormatted: string;
  @Txt({ example: '150.00' }) buyerFormatted: string;
}

export class SplitView {
  @Id({ about: 'the seller’s account' }) accountId: number;
  @Id({ nullable: true, about: 'the buyer’s, once it is posted' }) buyerAccountId: number | null;
  @Txt({ example: '20011' }) number: string;
  @Txt({ example: 'ILS' }) currency: string;
  @ListOf(() => SplitLineView, { max: 100_000 }) lines: SplitLineView[];
  @MoneyField({ example: '0', about: 'the seller’s before' }) advance: string;
  @MoneyField({ example: '0', about: 'of it to the buyer' }) carried: string;
  @MoneyField({ about: 'the seller’s afterwards: positive is owed, negative is an advance that stays' })
  sellerBalance: string;
  @MoneyField({ about: 'what the buyer begins with' }) buyerBalance: string;
  @Txt({ example: '150.00' }) sellerFormatted: string;
  @Txt({ example: '150.00' }) buyerFormatted: string;
}

export class TransferView {
  @Id() id: number;
  @OneOf(TRANSFER_STATES, { example: 'POSTED' }) state: string;
  @Txt({ example: '20011' }) number: string;
  @Id() accountId: number;
  @Id() buyerId: number;
  @DateField() soldOn: string;
  @OneOf(ADVANCE_CHOICES, { example: 'KEEP' }) advance: string;
  @Txt({ nullable: true, example: null }) agreementNumber: string | null;
  @Flag({ example: false }) despiteDebt: boolean;
  @Txt({ max: 500, example: 'بيع شقة' }) reason: string;
  @Txt({ example: 'عقد بيع 2026/311' }) documentNumber: string;
  @Id({ about: 'employee' }) proposedBy: number;
  @InstantField() proposedAt: string;
  @Id({ nullable: true, about: 'employee' }) decidedBy: number | null;
  @InstantField({ nullable: true }) decidedAt: string | null;
  @Txt({ nullable: true, max: 500, example: null, about: 'why it was rejected' }) rejection: string | null;
  @Id({ nullable: true }) postingId: number | null;
  @Id({ nullable: true, example: null }) reversedBy: number | null;
  @InstantField({ nullable: true, example: null }) reversedAt: string | null;
  @Txt({ nullable: true, max: 500, example: null, about: 'why it was reversed' }) reversal: string | null;
  @Id({ nullable: true, example: null }) reversalPostingId: number | null;
  @Int({ min: 1, example: 2 }) version: number;
}

export class TransferDetailView extends TransferView {
  @ListOf(() => SplitView, { about: 'the final bill as it was posted; empty before' }) accounts: SplitView[];
}

type Shared = Pick<Split, 'lines' | 'advance' | 'carried'>;

function view(account: Account, buyerAccountId: number | null, { lines, advance, carried }: Shared): SplitView {
  const { id, number, currency } = account;
  const seller = sum(lines, (line) => line.seller) - advance + carried;
  const buyer = sum(lines, (line) => line.buyer) - carried;
  return {
    ...{ accountId: id, buyerAccountId, number, currency },
    lines: lines.map((line) => lineView(line, currency)),
    ...{ advance: String(advance), carried: String(carried) },
    ...{ sellerBalance: String(seller), buyerBalance: String(buyer) },
    sellerFormatted: formatAmount(seller, currency as Currency),
    buyerFormatted: formatAmount(buyer, currency as Currency),
  };
}

const lineView = (
  { seller, buyer, from: _, depositBack: __, depositRelieved: ___, ...line }: SplitLine,
  currency: string,
): SplitLineView => ({
  ...line,
  ...{ seller: String(seller), buyer: String(buyer) },
  sellerFormatted: formatAmount(seller, currency as Currency),
  buyerFormatted: formatAmount(buyer, currency as Currency),
});

export const splitView = (split: Split): SplitView => view(split.account, null, split);

export const transferView = (transfer: AccountTransfer): TransferView => ({ ...transfer });

export const transferDetailView = (
  transfer: AccountTransfer,
  lines: readonly { line: TransferredAccount; account: Account }[],
): TransferDetailView => ({
  ...transferView(transfer),
  accounts: lines.map(({ line, account }) => view(account, line.buyerAccountId, line)),
});
