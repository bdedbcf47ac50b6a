import {
  EnumColumn,
  IdColumn,
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

export const METER_ENTITIES = [Meter, Installation];
