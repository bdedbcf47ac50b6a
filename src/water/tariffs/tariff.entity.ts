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
import type { TariffData } from '@libs/tariff';
import { Entity, Index, Unique } from 'typeorm';
import { WATER_CLASSES, type SubscriptionState, type WaterClass } from '../subscriptions/subscription.entity';

export const TARIFF_STATES = ['DRAFT', 'APPROVED', 'RETIRED'] as const;
export type TariffState = (typeof TARIFF_STATES)[number];

/** States in which a subscription may be charged the fees of a cycle though nobody reads its meter. */
export const IDLE_STATES = ['HOLD', 'DISCONNECTED', 'TEMP_CLOSED'] as const satisfies readonly SubscriptionState[];
export type IdleState = (typeof IDLE_STATES)[number];

/** A version of the tariff (تعرفة). Once approved it never changes: another is approved in its place. */
@Entity('water_tariffs')
@Unique(['code'])
@Index(['waterClass', 'effectiveFrom'])
export class WaterTariff {
  @IdColumn() id: number;
  @IntColumn() version: number;
  /** Code, class and first day are those of the data. */
  @KeyColumn(40) code: string;
  @TextColumn(120) titleAr: string;
  @TextColumn(120) titleEn: string;
  @EnumColumn(WATER_CLASSES) waterClass: WaterClass;
  @LocalDateColumn() effectiveFrom: string;
  @JsonColumn() data: TariffData;
  @JsonColumn() idleStates: IdleState[];
  /** The decision by which it is set. */
  @TextColumn(100) decisionNumber: string;
  @LocalDateColumn() decidedOn: string;
  @EnumColumn(TARIFF_STATES) state: TariffState;
  /** Counted over all approvals. */
  @IntColumn({ nullable: true }) approval: number | null;
  @RefColumn('User') draftedBy: number;
  @InstantColumn() draftedAt: string;
  @RefColumn('User', { nullable: true }) approvedBy: number | null;
  @InstantColumn({ nullable: true }) approvedAt: string | null;
  @RefColumn('User', { nullable: true }) retiredBy: number | null;
  @InstantColumn({ nullable: true }) retiredAt: string | null;
  @TextColumn(500, { nullable: true }) retirement: string | null;
}
