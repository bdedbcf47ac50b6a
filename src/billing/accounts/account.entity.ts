import {
  CodeIdColumn,
  EnumColumn,
  FlagColumn,
  IdColumn,
  IntColumn,
  KeyColumn,
  LocalDateColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const SERVICE_TYPES = ['WATER', 'SEWER', 'WASTE', 'PROPERTY', 'LICENCE', 'PROJECT', 'RENT', 'OTHER'] as const;
export type ServiceType = (typeof SERVICE_TYPES)[number];

export const ACCOUNT_STATES = ['OPEN', 'CLOSED'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

/**
 * What one party owes for one service in one currency. Its balance is the sum of its ledger entries and stands nowhere
 * else. A sale closes the holder's account and opens the next tenure of the same number for the buyer.
 */
@Entity('billing_accounts')
@Unique(['number', 'currency', 'tenure'])
@Index(['legacyServiceId'])
@Index(['legacyCitizenId'])
@Index(['oneRecordId'])
export class Account {
  @IdColumn() id: number;
  /** The service's number, as on bills; that of the old system for what was taken over. */
  @KeyColumn(100) number: string;
  @KeyColumn(3) currency: string;
  /** 1 for the first holder, one more with each transfer. */
  @IntColumn() tenure: number;
  @EnumColumn(SERVICE_TYPES) serviceType: ServiceType;
  @EnumColumn(ACCOUNT_STATES) state: AccountState;
  @RefColumn('LegacyService', { nullable: true }) legacyServiceId: number | null;
  /** The payer row that holds the account; whose OneRecord holds the row, holds the account. */
  @RefColumn('LegacyCitizen', { nullable: true }) legacyCitizenId: number | null;
  /** The holder of an account that no old system knew, or that was transferred here. */
  @RefColumn('OneRecord', { nullable: true }) oneRecordId: number | null;
  @LocalDateColumn() openedOn: string;
  /** The first day that is not the holder's any more. One that still owes, or has an advance, is OPEN all the same: it is paid, and billed no more. */
  @LocalDateColumn({ nullable: true }) closedOn: string | null;
  /** Held by every posting that touches the account, which so waits for the one before. */
  @IntColumn() version: number;
}

/** What is charged for: order of payment, name on bills, account of income. */
@Entity('charge_heads')
export class ChargeHead {
  @CodeIdColumn(20) code: string;
  @TextColumn(100) nameAr: string;
  @TextColumn(100) nameEn: string;
  @EnumColumn(SERVICE_TYPES) serviceType: ServiceType;
  /** Of charges of one period the smaller is paid first. */
  @IntColumn() priority: number;
  /** Account of income, see the chart. */
  @KeyColumn(30) ledger: string;
  @FlagColumn() active: boolean;
}
