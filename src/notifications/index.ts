export type { Contact, ContactBook } from './contacts/contact-book';
export { Contacts } from './contacts/contact-book';
export { Preferences, type PreferenceSource, type Receiver } from './contacts/preferences';
export type { Address } from './messages/addresses';
export { Notifications, type ManyQueued, type Recipient, type Sending, type Sms } from './messages/notifications';
export { NotificationsModule } from './notifications.module';
export { defineTemplate, type Template } from './templates/define-template';
export { CHANNELS, LANGUAGES, type Channel, type Language } from './templates/template.entity';
export { ACCOUNT, allTopics, defineTopic, GENERAL, type Topic } from './templates/topics';
