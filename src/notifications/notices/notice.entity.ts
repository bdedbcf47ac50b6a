import {
  EnumColumn,
  FlagColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LocalDateColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index } from 'typeorm';
import type { Estimate } from '../messages/notifications';
import type { Channel } from '../templates/template.entity';

export const NOTICE_STATES = ['DRAFT', 'SUBMITTED', 'APPROVED', 'SENDING', 'SENT', 'RECALLED'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** Who would get it, as counted at an instant; costs in agorot. */
export interface NoticeCount extends Estimate {
  at: string;
  recipients: number;
}

/** What the municipality tells many people at once. */
@Entity('public_notices')
@Index(['state', 'id'])
@Index(['onWeb', 'sendAt'])
export class PublicNotice {
  @IdColumn() id: number;
  /** Counted up by what people do; the progress of sending leaves it. */
  @IntColumn() version: number;
  @EnumColumn(NOTICE_STATES) state: NoticeState;
  /** Of a topic. */
  @KeyColumn(40) topic: string;
  @JsonColumn() channels: Channel[];
  @TextColumn(200) titleAr: string;
  @TextColumn(200, { nullable: true }) titleEn: string | null;
  @TextColumn(1000) textAr: string;
  @TextColumn(1000, { nullable: true }) textEn: string | null;
  /** Of an audience source. */
  @KeyColumn(60) source: string;
  @JsonColumn() parameters: Record<string, unknown>;
  /** Also on the public page and in the feed. */
  @FlagColumn() onWeb: boolean;
  /** The last day on which it stands there; null: as long as there is room. */
  @LocalDateColumn({ nullable: true }) webUntil: string | null;
  /** On whose behalf: its limits and costs. */
  @RefColumn('Department', { nullable: true }) departmentId: number | null;
  /** When it may leave; set by the approval. */
  @InstantColumn({ nullable: true }) sendAt: string | null;
  /** Of this content and audience; null until counted. */
  @JsonColumn({ nullable: true }) counted: NoticeCount | null;
  /** Where the next page of the audience begins; moved in the unit that queues the messages of the page before. */
  @KeyColumn(300, { nullable: true }) cursor: string | null;
  /** People dealt with so far. */
  @IntColumn() taken: number;
  @IntColumn() queued: number;
  @IntColumn() suppressed: number;
  @IntColumn() unreachable: number;
  @RefColumn('User') createdBy: number;
  @InstantColumn() createdAt: string;
  @RefColumn('User', { nullable: true }) submittedBy: number | null;
  @InstantColumn({ nullable: true }) submittedAt: string | null;
  @RefColumn('User', { nullable: true }) approvedBy: number | null;
  @InstantColumn({ nullable: true }) approvedAt: string | null;
  @InstantColumn({ nullable: true }) startedAt: string | null;
  /** When all its messages were queued, or it was recalled. */
  @InstantColumn({ nullable: true }) endedAt: string | null;
  @RefColumn('User', { nullable: true }) recalledBy: number | null;
  /** Of the return to its author, or of the recall. */
  @TextColumn(500, { nullable: true }) reason: string | null;
}
