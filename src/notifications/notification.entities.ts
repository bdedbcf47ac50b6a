import { InboxItem, PushSubscription, SandboxMessage } from './channels/channel.entities';
import { BadContact } from './contacts/bad-contact.entity';
import { InboundMessage } from './inbound/inbound.entity';
import { MessageCounter } from './limits/counter.entity';
import { ShortLink } from './links/short-link.entity';
import { Message, MessageContent, MessageEvent } from './messages/message.entity';
import { PublicNotice } from './notices/notice.entity';
import { PREFERENCE_ENTITIES } from './preferences/preference.entities';
import { MessageTemplate, MessageTemplateText } from './templates/template.entity';
import { WEBHOOK_ENTITIES } from './webhooks/webhook.entities';

export const NOTIFICATION_ENTITIES = [
  MessageTemplate,
  MessageTemplateText,
  Message,
  MessageEvent,
  MessageContent,
  BadContact,
  MessageCounter,
  ShortLink,
  InboxItem,
  PushSubscription,
  SandboxMessage,
  ...WEBHOOK_ENTITIES,
  ...PREFERENCE_ENTITIES,
  InboundMessage,
  PublicNotice,
];
