import { EnumColumn, IdColumn, InstantColumn, IntColumn, JsonColumn, TextColumn } from '@libs/persistence';
import { Entity, Index } from 'typeorm';

export const WATER_TAKE_OVER_STATES = ['RUNNING', 'DONE', 'FAILED'] as const;

/** What could not be taken over as it was, or was taken over with an assumption. */
export interface WaterException {
  subscription: string;
  reason: string;
}

/** A run that brings subscriptions, meters and readings up to the mirror's last state. */
@Entity('water_take_overs')
@Index(['startedAt'])
export class WaterTakeOver {
  @IdColumn() id: number;
  @EnumColumn(WATER_TAKE_OVER_STATES) state: (typeof WATER_TAKE_OVER_STATES)[number];
  @InstantColumn() startedAt: string;
  @InstantColumn({ nullable: true }) finishedAt: string | null;
  /** Subscriptions opened or changed. */
  @IntColumn() subscriptions: number;
  @IntColumn() meters: number;
  @IntColumn() readings: number;
  @JsonColumn({ nullable: true }) exceptions: WaterException[] | null;
  @TextColumn(1000, { nullable: true }) failure: string | null;
}
