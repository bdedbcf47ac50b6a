import { Flag, Id, InstantField, Int, JsonField, OneOf, PageQuery, Txt } from '@libs/http';
import { ACTIONS, type Action } from './transaction.entity';

export class TransactionsQuery extends PageQuery {
  @Int({ optional: true, min: 2000, max: 9999, example: 2026 }) year?: number;
  @OneOf(ACTIONS, { optional: true, example: 'APPROVE' }) action?: Action;
  @Id({ optional: true, example: 7 }) employeeId?: number;
}

export class ChainQuery {
  @Int({ min: 2000, max: 9999, example: 2026 }) year: number;
}

export class TransactionView {
  @Txt({ example: '2026/118', about: 'رقم الحركة' }) transactionNumber: string;
  @Id({ example: 1042 }) oneRecordId: number;
  @Id({ nullable: true, example: null, about: 'the other record of a merge or split' }) relatedRecordId: number | null;
  @OneOf(ACTIONS, { example: 'LINK' }) action: string;
  @Id({ nullable: true, example: 7, about: 'null where the citizen acted' }) employeeId: number | null;
  @Txt({ nullable: true, example: 'مها عيسى' }) employeeName: string | null;
  @Txt({ nullable: true, max: 1000, example: null }) reason: string | null;
  @JsonField({ nullable: true, about: 'state before; null for the first' }) before: unknown;
  @JsonField({ about: 'state after' }) after: unknown;
  @Txt({ nullable: true, example: null, about: 'SHA-256 of the scan the change rests on' }) evidence: string | null;
  @InstantField() at: string;
  @Txt({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }) previousHash: string;
  @Txt({ example: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752' }) hash: string;
}

export class ChainView {
  @Int({ example: 2026 }) year: number;
  @Int({ example: 118, about: 'numbers given out in that year' }) transactions: number;
  @Flag({ example: true }) intact: boolean;
  @Int({ nullable: true, example: null, about: 'the first number that is missing, altered or out of place' })
  firstBroken: number | null;
  @Txt({ nullable: true, example: null, about: 'hash of the last; note it elsewhere to compare later' })
  lastHash: string | null;
}
