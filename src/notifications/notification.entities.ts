import { EnumColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, LongTextColumn } from '@libs/persistence';
import { LANES, type Lane } from '@libs/outbox';
import { Entity, Unique } from 'typeorm';
import { WEBHOOK_ENTITIES } from './webhooks/webhook.entities';

export const LANGUAGES = ['ar', 'en'] as const;
export const SMS_STATES = ['QUEUED', 'SENT', 'EXPIRED'] as const;

/** What became of a text message. Its words are in the outbox until it has left, and nowhere afterwards. */
@Entity('sms_messages')
@Unique(['dedupeKey'])
export class SmsMessage {
  @IdColumn() id: number;
  @KeyColumn(100) dedupeKey: string;
  @KeyColumn(20) recipient: string;
  @EnumColumn(LANES) lane: Lane;
  @EnumColumn(LANGUAGES) language: (typeof LANGUAGES)[number];
  @EnumColumn(SMS_STATES) state: (typeof SMS_STATES)[number];
  @EnumColumn(['GSM-7', 'UCS-2']) encoding: 'GSM-7' | 'UCS-2';
  @IntColumn() segments: number;
  @InstantColumn({ nullable: true }) expiresAt: string | null;
  @InstantColumn() createdAt: string;
  @InstantColumn({ nullable: true }) settledAt: string | null;
}

/** What the sandbox provider was given instead of a telephone network. */
@Entity('sandbox_messages')
@Unique(['reference'])
export class SandboxMessage {
  @IdColumn() id: number;
  @KeyColumn(100) reference: string;
  @KeyColumn(20) recipient: string;
  @EnumColumn(LANES) lane: Lane;
  @LongTextColumn() body: string;
  @IntColumn() segments: number;
  @InstantColumn() receivedAt: string;
}

export const NOTIFICATION_ENTITIES = [SmsMessage, SandboxMessage, ...WEBHOOK_ENTITIES];
