import { Id, InstantField, OneOf, PageQuery, Txt } from '@libs/http';
import { maskRecipient } from '../messages/messages.dto';
import { CHANNELS, type Channel } from '../templates/template.entity';
import type { BadContact } from './bad-contact.entity';

export class BadContactId {
  @Id() id: number;
}

export class BadContactsQuery extends PageQuery {
  @Txt({ optional: true, max: 254, example: '0599000001', about: 'whole number or address' }) contact?: string;
}

export class LiftBadContact {
  @Txt({ min: 3, max: 300, example: 'تحدثنا مع صاحب الرقم' }) reason: string;
}

export class BadContactView {
  @Id() id: number;
  @OneOf(CHANNELS, { example: 'SMS' }) channel: Channel;
  @Txt({ example: '+970*****0001', about: 'masked' }) contact: string;
  @Txt({ example: 'unknown-subscriber' }) code: string;
  @InstantField() markedAt: string;
  @InstantField({ nullable: true, about: 'messages go there again' }) liftedAt: string | null;
  @Txt({ nullable: true, max: 300, example: null }) liftedReason: string | null;
}

export const badContactView = ({
  id,
  channel,
  contact,
  code,
  markedAt,
  liftedAt,
  liftedReason,
}: BadContact): BadContactView => ({
  id,
  channel,
  contact: maskRecipient(channel, contact),
  code,
  markedAt,
  liftedAt,
  liftedReason,
});
