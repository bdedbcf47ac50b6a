import {
  EnumColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  LongTextColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import type { CsvProfile } from '@libs/bank-statements';
import { Entity, Index, Unique } from 'typeorm';

/** How the bank writes CSV; account and currency are those of the account. */
export type StoredCsvProfile = Omit<CsvProfile, 'iban' | 'account' | 'currency'>;

/** An account that the municipality has at a bank. Its IBAN is what the ledger's BANK is kept apart by. */
@Entity('bank_accounts')
@Unique(['iban', 'currency'])
export class BankAccount {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @TextColumn(120) name: string;
  @TextColumn(120) bank: string;
  /** Electronic form. */
  @KeyColumn(34) iban: string;
  /** The bank's own number, in files that do not tell the IBAN. */
  @KeyColumn(40, { nullable: true }) number: string | null;
  @KeyColumn(3) currency: string;
  @JsonColumn({ nullable: true }) csvProfile: StoredCsvProfile | null;
  /** One that is out of use takes no statement. */
  @FlagColumn() active: boolean;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
}

/** A statement as a file told it. Amounts are minor units of the account's currency. */
@Entity('bank_statements')
@Unique(['bankAccountId', 'fileHash', 'position'])
export class ImportedStatement {
  @IdColumn() id: number;
  @RefColumn('BankAccount') bankAccountId: number;
  /** SHA-256 of the file. */
  @KeyColumn(64) fileHash: string;
  /** Among the statements of the account in the file, from 0. */
  @IntColumn() position: number;
  @KeyColumn(30) format: string;
  /** The bank's identification and number. */
  @TextColumn(100, { nullable: true }) reference: string | null;
  @TextColumn(100, { nullable: true }) sequence: string | null;
  @LocalDateColumn({ nullable: true }) fromOn: string | null;
  @LocalDateColumn({ nullable: true }) toOn: string | null;
  @MinorUnitsColumn({ nullable: true }) openingBalance: number | null;
  @MinorUnitsColumn({ nullable: true }) closingBalance: number | null;
  /** Lines that were new, and their sum. */
  @IntColumn() lines: number;
  @MinorUnitsColumn() amount: number;
  /** Lines that an earlier file had brought, and their sum. */
  @IntColumn() repeated: number;
  @MinorUnitsColumn() repeatedAmount: number;
  /** What the bank announced and had not booked: in no balance and no line. */
  @IntColumn() unbooked: number;
  @RefColumn('User') importedBy: number;
  @InstantColumn() importedAt: string;
}

/**
 * One movement of a bank account. What is unresolved of it is what the ledger's SUSPENSE has under its dimension, and
 * stands nowhere else.
 */
@Entity('bank_lines')
@Unique(['bankAccountId', 'fingerprint', 'occurrence'])
@Unique(['dimension'])
@Index(['statementId', 'position'])
@Index(['bankAccountId', 'bookedOn'])
@Index(['ownerId'])
export class BankLine {
  @IdColumn() id: number;
  /** Counted up by every act on the line, which so waits for the one before. */
  @IntColumn() version: number;
  @RefColumn('BankAccount') bankAccountId: number;
  @RefColumn('ImportedStatement') statementId: number;
  @IntColumn() position: number;
  /** Place in the file. */
  @TextColumn(200) place: string;
  /** What tells the movement from others, and which of those that are alike in it. */
  @KeyColumn(64) fingerprint: string;
  @IntColumn() occurrence: number;
  /** `bank-line:ID`. */
  @KeyColumn(40) dimension: string;
  @LocalDateColumn() bookedOn: string;
  @LocalDateColumn({ nullable: true }) valueOn: string | null;
  @KeyColumn(3) currency: string;
  /** Positive what came in, negative what went out. */
  @MinorUnitsColumn() amount: number;
  /** What the payer quoted, one a line, the likelier first. */
  @LongTextColumn({ nullable: true }) references: string | null;
  @TextColumn(200, { nullable: true }) counterparty: string | null;
  @TextColumn(60, { nullable: true }) counterpartyAccount: string | null;
  @LongTextColumn({ nullable: true }) description: string | null;
  @TextColumn(100, { nullable: true }) bankReference: string | null;
  /** Takes an earlier movement back. */
  @FlagColumn() reversal: boolean;
  /** Null for a line of nothing. */
  @RefColumn('LedgerPosting', { nullable: true }) postingId: number | null;
  /** The employee who is to resolve it. */
  @RefColumn('User', { nullable: true }) ownerId: number | null;
  @TextColumn(500, { nullable: true }) note: string | null;
}

export const PROPOSAL_STATES = ['OPEN', 'ACCEPTED', 'REFUSED', 'LAPSED'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** How sure: reference and amount; amount and date, or a name with another amount; several would do. */
export const MATCHES = ['EXACT', 'LIKELY', 'AMBIGUOUS'] as const;
export type Match = (typeof MATCHES)[number];

/** What a line may be. One that was refused, or accepted and undone, is not proposed again. */
@Entity('bank_proposals')
@Unique(['lineId', 'target'])
@Index(['state', 'lineId'])
export class BankProposal {
  @IdColumn() id: number;
  @RefColumn('BankLine') lineId: number;
  /** `deposit:7`, `payment:8`, `cards:2026-11-24`, `account:9`, `one-record:3` … */
  @KeyColumn(60) target: string;
  @EnumColumn(MATCHES) match: Match;
  @EnumColumn(PROPOSAL_STATES) state: ProposalState;
  /** For people. */
  @TextColumn(300) label: string;
  @InstantColumn() proposedAt: string;
  /** Null while it is open, and when it was applied by itself. */
  @RefColumn('User', { nullable: true }) decidedBy: number | null;
  @InstantColumn({ nullable: true }) decidedAt: string | null;
}

export const BANK_ENTITIES = [BankAccount, ImportedStatement, BankLine, BankProposal];
