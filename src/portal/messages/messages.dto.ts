import { Flag, Id, InstantField, Int, ListOf, PageQuery, Part, Txt } from '@libs/http';
import {
  allTopics,
  ChangePreferences,
  PreferencesView,
  type InboxItem,
  type PushSubscription,
} from '../../notifications';

export class PortalMessagesQuery extends PageQuery {
  @Flag({ optional: true, example: true, about: 'true: those that were not read' }) unread?: boolean;
}

export class PortalMessageParam {
  @Id() id: number;
}

class TopicNameView {
  @Txt({ example: 'الفواتير' }) ar: string;
  @Txt({ example: 'Bills' }) en: string;
}

export class PortalMessageView {
  @Id() id: number;
  @Txt({ example: 'bills' }) topic: string;
  @Part(() => TopicNameView, { nullable: true }) topicName: TopicNameView | null;
  @Txt({ example: 'صدرت فاتورة جديدة' }) title: string;
  @Txt({ max: 10_000, example: 'فاتورة المياه عن شهر 10: 305.50 شيكل' }) body: string;
  @Txt({ nullable: true, max: 500, example: null }) link: string | null;
  @InstantField() createdAt: string;
  @InstantField({ nullable: true }) readAt: string | null;
}

export class PortalUnreadView {
  @Int({ example: 3 }) unread: number;
}

export class PortalPreferencesView extends PreferencesView {}

export class PortalChangePreferences extends ChangePreferences {}

class PushKeysField {
  @Txt({ max: 200, example: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4' })
  p256dh: string;
  @Txt({ max: 100, example: 'BTBZMqHH6r4Tts7J_aSIgg' }) auth: string;
}

export class PortalNewPushSubscription {
  @Txt({ max: 1000, example: 'https://fcm.googleapis.com/fcm/send/d1', about: 'as the browser gives it' })
  endpoint: string;
  @Part(() => PushKeysField) keys: PushKeysField;
  @Txt({ optional: true, max: 100, example: 'هاتفي', about: 'what the citizen calls the browser' }) label?: string;
}

export class PortalPushSubscriptionView {
  @Id() id: number;
  @Txt({ nullable: true, example: 'هاتفي' }) label: string | null;
  @Txt({ example: 'fcm.googleapis.com', about: 'service that the messages go through' }) service: string;
  @InstantField() createdAt: string;
}

export class PortalPushView {
  @Txt({ nullable: true, max: 200, example: null, about: 'key to subscribe with; null: push is not set up' })
  publicKey: string | null;
  @ListOf(() => PortalPushSubscriptionView, { about: 'newest first' }) subscriptions: PortalPushSubscriptionView[];
}

export const messageView = ({ id, topic, title, body, link, createdAt, readAt }: InboxItem): PortalMessageView => {
  const named = allTopics().get(topic);
  return { id, topic, topicName: named ? { ar: named.ar, en: named.en } : null, title, body, link, createdAt, readAt };
};

export const pushSubscriptionView = ({
  id,
  label,
  endpoint,
  createdAt,
}: PushSubscription): PortalPushSubscriptionView => ({ id, label, service: new URL(endpoint).hostname, createdAt });
