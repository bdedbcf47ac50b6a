import { Module } from '@nestjs/common';
import { Inbox } from './channels/inbox';
import { PushSubscriptions } from './channels/push-subscriptions';
import { BadContactsController } from './contacts/bad-contacts.controller';
import { ShortLinks } from './links/short-links';
import { ShortLinksController } from './links/short-links.controller';
import { MessagesController } from './messages/messages.controller';
import { MessagePurge } from './messages/purge';
import { DeliveryCallbacks } from './callbacks/callbacks';
import { DeliveryCallbacksController } from './callbacks/callbacks.controller';
import { Reports } from './callbacks/reports';
import { CHANNEL_PROVIDERS } from './channels/set-up';
import { BadContacts } from './contacts/bad-contacts';
import { Contacts } from './contacts/contact-book';
import { Preferences } from './contacts/preferences';
import { Dashboard } from './dashboard/dashboard';
import { DashboardController } from './dashboard/dashboard.controller';
import { DevOutboxController } from './dev-outbox.controller';
import { Counters } from './limits/counters';
import { SendingLimits } from './limits/sending-limits';
import { INBOUND_CONTROLLERS, INBOUND_PROVIDERS, Inquiries } from './inbound';
import { Addresses } from './messages/addresses';
import { MessageBooks } from './messages/message-books';
import { Notifications } from './messages/notifications';
import { MessageQueue } from './messages/queue';
import { MessageSender } from './messages/sender';
import { SettledMessages } from './messages/settled-messages';
import { Suppressions } from './messages/suppression';
import { AudienceSources, NOTICE_CONTROLLERS, NOTICE_PROVIDERS } from './notices';
import { CitizenPreferences, PREFERENCE_CONTROLLERS, PREFERENCE_PROVIDERS } from './preferences';
import { TEMPLATE_CONTROLLERS, TEMPLATE_PROVIDERS } from './templates';
import { Webhooks, WEBHOOK_CONTROLLERS, WEBHOOK_PROVIDERS } from './webhooks';

@Module({
  controllers: [
    ...TEMPLATE_CONTROLLERS,
    MessagesController,
    BadContactsController,
    DeliveryCallbacksController,
    ShortLinksController,
    DashboardController,
    DevOutboxController,
    ...WEBHOOK_CONTROLLERS,
    ...PREFERENCE_CONTROLLERS,
    ...INBOUND_CONTROLLERS,
    ...NOTICE_CONTROLLERS,
  ],
  providers: [
    ...CHANNEL_PROVIDERS,
    ...TEMPLATE_PROVIDERS,
    Contacts,
    Preferences,
    BadContacts,
    Addresses,
    Suppressions,
    Counters,
    SendingLimits,
    MessageQueue,
    MessageBooks,
    MessageSender,
    SettledMessages,
    Notifications,
    Reports,
    DeliveryCallbacks,
    MessagePurge,
    Inbox,
    PushSubscriptions,
    ShortLinks,
    Dashboard,
    ...WEBHOOK_PROVIDERS,
    ...PREFERENCE_PROVIDERS,
    ...INBOUND_PROVIDERS,
    ...NOTICE_PROVIDERS,
  ],
  exports: [
    Notifications,
    Contacts,
    Preferences,
    AudienceSources,
    CitizenPreferences,
    Inbox,
    Inquiries,
    Webhooks,
    PushSubscriptions,
    ShortLinks,
  ],
})
export class NotificationsModule {}
