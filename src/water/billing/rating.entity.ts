import {
  BigIntColumn,
  EnumColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LocalDateColumn,
  LongTextColumn,
  MinorUnitsColumn,
  RefColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';

/** A bill of a cycle, the last bill of a tenure, or another rating of a cycle that was billed before. */
export const RATING_KINDS = ['BILL', 'FINAL', 'TRUE_UP', 'RE_RATING'] as const;
export type RatingKind = (typeof RATING_KINDS)[number];

/**
 * How the water of some days was rated. Rows are never changed but in whether they stand: of the ratings of a
 * subscription that begin on one day the last one does, until it is taken back and the one before does again.
 */
@Entity('water_ratings')
@Index(['standingSubscriptionId', 'fromOn'], { unique: true, where: whereSet('standing_subscription_id') })
@Index(['subscriptionId', 'period'])
@Index(['period', 'id'])
@Index(['billId'])
export class WaterRating {
  @IdColumn() id: number;
  @RefColumn('Subscription') subscriptionId: number;
  /** The subscription while it stands. */
  @RefColumn('Subscription', { nullable: true }) standingSubscriptionId: number | null;
  /** Whose bill it was. */
  @RefColumn('Account') accountId: number;
  /** `YYYY-MM` of the bill. */
  @KeyColumn(7) period: string;
  @EnumColumn(RATING_KINDS) kind: RatingKind;
  /** The rating in whose place it stands. */
  @RefColumn('WaterRating', { nullable: true }) replacesId: number | null;
  @LocalDateColumn() fromOn: string;
  @LocalDateColumn() toOn: string;
  @BigIntColumn() litres: number;
  /** The meter was not read at its end. */
  @FlagColumn() estimated: boolean;
  @FlagColumn() sewer: boolean;
  /** Register at the beginning and end; null where none was read. */
  @IntColumn({ nullable: true }) previousReading: number | null;
  @IntColumn({ nullable: true }) currentReading: number | null;
  /** Of a FINAL one: m³ beyond the last reading, which the next reading counts again. */
  @IntColumn() ahead: number;
  /** JSON of the ids of the readings that it bills. */
  @LongTextColumn() readingIds: string;
  /** JSON of the ids of the versions it was rated by. */
  @LongTextColumn() tariffIds: string;
  /** JSON of `Rating` of libs/tariff. */
  @LongTextColumn() rating: string;
  @MinorUnitsColumn() total: number;
  /** The bill that made it; null for a RE_RATING. */
  @RefColumn('Bill', { nullable: true }) billId: number | null;
  /** Posting that took back what earlier estimates had charged too much. */
  @RefColumn('LedgerPosting', { nullable: true }) creditId: number | null;
  /** JSON of what that took back. */
  @LongTextColumn({ nullable: true }) takenBack: string | null;
  @InstantColumn() ratedAt: string;
}
