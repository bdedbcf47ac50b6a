import {
  BigIntColumn,
  EnumColumn,
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
import { Entity, Index, Unique } from 'typeorm';
import { WATER_CLASSES, type WaterClass } from '../subscriptions/subscription.entity';

export const RE_RATING_STATES = ['DRAFT', 'SIMULATED', 'POSTED', 'REVERSED', 'CANCELLED'] as const;
export type ReRatingState = (typeof RE_RATING_STATES)[number];

export const RE_RATING_TASKS = ['SIMULATE', 'POST', 'REVERSE'] as const;
export type ReRatingTask = (typeof RE_RATING_TASKS)[number];

/** Past cycles rated again by other versions of the tariff (إعادة احتساب): simulated by one, posted by another. */
@Entity('water_re_ratings')
export class ReRating {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @TextColumn(500) reason: string;
  @TextColumn(100) decisionNumber: string;
  /** `YYYY-MM`, both included. */
  @KeyColumn(7) fromPeriod: string;
  @KeyColumn(7) toPeriod: string;
  @EnumColumn(WATER_CLASSES, { nullable: true }) waterClass: WaterClass | null;
  @RefColumn('Route', { nullable: true }) routeId: number | null;
  @RefColumn('Zone', { nullable: true }) zoneId: number | null;
  /** Rated by these alone; none: by all that is approved. */
  @JsonColumn() tariffIds: number[];
  /** Of what is charged. */
  @LocalDateColumn() dueOn: string;
  @EnumColumn(RE_RATING_STATES) state: ReRatingState;
  /** What a worker has been asked for and has not finished. */
  @EnumColumn(RE_RATING_TASKS, { nullable: true }) task: ReRatingTask | null;
  /** The last rating or difference that the task has dealt with. */
  @BigIntColumn() cursor: number;
  @IntColumn() rated: number;
  @IntColumn() differences: number;
  /** Of the list, minor units above zero. */
  @MinorUnitsColumn() debits: number;
  @MinorUnitsColumn() credits: number;
  /** Why the last task stopped. */
  @TextColumn(1000, { nullable: true }) failure: string | null;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
  @RefColumn('User', { nullable: true }) postedBy: number | null;
  @InstantColumn({ nullable: true }) postedAt: string | null;
  /** Who reversed or cancelled it. */
  @RefColumn('User', { nullable: true }) endedBy: number | null;
  @InstantColumn({ nullable: true }) endedAt: string | null;
  @TextColumn(500, { nullable: true }) ending: string | null;
}

export const DIFFERENCE_STATES = ['LISTED', 'POSTED', 'REVERSED', 'REFUSED'] as const;
export type DifferenceState = (typeof DIFFERENCE_STATES)[number];

/** A cycle of a subscription that comes to something else. */
@Entity('water_re_rating_differences')
@Unique(['reRatingId', 'ratingId'])
@Index(['reRatingId', 'id'])
@Index(['accountId', 'reRatingId'])
export class RatingDifference {
  @IdColumn() id: number;
  @RefColumn('ReRating') reRatingId: number;
  @RefColumn('WaterRating') ratingId: number;
  @RefColumn('Subscription') subscriptionId: number;
  @RefColumn('Account') accountId: number;
  @KeyColumn(7) period: string;
  @MinorUnitsColumn() before: number;
  @MinorUnitsColumn() after: number;
  /** JSON of `[head, amount]`: above zero a debit, below a credit. */
  @LongTextColumn() changes: string;
  /** JSON of the rating that takes the place of the earlier one. */
  @LongTextColumn() rating: string;
  @EnumColumn(DIFFERENCE_STATES) state: DifferenceState;
  /** Why it could not be posted or reversed. */
  @TextColumn(500, { nullable: true }) refusal: string | null;
  @RefColumn('WaterRating', { nullable: true }) newRatingId: number | null;
  @RefColumn('LedgerPosting', { nullable: true }) postingId: number | null;
  /** JSON of what was taken back of which charges. */
  @LongTextColumn({ nullable: true }) takenBack: string | null;
}
