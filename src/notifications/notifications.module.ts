import { Module } from '@nestjs/common';
import type { Clock } from '@libs/calendar';
import { CLOCK, CONFIG, type Config } from '@libs/config';
import { IdAllocator, Store, UnitOfWork } from '@libs/persistence';
import { ChannelProviders } from './channels/channel-provider';
import { SandboxProvider } from './channels/sandbox.provider';
import { BadContacts } from './contacts/bad-contacts';
import { Contacts } from './contacts/contact-book';
import { Preferences } from './contacts/preferences';
import { DevOutboxController } from './dev-outbox.controller';
import { Counters } from './limits/counters';
import { SendingLimits } from './limits/sending-limits';
import { INBOUND_CONTROLLERS, INBOUND_PROVIDERS, Inquiries } from './inbound';
import { Addresses } from './messages/addresses';
import { MessageBooks } from './messages/message-books';
import { Notifications } from './messages/notifications';
import { MessageQueue } from './messages/queue';
import { MessageSender } from './messages/sender';
import { Suppressions } from './messages/suppression';
import { AudienceSources, NOTICE_CONTROLLERS, NOTICE_PROVIDERS } from './notices';
import { CitizenPreferences, PREFERENCE_CONTROLLERS, PREFERENCE_PROVIDERS } from './preferences';
import { CHANNELS } from './templates/template.entity';
import { Templates } from './templates/templates';
import { Webhooks, WEBHOOK_CONTROLLERS, WEBHOOK_PROVIDERS } from './webhooks';

const providers = {
  provide: ChannelProviders,
  inject: [Store, UnitOfWork, IdAllocator, CLOCK, CONFIG],
  useFactory: (store: Store, uow: UnitOfWork, ids: IdAllocator, clock: Clock, config: Config) =>
    new ChannelProviders(
      CHANNELS.map(
        (channel) =>
          new SandboxProvider('sandbox', channel, { store, uow, ids, clock, config }, config.messagesPerMinute),
      ),
    ),
};

@Module({
  controllers: [
    DevOutboxController,
    ...WEBHOOK_CONTROLLERS,
    ...PREFERENCE_CONTROLLERS,
    ...INBOUND_CONTROLLERS,
    ...NOTICE_CONTROLLERS,
  ],
  providers: [
    providers,
    Templates,
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
    Notifications,
    ...WEBHOOK_PROVIDERS,
    ...PREFERENCE_PROVIDERS,
    ...INBOUND_PROVIDERS,
    ...NOTICE_PROVIDERS,
  ],
  exports: [Notifications, Contacts, Preferences, AudienceSources, CitizenPreferences, Inquiries, Webhooks],
})
export class NotificationsModule {}
