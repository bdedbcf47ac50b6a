import { LANES, type Lane } from '@libs/outbox';
import {
  BigIntColumn,
  EnumColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LongTextColumn,
  MinorUnitsColumn,
  RefColumn,
  TextColumn,
} from '@libs/persistence';
import { Entity, Index, Unique } from 'typeorm';
import { CHANNELS, LANGUAGES, type Channel, type Language } from '../templates/template.entity';
import { MESSAGE_STATES, type MessageState } from './message-state.rules';

/** What counts for the limits of a recipient. */
const COUNTED = `"state" <> 'SUPPRESSED'`;

/** A message to one recipient by one channel: what became of it, without its words. */
@Entity('messages')
@Unique(['dedupeKey'])
@Index(['recipient', 'createdAt'], { where: COUNTED })
@Index(['oneRecordId', 'createdAt'])
@Index(['noticeId', 'state'])
@Index(['provider', 'providerReference'])
@Index(['createdAt', 'channel'])
export class Message {
  @IdColumn() id: number;
  /** Also the reference that the provider gets: the same key again is the same message. */
  @KeyColumn(150) dedupeKey: string;
  @EnumColumn(CHANNELS) channel: Channel;
  /** E.164, an e-mail address, the id of a OneRecord (INAPP, PRINT) or of a push subscription. */
  @KeyColumn(254) recipient: string;
  @RefColumn('OneRecord', { nullable: true }) oneRecordId: number | null;
  @KeyColumn(40) topic: string;
  @EnumColumn(LANES) lane: Lane;
  @EnumColumn(LANGUAGES) language: Language;
  /** The version that was used; null for words that no template gave. */
  @RefColumn('MessageTemplate', { nullable: true }) templateId: number | null;
  @BigIntColumn({ nullable: true }) noticeId: number | null;
  /** On whose behalf, for its limits and costs. */
  @RefColumn('Department', { nullable: true }) departmentId: number | null;
  @EnumColumn(MESSAGE_STATES) state: MessageState;
  @KeyColumn(40, { nullable: true }) provider: string | null;
  @KeyColumn(150, { nullable: true }) providerReference: string | null;
  @EnumColumn(['GSM-7', 'UCS-2'], { nullable: true }) encoding: 'GSM-7' | 'UCS-2' | null;
  /** 1 for what is no text message. */
  @IntColumn() segments: number;
  /** Agorot. */
  @MinorUnitsColumn() cost: number;
  @IntColumn() attempts: number;
  @KeyColumn(60, { nullable: true }) failureCode: string | null;
  @InstantColumn({ nullable: true }) expiresAt: string | null;
  @InstantColumn() createdAt: string;
  @InstantColumn({ nullable: true }) sentAt: string | null;
  /** When its last state was reached, as far as we know. */
  @InstantColumn({ nullable: true }) settledAt: string | null;
}

/** What came of a message after it was queued: an entry for each attempt (of an outage that goes on, the first) and each report. Append-only. */
@Entity('message_events')
@Index(['messageId', 'id'])
export class MessageEvent {
  @IdColumn() id: number;
  @RefColumn('Message') messageId: number;
  @EnumColumn(MESSAGE_STATES) state: MessageState;
  @KeyColumn(40, { nullable: true }) provider: string | null;
  @KeyColumn(60, { nullable: true }) code: string | null;
  @InstantColumn() at: string;
}

/** The words of a message that holds no secret; removed after CONTENT_DAYS. */
@Entity('message_contents')
@Index(['createdAt'])
export class MessageContent {
  /** That of the message. */
  @IdColumn() id: number;
  @TextColumn(200, { nullable: true }) subject: string | null;
  @LongTextColumn() body: string;
  @TextColumn(500, { nullable: true }) link: string | null;
  @InstantColumn() createdAt: string;
}
