import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const REQUEST_KINDS = [
  'NEW_SUBSCRIPTION',
  'TRANSFER',
  'TEMPORARY_DISCONNECT',
  'RECONNECT',
  'METER_TEST',
  'OWN_READING',
  'CHANGE_OF_CLASS',
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** PAID is seen at the charges of the fee and never stored. */
export const REQUEST_STATES = [
  'SUBMITTED',
  'CHECKED',
  'SURVEYED',
  'FEES_DUE',
  'PAID',
  'EXECUTED',
  'CLOSED',
  'REJECTED',
  'WITHDRAWN',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** What is asked for, by kind. */
export interface RequestDetails {
  waterClass?: string;
  sizeMm?: number;
  units?: number;
  sewer?: boolean;
  address?: string;
  basin?: string;
  plot?: string;
  zoneId?: number;
  soldOn?: string;
  contractNumber?: string;
  reason?: string;
  reading?: number;
  readOn?: string;
}

/** A citizen's request about water, from the counter to the last step. */
@Entity('water_requests')
@Unique(['number'])
@Index(['state', 'dueOn'])
@Index(['oneRecordId'])
@Index(['subscriptionId'])
export class WaterRequest {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @KeyColumn(40) number: string;
  @EnumColumn(REQUEST_KINDS) kind: RequestKind;
  @EnumColumn(REQUEST_STATES) state: RequestState;
  /** The applicant. */
  @RefColumn('OneRecord') oneRecordId: number;
  @RefColumn('Subscription') subscriptionId: number;
  @JsonColumn() details: RequestDetails;
  /** Codes of the documents that were shown. */
  @JsonColumn() documents: string[];
  /** Charges of billing. */
  @JsonColumn() feeChargeIds: number[];
  @RefColumn('AccountTransfer', { nullable: true }) transferId: number | null;
  @RefColumn('WaterOrder', { nullable: true }) orderId: number | null;
  @RefColumn('User') submittedBy: number;
  @InstantColumn() submittedAt: string;
  /** By when the next step is to be done; null when nothing is left to do. */
  @LocalDateColumn({ nullable: true }) dueOn: string | null;
}

/** A step of a request. Append-only. */
@Entity('water_request_steps')
@Index(['requestId'])
export class WaterRequestStep {
  @IdColumn() id: number;
  @RefColumn('WaterRequest') requestId: number;
  @EnumColumn(REQUEST_STATES, { nullable: true }) fromState: RequestState | null;
  @EnumColumn(REQUEST_STATES) toState: RequestState;
  @TextColumn(500, { nullable: true }) note: string | null;
  @RefColumn('User') doneBy: number;
  @InstantColumn() doneAt: string;
}

export const REQUEST_ENTITIES = [WaterRequest, WaterRequestStep];
