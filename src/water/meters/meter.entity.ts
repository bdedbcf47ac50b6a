import {
  EnumColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LocalDateColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const METER_STATES = ['STOCK', 'INSTALLED', 'TESTING', 'REPAIR', 'RETIRED'] as const;
export type MeterState = (typeof METER_STATES)[number];

/** A water meter (عداد). Never deleted. */
@Entity('water_meters')
@Unique(['serial'])
@Index(['state'])
export class Meter {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @KeyColumn(60) serial: string;
  @TextColumn(60, { nullable: true }) make: string | null;
  /** Of the register: with 5 it goes from 99999 to 0. */
  @IntColumn() digits: number;
  @IntColumn() sizeMm: number;
  /** m³ a unit of the register. */
  @IntColumn() multiplier: number;
  @KeyColumn(40, { nullable: true }) seal: string | null;
  @EnumColumn(METER_STATES) state: MeterState;
}

/** A meter at a subscription from one day to another; one at a time on either side. */
@Entity('water_installations')
@Index(['subscriptionId', 'installedOn'])
@Index(['meterId', 'installedOn'])
@Index(['openSubscriptionId'], { unique: true, where: whereSet('open_subscription_id') })
@Index(['openMeterId'], { unique: true, where: whereSet('open_meter_id') })
export class Installation {
  @IdColumn() id: number;
  @RefColumn('Meter') meterId: number;
  @RefColumn('Subscription') subscriptionId: number;
  @LocalDateColumn() installedOn: string;
  /** Of the register, as is every reading. */
  @IntColumn() initialReading: number;
  @LocalDateColumn({ nullable: true }) removedOn: string | null;
  @IntColumn({ nullable: true }) finalReading: number | null;
  /** Both sides while it stands. */
  @RefColumn('Subscription', { nullable: true }) openSubscriptionId: number | null;
  @RefColumn('Meter', { nullable: true }) openMeterId: number | null;
}

export const METER_ACTS = ['RECEIVED', 'INSTALLED', 'REMOVED', 'TESTED', 'MOVED', 'RETIRED'] as const;
export type MeterAct = (typeof METER_ACTS)[number];

/** What happened to a meter. Append-only. */
@Entity('water_meter_events')
@Index(['meterId'])
export class MeterEvent {
  @IdColumn() id: number;
  @RefColumn('Meter') meterId: number;
  @EnumColumn(METER_ACTS) act: MeterAct;
  @EnumColumn(METER_STATES) state: MeterState;
  @LocalDateColumn() happenedOn: string;
  @RefColumn('Subscription', { nullable: true }) subscriptionId: number | null;
  @TextColumn(500, { nullable: true }) reason: string | null;
  @RefColumn('User', { nullable: true }) recordedBy: number | null;
  @InstantColumn() recordedAt: string;
}

/** RIGHT within what is tolerated; FAST counts too much, SLOW too little, STOPPED nothing. */
export const TEST_OUTCOMES = ['RIGHT', 'FAST', 'SLOW', 'STOPPED'] as const;
export type TestOutcome = (typeof TEST_OUTCOMES)[number];

/** A meter on the bench. Errors are in hundredths of a percent of the true volume, positive where it counts too much. */
@Entity('water_meter_tests')
@Index(['meterId'])
@Index(['subscriptionId'])
export class MeterTest {
  @IdColumn() id: number;
  @RefColumn('Meter') meterId: number;
  /** Where it stood last. */
  @RefColumn('Subscription', { nullable: true }) subscriptionId: number | null;
  @LocalDateColumn() testedOn: string;
  @IntColumn({ nullable: true }) errorLow: number | null;
  @IntColumn({ nullable: true }) errorNominal: number | null;
  @IntColumn({ nullable: true }) errorHigh: number | null;
  /** At nominal flow, as the setting said on that day. */
  @IntColumn() tolerance: number;
  @EnumColumn(TEST_OUTCOMES) outcome: TestOutcome;
  @FlagColumn() feeGivenBack: boolean;
  @KeyColumn(60) reportNumber: string;
  @RefColumn('User') recordedBy: number;
  @InstantColumn() recordedAt: string;
}

export const METER_ENTITIES = [Meter, Installation, MeterEvent, MeterTest];
