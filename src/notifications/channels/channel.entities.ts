import { LANES, type Lane } from '@libs/outbox';
import {
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LongTextColumn,
  RefColumn,
  TextColumn,
  whereSet,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import { CHANNELS, type Channel } from '../templates/template.entity';

/** What a sandbox provider was given instead of a network. */
@Entity('sandbox_messages')
@Unique(['reference'])
export class SandboxMessage {
  @IdColumn() id: number;
  @KeyColumn(150) reference: string;
  @KeyColumn(40) provider: string;
  @EnumColumn(CHANNELS) channel: Channel;
  @KeyColumn(254) recipient: string;
  @EnumColumn(LANES) lane: Lane;
  @TextColumn(200, { nullable: true }) subject: string | null;
  @LongTextColumn() body: string;
  @IntColumn() segments: number;
  @InstantColumn() receivedAt: string;
}

/** A message in the citizen's inbox (صندوق الرسائل). Its words stay until the record takes them out. */
@Entity('inbox_items')
@Unique(['messageId'])
@Index(['oneRecordId', 'id'])
export class InboxItem {
  @IdColumn() id: number;
  @RefColumn('Message') messageId: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @KeyColumn(40) topic: string;
  @TextColumn(200) title: string;
  @LongTextColumn() body: string;
  @TextColumn(500, { nullable: true }) link: string | null;
  @InstantColumn() createdAt: string;
  @InstantColumn({ nullable: true }) readAt: string | null;
}

/** A browser of a citizen that takes web push (RFC 8030). */
@Entity('push_subscriptions')
@Index(['standingEndpoint'], { unique: true, where: whereSet('standing_endpoint') })
@Index(['oneRecordId', 'id'])
export class PushSubscription {
  @IdColumn() id: number;
  @RefColumn('OneRecord') oneRecordId: number;
  @TextColumn(1000) endpoint: string;
  /** SHA-256 of the endpoint while the subscription stands. */
  @KeyColumn(64, { nullable: true }) standingEndpoint: string | null;
  @KeyColumn(200) p256dh: string;
  @KeyColumn(100) auth: string;
  @TextColumn(100, { nullable: true }) label: string | null;
  @InstantColumn() createdAt: string;
  @InstantColumn({ nullable: true }) endedAt: string | null;
}
