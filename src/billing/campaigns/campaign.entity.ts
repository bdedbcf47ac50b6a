import {
  EnumColumn,
  FlagColumn,
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
import type { ServiceType } from '../accounts/account.entity';

export const CAMPAIGN_KINDS = ['PERCENT_OF_ARREARS', 'MATCHING', 'DONOR', 'COMPLIANT_BONUS'] as const;
export type CampaignKind = (typeof CAMPAIGN_KINDS)[number];

export const CAMPAIGN_STATES = ['DRAFT', 'APPROVED', 'SUSPENDED', 'ENDED'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** A decision of the council to relieve debts for a time. Its terms do not change once it is approved. */
@Entity('campaigns')
@Unique(['code'])
@Index(['state', 'validUntil'])
export class Campaign {
  @IdColumn() id: number;
  @KeyColumn(30) code: string;
  @TextColumn(200) nameAr: string;
  @TextColumn(200) nameEn: string;
  @TextColumn(100) decisionNumber: string;
  @EnumColumn(CAMPAIGN_KINDS) kind: CampaignKind;
  @EnumColumn(CAMPAIGN_STATES) state: CampaignState;
  @KeyColumn(3) currency: string;
  /** Null for all. */
  @JsonColumn({ nullable: true }) serviceTypes: ServiceType[] | null;
  /** Days of payment, inclusive. */
  @LocalDateColumn() validFrom: string;
  @LocalDateColumn() validUntil: string;
  /** Charges due before this day are arrears; null for COMPLIANT_BONUS. */
  @LocalDateColumn({ nullable: true }) arrearsBefore: string | null;
  /** Millionths: of the arrears, of what is paid, of the bill. Null for DONOR. */
  @IntColumn({ nullable: true }) ratePpm: number | null;
  /** Of DONOR: millionths of the arrears; what is left of a million the debtor pays. */
  @TextColumn(200, { nullable: true }) donorName: string | null;
  @IntColumn({ nullable: true }) donorPpm: number | null;
  @IntColumn({ nullable: true }) municipalityPpm: number | null;
  /** Of COMPLIANT_BONUS: months without arrears. */
  @IntColumn({ nullable: true }) compliantMonths: number | null;
  /** Least that is paid on the account. */
  @MinorUnitsColumn({ nullable: true }) minimumPayment: number | null;
  /** Accounts with charges in a live instalment plan have no part in it. */
  @FlagColumn() withoutPlan: boolean;
  /** Most that is granted in total; null for any amount. */
  @MinorUnitsColumn({ nullable: true }) budget: number | null;
  /** The sum of its grants. */
  @MinorUnitsColumn() spent: number;
  @RefColumn('User') draftedBy: number;
  @InstantColumn() draftedAt: string;
  @RefColumn('User', { nullable: true }) approvedBy: number | null;
  @InstantColumn({ nullable: true }) approvedAt: string | null;
  /** Why it was suspended, resumed or ended. */
  @TextColumn(500, { nullable: true }) stateReason: string | null;
  @IntColumn() version: number;
}

/** An account whose debt a DONOR campaign may settle, from its approval on. */
@Entity('campaign_debtors')
@Unique(['campaignId', 'accountId'])
@Index(['accountId'])
export class CampaignDebtor {
  @IdColumn() id: number;
  @RefColumn('Campaign') campaignId: number;
  @RefColumn('Account') accountId: number;
  @TextColumn(100) documentNumber: string;
  @RefColumn('User') addedBy: number;
  @InstantColumn() addedAt: string;
  @RefColumn('User', { nullable: true }) approvedBy: number | null;
  @InstantColumn({ nullable: true }) approvedAt: string | null;
}

/** What a campaign granted an account. Append-only; what is undone is given back by a row with the opposite amounts. */
@Entity('campaign_grants')
@Index(['campaignId', 'grantedOn'])
@Index(['paymentId'])
@Index(['accountId'])
@Index(['reversesId'], { unique: true, where: whereSet('reverses_id') })
export class CampaignGrant {
  @IdColumn() id: number;
  @RefColumn('Campaign') campaignId: number;
  @RefColumn('Account') accountId: number;
  /** Null when a donor settled the debt and nobody paid. */
  @RefColumn('Payment', { nullable: true }) paymentId: number | null;
  /** Of a settlement. */
  @RefColumn('LedgerPosting', { nullable: true }) postingId: number | null;
  @MinorUnitsColumn() amount: number;
  /** The donor's part of it. */
  @MinorUnitsColumn() donorAmount: number;
  /** What was paid on the account beside it. */
  @MinorUnitsColumn() collected: number;
  @LocalDateColumn() grantedOn: string;
  @InstantColumn() grantedAt: string;
  /** Null when the citizen paid online or a job found the payment. */
  @RefColumn('User', { nullable: true }) grantedBy: number | null;
  @RefColumn('CampaignGrant', { nullable: true }) reversesId: number | null;
}

export const CAMPAIGN_ENTITIES = [Campaign, CampaignDebtor, CampaignGrant];
