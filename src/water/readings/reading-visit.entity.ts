import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';

export const VISIT_REASONS = ['RE_READ', 'ESTIMATES'] as const;
export type VisitReason = (typeof VISIT_REASONS)[number];

/** Somebody must go and read: a reading was doubted, or as many were estimated as may be. The next true reading ends it. */
@Entity('water_reading_visits')
@Index(['subscriptionId'])
@Index(['openSubscriptionId'], { unique: true, where: whereSet('open_subscription_id') })
export class ReadingVisit {
  @IdColumn() id: number;
  @RefColumn('Subscription') subscriptionId: number;
  /** The subscription while it is open: one at a time. */
  @RefColumn('Subscription', { nullable: true }) openSubscriptionId: number | null;
  @KeyColumn(7) period: string;
  @EnumColumn(VISIT_REASONS) reason: VisitReason;
  @TextColumn(300, { nullable: true }) note: string | null;
  /** The reading that was doubted. */
  @RefColumn('Reading', { nullable: true }) readingId: number | null;
  @RefColumn('User', { nullable: true }) requestedBy: number | null;
  @InstantColumn() requestedAt: string;
  @InstantColumn({ nullable: true }) doneAt: string | null;
}

/** Reading of a route is over for a period: what comes later is refused. */
@Entity('water_reading_closings')
@Unique(['routeId', 'period'])
export class ReadingClosing {
  @IdColumn() id: number;
  @IntColumn() version: number;
  @RefColumn('Route') routeId: number;
  @KeyColumn(7) period: string;
  @EnumColumn(['CLOSED', 'REOPENED']) state: 'CLOSED' | 'REOPENED';
  @RefColumn('User') changedBy: number;
  @InstantColumn() changedAt: string;
  @TextColumn(300, { nullable: true }) reason: string | null;
}
