import { Id, InstantField, Int, ListOf, OneOf, PageQuery, Txt } from '@libs/http';
import { LANES, type Lane } from '@libs/outbox';
import { maskPhone } from '@libs/phone';
import { CHANNELS, LANGUAGES, type Channel, type Language } from '../templates/template.entity';
import type { Message, MessageContent, MessageEvent } from './message.entity';
import { MESSAGE_STATES, type MessageState } from './message-state.rules';

export class MessageId {
  @Id() id: number;
}

export class MessagesQuery extends PageQuery {
  @Txt({ optional: true, max: 254, example: '0599000001', about: 'whole number or address' }) recipient?: string;
  @Id({ optional: true }) oneRecordId?: number;
  @OneOf(CHANNELS, { optional: true, example: 'SMS' }) channel?: Channel;
  @OneOf(MESSAGE_STATES, { optional: true, example: 'PERMANENT_FAILURE' }) state?: MessageState;
}

export class MessageView {
  @Id() id: number;
  @OneOf(CHANNELS, { example: 'SMS' }) channel: Channel;
  @Txt({ example: '+970*****0001', about: 'masked' }) recipient: string;
  @Id({ nullable: true }) oneRecordId: number | null;
  @Txt({ example: 'account' }) topic: string;
  @OneOf(LANES, { example: 'OTP' }) lane: Lane;
  @OneOf(LANGUAGES, { example: 'ar' }) language: Language;
  @Id({ nullable: true }) templateId: number | null;
  @Id({ nullable: true }) noticeId: number | null;
  @OneOf(MESSAGE_STATES, { example: 'DELIVERED' }) state: MessageState;
  @Txt({ nullable: true, example: 'sandbox' }) provider: string | null;
  @Txt({ nullable: true, example: null }) failureCode: string | null;
  @Int({ example: 2 }) segments: number;
  @Int({ example: 14, about: 'agorot' }) cost: number;
  @Int({ example: 1 }) attempts: number;
  @InstantField() createdAt: string;
  @InstantField({ nullable: true }) sentAt: string | null;
  @InstantField({ nullable: true }) settledAt: string | null;
}

class EventView {
  @OneOf(MESSAGE_STATES, { example: 'SENT' }) state: MessageState;
  @Txt({ nullable: true, example: 'sandbox' }) provider: string | null;
  @Txt({ nullable: true, example: null }) code: string | null;
  @InstantField() at: string;
}

export class MessageDetailView extends MessageView {
  @ListOf(() => EventView) events: EventView[];
}

export class ContentView {
  @Txt({ nullable: true, example: null }) subject: string | null;
  @Txt({ max: 8000, example: 'قطع مبرمج للمياه عن المنطقة الغربية' }) body: string;
}

/** An address for the eyes of staff: enough to know it again. */
export function maskRecipient(channel: Channel, recipient: string): string {
  if (channel === 'SMS') return maskPhone(recipient);
  if (channel !== 'EMAIL') return recipient;
  const [local = '', domain = ''] = recipient.split('@');
  return `${local.slice(0, 1)}***@${domain}`;
}

export function messageView(message: Message): MessageView {
  const { dedupeKey: _, providerReference: _r, encoding: _e, departmentId: _d, expiresAt: _x, ...shown } = message;
  return { ...shown, recipient: maskRecipient(message.channel, message.recipient) };
}

export const messageDetailView = (message: Message, events: readonly MessageEvent[]): MessageDetailView => ({
  ...messageView(message),
  events: events.map(({ state, provider, code, at }) => ({ state, provider, code, at })),
});

export const contentView = ({ subject, body }: MessageContent): ContentView => ({ subject, body });
