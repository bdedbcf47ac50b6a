import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

/** Who has a share in what the municipality collects: the ministry, the sewer association. */
@Entity('share_partners')
@Unique(['code'])
export class SharePartner {
  @IdColumn() id: number;
  /** What the ledger keeps their money apart by. */
  @KeyColumn(20) code: string;
  @TextColumn(120) nameAr: string;
  @TextColumn(120) nameEn: string;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
  /** Counted up by whoever settles, pays or changes rules, which so wait for one another. */
  @IntColumn() version: number;
}

/** A partner's share of what is collected of a head from a day on, until their next rule for the head; 0 ends it. */
@Entity('share_rules')
@Unique(['head', 'partnerId', 'fromDay'])
export class ShareRule {
  @IdColumn() id: number;
  /** Code of the charge head. */
  @KeyColumn(20) head: string;
  @RefColumn('SharePartner') partnerId: number;
  @LocalDateColumn() fromDay: string;
  /** Hundredths of a percent: 9000 of 10,000. What partners do not have is the municipality's. */
  @IntColumn() basisPoints: number;
  /** The law or decision that it rests on. */
  @TextColumn(100) decision: string;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
}

export const SHARE_STATES = ['POSTED', 'REVERSED'] as const;
export type ShareState = (typeof SHARE_STATES)[number];

export interface SharedAmount {
  currency: string;
  /** Minor units, as is the other; both may be below zero. */
  collected: number;
  share: number;
}

/**
 * A partner's share of all that was collected up to the end of a month and is in no settlement before. Only the last one
 * that stands is reversed.
 */
@Entity('share_settlements')
@Index(['standingPartnerId', 'period'], { unique: true, where: whereSet('standing_partner_id') })
@Index(['partnerId', 'period'])
export class ShareSettlement {
  @IdColumn() id: number;
  @RefColumn('SharePartner') partnerId: number;
  /** The partner while it stands: one settlement a month. */
  @RefColumn('SharePartner', { nullable: true }) standingPartnerId: number | null;
  /** `YYYY-MM`. */
  @KeyColumn(7) period: string;
  @EnumColumn(SHARE_STATES) state: ShareState;
  @JsonColumn() amounts: SharedAmount[];
  @LocalDateColumn() postedOn: string;
  @RefColumn('LedgerPosting') postingId: number;
  @RefColumn('User') settledBy: number;
  @InstantColumn() settledAt: string;
  @RefColumn('User', { nullable: true }) reversedBy: number | null;
  @InstantColumn({ nullable: true }) reversedAt: string | null;
  @TextColumn(500, { nullable: true }) reason: string | null;
  @RefColumn('LedgerPosting', { nullable: true }) reversalId: number | null;
}

/** What a settlement has of one head, currency and month of collection under one set of shares. */
@Entity('share_lines')
@Unique(['settlementId', 'head', 'currency', 'period', 'rateFrom'])
export class ShareSettlementLine {
  @IdColumn() id: number;
  @RefColumn('ShareSettlement') settlementId: number;
  @KeyColumn(20) head: string;
  @KeyColumn(3) currency: string;
  /** `YYYY-MM` in which it was collected: an earlier one than the settlement's for what came in late. */
  @KeyColumn(7) period: string;
  /** First day of the shares that were in force. */
  @LocalDateColumn() rateFrom: string;
  @IntColumn() basisPoints: number;
  @MinorUnitsColumn() collected: number;
  @MinorUnitsColumn() share: number;
}

/** Money that was paid out to a partner from a bank account. */
@Entity('share_remittances')
@Index(['partnerId', 'paidOn'])
export class ShareRemittance {
  @IdColumn() id: number;
  @RefColumn('SharePartner') partnerId: number;
  @EnumColumn(SHARE_STATES) state: ShareState;
  @KeyColumn(3) currency: string;
  @MinorUnitsColumn() amount: number;
  @LocalDateColumn() paidOn: string;
  @KeyColumn(40) bankAccount: string;
  /** Number of the transfer order or cheque. */
  @KeyColumn(60) reference: string;
  @RefColumn('LedgerPosting') postingId: number;
  @RefColumn('User') paidBy: number;
  @InstantColumn() paidAt: string;
  @RefColumn('User', { nullable: true }) reversedBy: number | null;
  @InstantColumn({ nullable: true }) reversedAt: string | null;
  @TextColumn(500, { nullable: true }) reason: string | null;
  @RefColumn('LedgerPosting', { nullable: true }) reversalId: number | null;
}

export const SHARE_ENTITIES = [SharePartner, ShareRule, ShareSettlement, ShareSettlementLine, ShareRemittance];
